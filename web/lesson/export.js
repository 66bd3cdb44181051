/**
 * The reader's predictions beside what came out, as Markdown to hand in or as JSON to work on. Pure; the page copies or saves it.
 */

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} step the step's title
 * @property {string} question
 * @property {unknown} predicted null where it was skipped
 * @property {string} predicted_text
 * @property {unknown} answer the engine's
 * @property {string} answer_text
 * @property {string} at when it was locked, ISO 8601
 */

import { commit, version as built } from "#release";

/** @param {unknown} value typed arrays as lists */
const plain = (value) =>
  JSON.parse(JSON.stringify(value ?? null, (_, inner) => (ArrayBuffer.isView(inner) ? [.../** @type {any} */ (inner)] : inner)));

/**
 * @param {Line[]} lines
 * @param {string} version of the engine
 */
export function toJson(lines, version) {
  const predictions = lines.map(({ id, step, question, predicted, answer, at }) => ({
    id, step, question, predicted: plain(predicted), answer: plain(answer), at,
  }));
  return `${JSON.stringify({ format: "crossover-lesson", format_version: 1, engine: version, build: { version: built, commit }, predictions }, null, 2)}\n`;
}

/** @param {string} text within a table's cell */
const cell = (text) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

/**
 * @param {Line[]} lines
 * @param {{title: string, note: string, headings: [string, string, string]}} words
 */
export function toMarkdown(lines, { title, note, headings }) {
  const out = [`# ${title}`, "", note];
  let step = "";
  for (const line of lines) {
    if (line.step !== step) {
      step = line.step;
      out.push("", `## ${step}`, "", `| ${headings.join(" | ")} |`, "| --- | --- | --- |");
    }
    out.push(`| ${cell(line.question)} | ${cell(line.predicted_text)} | ${cell(line.answer_text)} |`);
  }
  return `${out.join("\n")}\n`;
}

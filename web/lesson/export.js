/**
 * The reader's predictions beside what came out, and the exercises that were tried, as Markdown to hand in or as JSON to work on.
 * Pure; the page copies or saves it.
 */

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} step the step's title
 * @property {string[]} setting its paragraphs before the questions: without them a question does not say of which model and device
 * @property {string} question
 * @property {unknown} predicted null where it was skipped
 * @property {string} predicted_text
 * @property {unknown} answer the engine's
 * @property {string} answer_text
 * @property {string} at when it was locked, ISO 8601
 * @property {boolean} seen the answer had been shown before
 * @property {{value: unknown, at: string} | null} first what had been predicted then, where it was predicted again
 * @property {string} unit of both: ratio, GB, points, users; empty for a choice
 * @property {ArrayLike<number> | null} batches of a drawn line's points
 */
/**
 * @typedef {object} Tried an exercise
 * @property {string} id
 * @property {string} question
 * @property {unknown} given what was last checked
 * @property {string} given_text  with its unit
 * @property {"right" | "near" | "not_yet"} verdict
 * @property {string} verdict_text
 * @property {string} at when it was checked, ISO 8601
 * @property {boolean} seen the right answer had been shown before
 */

import { commit, version as built } from "#release";

/** @param {string} text of the strings, without what makes it stand out */
export const plainly = (text) => text.replace(/[*`]/g, "");

/** @param {unknown} value typed arrays as lists */
const plain = (value) =>
  JSON.parse(JSON.stringify(value ?? null, (_, inner) => (ArrayBuffer.isView(inner) ? [.../** @type {any} */ (inner)] : inner)));

/**
 * @param {Line[]} lines
 * @param {Tried[]} tried
 * @param {string} version of the engine
 */
export function toJson(lines, tried, version) {
  const predictions = lines.map(({ id, step, setting, question, predicted, answer, at, seen, first, unit, batches }) => ({
    id, step, setting: setting.map(plainly), question: plainly(question), unit, predicted: plain(batches && predicted ? { batches, values: predicted } : predicted), answer: plain(answer), at, answer_shown_before: seen,
    ...(first ? { predicted_first: first } : {}),
  }));
  const exercises = tried.map(({ id, question, given, given_text, verdict, at, seen }) => ({ id, question, given, given_text, verdict, at, answer_shown_before: seen }));
  return `${JSON.stringify({ format: "crossover-lesson", format_version: 2, engine: version, build: { version: built, commit }, predictions, exercises }, null, 2)}\n`;
}

/** @param {string} text within a table's cell */
const cell = (text) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

/**
 * @param {Line[]} lines
 * @param {Tried[]} tried
 * @param {{title: string, note: string, headings: string[], exercises: string, headingsOfExercises: string[]}} words three headings each
 */
export function toMarkdown(lines, tried, { title, note, headings, exercises, headingsOfExercises }) {
  const out = [`# ${title}`, "", note];
  const table = (/** @type {string} */ heading, /** @type {string[]} */ columns, /** @type {string[]} */ paragraphs = []) =>
    out.push("", `## ${heading}`, "", ...paragraphs.flatMap((paragraph) => [paragraph, ""]), `| ${columns.join(" | ")} |`, "| --- | --- | --- |");
  let step = "";
  for (const line of lines) {
    if (line.step !== step) {
      step = line.step;
      table(step, headings, line.setting);
    }
    out.push(`| ${cell(line.question)} | ${cell(line.predicted_text)} | ${cell(line.answer_text)} |`);
  }
  if (tried.length) table(exercises, headingsOfExercises);
  for (const { question, given_text, verdict_text } of tried) out.push(`| ${cell(question)} | ${cell(given_text)} | ${cell(verdict_text)} |`);
  return `${out.join("\n")}\n`;
}

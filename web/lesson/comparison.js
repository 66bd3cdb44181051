/** The prediction beside the engine's answer: what was said, what came out, how far apart. Not a grade. */
import { html, nothing } from "lit";
import { factorOf, threshold, times } from "../figures.js";
import { rich, t } from "../strings.js";
import { said } from "./sketch.js";

/** @typedef {import("./step.js").Step} Step */
/** @typedef {import("./question.js").Question} Question */

/**
 * @param {Question} question
 * @param {unknown} value
 * @param {Step} step
 * @param {Record<string, unknown>} facts
 * @param {(value: number) => string} [write] a number
 * @returns {unknown} as a person reads it
 */
export function shownValue(question, value, step, facts, write = step.show?.[question.id] ?? String) {
  if (value === undefined || value === null) return t("lesson.compare.none");
  if (question.kind === "choice") return rich(`lesson.${question.id}.options.${value}`, facts);
  if (question.kind === "number") return write(Number(value));
  return t("lesson.compare.drawn");
}

/**
 * What was predicted, with the digits that it was typed with.
 * @param {Question} question
 * @param {unknown} value
 * @param {Step} step
 * @param {Record<string, unknown>} facts
 */
export function shownPrediction(question, value, step, facts) {
  const write = step.show?.[question.id];
  return shownValue(question, value, step, facts, write === times ? threshold : write && ((number) => write(number, true)));
}

/**
 * The same as plain text, for what leaves the page.
 * @param {Question} question
 * @param {unknown} value
 * @param {Step} step
 * @param {Record<string, unknown>} facts
 * @param {typeof shownPrediction} [shown]
 * @returns {string}
 */
export function shownText(question, value, step, facts, shown = shownValue) {
  if (question.kind === "choice" && typeof value === "string") return t(`lesson.${question.id}.options.${value}`, facts).replace(/[*`]/g, "");
  if (question.kind !== "sketch" || !value) return String(shown(question, value, step, facts));
  if (!question.frame) return "";
  return said(question.frame, Array.isArray(value) ? { batches: question.frame.batches, values: value } : /** @type {import("./sketch.js").Curve} */ (value));
}

/**
 * How a prediction and an answer differ, as a key under `lesson.compare` and the factor between them. What reads the same is not far off: the
 * answer has more digits than it is shown with.
 * @param {Question} question
 * @param {unknown} predicted
 * @param {unknown} answer
 * @param {(value: number) => string} [write] a number, as it is shown
 * @returns {{key: "same" | "other" | "close" | "high" | "low" | "none", factor: number}}
 */
export function difference(question, predicted, answer, write = String) {
  if (predicted === undefined || predicted === null) return { key: "none", factor: 1 };
  if (question.kind === "choice") return { key: predicted === answer ? "same" : "other", factor: 1 };
  const [said, found] = [Number(predicted), Number(answer)];
  const alike = write(said) === write(found);
  const factor = said / found;
  if (said === found || (alike && !(factor > 0))) return { key: "same", factor: 1 };
  if (!Number.isFinite(factor) || factor <= 0) return { key: "other", factor: 1 };
  const off = Math.abs(factor - 1);
  if (off <= (alike ? 0.025 : 0.005)) return { key: "same", factor: 1 };
  // 1.05 is 5 % above 1, whatever a binary fraction makes of it.
  if (alike || off <= 0.05 + 1e-9) return { key: "close", factor };
  return factor > 1 ? { key: "high", factor } : { key: "low", factor: 1 / factor };
}

/**
 * @param {Step} step
 * @param {Record<string, unknown>} answers
 * @param {Record<string, unknown>} predictions
 * @param {Record<string, unknown>} facts
 */
export function comparison(step, answers, predictions, facts) {
  const compared = step.questions.filter((question) => question.kind !== "sketch");
  if (!compared.length) return nothing;
  return html`<dl class="comparison">
    ${compared.map((question) => {
      const { key, factor } = difference(question, predictions[question.id], answers[question.id], step.show?.[question.id]);
      return html`<div data-question=${question.id} data-outcome=${key}>
        <dt>${t(`lesson.${question.id}.short`, facts)}</dt>
        <dd><span class="who">${t("lesson.compare.you")}</span> <b>${shownPrediction(question, predictions[question.id], step, facts)}</b></dd>
        <dd><span class="who">${t("lesson.compare.engine")}</span> <b class="answer">${shownValue(question, answers[question.id], step, facts)}</b></dd>
        ${key === "none" ? nothing : html`<dd class="outcome">${t(`lesson.compare.${key}`, { factor: factorOf(factor) })}</dd>`}
      </div>`;
    })}
  </dl>`;
}

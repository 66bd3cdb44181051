/**
 * <crossover-question>: one prediction: a choice, a number, or a line drawn on an empty chart. Properties: question, facts (values
 * for its text), draft (what is entered), locked, shown (the locked number as text), answer (a sketch lays it over the drawn line). Dispatches `draft` with `detail: {id, value}`.
 *
 * Its words stand under `lesson.<step>.<question>`: `ask`, for a choice `options.<option>`, for a number `unit`.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { has, rich, t } from "../strings.js";
import "../controls/number.js";
import "./sketch.js";

/**
 * @typedef {object} Question
 * @property {string} id "<step>.<name>": under this the prediction is kept
 * @property {"choice" | "number" | "sketch"} kind
 * @property {string[]} [options] choice: their keys
 * @property {number} [min] number
 * @property {number} [max]
 * @property {boolean} [whole]
 * @property {import("./sketch.js").SketchFrame} [frame] sketch
 */

/**
 * Whether a value is one that the question can have been answered with: what is kept may come from another version, or from anybody.
 * @param {Question} question
 * @param {unknown} value
 */
export function isAnswer({ kind, options, frame }, value) {
  if (kind === "choice") return (options ?? []).includes(/** @type {string} */ (value));
  if (kind === "number") return Number.isFinite(value);
  return Array.isArray(value) && value.length === frame?.batches.length && value.every(Number.isFinite);
}

export class QuestionElement extends CrossoverElement {
  static properties = {
    question: { attribute: false },
    facts: { attribute: false },
    draft: { attribute: false },
    locked: { type: Boolean },
    answer: { attribute: false },
    shown: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Question | null} */
    this.question = null;
    /** @type {Record<string, unknown>} */
    this.facts = {};
    /** @type {unknown} */
    this.draft = undefined;
    this.locked = false;
    /** @type {unknown} a sketch shows it beside the prediction */
    this.answer = undefined;
    /** @type {unknown} the locked number, as a person reads it */
    this.shown = "";
    this.name = uniqueId("question");
  }

  /** @param {unknown} value */
  enter(value) {
    this.dispatchEvent(new CustomEvent("draft", { detail: { id: this.question?.id, value }, bubbles: true }));
  }

  /** @param {Question} question */
  choice(question) {
    return html`<fieldset class="choices" ?disabled=${this.locked}>
      <legend>${rich(`lesson.${question.id}.ask`, this.facts)}</legend>
      ${(question.options ?? []).map(
        (option) =>
          html`<label class="option">
            <input type="radio" name=${this.name} value=${option} .checked=${this.draft === option} @change=${() => this.enter(option)} />
            <span>${rich(`lesson.${question.id}.options.${option}`, this.facts)}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  /** @param {Question} question */
  number(question) {
    if (this.locked) return html`<p class="ask">${t(`lesson.${question.id}.ask`, this.facts)} <b class="said">${this.shown}</b></p>`;
    return html`<crossover-number .name=${question.id} .label=${t(`lesson.${question.id}.ask`, this.facts)} .min=${question.min ?? 0}
      .max=${question.max ?? Infinity} .whole=${question.whole ?? false} .disabled=${this.locked} .optional=${true}
      .unit=${has(`lesson.${question.id}.unit`) ? t(`lesson.${question.id}.unit`) : ""} .value=${this.draft ?? null}
      @value-refused=${() => this.enter(undefined)}
      @value-change=${(/** @type {CustomEvent} */ event) => this.enter(event.detail.value ?? undefined)}></crossover-number>`;
  }

  /** @param {Question} question */
  sketch(question) {
    return html`<div role="group" aria-labelledby=${this.name}>
      <p class="ask" id=${this.name}>${rich(`lesson.${question.id}.ask`, this.facts)}</p>
      <crossover-sketch .frame=${question.frame} .value=${this.draft} .locked=${this.locked} .answer=${this.locked ? this.answer : undefined}
        @sketch=${(/** @type {CustomEvent} */ event) => this.enter(event.detail ?? undefined)}></crossover-sketch>
    </div>`;
  }

  /** @override */
  render() {
    if (!this.question) return nothing;
    return this[this.question.kind](this.question);
  }
}
define("crossover-question", QuestionElement);

/**
 * <crossover-exercise>: a question with a hint, an answer that is checked against the engine's, and the answer itself on demand.
 * Properties: engine, exercise, ordinal, predictFirst (the answer is locked until one was tried), progress (keeps the last answer that
 * was checked; without one, nothing is kept). Dispatches `progress` after a check.
 *
 * Its words stand under `exercises.<id>`: title, ask, hint, options, right, explain.
 */
import { html, nothing } from "lit";
import { attempt, refusal } from "../attempt.js";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { rich, t } from "../strings.js";
import "../controls/number.js";
import { isAnswer } from "./question.js";

/**
 * @typedef {object} Exercise
 * @property {string} id
 * @property {"number" | "choice"} kind
 * @property {string[]} [options]
 * @property {boolean} [whole]
 * @property {(engine: import("../../wasm/engine.js").Engine) => Record<string, unknown>} facts for the question and the hint
 * @property {(engine: import("../../wasm/engine.js").Engine) => {accepted: (number | string)[], values: Record<string, unknown>}} answer
 *   what counts as right, and values for the explanation
 * @property {number} [tolerance] relative, of a number; default 3 %
 * @property {string} [explain] the key of the explanation, where there are several; default "explain"
 */

/** A number this near is told from one that is far: relative. */
const near = 0.15;

/**
 * @param {Exercise} exercise
 * @param {unknown} given
 * @param {(number | string)[]} accepted
 */
export function isRight(exercise, given, accepted) {
  if (exercise.kind === "choice") return accepted.includes(/** @type {string} */ (given));
  const tolerance = exercise.tolerance ?? 0.03;
  return accepted.some((answer) => Math.abs(Number(given) - Number(answer)) <= tolerance * Math.abs(Number(answer)));
}

/** @param {Exercise} exercise where its answer is kept */
export const keptAs = ({ id }) => `exercises.${id}`;

/**
 * @param {Exercise} exercise
 * @param {unknown} given
 * @param {(number | string)[]} accepted
 * @returns {"right" | "near" | "not_yet"}
 */
export function verdictOn(exercise, given, accepted) {
  if (isRight(exercise, given, accepted)) return "right";
  return isRight({ ...exercise, tolerance: near }, given, accepted) ? "near" : "not_yet";
}

/** What is entered and not yet checked, by the exercise: it outlives a look at another page and another language. @type {Map<string, number | string | null>} */
const entered = new Map();

export class ExerciseElement extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    exercise: { attribute: false },
    ordinal: { type: Number },
    predictFirst: { attribute: false },
    progress: { attribute: false },
    tried: { state: true },
    given: { state: true },
    verdict: { state: true },
    hint: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {Exercise | null} */
    this.exercise = null;
    this.ordinal = 1;
    this.predictFirst = false;
    /** @type {import("./progress.js").Progress | null} */
    this.progress = null;
    this.tried = false;
    /** @type {number | string | null} */
    this.given = null;
    this.refused = false;
    /** @type {"" | "right" | "near" | "not_yet" | "nothing"} */
    this.verdict = "";
    this.hint = false;
    this.shown = false;
    /** The answer was shown at some time. */
    this.seen = false;
    this.name = uniqueId("exercise");
  }

  /** @param {number | string | null} given */
  enter(given) {
    this.given = given;
    if (this.exercise) entered.set(this.exercise.id, given);
    this.verdict = "";
    this.refused = false;
  }

  /** What the field refuses, it explains. */
  refuse() {
    this.enter(null);
    this.refused = true;
  }

  /** @param {(number | string)[]} accepted */
  judge(accepted) {
    if (!this.exercise || this.refused) return;
    this.verdict = this.given === null ? "nothing" : verdictOn(this.exercise, this.given, accepted);
    if (this.verdict !== "nothing") this.tried = true;
    if (this.verdict === "right") this.show(true);
  }

  /** @param {boolean} shown */
  show(shown) {
    this.shown = shown;
    this.seen ||= shown;
  }

  /** @param {(number | string)[]} accepted */
  check(accepted) {
    const seen = this.seen;
    this.judge(accepted);
    if (this.exercise && this.given !== null) this.progress?.check(keptAs(this.exercise), this.given, seen);
    this.renderNow();
    if (this.refused) this.querySelector("input")?.focus();
    this.dispatchEvent(new CustomEvent("progress", { bubbles: true }));
  }

  forget() {
    if (this.exercise) entered.delete(this.exercise.id);
    Object.assign(this, { given: null, verdict: "", tried: false, hint: false, shown: false, seen: false });
    this.renderNow();
  }

  /** What was checked in an earlier visit stands there again. @override */
  willUpdate() {
    const { engine, exercise } = this;
    if (this.hasUpdated || !engine || !exercise) return;
    const kept = this.progress?.get(keptAs(exercise))?.value;
    const draft = entered.get(exercise.id) ?? null;
    if (draft !== null && draft !== kept) {
      this.given = draft;
      return;
    }
    if (!isAnswer(exercise, kept)) return;
    this.given = /** @type {number | string} */ (kept);
    this.judge(attempt(() => exercise.answer(engine)).value?.accepted ?? []);
  }

  /** @param {Exercise} exercise @param {Record<string, unknown>} facts */
  field(exercise, facts) {
    const key = `exercises.${exercise.id}`;
    if (exercise.kind === "number") {
      return html`<crossover-number .name=${exercise.id} .label=${t(`${key}.label`, facts)} .min=${0} .whole=${exercise.whole ?? false} .optional=${true}
        .value=${this.given} @value-refused=${this.refuse} @value-change=${(/** @type {CustomEvent} */ event) => this.enter(event.detail.value)}></crossover-number>`;
    }
    return html`<fieldset class="choices">
      <legend>${t(`${key}.label`, facts)}</legend>
      ${(exercise.options ?? []).map((option) => html`<label class="option">
        <input type="radio" name=${this.name} value=${option} .checked=${this.given === option} @change=${() => this.enter(option)} />
        <span>${rich(`${key}.options.${option}`, facts)}</span>
      </label>`)}
    </fieldset>`;
  }

  /** @override */
  render() {
    const { engine, exercise } = this;
    if (!engine || !exercise) return nothing;
    const key = `exercises.${exercise.id}`;
    const asked = attempt(() => ({ facts: exercise.facts(engine), answer: exercise.answer(engine) }));
    if (asked.error) return refusal(asked.error);
    const { facts, answer } = asked.value;
    return html`<section class="exercise" aria-labelledby=${this.name} data-exercise=${exercise.id}>
      <h3 id=${this.name}><span class="ordinal">${this.ordinal}</span> ${t(`${key}.title`)}</h3>
      <p>${rich(`${key}.ask`, facts)}</p>
      <form @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.check(answer.accepted); }}>
        ${this.field(exercise, facts)}
        <div class="actions">
          <button type="submit">${t("exercises.check")}</button>
          <button type="button" class="plain" aria-expanded=${this.hint ? "true" : "false"} @click=${() => (this.hint = !this.hint)}>${t("exercises.hint")}</button>
          <button type="button" class="plain" aria-expanded=${this.shown ? "true" : "false"} ?disabled=${this.predictFirst && !this.tried}
            @click=${() => this.show(!this.shown)}>${t("exercises.show")}</button>
        </div>
      </form>
      ${this.hint ? html`<p class="hint">${rich(`${key}.hint`, facts)}</p>` : nothing}
      <p class="verdict ${this.verdict}" role="status">${this.verdict ? t(`exercises.${this.verdict}`) : nothing}</p>
      ${this.shown ? html`<p class="solution">${rich(`${key}.${exercise.explain ?? "explain"}`, { ...facts, ...answer.values })}</p>` : nothing}
    </section>`;
  }
}
define("crossover-exercise", ExerciseElement);

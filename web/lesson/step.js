/**
 * <crossover-step>: one step of the lesson: the text, the predictions, the lock, and then the engine's answer beside them with what
 * explains the difference. Properties: engine, step, number, progress, note. Dispatches `progress` after a lock or a new start.
 *
 * A step is a plain object (web/lesson/steps/): it asks the engine and lays out what came back; it computes nothing.
 */
import { html, nothing } from "lit";
import { attempt, refusal } from "../attempt.js";
import { CrossoverElement, define } from "../element.js";
import { locale, rich, t } from "../strings.js";
import { comparison, shownPrediction } from "./comparison.js";
import { isAnswer } from "./question.js";

/** @typedef {import("../../wasm/engine.js").Engine} Engine */
/** @typedef {import("./question.js").Question} Question */
/**
 * @typedef {object} Step
 * @property {string} id its words stand under `lesson.<id>`: title, intro paragraphs, each question, reveal paragraphs
 * @property {string[]} intro keys of the paragraphs before the questions
 * @property {Question[]} questions
 * @property {(engine: Engine) => Record<string, unknown>} facts values for the text and the questions; nothing that gives the answer away
 * @property {(engine: Engine) => Record<string, unknown>} answers by the question's id, in the prediction's own form
 * @property {Record<string, (value: number, typed?: boolean) => string>} [show] how a number question's numbers are written, by its id; typed: with all their digits
 * @property {(shown: Shown) => unknown} reveal a template: figures and what explains them
 * @property {Record<string, unknown>} [controls] initial values of what the reader may change in the reveal
 *
 * @typedef {object} Shown
 * @property {Engine} engine
 * @property {Record<string, unknown>} answers
 * @property {Record<string, unknown>} predictions what was locked; undefined where it was skipped
 * @property {Record<string, any>} controls
 * @property {(patch: Record<string, unknown>) => void} set changes a control and renders at once
 */

/** @typedef {{facts: ReturnType<typeof attempt<Record<string, unknown>>>, answers: ReturnType<typeof attempt<Record<string, unknown>>>}} Asked */
/** @type {WeakMap<Engine, Map<string, Partial<Asked>>>} */
const asked = new WeakMap();

/**
 * A step's facts or answers, asked for once: they depend on nothing that the reader can change but the language.
 * @param {Engine} engine
 * @param {Step} step
 * @param {"facts" | "answers"} what
 */
export function ask(engine, step, what) {
  const steps = asked.get(engine) ?? new Map();
  asked.set(engine, steps);
  const key = `${locale()} ${step.id}`;
  const known = steps.get(key) ?? {};
  steps.set(key, known);
  known[what] ??= attempt(() => step[what](engine));
  return /** @type {Asked["facts"]} */ (known[what]);
}

/** What is entered and not yet locked, by the question's id: it outlives a look at another page and another language. @type {Record<string, unknown>} */
let entered = {};

export class StepElement extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    step: { attribute: false },
    number: { type: Number },
    progress: { attribute: false },
    note: { attribute: false },
    drafts: { state: true },
    controls: { state: true },
  };

  constructor() {
    super();
    /** @type {Engine | null} */
    this.engine = null;
    /** @type {Step | null} */
    this.step = null;
    this.number = 0;
    /** @type {import("./progress.js").Progress | null} */
    this.progress = null;
    /** Said of what is kept, where a step stands by itself. */
    this.note = "";
    this.drafts = entered;
    /** @type {Record<string, unknown>} */
    this.controls = {};
  }

  /**
   * What was predicted; undefined where the question was skipped, or what is kept is no answer to it.
   * @param {Question} question
   */
  predicted(question) {
    const value = this.progress?.get(question.id)?.value;
    return isAnswer(question, value) ? value : undefined;
  }

  get locked() {
    return Boolean(this.step?.questions.every((question) => this.progress?.get(question.id)));
  }

  /** How many questions have nothing entered that could be locked. */
  get open() {
    return (this.step?.questions ?? []).filter((question) => this.drafts[question.id] === undefined).length;
  }

  /** @param {CustomEvent<{id: string, value: unknown}>} event */
  drafted(event) {
    this.drafts = entered = { ...entered, [event.detail.id]: event.detail.value };
    this.renderNow();
  }

  /** @param {boolean} skip look without predicting */
  lock(skip) {
    for (const question of this.step?.questions ?? []) {
      this.progress?.lock(question.id, skip ? null : this.drafts[question.id]);
    }
    this.changed();
    /** @type {HTMLElement | null} */ (this.querySelector(".reveal"))?.focus();
  }

  again() {
    this.progress?.reopen(this.ids);
    this.forget();
    /** @type {HTMLElement | null} */ (this.querySelector(".predict input, .predict [tabindex='0']"))?.focus();
  }

  /** What was entered here and changed in the reveal; what is kept is the progress' own. */
  forget() {
    this.drafts = entered = Object.fromEntries(Object.entries(entered).filter(([id]) => !this.ids.includes(id)));
    this.controls = {};
    this.changed();
  }

  get ids() {
    return (this.step?.questions ?? []).map((question) => question.id);
  }

  changed() {
    this.requestUpdate();
    this.renderNow();
    this.dispatchEvent(new CustomEvent("progress", { bubbles: true }));
  }

  /** @param {Engine} engine @param {Step} step */
  revealed(engine, step) {
    const found = ask(engine, step, "answers");
    if (found.error) return refusal(found.error);
    const answers = found.value;
    const predictions = Object.fromEntries(step.questions.map((question) => [question.id, this.predicted(question)]));
    const shown = attempt(() =>
      step.reveal({
        engine,
        answers,
        predictions,
        controls: { ...step.controls, ...this.controls },
        set: (patch) => {
          this.controls = { ...this.controls, ...patch };
          this.renderNow();
        },
      }),
    );
    return html`<div class="reveal" tabindex="-1" role="group" aria-label=${t("lesson.revealed", { number: this.number })}>
      ${comparison(step, answers, predictions, ask(engine, step, "facts").value ?? {})}
      ${shown.error ? refusal(shown.error) : shown.value}
      <button type="button" class="plain" @click=${this.again}>${t("lesson.again")}</button>
    </div>`;
  }

  /** @override */
  render() {
    const { engine, step } = this;
    if (!engine || !step) return nothing;
    const { locked } = this;
    const known = ask(engine, step, "facts");
    const facts = known.value ?? {};
    // What was skipped is not shown as an empty field; a chart shows the engine's line all the same.
    const kept = step.questions.filter((question) => !locked || question.kind === "sketch" || this.predicted(question) !== undefined);
    const answers = locked ? (ask(engine, step, "answers").value ?? {}) : {};
    return html`<section class="step" id="step-${this.number}" aria-labelledby="step-${this.number}-title">
      <h2 id="step-${this.number}-title" tabindex="-1"><span class="ordinal">${this.number}</span> ${t(`lesson.${step.id}.title`)}</h2>
      ${step.intro.map((key) => html`<p>${rich(`lesson.${step.id}.${key}`, facts)}</p>`)}
      ${known.error ? refusal(known.error) : nothing}
      ${locked && !kept.length
        ? nothing
        : html`<form class="predict" @draft=${this.drafted} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${locked && kept.every((question) => this.predicted(question) === undefined)
          ? nothing
          : html`<p class="label">${t(locked ? "lesson.predicted" : "lesson.predict")}</p>`}
        ${kept.map(
          (question) =>
            html`<crossover-question .question=${question} .facts=${facts} .locked=${locked} .answer=${answers[question.id]}
              .shown=${locked ? shownPrediction(question, this.predicted(question), step, facts) : ""}
              .draft=${locked ? this.predicted(question) : this.drafts[question.id]}></crossover-question>`,
        )}
        ${locked
          ? nothing
          : html`<div class="actions">
              <button type="submit" class="primary" ?disabled=${this.open > 0} @click=${() => this.lock(false)}>${t("lesson.lock")}</button>
              <button type="button" class="plain" @click=${() => this.lock(true)}>${t("lesson.skip")}</button>
              ${step.questions.length > 1 && this.open > 0
                ? html`<span class="aside">${t("lesson.open", { open: this.open, count: step.questions.length })}</span>` : nothing}
            </div>`}
      </form>`}
      ${this.note ? html`<p class="aside">${this.note}</p>` : nothing}
      ${locked ? this.revealed(engine, step) : nothing}
    </section>`;
  }
}
define("crossover-step", StepElement);

/**
 * <crossover-lesson>: the ten steps, the exercises, what to take away, and the way out for one's predictions. Properties: engine,
 * state, values (only `step` is read: a link to one step).
 */
import { html, nothing } from "lit";
import { commit } from "#release";
import { attempt } from "../attempt.js";
import { CrossoverElement, define } from "../element.js";
import { copy, download } from "../save.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.lesson.json";
import englishEnd from "../strings/en.lesson-end.json";
import englishExercises from "../strings/en.lesson-exercises.json";
import { writeParams } from "../params.js";
import { Parts } from "../parts.js";
import { shownText } from "./comparison.js";
import { closingFacts, notWhen, takeaways } from "./closing.js";
import { exercises } from "./exercises.js";
import { toJson, toMarkdown } from "./export.js";
import { createProgress } from "./progress.js";
import { steps } from "./steps/all.js";
import "./exercise.js";
import { isAnswer } from "./question.js";
import { ask } from "./step.js";

// Its steps and exercises are also embedded one by one, each without the rest.
addStrings({ ...english, ...englishExercises, ...englishEnd });

export class LessonPage extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    state: { attribute: false },
    values: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    this.progress = createProgress();
    /** What the last copy or save came to. */
    this.said = "";
    /** @type {unknown} the step last gone to */
    this.at = null;
    this.parts = new Parts(this, 2);
  }

  /** @param {import("./step.js").Step} step */
  done(step) {
    return step.questions.every(({ id }) => this.progress.get(id));
  }

  /** A link leads into the middle: above it, nothing is to come any more. @override */
  willUpdate() {
    if (this.values["step"]) this.parts.all();
  }

  /** @override */
  updated() {
    super.updated();
    const step = this.values["step"];
    if (!step || step === this.at || !this.engine) return;
    this.at = step;
    const scroll = () => this.querySelector(`#step-${step}`)?.scrollIntoView();
    scroll();
    // Charts further up know their width, and so their height, with the first frame.
    requestAnimationFrame(() => requestAnimationFrame(scroll));
  }

  /** @param {MouseEvent} event @param {number} number */
  go(event, number) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.at = null;
    this.state?.set({ step: null });
    this.state?.set({ step: number });
    /** @type {HTMLElement | null} */ (this.querySelector(`#step-${number}-title`))?.focus({ preventScroll: true });
  }

  /** @returns {import("./export.js").Line[]} */
  lines() {
    const engine = /** @type {import("../../wasm/engine.js").Engine} */ (this.engine);
    return steps.flatMap((step) => {
      const answers = ask(engine, step, "answers").value ?? {};
      const facts = ask(engine, step, "facts").value ?? {};
      return step.questions.flatMap((question) => {
        const locked = this.progress.get(question.id);
        if (!locked) return [];
        const predicted = isAnswer(question, locked.value) ? locked.value : null;
        return [{
          id: question.id,
          step: t(`lesson.${step.id}.title`),
          question: t(`lesson.${question.id}.ask`, facts),
          predicted,
          predicted_text: shownText(question, predicted, step, facts),
          answer: answers[question.id] ?? null,
          answer_text: shownText(question, answers[question.id], step, facts),
          at: locked.at,
        }];
      });
    });
  }

  markdown() {
    return toMarkdown(this.lines(), {
      title: t("lesson_end.export.title"),
      note: t("lesson_end.export.note", { version: [this.engine?.version, commit].filter(Boolean).join(", ") }),
      headings: [t("lesson_end.export.question"), t("lesson_end.export.predicted"), t("lesson_end.export.answer")],
    });
  }

  async copied() {
    this.said = t((await copy(this.markdown())) ? "lesson_end.export.copied" : "lesson_end.export.not_copied");
  }

  /** @param {"md" | "json"} kind */
  saved(kind) {
    if (kind === "md") download("crossover-lesson.md", this.markdown(), "text/markdown");
    else download("crossover-lesson.json", toJson(this.lines(), this.engine?.version ?? ""), "application/json");
    this.said = t("lesson_end.export.saved");
  }

  forget() {
    this.progress.forget(Object.keys(this.progress.all()));
    this.requestUpdate();
    for (const step of this.querySelectorAll("crossover-step")) /** @type {import("./step.js").StepElement} */ (step).forget();
    this.said = t("lesson_end.export.forgotten");
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (this.querySelector("#step-1-title"))?.focus({ preventScroll: true });
  }

  contents() {
    return html`<nav class="contents" aria-label=${t("lesson.contents")}>
      <ol>
        ${steps.map((step, index) => html`<li>
          <a href=${writeParams({ ...this.values, step: index + 1 })} @click=${(/** @type {MouseEvent} */ event) => this.go(event, index + 1)}>${t(`lesson.${step.id}.title`)}</a>
          ${this.done(step) ? html`<span class="done">${t("lesson.done")}</span>` : nothing}
        </li>`)}
      </ol>
    </nav>`;
  }

  keep() {
    const all = Object.values(this.progress.all());
    const count = all.filter(({ value }) => value !== null).length;
    return html`<section class="keep" aria-labelledby="keep">
      <h2 id="keep">${t("lesson_end.export.heading")}</h2>
      <p>${t("lesson_end.export.text", { count })} ${t(this.progress.kept ? "lesson_end.export.kept" : "lesson_end.export.not_kept")}</p>
      <div class="actions">
        <button type="button" @click=${this.copied} ?disabled=${!all.length}>${t("lesson_end.export.copy")}</button>
        <button type="button" @click=${() => this.saved("md")} ?disabled=${!all.length}>${t("lesson_end.export.markdown")}</button>
        <button type="button" @click=${() => this.saved("json")} ?disabled=${!all.length}>${t("lesson_end.export.json")}</button>
        <button type="button" class="plain" @click=${this.forget} ?disabled=${!all.length}>${t("lesson_end.export.forget")}</button>
      </div>
      <p role="status" class="aside">${this.said}</p>
    </section>`;
  }

  /** @override */
  render() {
    const { engine } = this;
    if (!engine) return nothing;
    return html`<h1>${t("lesson.title")}</h1>
      <p class="lede">${t("lesson.lede")}</p>
      <p>${rich("lesson.intro")}</p>
      ${this.contents()}
      ${this.parts.shown([
        ...steps.map((step, index) => () => html`<crossover-step .engine=${engine} .step=${step} .number=${index + 1} .progress=${this.progress}
          @progress=${() => this.requestUpdate()}></crossover-step>`),
        () => this.exercises(engine),
        () => this.closing(engine),
      ])}`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  exercises(engine) {
    return html`<section aria-labelledby="exercises">
      <h2 id="exercises">${t("exercises.heading")}</h2>
      <p>${rich("exercises.text")}</p>
      ${exercises.map((exercise, index) => html`<crossover-exercise .engine=${engine} .exercise=${exercise} .ordinal=${index + 1}></crossover-exercise>`)}
    </section>`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  closing(engine) {
    const facts = attempt(() => closingFacts(engine)).value ?? {};
    return html`<section aria-labelledby="takeaways">
        <h2 id="takeaways">${t("lesson_end.takeaways.heading")}</h2>
        <ul>${takeaways.map((key) => html`<li>${rich(`lesson_end.takeaways.${key}`, facts)}</li>`)}</ul>
      </section>
      <section aria-labelledby="not-when">
        <h2 id="not-when">${t("lesson_end.not_when.heading")}</h2>
        <ul>${notWhen.map((key) => html`<li>${rich(`lesson_end.not_when.${key}`, facts)}</li>`)}</ul>
      </section>
      ${this.keep()}`;
  }
}
define("crossover-lesson", LessonPage);

/**
 * <crossover-lesson>: the ten steps, the exercises, what to take away, and the way out for one's predictions. Properties: engine,
 * state, values (only `step` is read: a link to one step).
 */
import { html, nothing } from "lit";
import { commit } from "#release";
import { attempt } from "../attempt.js";
import { CrossoverElement, define } from "../element.js";
import { batch, threshold } from "../figures.js";
import { copy, download } from "../save.js";
import { addStrings, has, rich, t } from "../strings.js";
import english from "../strings/en.lesson.json";
import englishEnd from "../strings/en.lesson-end.json";
import englishExercises from "../strings/en.lesson-exercises.json";
import { writeParams } from "../params.js";
import { Parts } from "../parts.js";
import { lead } from "../place.js";
import { shownPrediction, shownText } from "./comparison.js";
import { closingFacts, notWhen, takeaways } from "./closing.js";
import { exercises } from "./exercises.js";
import { plainly, toJson, toMarkdown } from "./export.js";
import { createProgress } from "./progress.js";
import { steps } from "./steps/all.js";
import { keptAs, verdictOn } from "./exercise.js";
import { isAnswer } from "./question.js";
import { ask } from "./step.js";

// Its steps and exercises are also embedded one by one, each without the rest.
addStrings({ ...english, ...englishExercises, ...englishEnd });

const questions = steps.flatMap((step) => step.questions);


/** For the visit, where the browser keeps nothing: over another language and a look at another page, too. */
const progress = createProgress();

export class LessonPage extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    state: { attribute: false },
    values: { attribute: false },
    said: { state: true },
    asking: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    this.progress = progress;
    /** @type {string | Text} what the last copy or save came to; a new text is told, the same words again too */
    this.said = "";
    this.asking = false;
    this.parts = new Parts(this, 2);
    this.onStorage = () => this.elsewhere();
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.progress.refresh();
    addEventListener("storage", this.onStorage);
  }

  /** @override */
  disconnectedCallback() {
    removeEventListener("storage", this.onStorage);
    super.disconnectedCallback();
  }

  /** In another tab something was predicted, or all forgotten. */
  elsewhere() {
    this.progress.refresh();
    this.requestUpdate();
    for (const step of this.querySelectorAll("crossover-step")) /** @type {import("./step.js").StepElement} */ (step).requestUpdate();
  }

  /** @param {import("./step.js").Step} step */
  done(step) {
    return step.questions.every(({ id }) => this.progress.get(id));
  }

  /** A link leads into the middle: above it, nothing is to come any more. @override */
  willUpdate() {
    if (this.values["step"]) this.parts.all();
  }

  /** @param {MouseEvent} event @param {number} number */
  go(event, number) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.state?.set({ step: number });
    /** @type {HTMLElement | null} */ (this.querySelector(`#step-${number}-title`))?.focus({ preventScroll: true });
    lead(`step-${number}`);
  }

  /** @returns {import("./export.js").Line[]} */
  lines() {
    const engine = /** @type {import("../../wasm/engine.js").Engine} */ (this.engine);
    return steps.flatMap((step) => {
      const answers = ask(engine, step, "answers").value ?? {};
      const facts = ask(engine, step, "facts").value ?? {};
      return step.questions.flatMap((question) => {
        const locked = this.progress.told(question.id);
        if (!locked) return [];
        const { first } = /** @type {import("./progress.js").Locked} */ (locked);
        const predicted = isAnswer(question, locked.value) ? locked.value : null;
        return [{
          id: question.id,
          step: t(`lesson.${step.id}.title`),
          setting: step.intro.map((key) => t(`lesson.${step.id}.${key}`, facts)),
          question: t(`lesson.${question.id}.ask`, facts),
          predicted,
          predicted_text: [
            shownText(question, predicted, step, facts, shownPrediction),
            locked.seen ? t("lesson_end.export.seen") : "",
            first && isAnswer(question, first.value) ? t("lesson_end.export.first", { value: shownText(question, first.value, step, facts, shownPrediction) }) : "",
          ].filter(Boolean).join(" "),
          first: first ?? null,
          answer: answers[question.id] ?? null,
          answer_text: shownText(question, answers[question.id], step, facts),
          at: locked.at,
          seen: Boolean(locked.seen),
          unit: has(`lesson.${question.id}.unit`) ? t(`lesson.${question.id}.unit`) : "",
          batches: question.frame?.batches ?? null,
        }];
      });
    });
  }

  /** @returns {import("./export.js").Tried[]} */
  tried() {
    const engine = /** @type {import("../../wasm/engine.js").Engine} */ (this.engine);
    return exercises.flatMap((exercise) => {
      const kept = this.progress.get(keptAs(exercise));
      const asked = kept && isAnswer(exercise, kept.value) ? attempt(() => ({ facts: exercise.facts(engine), answer: exercise.answer(engine) })).value : undefined;
      if (!kept || !asked) return [];
      const [given, key] = [/** @type {number | string} */ (kept.value), `exercises.${exercise.id}`];
      const verdict = verdictOn(exercise, given, asked.answer.accepted);
      return [{
        id: exercise.id,
        question: plainly(t(`${key}.ask`, asked.facts)),
        given,
        given_text: exercise.kind === "choice" ? plainly(t(`${key}.options.${given}`)) : (exercise.whole ? batch : threshold)(Number(given)),
        verdict,
        verdict_text: [t(`exercises.${verdict}`), kept.seen ? t("lesson_end.export.seen") : ""].filter(Boolean).join(" "),
        at: kept.at,
        seen: Boolean(kept.seen),
      }];
    });
  }

  markdown() {
    const question = t("lesson_end.export.question");
    return toMarkdown(this.lines(), this.tried(), {
      title: t("lesson_end.export.title"),
      note: t("lesson_end.export.note", { version: [this.engine?.version, commit].filter(Boolean).join(", ") }),
      headings: [question, t("lesson_end.export.predicted"), t("lesson_end.export.answer")],
      exercises: t("exercises.heading"),
      headingsOfExercises: [question, t("lesson_end.export.given"), t("lesson_end.export.verdict")],
    });
  }

  async copied() {
    this.said = new Text(t((await copy(this.markdown())) ? "lesson_end.export.copied" : "lesson_end.export.not_copied"));
  }

  /** @param {"md" | "json"} kind */
  saved(kind) {
    if (kind === "md") download("crossover-lesson.md", this.markdown(), "text/markdown");
    else download("crossover-lesson.json", toJson(this.lines(), this.tried(), this.engine?.version ?? ""), "application/json");
    this.said = new Text(t("lesson_end.export.saved"));
  }

  forget() {
    this.progress.forget();
    this.requestUpdate();
    this.asking = false;
    for (const part of this.querySelectorAll("crossover-step, crossover-exercise")) {
      /** @type {import("./step.js").StepElement | import("./exercise.js").ExerciseElement} */ (part).forget();
    }
    this.said = t("lesson_end.export.forgotten");
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (this.querySelector("#step-1-title"))?.focus({ preventScroll: true });
  }

  /** @param {boolean} asking whether everything is to be forgotten: it cannot be brought back */
  ask(asking) {
    this.asking = asking;
    this.renderNow();
    /** @type {HTMLElement | null} */ (this.querySelector(asking ? ".keep [role=group] .plain" : ".keep .forget"))?.focus();
  }

  /** Who comes back goes on where they stopped. */
  next() {
    const number = steps.findIndex((step) => !this.done(step)) + 1;
    if (number === 0 || !steps.some((step) => this.done(step))) return nothing;
    return html`<p><a href=${writeParams({ ...this.values, step: number })} @click=${(/** @type {MouseEvent} */ event) => this.go(event, number)}>${t("lesson.go_on", { number, title: t(`lesson.${steps[number - 1].id}.title`) })}</a></p>`;
  }

  contents() {
    return html`<nav class="contents" aria-label=${t("lesson.contents")}>
      <ol>
        ${steps.map((step, index) => html`<li>
          <a href=${writeParams({ ...this.values, step: index + 1 })} @click=${(/** @type {MouseEvent} */ event) => this.go(event, index + 1)}>${t(`lesson.${step.id}.title`)}</a>
          ${this.done(step) ? html`<span class="done">${t("lesson.done")}</span>` : nothing}
        </li>`)}
      </ol>
      ${this.next()}
    </nav>`;
  }

  keep() {
    const all = Object.keys(this.progress.all());
    const count = questions.filter(({ id }) => (this.progress.told(id)?.value ?? null) !== null).length;
    const tried = exercises.filter((exercise) => this.progress.get(keptAs(exercise))).length;
    return html`<section class="keep" aria-labelledby="keep">
      <h2 id="keep">${t("lesson_end.export.heading")}</h2>
      <p>${t("lesson_end.export.text", { count })} ${tried ? t("lesson_end.export.tried", { count: tried }) : nothing} ${t(this.progress.kept ? "lesson_end.export.kept" : "lesson_end.export.not_kept")}</p>
      <div class="actions">
        <button type="button" @click=${this.copied} ?disabled=${!all.length}>${t("lesson_end.export.copy")}</button>
        <button type="button" @click=${() => this.saved("md")} ?disabled=${!all.length}>${t("lesson_end.export.markdown")}</button>
        <button type="button" @click=${() => this.saved("json")} ?disabled=${!all.length}>${t("lesson_end.export.json")}</button>
        ${this.asking
          ? html`<span class="actions" role="group" aria-label=${t("lesson_end.export.forget")}>${t("lesson_end.export.for_good")}
              <button type="button" @click=${this.forget}>${t("lesson_end.export.forget_yes")}</button>
              <button type="button" class="plain" @click=${() => this.ask(false)}>${t("lesson_end.export.forget_no")}</button></span>`
          : html`<button type="button" class="plain forget" @click=${() => this.ask(true)} ?disabled=${!all.length}>${t("lesson_end.export.forget")}</button>`}
      </div>
      <p role="status" class="aside">${this.said}</p>
    </section>`;
  }

  /** @override */
  render() {
    const { engine } = this;
    if (!engine) return nothing;
    return html`${this.contents()}
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
      ${exercises.map((exercise, index) => html`<crossover-exercise .engine=${engine} .exercise=${exercise} .ordinal=${index + 1} .progress=${this.progress}
        @progress=${() => this.requestUpdate()}></crossover-exercise>`)}
    </section>`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  closing(engine) {
    const facts = attempt(() => closingFacts(engine, this.progress)).value ?? {};
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

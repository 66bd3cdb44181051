/** <crossover-tables>: the five tables and the crossover chart, with what they are computed for. Properties of TableSection. */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { writeParams } from "../params.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";
import "./bytes.js";
import "./compression.js";
import "./crossover.js";
import "./decode.js";
import "./fields.js";
import "./regimes.js";
import "./training.js";

/** What lies below the first table comes once that one is painted; whoever comes back finds all of it. */
let painted = false;

class TablesPage extends TableSection {
  static properties = { ...TableSection.properties, whole: { state: true } };

  constructor() {
    super();
    this.whole = painted;
  }

  /** @override */
  updated() {
    super.updated();
    if (this.whole || !this.engine) return;
    const complete = () => {
      this.whole = painted = true;
    };
    // No frame is painted of a page that nobody sees.
    if (document.hidden) complete();
    else requestAnimationFrame(() => setTimeout(complete));
  }

  /** @param {MouseEvent} event */
  toLesson(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.state?.set({ page: "lesson" });
    scrollTo(0, 0);
  }

  /** @override @type {TableSection["section"]} */
  section(engine) {
    const { values, state } = this;
    return html`<h1>${t("page.title")}</h1>
      <p class="lede">${t("tables.lede")}</p>
      <p>${rich("tables.intro", { lesson: html`<a href=${writeParams({ ...values, page: "lesson" })} @click=${this.toLesson}>${t("tables.to_lesson")}</a>` })}</p>
      <crossover-tables-fields .engine=${engine} .values=${values} .state=${state}></crossover-tables-fields>
      <crossover-bytes .engine=${engine} .values=${values}></crossover-bytes>
      ${this.whole ? this.rest(engine) : nothing}`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  rest(engine) {
    const { values, state } = this;
    return html`<crossover-decode .engine=${engine} .values=${values}></crossover-decode>
      <crossover-training .engine=${engine} .values=${values} .state=${state}></crossover-training>
      <crossover-regimes .engine=${engine} .values=${values}></crossover-regimes>
      <crossover-compression .engine=${engine} .values=${values}></crossover-compression>
      <crossover-crossing .engine=${engine} .values=${values}></crossover-crossing>`;
  }
}

define("crossover-tables", TablesPage);

/** <crossover-tables>: the five tables and the crossover chart, with what they are computed for. Properties of TableSection. */
import { html } from "lit";
import { define } from "../element.js";
import { writeParams } from "../params.js";
import { Parts } from "../parts.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";
import "./bytes.js";
import "./compression.js";
import "./crossover.js";
import "./decode.js";
import "./fields.js";
import "./regimes.js";
import "./training.js";

class TablesPage extends TableSection {
  constructor() {
    super();
    this.parts = new Parts(this, 1);
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
    return html`<p>${rich("tables.intro", { lesson: html`<a href=${writeParams({ ...values, page: "lesson" })} @click=${this.toLesson}>${t("tables.to_lesson")}</a>` })}</p>
      <crossover-tables-fields .engine=${engine} .values=${values} .state=${state}></crossover-tables-fields>
      ${this.parts.shown([
        () => html`<crossover-bytes .engine=${engine} .values=${values}></crossover-bytes>`,
        () => html`<crossover-decode .engine=${engine} .values=${values}></crossover-decode>`,
        () => html`<crossover-training .engine=${engine} .values=${values} .state=${state}></crossover-training>`,
        () => html`<crossover-regimes .engine=${engine} .values=${values}></crossover-regimes>`,
        () => html`<crossover-compression .engine=${engine} .values=${values}></crossover-compression>`,
        () => html`<crossover-crossing .engine=${engine} .values=${values}></crossover-crossing>`,
      ])}`;
  }
}

define("crossover-tables", TablesPage);

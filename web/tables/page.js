/** <crossover-tables>: the five tables and the crossover chart, with what they are computed for. Properties of TableSection. */
import { html } from "lit";
import { define } from "../element.js";
import { entryOf, options } from "../library.js";
import { writeParams } from "../params.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";
import "../controls/choice.js";
import "../controls/select.js";
import "../controls/slider.js";
import "./bytes.js";
import "./compression.js";
import "./crossover.js";
import "./decode.js";
import "./regimes.js";
import "./training.js";

class TablesPage extends TableSection {
  /** @param {CustomEvent<{name: string, value: string | number}>} event */
  changed(event) {
    this.state?.set({ [event.detail.name]: event.detail.value });
  }

  /** @param {MouseEvent} event */
  toLesson(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.state?.set({ page: "lesson" });
    scrollTo(0, 0);
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  fields(engine) {
    const { values } = this;
    const calibration = engine.describe(String(values["calibration"]));
    return html`<div class="fields" role="group" aria-label=${t("tables.fields")} @value-change=${this.changed}>
      <crossover-select .name=${"model"} .label=${t("param.model.label")} .options=${options(engine, "model")} .value=${idOf(engine, "model", values)}></crossover-select>
      <crossover-select .name=${"hardware"} .label=${t("param.hardware.label")} .options=${options(engine, "hardware")} .value=${idOf(engine, "hardware", values)}></crossover-select>
      <crossover-slider .name=${"context"} .label=${t("param.context.label")} .help=${t("param.context.help")} .value=${values["context"]} .min=${1}
        .max=${131072} .whole=${true} .unit=${t("control.tokens")}></crossover-slider>
      <crossover-choice .name=${"calibration"} .label=${t("param.calibration.label")} .options=${options(engine, "calibration")}
        .value=${idOf(engine, "calibration", values)}
        .help=${calibration["fitted"] ? t("param.calibration.fitted") : t("param.calibration.help")}></crossover-choice>
    </div>`;
  }

  /** @override @type {TableSection["section"]} */
  section(engine) {
    const { values, state } = this;
    return html`<h1>${t("page.title")}</h1>
      <p class="lede">${t("tables.lede")}</p>
      <p>${rich("tables.intro", { lesson: html`<a href=${writeParams({ ...values, page: "lesson" })} @click=${this.toLesson}>${t("tables.to_lesson")}</a>` })}</p>
      ${this.fields(engine)}
      <crossover-bytes .engine=${engine} .values=${values}></crossover-bytes>
      <crossover-decode .engine=${engine} .values=${values}></crossover-decode>
      <crossover-training .engine=${engine} .values=${values} .state=${state}></crossover-training>
      <crossover-regimes .engine=${engine} .values=${values}></crossover-regimes>
      <crossover-compression .engine=${engine} .values=${values}></crossover-compression>
      <crossover-crossing .engine=${engine} .values=${values}></crossover-crossing>`;
  }
}

/**
 * The library's id behind an alias of the address, for the menu.
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {"model" | "hardware" | "calibration"} kind
 * @param {import("../params.js").ParamValues} values
 */
function idOf(engine, kind, values) {
  const given = String(values[kind]);
  return entryOf(engine, kind, given)?.id ?? given;
}
define("crossover-tables", TablesPage);

/** <crossover-tables-fields>: what the tables are computed for. Properties of TableSection. */
import { html } from "lit";
import { define } from "../element.js";
import { entryOf, options } from "../library.js";
import { t } from "../strings.js";
import { TableSection } from "./section.js";
import "../controls/choice.js";
import "../controls/select.js";
import "../controls/slider.js";

class TablesFields extends TableSection {
  /** @param {CustomEvent<{name: string, value: string | number}>} event */
  changed(event) {
    this.state?.set({ [event.detail.name]: event.detail.value });
  }

  /** @override @type {TableSection["section"]} */
  section(engine) {
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
define("crossover-tables-fields", TablesFields);

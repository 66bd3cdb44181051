/** Section 6: the speed-up against batch, where each scheme stops paying. */
import { html } from "lit";
import { define } from "../element.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";
import "../views/speedup.js";

/** INT8 and INT4 weights, and INT4 weights with an INT4 cache beside them. */
export const crossoverSchemes = ["int8", "int4-g128", "int4-g128-kv4"];

class CrossoverSection extends TableSection {
  constructor() {
    super();
    this.opened = false;
  }

  /** @override */
  updated() {
    super.updated();
    // In a page of tables the table under the chart stands open; who closes it keeps it closed.
    const details = this.querySelector("details");
    if (details && !this.opened) details.open = this.opened = true;
  }

  /** @override @type {TableSection["section"]} */
  section(engine) {
    /** @type {import("../../wasm/engine.js").RooflineScenario} */
    const scenario = {
      lens: "roofline",
      model: String(this.values["model"]),
      hardware: String(this.values["hardware"]),
      context: Number(this.values["context"]),
      scheme: "int4-g128",
    };
    return html`<section aria-labelledby="crossover">
      <h2 id="crossover">${t("tables.crossover.title")}</h2>
      <p>${rich("tables.crossover.text")}</p>
      <p>${rich("tables.crossover.lens")}</p>
      <crossover-view-speedup id="crossover-chart" .engine=${engine} .scenario=${scenario} .schemes=${crossoverSchemes} .thresholds=${[2, 1.5]}></crossover-view-speedup>
    </section>`;
  }
}
define("crossover-crossing", CrossoverSection);

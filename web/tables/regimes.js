/** Section 4: the two side by side. */
import { html } from "lit";
import { define } from "../element.js";
import { batch } from "../figures.js";
import { nameOf } from "../library.js";
import { regimesTable } from "../state.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";

class RegimesSection extends TableSection {
  /** @override @type {TableSection["section"]} */
  section(engine) {
    const scenario = regimesTable(this.values);
    const words = {
      model: nameOf(engine, "model", scenario.model ?? ""),
      hardware: nameOf(engine, "hardware", scenario.hardware ?? ""),
      training_model: nameOf(engine, "model", String(scenario.training_model)),
      training_hardware: nameOf(engine, "hardware", String(scenario.training_hardware)),
      batch: batch(Number(scenario.training_batch)),
    };
    return html`<section aria-labelledby="regimes">
      <h2 id="regimes">${t("tables.regimes.title")}</h2>
      <p>${rich("tables.regimes.text")}</p>
      ${this.figure("regimes", scenario, {
        id: "table-regimes",
        caption: rich("tables.regimes.caption", words),
        columns: [
          "precision",
          "decode_speedup", "decode_regime", "decode_intensity", "decode_ridge",
          "training_speedup", "training_regime", "training_intensity", "training_ridge",
        ],
        groups: ["", "decode:4", "training:4"],
        words,
      })}
    </section>`;
  }
}
define("crossover-regimes", RegimesSection);

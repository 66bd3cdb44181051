/** Section 1: what a parameter weighs. */
import { html } from "lit";
import { define } from "../element.js";
import { nameOf } from "../library.js";
import { servingTable } from "../state.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";

class BytesSection extends TableSection {
  /** @override @type {TableSection["section"]} */
  section(engine) {
    const scenario = servingTable(this.values);
    return html`<section aria-labelledby="bytes">
      <h2 id="bytes">${t("tables.bytes.title")}</h2>
      <p>${rich("tables.bytes.text")}</p>
      ${this.figure("bytes_per_parameter", scenario, {
        id: "table-bytes",
        caption: rich("tables.bytes.caption", { model: nameOf(engine, "model", scenario.model ?? "") }),
        columns: ["precision", "bits", "bytes_per_parameter", "weight_bytes", "ratio_to_fp16"],
      })}
    </section>`;
  }
}
define("crossover-bytes", BytesSection);

/** Section 5: what compression saves and what it costs. */
import { html } from "lit";
import { define } from "../element.js";
import { percent } from "../figures.js";
import { nameOf } from "../library.js";
import { servingTable } from "../state.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";

class CompressionSection extends TableSection {
  /** @override @type {TableSection["section"]} */
  section(engine) {
    const scenario = servingTable(this.values);
    const words = { model: nameOf(engine, "model", scenario.model ?? "") };
    return html`<section aria-labelledby="compression">
      <h2 id="compression">${t("tables.compression.title")}</h2>
      <p>${rich("tables.compression.text")}</p>
      ${this.figure("compression", scenario, {
        id: "table-compression",
        caption: rich("tables.compression.caption", words),
        columns: ["method", "weight_bytes", "ratio", "delta", "savings_pct"],
        rowName: compressionName,
        words,
      })}
    </section>`;
  }
}

/** @param {import("./engine-table.js").Rows[number]} row */
export function compressionName(row) {
  return row["method"] === "quantization"
    ? t("table.method.quantization", { bits: row["bits"] })
    : t("table.method.pruning", { sparsity: percent(Number(row["sparsity_pct"])) });
}
define("crossover-compression", CompressionSection);

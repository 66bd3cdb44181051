/** Section 2: one token at a time. */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { gigabytes, milliseconds, times, tokens } from "../figures.js";
import { nameOf } from "../library.js";
import { servingTable } from "../state.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";

class DecodeSection extends TableSection {
  /** @override @type {TableSection["section"]} */
  section(engine) {
    const scenario = servingTable(this.values);
    const words = {
      model: nameOf(engine, "model", scenario.model ?? ""),
      hardware: nameOf(engine, "hardware", scenario.hardware ?? ""),
      context: tokens(scenario.context ?? 0),
    };
    return html`<section aria-labelledby="decode">
      <h2 id="decode">${t("tables.decode.title")}</h2>
      <p>${rich("tables.decode.text")}</p>
      ${this.figure("decode", scenario, {
        id: "table-decode",
        caption: rich("tables.decode.caption", words),
        columns: ["precision", "itl_s", "speedup", "weight_bytes", "kv_bytes", "total_bytes"],
        words,
      }, takeaway)}
    </section>`;
  }
}

/** @param {import("./engine-table.js").Rows} rows */
function takeaway(rows) {
  const [first, last] = [rows[0], rows[rows.length - 1]];
  if (!first || !last) return nothing;
  return html`<p class="takeaway">${rich("tables.decode.takeaway", {
    gain: times(Number(last["speedup"])),
    from: gigabytes(Number(first["total_bytes"])),
    to: gigabytes(Number(last["total_bytes"])),
    slow: milliseconds(Number(first["itl_s"])),
    fast: milliseconds(Number(last["itl_s"])),
  })}</p>`;
}
define("crossover-decode", DecodeSection);

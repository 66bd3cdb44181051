/** Step 2: decode at batch 1, and why a quarter of the bytes is not four times the speed. */
import { html } from "lit";
import { gigabytes, milliseconds, times, tokens } from "../../figures.js";
import { nameOf, options } from "../../library.js";
import { rich, t } from "../../strings.js";
import { engineTable } from "../../tables/engine-table.js";
import { cell, decodeTable, decoding, int4, roofline } from "../cases.js";
import "../../controls/choice.js";

/** @param {import("../cases.js").Engine} engine @param {string} [calibration] */
const table = (engine, calibration) => engine.table("decode", { ...decodeTable, ...(calibration ? { calibration } : {}) });

/**
 * The same calibration without the overhead of layers.
 * @param {import("../cases.js").Engine} engine
 * @param {string} calibration
 */
function withoutOverhead(engine, calibration) {
  const id = `lesson-${calibration}-free`;
  if (engine.catalog("calibration").some((known) => known.id === id)) return id;
  return engine.addSpec("calibration", { ...engine.describe(calibration), id, aliases: [], layer_overhead_s: 0 });
}

/** @type {import("../step.js").Step} */
export const decode = {
  id: "decode",
  intro: ["p1", "p2"],
  questions: [
    { id: "decode.int8", kind: "number", min: 0.01, max: 100 },
    { id: "decode.int4", kind: "number", min: 0.01, max: 100 },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decodeTable.model),
      hardware: nameOf(engine, "hardware", decodeTable.hardware),
      context: tokens(decodeTable.context),
      itl: milliseconds(Number(cell(table(engine), "fp16", "itl_s"))),
      bytes: gigabytes(Number(cell(table(engine), "fp16", "total_bytes"))),
    };
  },
  answers(engine) {
    return {
      "decode.int8": Number(cell(table(engine), "int8", "speedup")),
      "decode.int4": Number(cell(table(engine), "int4", "speedup")),
    };
  },
  show: { "decode.int8": times, "decode.int4": times },
  controls: { calibration: "tutorial-2026-05" },
  reveal({ engine, controls, set }) {
    const calibration = String(controls["calibration"]);
    const shown = table(engine, calibration);
    const free = table(engine, withoutOverhead(engine, calibration));
    const number = (/** @type {typeof shown} */ from, /** @type {string} */ row, /** @type {string} */ key) => Number(cell(from, row, key));
    const free_gain = times(number(free, "int4", "speedup"));
    const shipped = roofline(engine, { ...decoding, scheme: int4 });
    return html`
      ${engineTable({
        table: shown,
        id: "lesson-decode",
        caption: rich("lesson.decode.caption", this.facts(engine)),
        columns: ["precision", "itl_s", "speedup", "weight_bytes", "kv_bytes", "total_bytes"],
      })}
      <p>${rich("lesson.decode.r1", {
        slow: milliseconds(number(shown, "fp16", "itl_s")),
        fast: milliseconds(number(shown, "int4", "itl_s")),
        free_slow: milliseconds(number(free, "fp16", "itl_s")),
        free_fast: milliseconds(number(free, "int4", "itl_s")),
        free_gain,
        gain: times(number(shown, "int4", "speedup")),
      })}</p>
      <p>${rich("lesson.decode.r2", { gain: times(shipped.speedup), free_gain })}</p>
      <div class="fields" @value-change=${(/** @type {CustomEvent} */ event) => set({ calibration: event.detail.value })}>
        <crossover-choice .name=${"calibration"} .label=${t("param.calibration.label")} .options=${options(engine, "calibration")} .value=${calibration}
          .help=${t("lesson.decode.calibration")}></crossover-choice>
      </div>`;
  },
};

/** Step 1: what quantization changes, and the question that decides what it is worth. */
import { html } from "lit";
import { bandwidth, flopRate, gigabytes, gigabytesExactly, intensity, parameters } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich } from "../../strings.js";
import { engineTable } from "../../tables/engine-table.js";
import "../../views/roofline.js";
import { cell, decodeTable, decoding, roofline } from "../cases.js";

/** @param {import("../cases.js").Engine} engine */
const weights = (engine) => engine.table("bytes_per_parameter", { model: decodeTable.model, hardware: decodeTable.hardware });

/** @type {import("../step.js").Step} */
export const bytes = {
  id: "bytes",
  intro: ["p1", "p2"],
  questions: [
    { id: "bytes.int4", kind: "number", min: 0.01, max: 10_000 },
    { id: "bytes.ceiling", kind: "choice", options: ["fetch", "compute", "even"] },
  ],
  facts(engine) {
    const device = engine.describe(decoding.hardware);
    const rates = /** @type {Record<string, number>} */ (device["peak_flop_per_s"]);
    return {
      model: nameOf(engine, "model", decoding.model ?? ""),
      hardware: nameOf(engine, "hardware", decoding.hardware),
      parameters: parameters(Number(engine.describe(decoding.model ?? "")["parameters"])),
      fp16: gigabytes(Number(cell(weights(engine), "fp16", "weight_bytes"))),
      bandwidth: bandwidth(Number(device["memory_bandwidth_bytes_per_s"])),
      peak: flopRate(rates["fp16"] ?? 0),
    };
  },
  answers(engine) {
    return {
      "bytes.int4": Number(cell(weights(engine), "int4", "weight_bytes")) / 1e9,
      "bytes.ceiling": roofline(engine, decoding).memory_bound ? "fetch" : "compute",
    };
  },
  show: { "bytes.int4": (value, typed) => (typed ? gigabytesExactly : gigabytes)(value * 1e9) },
  reveal({ engine }) {
    const step = roofline(engine, decoding);
    return html`
      ${engineTable({
        table: weights(engine),
        id: "lesson-bytes",
        caption: rich("lesson.bytes.caption", this.facts(engine)),
        columns: ["precision", "bits", "bytes_per_parameter", "weight_bytes", "ratio_to_fp16"],
      })}
      <p>${rich("lesson.bytes.r1", { ridge: intensity(step.ridge ?? 0), intensity: intensity(step.intensity ?? 0) })}</p>
      <p>${rich("lesson.bytes.r2")}</p>
      <crossover-view-roofline .engine=${engine} .scenario=${{ ...decoding, scheme: "fp16", batch: 1 }}></crossover-view-roofline>
      <p>${rich("lesson.bytes.r3")}</p>`;
  },
};

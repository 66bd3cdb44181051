/** Step 10: the accuracy tax: the rule of thumb, published measurements, and pruning beside quantization. */
import { html, nothing } from "lit";
import { attempt } from "../../attempt.js";
import { change, exactly, gigabytes, percent, score, share, tenths, tokens } from "../../figures.js";
import { missing } from "../../format.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { compressionName } from "../../tables/compression.js";
import { engineTable } from "../../tables/engine-table.js";
import { decodeTable } from "../cases.js";
import { frontier } from "../frontier.js";
import { smallTable } from "../small-table.js";

const compared = { bits: 8, sparsity: 0.75 };
const heavy = 0.9;
/** A model with many published measurements. */
const measured = { model: "llama-2-7b", hardware: "a100-80gb" };

/**
 * @param {import("../cases.js").Engine} engine
 * @param {{method: "quantization", bits: number} | {method: "pruning", sparsity: number}} how
 * @returns {import("../../../wasm/engine.js").CompressionResult}
 */
function compress(engine, how) {
  const scenario = /** @type {import("../../../wasm/engine.js").TutorialScenario} */ ({
    lens: "tutorial", question: "compression", model: decodeTable.model, hardware: decodeTable.hardware, ...how,
  });
  return /** @type {import("../../../wasm/engine.js").CompressionResult} */ (engine.evaluate(scenario));
}

/**
 * The measurements of the dataset and metric that has most of them: rows of different datasets are not comparable.
 * @param {import("../cases.js").Engine} engine
 */
function measurements(engine) {
  const asked = attempt(() => engine.accuracy({ lens: "roofline", ...measured, scheme: "w4a16-g128" }));
  /** @type {Map<string, import("../../../wasm/engine.js").AccuracyRow[]>} */
  const sets = new Map();
  for (const row of asked.value ?? []) {
    if (row.kind !== "measured" || row.delta === null) continue;
    const key = `${row.dataset} ${row.metric}`;
    sets.set(key, [...(sets.get(key) ?? []), row]);
  }
  const [largest = []] = [...sets.values()].sort((a, b) => b.length - a.length);
  return [...largest].sort((a, b) => Number(a.value) - Number(b.value));
}

/** @param {import("../cases.js").Engine} engine @param {string} id of a source */
function sourceLink(engine, id) {
  const { title, url } = /** @type {{title?: string, url?: string}} */ (attempt(() => engine.describe(id)).value ?? {});
  return url ? html`<a href=${url} rel="noreferrer">${title ?? id}</a>` : (title ?? id);
}

/** @type {import("../step.js").Step} */
export const accuracy = {
  id: "accuracy",
  intro: ["p1", "p2"],
  questions: [
    { id: "accuracy.method", kind: "choice", options: ["quantization", "pruning", "even"] },
    { id: "accuracy.heavy", kind: "number", min: 0, max: 100 },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decodeTable.model),
      bits: compared.bits,
      sparsity: share(compared.sparsity),
      heavy: share(heavy),
      savings: percent(compress(engine, { method: "quantization", bits: compared.bits }).savings_pct),
    };
  },
  answers(engine) {
    const quantized = compress(engine, { method: "quantization", bits: compared.bits }).delta;
    const pruned = compress(engine, { method: "pruning", sparsity: compared.sparsity }).delta;
    return {
      "accuracy.method": quantized > pruned ? "quantization" : quantized < pruned ? "pruning" : "even",
      "accuracy.heavy": -compress(engine, { method: "pruning", sparsity: heavy }).delta * 100,
    };
  },
  show: { "accuracy.heavy": (value, typed) => t("lesson.accuracy.points", { points: (typed ? exactly : tenths)(value) }) },
  reveal({ engine }) {
    const facts = this.facts(engine);
    const compressed = engine.table("compression", { model: decodeTable.model, hardware: decodeTable.hardware });
    const rows = measurements(engine);
    const rounded = compressed.rows.find((row) => row["method"] === "quantization" && row["bits"] === compared.bits);
    const losses = { quantized: change(Number(rounded?.["delta"])), pruned: change(compress(engine, { method: "pruning", sparsity: compared.sparsity }).delta) };
    const title = t("lesson.accuracy.chart", { ...losses, size: gigabytes(Number(rounded?.["weight_bytes"])), bits: compared.bits });
    return html`
      ${engineTable({
        table: compressed,
        id: "lesson-accuracy",
        caption: rich("lesson.accuracy.caption", facts),
        columns: ["method", "weight_bytes", "ratio", "delta", "savings_pct"],
        rowName: compressionName,
      })}
      <figure>
        <figcaption><h3>${title}</h3></figcaption>
        ${frontier(compressed, title)}
      </figure>
      <p>${rich("lesson.accuracy.r1", losses)}</p>
      ${rows.length
        ? smallTable({
            id: "lesson-measured",
            name: t("lesson.accuracy.measured_name"),
            caption: rich("lesson.accuracy.measured", {
              model: nameOf(engine, "model", measured.model), dataset: rows[0]?.dataset,
            }),
            head: [t("lesson.accuracy.column_method"), t("lesson.accuracy.column_group"), t("lesson.accuracy.baseline"), t("lesson.accuracy.value"), t("lesson.accuracy.source")],
            rows: rows.map((row) => [row.method, row.group_size ? tokens(row.group_size) : missing, score(row.baseline_value), score(row.value), html`<span class="source">${sourceLink(engine, row.source)}</span>`]),
          })
        : nothing}
      <p>${rich("lesson.accuracy.r2")}</p>`;
  },
};

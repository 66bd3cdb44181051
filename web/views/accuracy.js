/**
 * <crossover-view-accuracy>: what fewer bits cost in accuracy: the tutorial's rule of thumb, and published measurements of the model
 * where there are any. Measurements are compared within one dataset only, which is chosen here.
 */
import { html, nothing } from "lit";
import { define, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { about } from "./batch-sweep.js";
import { View } from "./view.js";
import "../charts/line-chart.js";

/** @typedef {import("../../wasm/engine.js").AccuracyRow} AccuracyRow */

export class AccuracyView extends View {
  static properties = { ...View.properties, compared: { state: true } };

  constructor() {
    super();
    this.compared = "";
    this.selectId = uniqueId("dataset");
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const rows = engine.accuracy(scenario);
    const rule = rows.filter((row) => row.kind === "rule" && row.delta !== null);
    const measured = rows.filter((row) => row.kind === "measured" && row.delta !== null);
    const datasets = datasetsOf(measured);
    const dataset = datasets.includes(this.compared) ? this.compared : datasets[0] ?? "";
    const chosen = measured.filter((row) => labelOf(row) === dataset);
    const four = rule.find((row) => row.weight_bits === 4 && /quant/i.test(row.method)) ?? rule.find((row) => row.weight_bits === 4);
    const best = bestAt(chosen, 4);
    const title = best
      ? t("views.accuracy.title_measured", { method: best.method, change: quantity(best.delta, "signed"), metric: best.metric, dataset: best.dataset ?? "" })
      : t("views.accuracy.title_rule", { change: quantity(four?.delta ?? null, "change") });
    return {
      title,
      about: about(engine, scenario),
      chart: html`
        ${scatter(rule, { title: t("views.accuracy.rule"), axis: t("views.accuracy.rule_axis"), unit: "change" })}
        ${datasets.length ? html`
          <div class="field view-field">
            <label for=${this.selectId}>${t("views.accuracy.dataset")}</label>
            <select id=${this.selectId} @change=${(/** @type {Event} */ event) => (this.compared = /** @type {HTMLSelectElement} */ (event.target).value)}>
              ${datasets.map((name) => html`<option value=${name} ?selected=${name === dataset}>${name}</option>`)}
            </select>
          </div>
          ${scatter(chosen, { title: dataset, axis: t("views.accuracy.measured_axis", { metric: chosen[0]?.metric ?? "" }), unit: "signed" })}`
          : html`<p class="notice">${t("views.accuracy.no_measurements")}</p>`}`,
      words: html`<p class="aside">${t("views.accuracy.how")}</p>`,
      table: {
        name: "accuracy",
        caption: t("views.accuracy.table"),
        columns: [
          { key: "kind", label: t("views.accuracy.kind"), unit: "text" },
          { key: "method", label: t("views.accuracy.method"), unit: "text" },
          { key: "weight_bits", label: t("views.accuracy.bits"), unit: "number" },
          { key: "act_bits", label: t("views.accuracy.act_bits"), unit: "number" },
          { key: "metric", label: t("views.accuracy.metric"), unit: "text" },
          { key: "dataset", label: t("views.accuracy.dataset"), unit: "text" },
          { key: "value", label: t("views.accuracy.value"), unit: "number" },
          { key: "delta", label: t("views.accuracy.delta"), unit: "signed" },
          { key: "source", label: t("views.source"), unit: "text" },
        ],
        rows: rows.map((row) => ({ ...row, kind: t(`views.accuracy.${row.kind}_kind`) })),
      },
    };
  }
}

/** @param {AccuracyRow} row  what may be compared: one metric on one dataset */
function labelOf(row) {
  return [row.dataset, row.metric].filter(Boolean).join(", ");
}

/** @param {AccuracyRow[]} rows  those with most rows first */
function datasetsOf(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows) counts.set(labelOf(row), (counts.get(labelOf(row)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

/**
 * @param {AccuracyRow[]} rows
 * @param {number} bits
 */
function bestAt(rows, bits) {
  const harm = (/** @type {AccuracyRow} */ row) => (row.higher_is_better ? -1 : 1) * (row.delta ?? 0);
  return rows.filter((row) => row.weight_bits === bits).sort((a, b) => harm(a) - harm(b))[0];
}

/**
 * Bits against the change, a series a method.
 * @param {AccuracyRow[]} rows
 * @param {{ title: string, axis: string, unit: "signed" | "change" }} words
 */
function scatter(rows, { title, axis, unit }) {
  const methods = [...new Set(rows.map((row) => row.method))].slice(0, 8);
  const styles = stylesFor(["int4", "int8", "w4a4", "fp8", "own", "w3", "fp16", "own"].slice(0, methods.length));
  const series = methods.map((method, i) => {
    const own = rows.filter((row) => row.method === method).sort((a, b) => a.weight_bits - b.weight_bits);
    return { id: method, label: method, style: styles[i], x: own.map((row) => row.weight_bits), y: own.map((row) => row.delta ?? NaN), points: own.length < 2 };
  });
  const bits = rows.map((row) => row.weight_bits);
  return html`
    <h4 class="view-part">${title}</h4>
    ${rows.length === 0 ? nothing : html`<crossover-line-chart name=${title}
      description=${series.map((one) => t("views.accuracy.describe", { method: one.label, points: one.x.map((x, k) => `${x}: ${quantity(one.y[k], unit)}`).join("; ") })).join(" ")}
      .readout=${(/** @type {number} */ index, /** @type {number} */ point) => ({
        heading: t("views.accuracy.at_bits", { bits: series[index]?.x[point] ?? "" }),
        items: [{ label: series[index]?.label ?? "", value: quantity(series[index]?.y[point] ?? null, unit), style: styles[index], current: true }],
      })}
      .chart=${{
        x: { label: t("views.accuracy.bits"), scale: "linear", domain: [Math.min(2, ...bits), Math.max(16, ...bits)], format: (/** @type {number} */ v) => quantity(v, "number") },
        y: { label: axis, scale: "linear", domain: niceDomain("linear", [0, ...rows.map((row) => row.delta ?? 0)]), format: (/** @type {number} */ v) => quantity(v, unit) },
        series,
        notes: series.filter((one) => one.points).map((one) => ({ series: one.id, x: one.x[0], y: one.y[0], label: one.label, short: one.label })),
      }}></crossover-line-chart>`}`;
}

define("crossover-view-accuracy", AccuracyView);

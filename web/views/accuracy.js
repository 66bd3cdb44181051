/**
 * <crossover-view-accuracy>: what fewer bits cost in accuracy: the tutorial's rule of thumb against the size of the weights, and
 * published measurements of the model where there are any. Measurements are compared within one dataset only, which is chosen here.
 */
import { html, nothing } from "lit";
import { attempt } from "../attempt.js";
import { define, uniqueId } from "../element.js";
import { locale, t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { hueOf, stylesFor } from "../charts/series-style.js";
import { about } from "./batch-sweep.js";
import { barChart } from "./bars.js";
import { listedLabel, schemeLabel } from "./names.js";
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
    const sized = scenario.phase === "gemm" ? [] : engine.advise(scenario);
    const measured = rows.filter((row) => row.kind === "measured" && row.delta !== null);
    const datasets = datasetsOf(measured);
    const dataset = datasets.includes(this.compared) ? this.compared : datasets[0] ?? "";
    const chosen = measured.filter((row) => labelOf(row) === dataset);
    const rule = rows.find((row) => row.kind === "rule");
    const best = leastHarm(chosen);
    const title = best
      ? t("views.accuracy.title_measured", { method: best.method, bits: quantity(best.weight_bits, "number"), change: quantity(best.delta, "signed"), metric: best.metric, dataset: best.dataset ?? "" })
      : t("views.accuracy.title_rule", { bits: quantity(rule?.weight_bits ?? null, "number"), change: quantity(rule?.delta ?? null, "change") });
    return {
      title,
      about: about(engine, scenario),
      chart: html`
        ${againstSize(sized.map((one) => ({ ...one, label: listedLabel(engine, scenario, one.scheme) })), schemeLabel(scenario.scheme ?? "fp16"))}
        ${datasets.length ? html`
          <div class="field view-field">
            <label for=${this.selectId}>${t("views.accuracy.dataset")}</label>
            <select id=${this.selectId} @change=${(/** @type {Event} */ event) => (this.compared = /** @type {HTMLSelectElement} */ (event.target).value)}>
              ${datasets.map((name) => html`<option value=${name} ?selected=${name === dataset}>${name}</option>`)}
            </select>
          </div>
          ${measurements(chosen, dataset)}`
          : html`<p class="notice">${t("views.accuracy.no_measurements")}</p>`}`,
      words: html`<p class="aside">${t("views.accuracy.how")}</p>`,
      table: {
        name: "accuracy",
        caption: t("views.accuracy.table"),
        columns: [
          { key: "kind", label: t("views.accuracy.kind"), unit: "text" },
          { key: "model", label: t("views.accuracy.model"), unit: "text" },
          { key: "method", label: t("views.accuracy.method"), unit: "text" },
          { key: "weight_bits", label: t("views.accuracy.bits"), unit: "number" },
          { key: "act_bits", label: t("views.accuracy.act_bits"), unit: "number" },
          { key: "metric", label: t("views.accuracy.metric"), unit: "text" },
          { key: "dataset", label: t("views.accuracy.dataset"), unit: "text" },
          { key: "value", label: t("views.accuracy.value"), unit: "number" },
          { key: "delta", label: t("views.accuracy.delta"), unit: "signed" },
          { key: "accuracy_delta", label: t("views.advisor.accuracy"), unit: "change" },
          { key: "source", label: t("views.source"), unit: "text", address: "source_url" },
        ],
        // What was measured changes in the unit of its metric, the rule of thumb is a part of a whole: each has its column.
        rows: rows.map((row) => ({
          ...row, ...sourceOf(engine, row.source), kind: t(`views.accuracy.${row.kind}_kind`), ...(row.kind === "rule" ? { delta: null, accuracy_delta: row.delta } : {}),
        })),
      },
    };
  }
}

/**
 * A source's title, and where it can be read; its id where the library has neither.
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {string} id
 */
function sourceOf(engine, id) {
  const { title = id, url = null } = /** @type {{ title?: string, url?: string }} */ (attempt(() => engine.describe(`source/${id}`)).value ?? {});
  return { source: title, source_url: url };
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

/** @param {AccuracyRow[]} rows */
function leastHarm(rows) {
  const harm = (/** @type {AccuracyRow} */ row) => (row.higher_is_better ? -1 : 1) * (row.delta ?? 0);
  return [...rows].sort((a, b) => harm(a) - harm(b))[0];
}

/**
 * The rule of thumb over the size of the weights: up and to the left is better.
 * @param {(import("../../wasm/engine.js").Advice & { label: string })[]} advice
 * @param {string} own  the reader's scheme
 */
function againstSize(advice, own) {
  if (advice.length === 0) return nothing;
  // Schemes of one size and one rule are one point, called by the reader's own where it is among them; its words name them all.
  const alike = (/** @type {typeof advice[number]} */ one) => advice.filter((other) => other.weight_bytes === one.weight_bytes && other.accuracy_delta === one.accuracy_delta);
  const points = advice.filter((one) => one === (alike(one).find(({ label }) => label === own) ?? alike(one)[0]));
  const names = points.map((one) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(new Set(alike(one).map(({ label }) => label))));
  const styles = stylesFor(points.map((one) => one.scheme)).map((style) => ({ ...style, dash: "" }));
  const title = t("views.accuracy.rule");
  return html`
    <h4 class="view-part">${title}</h4>
    <crossover-line-chart name=${title}
      description=${points.map((one, i) => t("views.accuracy.describe_size", { scheme: names[i], size: quantity(one.weight_bytes, "bytes"), change: quantity(one.accuracy_delta, "change") })).join(" ")}
      .readout=${(/** @type {number} */ index) => ({
        heading: names[index],
        items: [{ label: quantity(points[index].weight_bytes, "bytes"), value: quantity(points[index].accuracy_delta, "change"), style: styles[index], current: true }],
      })}
      .chart=${{
        x: { label: t("views.accuracy.size"), scale: "linear", domain: niceDomain("linear", [0, ...points.map((one) => one.weight_bytes)]), format: (/** @type {number} */ v) => quantity(v, "bytes") },
        y: { label: t("views.accuracy.rule_axis"), scale: "linear", domain: niceDomain("linear", [0.002, ...points.map((one) => one.accuracy_delta * 1.05)]), format: (/** @type {number} */ v) => quantity(v, "change") },
        series: points.map((one, i) => ({ id: one.scheme, label: one.label, style: styles[i], x: [one.weight_bytes], y: [one.accuracy_delta], points: true })),
        notes: points.map((one) => ({ series: one.scheme, x: one.weight_bytes, y: one.accuracy_delta, label: one.label, short: one.label, plain: true })),
      }}></crossover-line-chart>`;
}

/**
 * What was measured on one dataset, method by method.
 * @param {AccuracyRow[]} rows
 * @param {string} dataset
 */
function measurements(rows, dataset) {
  const ordered = [...rows].sort((a, b) => b.weight_bits - a.weight_bits || a.method.localeCompare(b.method)).slice(0, 16);
  const metric = rows[0]?.metric ?? "";
  return html`
    <h4 class="view-part">${dataset}</h4>
    ${barChart({
      title: dataset, describe: "", unit: "signed",
      chart: {
        label: t("views.accuracy.measured_axis", { metric }), format: (v) => quantity(v, "signed"),
        bars: ordered.map((row, i) => ({
          id: `${row.method} ${i}`, label: t("views.accuracy.method_at", { method: row.method, bits: row.weight_bits }), text: quantity(row.delta, "signed"),
          parts: [{ id: "delta", label: metric, value: row.delta ?? 0, hue: hueOf(row.weight_bits >= 16 ? "fp16" : row.weight_bits >= 8 ? "int8" : row.weight_bits >= 4 ? "int4" : "w2") }],
        })),
      },
    })}`;
}

define("crossover-view-accuracy", AccuracyView);

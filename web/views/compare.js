/** <crossover-view-compare>: up to four scenarios in one chart, each with its own scheme over its own baseline, and side by side. */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { batchSweep } from "./batch-sweep.js";
import { boundLabel, schemeLabel } from "./names.js";
import { View } from "./view.js";
import { nearestIndex } from "../charts/line-chart.js";

/** Scenarios are told apart by shape and dash before hue; hues of schemes would mislead. @type {import("../charts/series-style.js").SeriesStyle[]} */
const styles = [
  { hue: "ink", shape: "circle", dash: "" }, { hue: "other-2", shape: "square", dash: "7 4" },
  { hue: "other-1", shape: "triangle", dash: "2 3" }, { hue: "w4a4", shape: "diamond", dash: "9 3 2 3" },
];

export class CompareView extends View {
  static properties = { ...View.properties, compared: { attribute: false }, to: { type: Number } };

  constructor() {
    super();
    /** @type {import("../lab/comparison.js").Compared[]} */
    this.compared = [];
    this.to = 4096;
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const shown = this.compared.length ? this.compared : [{ label: t("views.compare.this"), values: {}, scenario }];
    const each = shown.map(({ label, scenario: own }, i) => {
      const result = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(own));
      const scheme = own.scheme ?? "fp16";
      const sweep = own.phase === "gemm" ? null : batchSweep(engine, own, [scheme], this.to);
      return { id: `scenario-${i + 1}`, label, scheme: schemeLabel(scheme), result, sweep, style: styles[i] };
    });
    const fastest = [...each].sort((a, b) => b.result.tokens_per_s - a.result.tokens_per_s)[0];
    const title = each.length < 2 ? t("views.compare.title_one")
      : t("views.compare.title", { scenario: fastest.label, tokens: quantity(fastest.result.tokens_per_s, "tokens_per_s") });
    const drawn = each.flatMap((one) => (one.sweep ? [{ ...one, sweep: one.sweep, series: one.sweep.columns[0].series }] : []));
    return {
      title,
      about: t("views.compare.about"),
      chart: drawn.length === 0 ? nothing : html`<crossover-line-chart name=${title}
        description=${[t("views.compare.describe"), ...drawn.map(({ label, series }) => t("views.describe_series", {
          name: label, first: quantity(series.speedup[0], "ratio"), last: quantity(series.speedup[series.speedup.length - 1], "ratio") }))].join(" ")}
        .readout=${(/** @type {number} */ index, /** @type {number} */ point) => ({
          heading: t("views.at_batch", { batch: quantity(drawn[index]?.sweep.values[point] ?? null, "count") }),
          items: drawn.map(({ id, scheme, series, style }, i) => ({ label: t("views.compare.line", { number: Number(id.slice(-1)), scheme }), value: quantity(series.speedup[point] ?? null, "ratio"), style, current: i === index })),
        })}
        .chart=${{
          x: { label: t("views.batch_axis"), scale: "log", base: 2, domain: [1, this.to], format: (/** @type {number} */ v) => quantity(v, "count") },
          y: {
            label: t("views.compare.axis"), scale: "linear", format: (/** @type {number} */ v) => quantity(v, "threshold"),
            domain: niceDomain("linear", [...drawn.flatMap(({ series }) => [...series.speedup]), 1.2], { zero: true }),
          },
          series: drawn.map(({ id, scheme, style, sweep, series }) => ({ id, label: t("views.compare.line", { number: Number(id.slice(-1)), scheme }), style, x: sweep.values, y: series.speedup, fits: series.fits })),
          thresholds: [{ value: 1, label: t("views.compare.baseline") }],
          start: nearestIndex(drawn[0]?.sweep.values ?? [], shown[0].scenario.batch ?? 1),
        }}></crossover-line-chart>`,
      table: {
        name: "compare",
        caption: t("views.compare.table"),
        columns: [
          { key: "scenario", label: t("views.compare.scenario"), unit: "text" },
          { key: "step_s", label: t("views.step"), unit: "s" },
          { key: "speedup", label: t("views.advisor.speedup"), unit: "ratio" },
          { key: "tokens_per_s", label: t("views.capacity.tokens"), unit: "tokens_per_s" },
          { key: "regime", label: t("views.limited_by"), unit: "text" },
          { key: "total_bytes", label: t("views.memory.total"), unit: "bytes" },
          { key: "fits", label: t("views.fits"), unit: "flag" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
          { key: "cost_usd_per_million_tokens", label: t("views.energy.cost_usd_per_million_tokens"), unit: "usd" },
        ],
        rows: each.map(({ label, result }) => ({
          scenario: label, step_s: result.step_s, speedup: result.speedup, tokens_per_s: result.tokens_per_s, regime: boundLabel(result.regime),
          total_bytes: result.total_bytes, fits: result.fits, max_batch: result.max_batch, cost_usd_per_million_tokens: result.cost_usd_per_million_tokens,
        })),
      },
    };
  }
}

define("crossover-view-compare", CompareView);

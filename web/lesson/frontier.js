/** Size against accuracy, of quantization and of pruning, with the frontier: what nothing beats. The numbers are the table's. */
import { html } from "lit";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { change, gigabytes, percent } from "../figures.js";
import { t } from "../strings.js";
import { compressionName } from "../tables/compression.js";
import { isBeaten } from "./beaten.js";
import "../charts/line-chart.js";

/** @typedef {import("../../wasm/engine.js").Table["rows"][number]} Row */

const styles = /** @type {Record<string, import("../charts/series-style.js").SeriesStyle>} */ ({
  quantization: { hue: "int4", shape: "triangle", dash: "" },
  pruning: { hue: "fp16", shape: "circle", dash: "2 3" },
});
/** @type {import("../charts/series-style.js").SeriesStyle} */
const frontierStyle = { hue: "ink", shape: "square", dash: "7 4" };

/** Where there is hardly any room: the marks tell the methods apart. @param {Row} row */
const shortName = (row) => row["method"] === "quantization"
  ? t("lesson.accuracy.short_bits", { bits: row["bits"] }) : percent(Number(row["sparsity_pct"]));

/**
 * @param {import("../../wasm/engine.js").Table} table of compression
 * @param {string} name  the chart's
 */
export function frontier({ rows }, name) {
  const seriesOf = (/** @type {string} */ id, /** @type {string} */ label, /** @type {import("../charts/series-style.js").SeriesStyle} */ style, /** @type {Row[]} */ chosen) => {
    const own = [...chosen].sort((a, b) => Number(a["weight_bytes"]) - Number(b["weight_bytes"]));
    return { id, label, style, x: own.map((row) => Number(row["weight_bytes"])), y: own.map((row) => Number(row["delta"])), rows: own };
  };
  const series = [
    ...Object.entries(styles).map(([method, style]) => ({
      ...seriesOf(method, t(`table.value.${method}`), style, rows.filter((row) => row["method"] === method)), points: true,
    })),
    { ...seriesOf("frontier", t("lesson.accuracy.frontier"), frontierStyle, rows.filter((row) => !isBeaten(row, rows))), unmarked: true },
  ];
  const sizes = series.flatMap(({ x }) => x);
  const said = (/** @type {Row} */ row) =>
    t("lesson.accuracy.describe", { name: compressionName(row), size: gigabytes(Number(row["weight_bytes"])), change: change(Number(row["delta"])) });
  return html`<crossover-line-chart name=${name} description=${rows.map(said).join(" ")}
    .readout=${(/** @type {number} */ which, /** @type {number} */ point) => {
      const row = series[which]?.rows[point];
      const style = series[which]?.style;
      if (!row || !style) return null;
      return { heading: compressionName(row), items: [{ label: gigabytes(Number(row["weight_bytes"])), value: change(Number(row["delta"])), style, current: true }] };
    }}
    .chart=${{
      x: { label: t("lesson.accuracy.size"), scale: "linear", domain: niceDomain("linear", [0, ...sizes]), format: (/** @type {number} */ value) => quantity(value, "bytes") },
      y: {
        label: t("lesson.accuracy.change"), scale: "linear", domain: niceDomain("linear", [0.002, ...rows.map((row) => Number(row["delta"]) * 1.05)]),
        format: (/** @type {number} */ value) => change(value),
      },
      series,
      notes: series.slice(0, 2).flatMap(({ id, x, y, rows: own }) => own.map((row, i) => ({
        series: id, x: x[i] ?? 0, y: y[i] ?? 0, label: compressionName(row), short: shortName(row), plain: true,
      }))),
    }}></crossover-line-chart>`;
}

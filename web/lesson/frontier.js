/** Size against accuracy, of quantization and of pruning: what nothing beats is the frontier. The numbers are the table's. */
import { html } from "lit";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { change, gigabytes } from "../figures.js";
import { t } from "../strings.js";
import { compressionName } from "../tables/compression.js";
import "../charts/line-chart.js";

/** @typedef {import("../../wasm/engine.js").Table["rows"][number]} Row */

const styles = /** @type {Record<string, import("../charts/series-style.js").SeriesStyle>} */ ({
  quantization: { hue: "int4", shape: "triangle", dash: "" },
  pruning: { hue: "fp16", shape: "circle", dash: "2 3" },
});

/** @param {import("../../wasm/engine.js").Table} table of compression */
export function frontier({ rows }) {
  const series = Object.entries(styles).map(([method, style]) => {
    const own = rows.filter((row) => row["method"] === method).sort((a, b) => Number(a["weight_bytes"]) - Number(b["weight_bytes"]));
    return {
      id: method,
      label: t(`table.value.${method}`),
      style,
      x: own.map((row) => Number(row["weight_bytes"])),
      y: own.map((row) => Number(row["delta"])),
      rows: own,
    };
  });
  const sizes = series.flatMap(({ x }) => x);
  const name = t("lesson.accuracy.chart");
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
    }}></crossover-line-chart>`;
}

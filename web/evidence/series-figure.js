/** <crossover-measured-series>: one measured curve with its predictions. Properties: engine, evidence, series, protocol. */
import { html } from "lit";
import { define } from "../element.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { hueOf } from "../charts/series-style.js";
import { t } from "../strings.js";
import { measuredStyle } from "../views/measured.js";
import { View } from "../views/view.js";
import { errorsOf, percent, protocolLabel, protocols, seriesLabel, sourceLink, whyMissed } from "./words.js";
import "../charts/line-chart.js";

/**
 * @typedef {import("../../wasm/engine.js").EvidenceRow} EvidenceRow
 * @typedef {import("../../wasm/engine.js").EvidenceSeries} EvidenceSeries
 * @typedef {import("./load.js").Evidence} Evidence
 */

const dashes = { kernel: "", calibrated: "7 4", datasheet: "2 3" };

export class MeasuredSeries extends View {
  static properties = { ...View.properties, evidence: { attribute: false }, series: { attribute: false }, protocol: {} };

  constructor() {
    super();
    /** @type {Evidence | null} */
    this.evidence = null;
    /** @type {EvidenceSeries | null} */
    this.series = null;
    /** @type {import("../../wasm/engine.js").EvidenceProtocol} */
    this.protocol = "kernel";
  }

  /** @override */
  render() {
    const { evidence, series, protocol } = this;
    if (!evidence || !series) return html`<p class="notice">${t("evidence.series.none")}</p>`;
    const rows = evidence.report.rows
      .filter((row) => row.series === series.series && row.flag === series.flag && row.measured_speedup !== null)
      .sort((a, b) => a.position - b.position);
    this.model = seriesModel(evidence, series, rows, protocol);
    return this.figure(this.model);
  }
}

/**
 * @param {Evidence} evidence
 * @param {EvidenceSeries} series
 * @param {EvidenceRow[]} rows
 * @param {import("../../wasm/engine.js").EvidenceProtocol} protocol
 * @returns {import("../views/view.js").ViewModel}
 */
function seriesModel(evidence, series, rows, protocol) {
  const errors = errorsOf(series, protocol);
  const label = seriesLabel(series);
  const title = errors
    ? t("evidence.series.title", { protocol: protocolLabel(protocol), median: percent(errors.median), max: percent(errors.max) })
    : t("evidence.series.title_none", { protocol: protocolLabel(protocol) });
  const columns = columnsOf(series, rows);
  const all = columns.flatMap(({ y }) => y).filter(Number.isFinite);
  const positions = rows.map(({ position }) => position);
  const axis = t(series.phase === "gemm" ? "views.m_axis" : "views.batch_axis");
  const domain = /** @type {[number, number]} */ ([Math.min(...positions), Math.max(...positions)]);
  return {
    title,
    about: label,
    chart: html`<crossover-line-chart name="${label}. ${title}"
      description=${columns.map(({ label: name, y }) => t("views.describe_series", { name, first: quantity(y[0], "ratio"), last: quantity(y.at(-1), "ratio") })).join(" ")}
      .readout=${(/** @type {number} */ which, /** @type {number} */ point) => ({
        heading: t(series.phase === "gemm" ? "views.at_m" : "views.at_batch", { batch: quantity(positions[point], "count") }),
        items: columns.map(({ label: name, y, style }, i) => ({ label: name, value: quantity(y[point], "ratio"), style, current: i === which })),
      })}
      .chart=${{
        x: { label: axis, scale: "log", base: 2, domain, format: (/** @type {number} */ value) => quantity(value, "count") },
        y: { label: t("evidence.series.axis"), scale: "linear", domain: niceDomain("linear", [...all, 1.2], { zero: true }), format: (/** @type {number} */ value) => quantity(value, "threshold") },
        series: columns,
        thresholds: [{ value: 1, label: t("evidence.series.even") }],
      }}></crossover-line-chart>`,
    words: html`<p>${whyMissed(evidence, series, protocol)} ${series.flag ? t("evidence.series.flag", { flag: series.flag }) : ""}</p>
      <p class="aside">${t("evidence.series.source")} ${sourceLink(evidence.sources, series.source, series.project)}</p>`,
    table: {
      name: "series",
      caption: label,
      columns: [
        { key: "position", label: axis, unit: "count" },
        ...columns.map(({ id, label: name }) => ({ key: id, label: name, unit: /** @type {const} */ ("ratio") })),
        { key: "calibrated_low", label: t("evidence.series.low"), unit: "ratio" },
        { key: "calibrated_high", label: t("evidence.series.high"), unit: "ratio" },
      ],
      rows: rows.map((row) => ({
        position: row.position, measured: row.measured_speedup, kernel: row.kernel_speedup, datasheet: row.datasheet_speedup,
        calibrated: row.calibrated_speedup, calibrated_low: row.calibrated_low, calibrated_high: row.calibrated_high,
      })),
    },
  };
}

/**
 * What was measured, as points, and each protocol's prediction at the same places, as a line.
 * @param {EvidenceSeries} series
 * @param {EvidenceRow[]} rows
 */
function columnsOf(series, rows) {
  const x = rows.map(({ position }) => position);
  const number = (/** @type {number | null} */ value) => value ?? NaN;
  const hue = hueOf(series.scheme);
  return [
    { id: "measured", label: t("evidence.series.measured"), style: measuredStyle, x, y: rows.map((row) => number(row.measured_speedup)), points: true },
    ...protocols.filter((protocol) => errorsOf(series, protocol)).map((protocol) => ({
      id: protocol, label: protocolLabel(protocol), style: { hue, shape: /** @type {const} */ ("triangle"), dash: dashes[protocol] },
      x, y: rows.map((row) => number(row[`${protocol}_speedup`])),
    })),
  ];
}

define("crossover-measured-series", MeasuredSeries);

/**
 * <crossover-view-roofline>: the device's roofs, the operators of one step as points under them, and the path that the whole step
 * takes as the batch grows. Log-log, FLOP per byte against FLOP a second.
 */
import { html } from "lit";
import { define } from "../element.js";
import { remembered } from "../remembered.js";
import { locale, t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { about, at, axisKey, batchSweep, overBatches, ownBatch, ownPlace, place, reach, sweepAt, tableRows } from "./batch-sweep.js";
import { evaluateEach } from "./bars.js";
import { boundLabel, schemeLabel } from "./names.js";
import { View } from "./view.js";
import "../charts/line-chart.js";

export class RooflineView extends View {
  static properties = { ...View.properties, to: { type: Number } };

  constructor() {
    super();
    this.to = 4096;
    this.drawn = remembered(draw);
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const scheme = scenario.scheme ?? scenario.baseline_scheme ?? "fp16";
    const label = schemeLabel(scheme);
    const [{ result }] = evaluateEach(engine, scenario, [scheme]);
    const to = reach(scenario, this.to);
    const sweep = batchSweep(engine, scenario, [scheme], to);
    const path = sweep.columns[0].series;
    const own = sweepAt(engine, sweep, ownBatch(scenario));
    const here = own.columns[0].series;
    const drawn = drawnOf(result);
    const reached = drawn.map(({ rate }) => rate);
    // Axes that hold the operators of the smallest batch and of the largest stay as they are while the batch is dragged.
    const within = [...drawn, ...overBatches(engine, "operators", scenario, [scheme, to], () => [1, to].flatMap((batch) =>
      drawnOf(evaluateEach(engine, { ...scenario, [axisKey(scenario)]: batch }, [scheme])[0].result)))];
    const peak = result.peak_flop_per_s;
    const ridge = result.ridge ?? 1;
    const x = niceDomain("log", [...path.intensity, ...within.map(({ intensity }) => intensity), ridge / 4, ridge * 4]);
    const y = niceDomain("log", [...path.achieved_flop_per_s, ...within.map(({ rate }) => rate), peak * 1.3]);
    const kind = ["weights", "kv", "activations"].includes(result.regime) ? "memory" : result.regime === "compute" ? "compute" : "other";
    const title = t(`views.roofline.title_${kind}`, {
      bound: boundLabel(result.regime),
      scheme: label, batch: ownPlace(scenario), mfu: quantity(result.mfu, "share"),
      intensity: quantity(result.intensity, "flop_per_byte"), ridge: quantity(result.ridge, "flop_per_byte"),
    });
    const rows = drawn.map((operator) => ({
      operator: operator.name, intensity: operator.intensity, achieved_flop_per_s: operator.rate, time_s: operator.time_s, bound: boundLabel(operator.bound),
    }));
    const { chart, steps } = this.drawn(sweep, ridge, peak, result.compute_format, ...x, ...y, locale());
    const dots = {
      series: { id: "operators", label: t("views.roofline.operators"), style: dotStyle, x: rows.map((row) => row.intensity), y: reached, points: true },
      notes: rows.map((row) => ({ series: "operators", x: row.intensity, y: row.achieved_flop_per_s, label: row.operator, short: row.operator, plain: true })),
    };
    const read = (/** @type {typeof sweep} */ of) => (/** @type {number} */ series, /** @type {number} */ point) =>
      readout(series, point, { sweep: of, rows, style: [...chart.series, dots.series][series].style });
    return {
      title,
      about: about(engine, scenario),
      chart: html`<crossover-line-chart name=${title}
        description=${[t("views.roofline.describe", { ridge: quantity(ridge, "flop_per_byte"), peak: quantity(peak, "flop_per_s") }), ...rows.map((row) =>
          t("views.roofline.describe_operator", { name: row.operator, intensity: quantity(row.intensity, "flop_per_byte"), rate: quantity(row.achieved_flop_per_s, "flop_per_s"), bound: row.bound }))].join(" ")}
        .own=${{ x: here.intensity[0], y: here.achieved_flop_per_s, readout: read(own) }} .chart=${chart} .dots=${dots} .readout=${read(sweep)}></crossover-line-chart>`,
      table: {
        name: "roofline",
        caption: t("views.roofline.table", { scheme: label }),
        columns: [
          { key: "operator", label: t("views.operator"), unit: "text" },
          { key: "intensity", label: t("views.intensity"), unit: "flop_per_byte" },
          { key: "achieved_flop_per_s", label: t("views.roofline.y"), unit: "flop_per_s" },
          { key: "time_s", label: t("views.time"), unit: "s" },
          { key: "bound", label: t("views.limited_by"), unit: "text" },
        ],
        rows: [...rows, ...steps],
      },
    };
  }
}

/**
 * The operators that have a place in the picture.
 * @param {import("../../wasm/engine.js").RooflineResult} result
 */
function drawnOf(result) {
  return result.operators.flatMap(({ intensity, flop_per_s: rate, ...operator }) => (intensity && rate ? [{ ...operator, intensity, rate }] : []));
}

/** @type {import("../charts/series-style.js").SeriesStyle} */
const dotStyle = { hue: "ink", shape: "circle", dash: "" };

/**
 * What is the same at every batch of the reader's, as long as its operators stay within the axes.
 * @param {import("./batch-sweep.js").BatchSweep} sweep  of one scheme
 * @param {number} ridge
 * @param {number} peak
 * @param {string} format  that the peak is of
 * @param {number} left
 * @param {number} right
 * @param {number} bottom
 * @param {number} top
 * @param {string} _language  of the labels
 */
function draw(sweep, ridge, peak, format, left, right, bottom, top, _language) {
  const { scenario, values, bounds, columns: [{ id, label, series: path }] } = sweep;
  /** @type {import("../charts/line-layout.js").LineChart} */
  const chart = {
    x: { label: t("views.roofline.x"), scale: "log", base: 10, domain: [left, right], format: (v) => quantity(v, "flop_per_byte") },
    y: { label: t("views.roofline.y"), scale: "log", base: 10, domain: [bottom, top], format: (v) => quantity(v, "flop_per_s") },
    series: [{ id: "path", label, style: stylesFor([id])[0], x: path.intensity, y: path.achieved_flop_per_s, fits: path.fits, unnamed: true, unmarked: true }],
    roof: { x: ridge, y: peak, label: t("views.roofline.roof", { format: format.toUpperCase(), peak: quantity(peak, "flop_per_s") }), slope: t("views.roofline.slope") },
    notes: milestones(values, path.intensity).map((i, k) => ({
      series: "path", x: path.intensity[i], y: path.achieved_flop_per_s[i], brief: place(scenario, values[i]), short: quantity(values[i], "count"),
      label: t(k === 0 ? "views.roofline.first" : "views.roofline.milestone", { scheme: label, batch: place(scenario, values[i]) }),
    })),
  };
  const key = axisKey(scenario);
  const steps = tableRows(sweep, (i) => ({
    intensity: path.intensity[i], achieved_flop_per_s: path.achieved_flop_per_s[i], time_s: path.step_s[i], bound: boundLabel(bounds[path.regime_index[i]]),
  })).map(({ [key]: batch, ...row }) => ({ operator: t("views.roofline.whole", { batch: place(scenario, Number(batch)) }), ...row }));
  return { chart, steps };
}

/**
 * Batches worth a name on the path: powers of four at which the intensity has moved on.
 * @param {Float64Array} batches
 * @param {Float64Array} intensity
 */
function milestones(batches, intensity) {
  let last = 0;
  return [...batches.keys()].filter((i) => {
    const moved = Math.abs(Math.log(intensity[i] / last)) > 0.3;
    if (!Number.isInteger(Math.log2(batches[i]) / 2) || !(moved || last === 0)) return false;
    last = intensity[i];
    return true;
  });
}

/**
 * @param {number} series
 * @param {number} point
 * @param {{ sweep: import("./batch-sweep.js").BatchSweep, style: import("../charts/series-style.js").SeriesStyle,
 *   rows: { operator: string, intensity: number, achieved_flop_per_s: number, bound: string }[] }} data
 */
function readout(series, point, { sweep, rows, style }) {
  const [{ label, series: path }] = sweep.columns;
  const row = series === 1 ? rows[point] : null;
  const intensity = row ? row.intensity : path.intensity[point];
  const rate = row ? row.achieved_flop_per_s : path.achieved_flop_per_s[point];
  const value = t("views.roofline.point", { intensity: quantity(intensity, "flop_per_byte"), rate: quantity(rate, "flop_per_s") });
  return {
    heading: row ? row.operator : at(sweep.scenario, sweep.values[point]),
    items: [{ label: row ? t("views.roofline.limited", { bound: row.bound }) : label, value, style, current: true }],
  };
}

define("crossover-view-roofline", RooflineView);

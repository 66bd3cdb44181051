/** The kernels of step 7 against batch: one scheme, so one colour; the kernels differ by dash, marker and label. */
import { html } from "lit";
import { attempt } from "../attempt.js";
import { niceDomain } from "../charts/scale.js";
import { batch, threshold, timesExactly } from "../figures.js";
import { nameOf } from "../library.js";
import { t } from "../strings.js";
import { unfitFrom } from "../views/batch-sweep.js";
import { withMeasured } from "../views/measured.js";
import "../charts/line-chart.js";

/** @typedef {import("./cases.js").Engine} Engine */

const styles = /** @type {import("../charts/series-style.js").SeriesStyle[]} */ ([
  { hue: "ink", shape: "circle", dash: "" },
  { hue: "int4", shape: "triangle", dash: "" },
  { hue: "int4", shape: "square", dash: "7 4" },
  { hue: "int4", shape: "diamond", dash: "2 3" },
  { hue: "int4", shape: "down", dash: "9 3 2 3" },
]);
const to = 1024;

/**
 * @param {Engine} engine
 * @param {import("./cases.js").RooflineScenario} base
 * @param {readonly (readonly [string, string])[]} kernels with the scheme that each is made for
 * @param {{ from: number, to: number, points?: number }} range
 */
function curves(engine, base, kernels, range) {
  return kernels.flatMap(([kernel, scheme], index) => {
    const sweep = attempt(() => engine.sweep({ scenario: { ...base, kernel, scheme }, axis: "batch", ...range, schemes: [scheme] })).value;
    const speedup = sweep?.series[0]?.speedup;
    const style = styles[index];
    return sweep && speedup && style ? [{ id: kernel, label: nameOf(engine, "kernel", kernel), short: t(`lesson.kernels.short.${kernel}`), style, x: sweep.values, y: speedup, fits: sweep.series[0]?.fits }] : [];
  });
}

/** @param {ReturnType<typeof curves>} series */
const read = (series) => (/** @type {number} */ which, /** @type {number} */ point) => ({
  heading: t("lesson.at_batch", { batch: batch(series[which]?.x[point]) }),
  items: series.map(({ label, y, style }, index) => ({ label, value: timesExactly(y[point]), style, current: index === which })),
});

/** @type {WeakMap<Engine, ReturnType<typeof curves>>} */
const drawn = new WeakMap();

/**
 * @param {Engine} engine
 * @param {import("./cases.js").RooflineScenario} base
 * @param {readonly (readonly [string, string])[]} kernels
 * @param {{at: number, from: number, baseline: string}} of the batch that the page speaks of, the first at which the baseline does not fit, and its name
 * @param {string} name of the chart
 * @param {import("../views/measured.js").Measured | null} measured near the case, once it is known
 */
export function kernelChart(engine, base, kernels, { at, from, baseline }, name, measured) {
  const series = drawn.get(engine) ?? curves(engine, base, kernels, { from: 1, to, points: 61 });
  drawn.set(engine, series);
  const own = curves(engine, base, kernels, { from: at, to: at });
  const figure = withMeasured({
    x: { label: t("lesson.sketch.x"), scale: "log", base: 2, domain: [1, to], format: (/** @type {number} */ value) => batch(value) },
    y: {
      label: t("lesson.sketch.y"), scale: "linear", domain: niceDomain("linear", series.flatMap(({ y }) => [...y]), { zero: true }),
      format: (/** @type {number} */ value) => threshold(value),
    },
    series,
    hatched: unfitFrom(from, to, baseline),
    thresholds: [{ value: 1, label: t("lesson.kernels.even") }],
  }, read(series), {
    points: measured?.speedup ?? [], name: measured?.name ?? "", unit: "ratio", heading: (x) => t("lesson.at_batch", { batch: batch(x) }),
  });
  const here = t("lesson.at_batch", { batch: batch(at) });
  return html`<crossover-line-chart name=${name}
    description=${series.map(({ label, x, y }) => t("lesson.kernels.describe", {
      kernel: label, first: timesExactly(y[0]), last: timesExactly(y[y.length - 1]), to: batch(x[x.length - 1]),
    })).join(" ")}
    .readout=${figure.readout} .chart=${figure.chart} .here=${{ value: at, label: here, short: here }}
    .own=${{ x: at, y: own.map(({ y }) => y[0]), readout: read(own) }}></crossover-line-chart>`;
}

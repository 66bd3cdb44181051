/**
 * <crossover-view-speedup>: speed-up over the baseline against batch, with every crossing of 2x, 1.5x and 1x marked, named and
 * explained. The chart that the project is named after.
 */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { remembered } from "../remembered.js";
import { locale, t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { swatch } from "../charts/readout.js";
import { boundLabel, partsOf, schemeLabel, usualSchemes } from "./names.js";
import { about, at, axisHead, axisKey, axisLabel, axisWord, batchSweep, doesNotFit, hereOf, overBatches, ownBatch, place, reach, readoutOf, sweepAt, tableRows, unfitFrom } from "./batch-sweep.js";
import { withMeasured } from "./measured.js";
import { View } from "./view.js";
import "../charts/line-chart.js";

/**
 * @typedef {import("../../wasm/engine.js").Crossing} Crossing
 * @typedef {import("./batch-sweep.js").BatchSweep} BatchSweep
 */

export class SpeedupView extends View {
  static properties = { ...View.properties, thresholds: { attribute: false }, to: { type: Number } };

  constructor() {
    super();
    this.thresholds = [2, 1.5, 1];
    /** Largest batch, unless the reader is further. */
    this.to = 4096;
    this.drawn = remembered(draw);
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const schemes = this.schemes ?? usualSchemes;
    const to = reach(scenario, this.to);
    const sweep = batchSweep(engine, scenario, schemes, to);
    const crossings = overBatches(engine, "crossovers", scenario, [schemes, this.thresholds, to], () =>
      engine.crossovers({ scenario, schemes, thresholds: this.thresholds, from: 1, to }));
    // Only what is not quantized has a kernel that belongs to it.
    const ownKernels = schemes.some((scheme) => partsOf(scheme).kernel) && (scenario.baseline_scheme ?? "fp16") === "fp16";
    const { title, description, chart, readout, words, table } =
      this.drawn(sweep, crossings, doesNotFit(engine, scenario, sweep), this.thresholds, ownKernels, this.measured, locale());
    const own = sweepAt(engine, sweep, ownBatch(scenario));
    return {
      title,
      about: about(engine, scenario),
      chart: html`<crossover-line-chart .chart=${chart} .here=${hereOf(scenario)}
        .own=${{ x: own.values[0], y: own.columns.map(({ series }) => series.speedup[0]), readout: read(own, crossings) }}
        name=${title} description=${description} .readout=${readout}></crossover-line-chart>`,
      words,
      table,
    };
  }
}

/**
 * What is the same at every batch of the reader's.
 * @param {BatchSweep} sweep
 * @param {Crossing[]} crossings
 * @param {number | null} unfit  first batch at which the baseline does not fit
 * @param {number[]} thresholds
 * @param {boolean} ownKernels  some schemes are drawn with a kernel of their own
 * @param {import("./measured.js").Measured | null} measured
 * @param {string} _language  of the sentences
 */
function draw(sweep, crossings, unfit, thresholds, ownKernels, measured, _language) {
  const { scenario } = sweep;
  const baseline = schemeLabel(scenario.baseline_scheme ?? "fp16");
  return {
    title: speedupTitle(crossings, sweep, headline(sweep), baseline, unfit),
    description: describe(crossings, sweep, baseline),
    ...withMeasured(
      speedupChart(sweep, crossings, { thresholds, baseline, unfit }),
      read(sweep, crossings),
      { points: measured?.speedup ?? [], name: measured?.name ?? "", unit: "ratio", heading: (x) => at(scenario, x) },
    ),
    words: html`${crossingList(crossings, sweep, baseline)}
      ${ownKernels ? html`<p class="aside">${t("views.speedup.own_kernels", { baseline })}</p>` : nothing}`,
    table: {
      name: "speedup",
      caption: t("views.speedup.table", { baseline, axis: axisWord(scenario) }),
      columns: [
        { key: axisKey(scenario), label: axisHead(scenario), unit: /** @type {const} */ ("count") },
        ...sweep.columns.map((column) => ({ key: `${column.id}_speedup`, label: column.label, unit: /** @type {const} */ ("ratio") })),
        { key: "baseline_fits", label: t("views.fits_column", { scheme: baseline }), unit: /** @type {const} */ ("flag") },
        ...sweep.columns.map((column) => ({ key: `${column.id}_fits`, label: t("views.fits_column", { scheme: column.label }), unit: /** @type {const} */ ("flag") })),
      ],
      rows: tableRows(sweep, (i) => ({
        baseline_fits: sweep.baseline.fits[i] === 1,
        ...Object.fromEntries(sweep.columns.flatMap((column) => [
          [`${column.id}_speedup`, column.series.speedup[i]], [`${column.id}_fits`, column.series.fits[i] === 1]])),
      })),
    },
  };
}

/**
 * The scheme that the title speaks of: the scenario's own where it is drawn, else the one with the most to lose.
 * @param {BatchSweep} sweep
 */
function headline(sweep) {
  const own = sweep.columns.find((column) => column.own);
  if (own) return own;
  const fall = (/** @type {Float64Array} */ speedup) => speedup[0] / speedup[speedup.length - 1];
  return [...sweep.columns].sort((a, b) => fall(b.series.speedup) - fall(a.series.speedup))[0];
}

/**
 * @param {Crossing[]} crossings
 * @param {BatchSweep} sweep
 * @param {BatchSweep["columns"][number]} column
 * @param {string} baseline
 * @param {number | null} unfit  first batch at which the baseline does not fit
 */
function speedupTitle(crossings, sweep, column, baseline, unfit) {
  const own = crossings.filter((crossing) => crossing.scheme === column.id);
  const passed = own.filter(({ batch }) => batch !== null);
  // Of the threshold that it falls below first, or that it rises above: the rest is in the sentences.
  const { threshold } = passed.find(({ direction }) => direction === "down") ?? passed[0] ?? {};
  const [first, last = first] = [0, -1].map((at) => passed.filter((crossing) => crossing.threshold === threshold).at(at));
  const values = { scheme: column.label, baseline, to: place(sweep.scenario, sweep.values[sweep.values.length - 1]) };
  let title = "";
  if (first && last) {
    const back = first.direction === "up" ? "hill" : last.direction === "up" ? "dip" : "down_for_good";
    const way = first === last ? first.direction : back;
    title = t(way === "down" && threshold === 1 ? "views.speedup.title_slower" : `views.speedup.title_${way}`, {
      ...values, threshold: quantity(threshold, "threshold"), batch: place(sweep.scenario, first.batch), until: place(sweep.scenario, last.batch),
    });
  } else {
    // Above 1x alone says little: then the best that it gives is the news.
    const above = own.find((crossing) => crossing.reason === "always_above" && crossing.threshold > 1);
    const best = Math.max(...column.series.speedup);
    title = above
      ? t("views.speedup.title_above", { ...values, threshold: quantity(above.threshold, "threshold") })
      : t("views.speedup.title_below", { ...values, best: quantity(best, "ratio") });
  }
  if (unfit === null) return title;
  return title + t(unfit === 1 ? "views.speedup.title_never_fits" : "views.speedup.title_unfit", { baseline, batch: place(sweep.scenario, unfit) });
}

/**
 * @param {BatchSweep} sweep
 * @param {Crossing[]} crossings
 * @param {{ thresholds: number[], baseline: string, unfit: number | null }} given
 * @returns {import("../charts/line-layout.js").LineChart}
 */
function speedupChart(sweep, crossings, { thresholds, baseline, unfit }) {
  const { scenario } = sweep;
  const styles = stylesFor(sweep.columns.map((column) => column.id));
  const last = sweep.values[sweep.values.length - 1];
  return {
    x: { label: axisLabel(sweep), scale: "log", base: 2, domain: [sweep.values[0], last], format: (v) => quantity(v, "count") },
    y: {
      label: t("views.speedup.axis", { baseline }), scale: "linear",
      domain: niceDomain("linear", [...sweep.columns.flatMap((column) => [...column.series.speedup]), 1.2], { zero: true }),
      format: (v) => quantity(v, "threshold"),
    },
    series: sweep.columns.map((column, i) => ({
      id: column.id, label: column.line, short: column.short, style: styles[i], x: sweep.values, y: column.series.speedup, fits: column.series.fits,
    })),
    thresholds: thresholds.map((value) => ({
      value,
      label: value === 1 ? t("views.speedup.baseline_line", { baseline, threshold: quantity(1, "threshold") }) : quantity(value, "threshold"),
    })),
    notes: crossings.filter((crossing) => crossing.batch !== null).map((crossing) => ({
      series: crossing.scheme,
      x: crossing.batch ?? 1,
      y: crossing.speedup ?? crossing.threshold,
      label: t(`views.speedup.note_${crossing.direction}`, {
        scheme: sweep.columns.find(({ id }) => id === crossing.scheme)?.line ?? "", threshold: quantity(crossing.threshold, "threshold"), batch: place(scenario, crossing.batch),
      }),
      brief: place(scenario, crossing.batch),
      short: quantity(crossing.batch, "count"),
    })),
    hatched: unfitFrom(unfit, last, baseline),
  };
}

/**
 * A point's readout, with what is crossed between the point before and it.
 * @param {BatchSweep} sweep  of one point: with what is crossed just there
 * @param {Crossing[]} crossings
 */
function read(sweep, crossings) {
  const { scenario, values, columns } = sweep;
  const readout = readoutOf(sweep, (series) => series.speedup, "ratio");
  return (/** @type {number} */ series, /** @type {number} */ point) => {
    const column = columns[series];
    const passed = crossings.filter(({ scheme, batch }) =>
      scheme === column?.id && batch !== null && batch > (values[point - 1] ?? values[point] - 1) && batch <= values[point]);
    return {
      ...readout(series, point),
      note: passed.map((crossing) => sentence(scenario, crossing, column?.label ?? "", schemeLabel(scenario.baseline_scheme ?? "fp16"))).join(" "),
    };
  };
}

/**
 * Every crossing as a sentence, by scheme: what limits each side, and whether it fits there.
 * @param {Crossing[]} crossings
 * @param {BatchSweep} sweep
 * @param {string} baseline
 */
function crossingList(crossings, sweep, baseline) {
  const styles = stylesFor(sweep.columns.map((column) => column.id));
  return html`
    <div class="crossings">
      ${sweep.columns.map((column, i) => html`
        <section>
          <h4>${swatch(styles[i])} ${column.label}</h4>
          <ul>
            ${telling(crossings, column.id).map((crossing) => html`
              <li>${sentence(sweep.scenario, crossing, column.label, baseline)}${fitWarning(crossing, column.label, baseline)}</li>`)}
          </ul>
        </section>`)}
    </div>
  `;
}

/**
 * Crossings that say something new: of the thresholds that are never passed, only the tightest.
 * @param {Crossing[]} crossings
 * @param {string} scheme
 */
function telling(crossings, scheme) {
  const own = crossings.filter((crossing) => crossing.scheme === scheme);
  const of = (/** @type {Crossing["reason"]} */ reason) => own.filter((crossing) => crossing.reason === reason).map((crossing) => crossing.threshold);
  const highest = Math.max(...of("always_above"));
  const lowest = Math.min(...of("always_below"));
  return own.filter((crossing) =>
    crossing.reason === "always_above" ? crossing.threshold === highest
      : crossing.reason === "always_below" ? crossing.threshold === lowest : true);
}

/**
 * @param {import("../../wasm/engine.js").RooflineScenario} scenario
 * @param {Crossing} crossing
 * @param {string} scheme
 * @param {string} baseline
 */
function sentence(scenario, crossing, scheme, baseline) {
  const key = crossing.batch === null ? crossing.reason : crossing.direction;
  const what = t(`views.speedup.sentence_${key}`, {
    threshold: quantity(crossing.threshold, "threshold"),
    batch: place(scenario, crossing.batch),
    speedup: quantity(crossing.speedup, "crossing"),
  });
  const side = crossing.batch === null ? "range" : "crossing";
  const axis = axisWord(scenario);
  return [
    what,
    limit(side, { who: scheme, axis }, crossing.bound_before, crossing.bound_after),
    limit(side, { who: baseline, axis }, crossing.baseline_bound_before, crossing.baseline_bound_after),
  ].join(" ");
}

/**
 * What limits one of the two, before and after.
 * @param {"range" | "crossing"} side
 * @param {{ who: string, axis: string }} words
 * @param {import("./names.js").Bound} before
 * @param {import("./names.js").Bound} after
 */
function limit(side, words, before, after) {
  const key = before === after ? "limit_same" : `limit_${side}`;
  return t(`views.speedup.${key}`, { ...words, before: boundLabel(before), after: boundLabel(after) });
}

/**
 * @param {Crossing} crossing
 * @param {string} scheme
 * @param {string} baseline
 */
function fitWarning(crossing, scheme, baseline) {
  if (crossing.batch === null || (crossing.baseline_fits && crossing.scheme_fits)) return nothing;
  const key = crossing.scheme_fits ? "baseline_only" : crossing.baseline_fits ? "scheme_only" : "neither";
  return html` <span class="no-fit">${t(`views.speedup.unfit_${key}`, { scheme, baseline })}</span>`;
}

/**
 * The chart in sentences, for those who don't see it.
 * @param {Crossing[]} crossings
 * @param {BatchSweep} sweep
 * @param {string} baseline
 */
function describe(crossings, sweep, baseline) {
  const last = sweep.values.length - 1;
  return [
    t("views.speedup.describe", { baseline, to: quantity(sweep.values[last], "count"), axis: axisWord(sweep.scenario) }),
    ...sweep.columns.map((column) => t("views.speedup.describe_series", {
      scheme: column.label, first: quantity(column.series.speedup[0], "ratio"), last: quantity(column.series.speedup[last], "ratio"),
      from: place(sweep.scenario, sweep.values[0]), to: place(sweep.scenario, sweep.values[last]),
    })),
    ...sweep.columns.flatMap((column) => telling(crossings, column.id).map((crossing) =>
      t("views.speedup.describe_crossing", { scheme: column.label, sentence: sentence(sweep.scenario, crossing, column.label, baseline) }))),
  ].join(" ");
}

define("crossover-view-speedup", SpeedupView);

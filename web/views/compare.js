/** <crossover-view-compare>: up to four scenarios in one chart, each with its own scheme over its own baseline, and side by side. */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { remembered } from "../remembered.js";
import { joined, locale, rich, t } from "../strings.js";
import { attempt, whyOf } from "../attempt.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { about, batchSweep, ownPlace, reach, sweepAt, tableRows } from "./batch-sweep.js";
import { evaluated } from "./evaluated.js";
import { boundLabel, countsInputs, quantityName, schemeLabel } from "./names.js";
import { View } from "./view.js";
import "../charts/line-chart.js";

/** @typedef {import("./batch-sweep.js").BatchSweep} BatchSweep */

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
    this.drawn = remembered(draw);
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const shown = this.compared.length ? this.compared : [{ label: t("views.compare.this"), values: {}, scenario }];
    // The lab's own is refused in the figure's place; of the others, each for itself.
    const answers = shown.map(({ label, scenario: own }, i) => ({ label, ...(i === 0 ? { value: evaluated(engine, own), error: null } : attempt(() => evaluated(engine, own))) }));
    const each = answers.flatMap(({ label, value }) => (value ? [{ label, result: value }] : []));
    const refused = answers.filter(({ error }) => error);
    const to = Math.max(...shown.map(({ scenario: own }) => reach(own, this.to)));
    const sweeps = shown.map(({ scenario: own }, i) => (own.phase === "gemm" || !answers[i].value ? null : batchSweep(engine, own, [own.scheme ?? "fp16"], to)));
    const { chart, readout, along } = this.drawn(to, locale(), ...sweeps);
    // Where the first that has a line is, all are read.
    const batch = shown.find((_, i) => sweeps[i])?.scenario.batch;
    const lines = linesOf(sweeps.map((sweep) => sweep && sweepAt(engine, sweep, batch)));
    const own = lines[0] && { x: lines[0].x[0], y: lines.map(({ y }) => y[0]), readout: read(lines) };
    // A token of another phase is another amount of work, and so is an input that is no token.
    const { phase } = each[0].result;
    const inputs = countsInputs(each[0].result);
    const alike = (/** @type {(typeof each)[number]} */ { result }) => result.phase === phase && countsInputs(result) === inputs;
    const others = each.filter((one) => !alike(one));
    const gemm = phase === "gemm";
    const fastest = each.filter((one) => alike(one) && one.result.fits)
      .sort((a, b) => (gemm ? a.result.step_s - b.result.step_s : b.result.tokens_per_s - a.result.tokens_per_s))[0];
    const title = each.length < 2 ? t("views.compare.title_one")
      : others.length === each.length - 1 ? t("views.compare.title_phases")
      : !fastest ? t("views.compare.title_unfit")
      : t(gemm ? "views.compare.title_gemm" : inputs ? "views.compare.title_inputs" : "views.compare.title", {
        scenario: fastest.label, tokens: quantity(fastest.result.tokens_per_s, "tokens_per_s"), time: quantity(fastest.result.step_s, "s"),
      });
    const notes = [
      ...refused.map(({ label, error }) => rich("views.compare.refused", { scenario: label, why: error ? whyOf(error) : "" })),
      ...others.map(({ label, result }) => rich(result.phase === phase ? "views.compare.other_count" : "views.compare.other_phase", { scenario: label, phase: t(`views.phase.${result.phase}`) })),
      ...each.filter(({ result }) => result.phase === "gemm").map(({ label }) => rich("views.compare.no_line", { scenario: label })),
    ];
    return {
      title,
      // In a picture of the chart nothing else says what the numbers stand for.
      about: joined([t("views.compare.about"), ...answers.flatMap(({ label, value }, i) => (value ? [t("views.compare.line", {
        number: i + 1, scheme: i ? label : joined([schemeLabel(scenario.scheme ?? "fp16"), about(engine, scenario), ownPlace(scenario)], " · "),
      })] : []))], ";\n"),
      chart: chart.series.length === 0 ? nothing : html`<crossover-line-chart name=${title}
        description=${[t("views.compare.describe"), ...answers.flatMap(({ label }, i) => describe(label, sweeps[i]))].join(" ")}
        .own=${own} .readout=${readout} .chart=${chart}></crossover-line-chart>`,
      words: notes.length ? html`<div class="notice" role="status"><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></div>` : undefined,
      table: {
        name: "compare",
        caption: t("views.compare.table"),
        columns: [
          { key: "scenario", label: t("views.compare.scenario"), unit: "text" },
          { key: "batch", label: t("views.batch"), unit: "count" },
          { key: "step_s", label: t("views.step"), unit: "s" },
          { key: "speedup", label: t("views.advisor.speedup"), unit: "ratio" },
          { key: "tokens_per_s", label: quantityName(each[0].result, "tokens_per_s"), unit: "tokens_per_s" },
          { key: "regime", label: t("views.limited_by"), unit: "text" },
          { key: "total_bytes", label: t("views.memory.total"), unit: "bytes" },
          { key: "fits", label: t("views.fits"), unit: "flag" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
          { key: "cost_usd_per_million_tokens", label: quantityName(each[0].result, "cost_usd_per_million_tokens"), unit: "usd" },
        ],
        rows: [...each.map(({ label, result }) => ({
          scenario: label, batch: result.batch, step_s: result.step_s, speedup: result.speedup, tokens_per_s: result.tokens_per_s, regime: boundLabel(result.regime),
          total_bytes: result.total_bytes, fits: result.fits, max_batch: result.max_batch, cost_usd_per_million_tokens: result.cost_usd_per_million_tokens,
        })), ...along],
      },
    };
  }
}

/**
 * @param {string} label
 * @param {BatchSweep | null} sweep
 */
function describe(label, sweep) {
  const speedup = sweep?.columns[0].series.speedup;
  return speedup ? [t("views.describe_series", { name: label, first: quantity(speedup[0], "ratio"), last: quantity(speedup[speedup.length - 1], "ratio") })] : [];
}

/** @param {(BatchSweep | null)[]} sweeps  of each scenario; a single product has none */
const linesOf = (sweeps) => sweeps.flatMap((sweep, i) => (sweep ? [{
  sweep, id: `scenario-${i + 1}`, label: t("views.compare.line", { number: i + 1, scheme: schemeLabel(sweep.scenario.scheme ?? "fp16") }), style: styles[i],
  x: sweep.values, y: sweep.columns[0].series.speedup, fits: sweep.columns[0].series.fits,
}] : []));

/** @param {ReturnType<typeof linesOf>} lines */
const read = (lines) => (/** @type {number} */ series, /** @type {number} */ point) => ({
  heading: t("views.at_batch", { batch: quantity(lines[series]?.x[point] ?? null, "count") }),
  items: lines.map(({ label, style, y, fits }, i) => ({
    label, value: quantity(y[point] ?? null, "ratio") + (fits[point] === 0 ? t("views.unfit_suffix") : ""), style, current: i === series,
  })),
});

/**
 * What is the same at every batch of the reader's.
 * @param {number} to  largest batch
 * @param {string} _language  of what is written
 * @param {(BatchSweep | null)[]} sweeps
 */
function draw(to, _language, ...sweeps) {
  const lines = linesOf(sweeps);
  return {
    /** @type {import("../charts/line-layout.js").LineChart} */
    chart: {
      x: { label: t("views.batch_axis"), scale: "log", base: 2, domain: [1, to], format: (v) => quantity(v, "count") },
      y: {
        label: t("views.compare.axis"), scale: "linear", format: (v) => quantity(v, "threshold"),
        domain: niceDomain("linear", [...lines.flatMap(({ y }) => [...y]), 1.2], { zero: true }),
      },
      series: lines,
      thresholds: [{ value: 1, label: t("views.compare.baseline") }],
    },
    readout: read(lines),
    along: lines.flatMap(({ sweep, label }) => {
      const { series: { step_s, speedup, tokens_per_s, regime_index, total_bytes, fits } } = sweep.columns[0];
      return tableRows(sweep, (i) => ({
        scenario: label, step_s: step_s[i], speedup: speedup[i], tokens_per_s: tokens_per_s[i], regime: boundLabel(sweep.bounds[regime_index[i]]),
        total_bytes: total_bytes[i], fits: fits[i] === 1,
      }));
    }),
  };
}

define("crossover-view-compare", CompareView);

/** <crossover-view-latency>: the step's time against batch, and the batch at which each scheme's limit changes. */
import { html } from "lit";
import { define } from "../element.js";
import { remembered } from "../remembered.js";
import { locale, t } from "../strings.js";
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { nearestIndex } from "../charts/line-chart.js";
import { about, at, axisHead, axisKey, axisLabel, axisWord, batchSweep, doesNotFit, hereOf, overBatches, ownBatch, place, reach, readoutOf, sweepAt, tableRows, unfitFrom } from "./batch-sweep.js";
import { boundLabel, schemeId, schemeLabel, usualSchemes } from "./names.js";
import { withMeasured } from "./measured.js";
import { View } from "./view.js";

export class LatencyView extends View {
  static properties = { ...View.properties, to: { type: Number } };

  constructor() {
    super();
    this.to = 4096;
    this.drawn = remembered(draw);
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const schemes = this.schemes ?? usualSchemes;
    const to = reach(scenario, this.to);
    const sweep = batchSweep(engine, scenario, schemes, to);
    const changes = overBatches(engine, "regimes", scenario, [schemes, to], () => engine.regimes({ scenario, schemes, from: 1, to }));
    const { description, chart, readout, words, table } = this.drawn(sweep, changes, doesNotFit(engine, scenario, sweep), this.measured, locale());
    const batch = ownBatch(scenario) ?? 1;
    const own = sweepAt(engine, sweep, batch);
    const lines = linesOf(own);
    const baseline = lines[0];
    const time = (/** @type {typeof baseline} */ { series }) => series.step_s[0];
    const fits = (/** @type {typeof baseline} */ { series }) => series.fits[0] === 1;
    const inWords = (/** @type {typeof baseline} */ line) => quantity(time(line), "s") + (fits(line) ? "" : t("views.unfit_suffix"));
    const [fastest] = [...lines].sort((a, b) => Number(fits(b)) - Number(fits(a)) || time(a) - time(b));
    const title = t(fastest === baseline ? "views.latency.title_baseline" : "views.latency.title", {
      batch: place(scenario, batch), scheme: fastest.label, time: inWords(fastest), baseline: baseline.label, baseline_time: inWords(baseline),
    });
    return {
      title,
      about: about(engine, scenario),
      chart: html`<crossover-line-chart .chart=${chart} .here=${hereOf({ ...scenario, batch })} .own=${{ x: batch, y: lines.map(time), readout: read(own, lines) }}
        name=${title} description=${description} .readout=${readout}></crossover-line-chart>`,
      words,
      table,
    };
  }
}

/**
 * The baseline and the schemes.
 * @param {import("./batch-sweep.js").BatchSweep} sweep
 */
function linesOf({ scenario, baseline, columns }) {
  const id = schemeId(scenario.baseline_scheme ?? "fp16");
  const label = schemeLabel(id);
  // Where the engine refuses every other scheme the baseline is also a scheme of its own.
  const others = columns.filter((column) => column.id !== id || column.series.step_s.some((time, i) => time !== baseline.step_s[i]));
  return [{ id: "fp16", label, line: label, short: label, series: baseline }, ...others];
}

/** @param {import("./batch-sweep.js").BatchSweep} sweep @param {ReturnType<typeof linesOf>} lines */
const read = (sweep, lines) => readoutOf(sweep, (series) => series.step_s, "s", lines);

/**
 * What is the same at every batch of the reader's.
 * @param {import("./batch-sweep.js").BatchSweep} sweep
 * @param {import("../../wasm/engine.js").RegimeChange[]} changes
 * @param {number | null} unfit  first batch at which the baseline does not fit
 * @param {import("./measured.js").Measured | null} measured
 * @param {string} _language  of the sentences
 */
function draw(sweep, changes, unfit, measured, _language) {
  const { scenario, work: { phase, forward, tokens } } = sweep;
  const kind = phase === "decode" && tokens > 1 ? "several" : phase === "prefill" && forward ? "forward" : phase;
  const lines = linesOf(sweep);
  const { label } = lines[0];
  const styles = stylesFor(lines.map(({ id }) => id));
  const last = sweep.values[sweep.values.length - 1];
  const sentences = changes.map((change) => t("views.latency.change", {
    scheme: sweep.columns.find(({ id }) => id === change.scheme)?.label ?? "", batch: place(scenario, change.batch), from: boundLabel(change.from), to: boundLabel(change.to),
  }));
  return {
    description: [t("views.latency.describe", { to: quantity(last, "count"), axis: axisWord(scenario) }), ...lines.map(({ label, series }) =>
      t("views.describe_series", { name: label, first: quantity(series.step_s[0], "s"), last: quantity(series.step_s[series.step_s.length - 1], "s") })), ...sentences].join(" "),
    ...withMeasured({
      x: { label: axisLabel(sweep), scale: "log", base: 2, domain: [1, last], format: (/** @type {number} */ v) => quantity(v, "count") },
      y: {
        label: t(`views.latency.axis_${kind}`, { tokens: quantity(tokens, "count") }), scale: "log", base: 10,
        domain: niceDomain("log", lines.flatMap(({ series }) => [...series.step_s])), format: (/** @type {number} */ v) => quantity(v, "s"),
      },
      series: lines.map(({ id, line, short, series }, i) => ({ id, label: line, short, style: styles[i], x: sweep.values, y: series.step_s, fits: series.fits })),
      notes: changes.flatMap((change) => {
        const column = sweep.columns.find(({ id }) => id === change.scheme);
        if (!column) return [];
        const at = nearestIndex(sweep.values, change.batch);
        return [{
          series: change.scheme, x: sweep.values[at], y: column.series.step_s[at],
          label: t("views.latency.note", { bound: boundLabel(change.to), batch: place(scenario, change.batch) }),
          brief: place(scenario, change.batch), short: quantity(change.batch, "count"),
        }];
      }),
      hatched: unfitFrom(unfit, last, label),
    }, read(sweep, lines), {
      points: measured?.time ?? [], name: measured?.name ?? "", unit: "s", heading: (x) => at(scenario, x),
    }),
    words: sentences.length ? html`<ul class="view-words">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>` : undefined,
    table: {
      name: "latency",
      caption: t("views.latency.table", { axis: axisWord(scenario) }),
      columns: [
        { key: axisKey(scenario), label: axisHead(scenario), unit: /** @type {const} */ ("count") },
        ...lines.flatMap(({ id, label }) => /** @type {import("../charts/table-model.js").Column[]} */ ([
          { key: `${id}_step_s`, label, unit: "s" }, { key: `${id}_fits`, label: t("views.fits_column", { scheme: label }), unit: "flag" }])),
      ],
      rows: tableRows(sweep, (i) => Object.fromEntries(lines.flatMap(({ id, series }) => [
        [`${id}_step_s`, series.step_s[i]], [`${id}_fits`, series.fits[i] === 1]]))),
    },
  };
}

define("crossover-view-latency", LatencyView);

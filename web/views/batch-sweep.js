/** A sweep over batch, and what several views say of it. */
import { answersOf } from "../remembered.js";
import { joined, locale, t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { namedSchemes, recordName, schemeId } from "./names.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {import("../../wasm/engine.js").InlineScheme} InlineScheme
 * @typedef {import("../../wasm/engine.js").SweepSeries} SweepSeries
 *
 * @typedef {object} BatchSweep
 * @property {RooflineScenario} scenario  at whatever batch
 * @property {(string | InlineScheme)[]} schemes
 * @property {Work} work
 * @property {Float64Array} values
 * @property {import("../../wasm/engine.js").Bound[]} bounds  what regime_index points into
 * @property {SweepSeries} baseline
 * @property {{ id: string, own: boolean, label: string, line: string, short: string, series: SweepSeries }[]} columns  own: the scenario's scheme
 */

/** Points an octave: enough for a smooth line, few enough for a redraw at every input; powers of two are among them. */
const pointsAnOctave = 6;

const answer = answersOf(24);

/**
 * What the engine says of all batches does not change while the reader drags the batch: it is asked once for each other question.
 * The labels in an answer are of one language.
 * @template T
 * @param {Engine} engine
 * @param {string} question
 * @param {RooflineScenario} scenario
 * @param {unknown} rest  of the request
 * @param {() => T} ask
 * @returns {T}
 */
export function overBatches(engine, question, scenario, rest, ask) {
  const { batch: _, m: __, ...fixed } = scenario;
  return answer(engine, [question, fixed, rest, locale()], ask);
}

/**
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {(string | InlineScheme)[]} schemes
 * @param {number} to
 * @returns {BatchSweep}
 */
export function batchSweep(engine, scenario, schemes, to) {
  return overBatches(engine, "sweep", scenario, [schemes, to], () => sweepNow(engine, scenario, schemes, to));
}

/**
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {(string | InlineScheme)[]} schemes
 * @param {number} to
 * @returns {BatchSweep}
 */
function sweepNow(engine, scenario, schemes, to) {
  const own = scenario.scheme && schemeId(scenario.scheme);
  const columns = namedSchemes(engine, scenario.kernel, schemes).map((name) => ({ ...name, own: name.id === own }));
  return over(engine, { scenario, schemes, work: workOf(engine, scenario), columns }, { from: 1, to, points: Math.round(Math.log2(to) * pointsAnOctave) + 1 });
}

/**
 * @param {Engine} engine
 * @param {Pick<BatchSweep, "scenario" | "schemes" | "work"> & { columns: Omit<BatchSweep["columns"][number], "series">[] }} asked
 * @param {{ from: number, to: number, points?: number }} range
 * @returns {BatchSweep}
 */
function over(engine, asked, range) {
  const { scenario, schemes, columns } = asked;
  const { values, bounds, baseline, series } = engine.sweep({ scenario, axis: axisKey(scenario), ...range, schemes });
  return { ...asked, values, bounds, baseline, columns: columns.map((column, i) => ({ ...column, id: series[i].scheme || column.id, series: series[i] })) };
}

/**
 * The same sweep where the reader is, and only there: that batch is seldom one of its points. Asked at every input.
 * @param {Engine} engine
 * @param {BatchSweep} sweep
 * @param {number} [at]
 */
export const sweepAt = (engine, sweep, at = 1) => over(engine, sweep, { from: at, to: at });

/**
 * How far a sweep goes: to where the reader is, at least.
 * @param {RooflineScenario} scenario
 * @param {number} to
 */
export const reach = (scenario, to) => Math.max(to, ownBatch(scenario) ?? 1);

/**
 * Where the reader is on the axis: the batch, or the rows of a single product; undefined where the scenario leaves it to the default.
 * @param {RooflineScenario} scenario
 */
export const ownBatch = (scenario) => (scenario.phase === "gemm" ? scenario.m : scenario.batch);

/**
 * The same as a mark on the axis.
 * @param {RooflineScenario} scenario
 */
export function hereOf(scenario) {
  const value = ownBatch(scenario);
  return value === undefined ? null
    : { value, label: t(scenario.phase === "gemm" ? "views.here_m" : "views.here", { batch: quantity(value, "count") }), short: place(scenario, value) };
}

/**
 * @param {RooflineScenario} scenario
 * @param {number} value
 */
export function at(scenario, value) {
  return t(scenario.phase === "gemm" ? "views.at_m" : "views.at_batch", { batch: quantity(value, "count") });
}

/**
 * A place on the axis within a sentence: "batch 16", "M = 16".
 * @param {RooflineScenario} scenario
 * @param {number | null} value
 */
export function place(scenario, value) {
  return t(scenario.phase === "gemm" ? "views.place_m" : "views.place_batch", { batch: quantity(value, "count") });
}

/**
 * Where the scenario itself is.
 * @param {RooflineScenario} scenario
 */
export function ownPlace(scenario) {
  return place(scenario, ownBatch(scenario) ?? 1);
}

/**
 * What is along the axis, within a sentence.
 * @param {RooflineScenario} scenario
 */
export function axisWord(scenario) {
  return t(scenario.phase === "gemm" ? "views.axis_m" : "views.axis_batch");
}

/** @param {RooflineScenario} scenario */
export function axisKey(scenario) {
  return scenario.phase === "gemm" ? "m" : "batch";
}

/**
 * The same at the head of a table's column.
 * @param {RooflineScenario} scenario
 */
export function axisHead(scenario) {
  return t(scenario.phase === "gemm" ? "views.axis_m" : "views.batch");
}

/** @param {BatchSweep} sweep */
export function axisLabel({ work }) {
  return t(work.phase === "gemm" ? "views.m_axis" : work.inputs ? "views.inputs_axis" : "views.batch_axis");
}

/**
 * First batch at which the baseline does not fit, exactly; null where it fits all through the sweep.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {BatchSweep} sweep
 */
export function doesNotFit(engine, scenario, sweep) {
  const index = sweep.baseline.fits.indexOf(0);
  if (index < 0) return null;
  const { kv_bits: _, ...plain } = scenario;
  const most = overBatches(engine, "baseline_max_batch", scenario, null, () => {
    const baseline = engine.evaluate({ ...plain, scheme: scenario.baseline_scheme ?? "fp16" });
    return /** @type {import("../../wasm/engine.js").RooflineResult} */ (baseline).max_batch;
  });
  return most === null ? sweep.values[index] : most + 1;
}

/**
 * The range that is hatched for it.
 * @param {number | null} from
 * @param {number} to
 * @param {string} scheme
 */
export const unfitFrom = (from, to, scheme) => (from === null || from > to ? null
  : { from, to, label: t("views.does_not_fit", { scheme }), short: t("views.does_not_fit_short", { scheme }) });

/**
 * Powers of two: what a table shows of a sweep.
 * @param {BatchSweep} sweep
 * @param {(index: number) => Record<string, import("../charts/table-model.js").Cell>} cells
 */
export function tableRows(sweep, cells) {
  /** @type {Record<string, import("../charts/table-model.js").Cell>[]} */
  const rows = [];
  sweep.values.forEach((batch, i) => {
    if (Number.isInteger(Math.log2(batch)) || i === sweep.values.length - 1) rows.push({ [axisKey(sweep.scenario)]: batch, ...cells(i) });
  });
  return rows;
}

/**
 * What a point says: every scheme at that batch, the walked one first among equals.
 * @param {BatchSweep} sweep
 * @param {(series: SweepSeries) => Float64Array} column
 * @param {import("../charts/quantity.js").Unit} unit
 * @param {{ id: string, label: string, series: SweepSeries }[]} [drawn]  default: all but the baseline
 */
export function readoutOf(sweep, column, unit, drawn = sweep.columns) {
  const styles = stylesFor(drawn.map(({ id }) => id));
  return (/** @type {number} */ series, /** @type {number} */ point) => ({
    heading: at(sweep.scenario, sweep.values[point]),
    items: drawn.map((item, i) => ({
      label: item.label,
      value: quantity(column(item.series)[point], unit) + (item.series.fits[point] === 0 ? t("views.unfit_suffix") : ""),
      style: styles[i],
      current: i === series,
    })),
  });
}

/**
 * What was computed, in a line, of a figure that is of one batch and does not say elsewhere of which.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 */
export const aboutHere = (engine, scenario) => joined([about(engine, scenario), ownPlace(scenario)], " · ");

/**
 * What was computed, in a line.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 */
export function about(engine, scenario) {
  return overBatches(engine, "about", scenario, null, () => aboutNow(engine, scenario));
}

/**
 * What a step is.
 * @typedef {object} Work
 * @property {import("../../wasm/engine.js").RooflineResult["phase"]} phase
 * @property {boolean} forward  of a model that generates nothing: its prefill is a forward pass
 * @property {boolean} inputs  of a model that reads no tokens
 * @property {number} tokens  decode: new ones for each sequence
 */

/**
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @returns {Work}
 */
function workOf(engine, scenario) {
  const { phase = "decode", prompt, new_tokens: tokens = 1 } = engine.complete(scenario);
  const { model, hardware } = scenario;
  // What generates decodes unless it is told otherwise.
  const forward = Boolean(model) && engine.complete({ lens: "roofline", model, hardware }).phase !== "decode";
  return { phase, forward, inputs: forward && prompt === undefined, tokens };
}

/**
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 */
function aboutNow(engine, scenario) {
  const { kernel = "ideal", runtime = "ideal", devices = 1, context = null, prompt = null, lowering, ...set } = engine.complete(scenario);
  const { model, hardware } = scenario;
  const { phase, forward } = workOf(engine, scenario);
  const generates = phase !== "gemm" && !forward;
  const name = recordName(engine, "hardware", hardware);
  const tokens = (/** @type {number | null | undefined} */ count) => ({ tokens: quantity(count, "count") });
  const parts = [
    phase === "gemm"
      ? t("views.about_gemm", { n: quantity(scenario.n ?? null, "count"), k: quantity(scenario.k ?? null, "count") })
      : recordName(engine, "model", model),
    devices > 1 ? t("views.about_devices", { count: devices, name }) : name,
    set.bandwidth_bytes_per_s ? t("views.about_bandwidth", { value: quantity(set.bandwidth_bytes_per_s, "bytes_per_s") }) : "",
    set.peak_factor !== 1 ? t("views.about_peak", { factor: quantity(set.peak_factor, "number") }) : "",
    phase === "prefill" && !generates ? t("views.about_forward") : t(`views.phase.${phase}`),
    phase === "decode" ? t("views.about_context", tokens(context))
      : phase === "gemm" || prompt === null ? "" : t(generates ? "views.about_prompt" : "views.about_tokens", tokens(prompt)),
    phase === "decode" && set.new_tokens !== 1 ? t("views.about_new_tokens", tokens(set.new_tokens)) : "",
    phase === "prefill" && set.cached_prefix ? t("views.about_prefix", tokens(set.cached_prefix)) : "",
    phase === "prefill" && set.chunk ? t("views.about_chunk", tokens(set.chunk)) : "",
    phase === "train" && set.lora_rank ? t("views.about_lora", { rank: quantity(set.lora_rank, "count") }) : "",
    set.kv_bits && generates && phase !== "train" ? t("views.about_kv", { bits: set.kv_bits }) : "",
    lowering === "lumped" ? t("views.about_lumped") : "",
    kernel === "ideal" && runtime === "ideal" ? t("views.about_ideal")
      : t("views.about_kernel", { kernel: recordName(engine, "kernel", kernel), runtime: recordName(engine, "runtime", runtime) }),
  ];
  return joined(parts.filter(Boolean), " · ");
}

/**
 * Measurements near a prediction: the same device, phase and widths, the same model or one of its shape, sequences of a length like
 * its own, and the same kernel, or any where the prediction is of an ideal one. Flagged rows are left out.
 */
import { attempt } from "../attempt.js";
import { errorsFor } from "./band.js";
import { seriesLabel } from "./words.js";
import { nameOf, stemOf } from "../library.js";
import { t } from "../strings.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").EvidenceRow} EvidenceRow
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {import("./load.js").Evidence} Evidence
 *
 * @typedef {object} Near
 * @property {EvidenceRow[]} rows by growing batch
 * @property {number} elsewhere further rows, whose sequences are much shorter or longer
 * @property {boolean} software the prediction is of kernels and of no runtime in particular
 * @property {boolean} ideal the prediction is of no kernel in particular
 * @property {(row: EvidenceRow) => string} kernelName
 * @property {ReturnType<typeof errorsFor>} band of the class that the rows are in; null without rows
 * @property {import("../views/measured.js").Measured} measured
 */

/** A GEMM within this factor of inputs and outputs is of the same size. */
const sameSize = 1.5;

/** Sequences within this factor of the prediction's: its KV cache has a weight of the same order. */
const sameLength = 4;
/** Cache of rows that state none: a short exchange, as the engine takes it. */
const unstated = 256;

/** @param {number} a @param {number} b @param {number} factor */
const alike = (a, b, factor) => Math.max(a / b, b / a) <= factor;

/** Tokens of a row's sequences: those of the prompt, or in the cache halfway through the generation. @param {EvidenceRow} row */
const lengthOf = ({ context, generated }) => (context === null && generated === null ? unstated : (context ?? 0) + (generated ?? 0) / 2);

/**
 * Bits of weights and of activations, and whether those are FP8: what a kernel sees of a scheme.
 * @param {Engine} engine
 * @param {RooflineScenario["scheme"]} scheme
 */
function widthsOf(engine, scheme = "fp16") {
  const known = typeof scheme === "string" ? attempt(() => engine.describe(`scheme/${stemOf(scheme)}`)).value : scheme;
  const format = String(known?.["act_format"] ?? `int${known?.["act_bits"] ?? 16}`);
  return `${Math.floor(Number(known?.["weight_bits"]))}/${/\d+$/.exec(format)?.[0] ?? 16}/${format === "fp8"}`;
}

/** The same of a measured row, whose scheme is in words. @param {string} scheme */
function widthsOfRow(scheme) {
  if (scheme === "nf4") return "4/16/false";
  const [, weights, activations] = /^w([\d.]+)a(\d+)/.exec(scheme) ?? [];
  return `${Math.floor(Number(weights))}/${activations}/${scheme.endsWith("-fp8")}`;
}

/**
 * What a model's time depends on most: models that share it run alike.
 * @param {Engine} engine
 * @param {string | undefined} model
 */
function shapeOf(engine, model) {
  const known = model ? attempt(() => engine.describe(`model/${model}`)).value : null;
  return known?.["hidden_dim"] ? `${known["layers"]}x${known["hidden_dim"]}` : (model ?? "");
}

/**
 * @param {Evidence} evidence
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {readonly string[] | null} kernels that are predicted, where it is not the scenario's alone
 * @returns {Near}
 */
export function nearOf({ report }, engine, scenario, kernels) {
  const { phase, kernel = "ideal", runtime = "ideal", hardware, model, context = 0, prompt = 0 } = engine.complete(scenario);
  const device = attempt(() => engine.describe(`hardware/${hardware}`)).value?.["id"] ?? hardware;
  const own = attempt(() => engine.describe(`kernel/${kernel}`)).value?.["id"] ?? kernel;
  const widths = widthsOf(engine, scenario.scheme);
  const shape = shapeOf(engine, model);
  /** @type {Map<string, boolean>} */
  const shapes = new Map();
  const sameModel = (/** @type {string} */ id) => {
    const same = shapes.get(id) ?? (id === model || shapeOf(engine, id) === shape);
    shapes.set(id, same);
    return same;
  };
  const alikeRows = report.rows.filter((row) =>
    row.class !== "dense" && row.flag === "" && row.hardware === device && (kernels ? kernels.includes(row.kernel) : own === "ideal" || row.kernel === own) &&
    (row.phase === phase || (row.phase === "e2e" && phase === "decode")) && widthsOfRow(row.scheme) === widths &&
    (phase === "gemm"
      ? row.n !== null && row.k !== null && alike(row.n, scenario.n ?? 0, sameSize) && alike(row.k, scenario.k ?? 0, sameSize)
      : sameModel(row.model)),
  ).sort((a, b) => a.position - b.position);
  const length = phase === "decode" ? context : prompt;
  const rows = phase === "gemm" ? alikeRows : alikeRows.filter((row) => alike(lengthOf(row), Math.max(1, length), sameLength));
  const several = new Set(rows.map((row) => row.kernel)).size > 1;
  const kernelName = (/** @type {EvidenceRow} */ row) => nameOf(engine, "kernel", row.kernel);
  const points = (/** @type {(row: EvidenceRow) => number | null} */ value) =>
    rows.flatMap((row) => {
      const y = value(row);
      return y === null ? [] : [{ x: row.position, y, label: several ? `${kernelName(row)}, ${seriesLabel(row)}` : seriesLabel(row) }];
    });
  return {
    rows,
    elsewhere: alikeRows.length - rows.length,
    software: Boolean(kernels) && runtime === "ideal",
    ideal: own === "ideal" && !kernels,
    kernelName,
    band: errorsFor(report, rows, own === "ideal" && runtime === "ideal" && !kernels ? "datasheet" : "kernel"),
    measured: {
      name: t("evidence.near.points"),
      speedup: points((row) => row.measured_speedup),
      // Of a whole answer the time is no step's.
      time: points((row) => (row.phase === "e2e" ? null : row.measured_s)),
    },
  };
}

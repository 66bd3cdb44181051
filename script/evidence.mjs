// Prints how wrong the predictions are, against published measurements; --json writes the report as it is.
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import process from "node:process";

import { compacted, loadOptions, loadSpeed } from "../specs/measurements/load.mjs";
import { EngineError, loadEngine } from "../wasm/engine.js";

/** @import { EvidenceErrors, EvidenceReport, Measurements } from "../wasm/engine.js" */

/** The targets that the classes are held to, in words. */
const targets = [
  { class: "gemm_tensor_core", protocol: "kernel", median: 0.1, p90: 0.3 },
  { class: "gemm_tensor_core_hopper", protocol: "kernel", median: 0.2, p90: null },
  { class: "gemm_vector", protocol: "kernel", median: 0.2, p90: null },
  { class: "decode", protocol: "calibrated", median: 0.1, p90: null },
];
const leastCoverage = 0.9;

/** @param {string[]} argv */
function readArguments(argv) {
  let json = false;
  /** @type {string | null} */
  let file = null;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === "--json") json = true;
    else if (argv[i] === "--measurements" && i + 1 < argv.length) file = argv[++i];
    else throw new Error(`found ${argv[i]}; usage: script/evidence [--json] [--measurements FILE]`);
  }
  return { json, file };
}

/** @param {string} file @returns {Measurements} */
function readMeasurements(file) {
  const path = isAbsolute(file) ? file : join(process.env.CROSSOVER_CALLER ?? process.cwd(), file);
  const content = JSON.parse(readFileSync(path, "utf8"));
  return compacted(Array.isArray(content) ? { rows: content, sources: [] } : content);
}

/** @param {number | null} value */
const percent = (value) => (value === null ? "-" : `${(100 * value).toFixed(1)} %`);

/** @param {string[][]} rows The first is the head; columns after the first two are numbers. */
function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  /** @param {string} cell @param {number} i */
  const aligned = (cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  return rows.map((row) => `  ${row.map(aligned).join("  ").trimEnd()}`).join("\n");
}

/** @param {EvidenceErrors} errors */
const figures = ({ rows, median, p90, max, bias }) => [String(rows), ...[median, p90, max, bias].map(percent)];
const figureNames = ["rows", "median", "p90", "max", "bias"];

/** @param {EvidenceReport} report */
function print(report) {
  const { coverage, classes, crossovers, order } = report;
  const lines = [
    `Coverage: ${coverage.mapped_unflagged} of ${coverage.unflagged} unflagged rows (${percent(coverage.share)}), ` +
      `${coverage.mapped} of all ${coverage.rows}`,
    ...coverage.classes.map((c) => `  ${c.class.padEnd(8)} ${c.mapped} of ${c.unflagged} (${percent(c.share)})`),
    ...coverage.left_out.map((l) => `  left out ${l.rows} (${l.unflagged} unflagged): ${l.reason}`),
    "",
    "Speed-up, unflagged rows, by class, protocol and role (fit: constants were fitted on this project and device)",
    table([
      ["class", "protocol, role", ...figureNames],
      ...classes
        .filter((c) => c.quantity === "speedup" && c.flag === "unflagged")
        .map((c) => [c.class, `${c.protocol}, ${c.role}`, ...figures(c)]),
    ]),
    "",
    "Targets, on rows that judge",
    ...targets.map((target) => verdict(report, target)),
    pointsWithin(report),
    "",
    "Absolute time, unflagged rows",
    table([
      ["class", "protocol", ...figureNames],
      ...classes
        .filter((c) => c.quantity === "time" && c.flag === "unflagged" && c.protocol !== "datasheet")
        .map((c) => [c.class, `${c.protocol}, ${c.role}`, ...figures(c)]),
    ]),
    "",
    "Speed-up by source (unflagged)",
    table([
      ["source", "protocol", ...figureNames],
      ...report.sources
        .filter((s) => s.quantity === "speedup" && s.flag === "unflagged")
        .map((s) => [s.project === s.source ? s.source : `${s.project} ${s.source}`, s.protocol, ...figures(s)]),
    ]),
    "",
    "Runtimes fitted to 16-bit rows",
    ...report.calibrations.map(
      (c) =>
        `  ${c.group}: ${c.points} points, median ${percent(c.median_error)}, max ${percent(c.max_error)}; ` +
        `memory ${c.memory_efficiency} (${c.memory_efficiency_low} to ${c.memory_efficiency_high} fit alike)`,
    ),
    "",
    `Crossover batch (2x, 1.5x, 1x): ${percent(crossovers.within_half_octave)} of ${crossovers.counted} within half ` +
      `an octave (datasheet only: ${percent(crossovers.datasheet_within_half_octave)}); ${crossovers.idle} idle ` +
      "around the threshold and are not counted",
    `Order of kernels: Kendall tau ${order.kendall_tau?.toFixed(2) ?? "-"} over ${order.pairs} pairs; the best is ` +
      `right in ${percent(order.best_right)} of ${order.groups} groups`,
    "",
    "Worst series",
    ...report.series
      .slice(0, 10)
      .map((s) => `  ${percent(s.median)} (max ${percent(s.max)}, datasheet ${percent(s.datasheet_median)}) ${s.series}`),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/**
 * One target's sentence: met, missed, or without rows to judge by.
 * @param {EvidenceReport} report
 * @param {typeof targets[number]} target
 */
function verdict(report, target) {
  const found = report.classes.find(
    (c) =>
      c.class === target.class && c.protocol === target.protocol && c.role === "judged" && c.flag === "unflagged" &&
      c.quantity === "speedup",
  );
  const wanted = `median at most ${percent(target.median)}${target.p90 === null ? "" : `, p90 ${percent(target.p90)}`}`;
  const name = `  ${target.class} (${target.protocol}): ${wanted}`;
  if (found === undefined) return `${name}: no rows that judge`;
  const phase = target.class.startsWith("gemm") ? "gemm" : target.class;
  const covered = report.coverage.classes.find((c) => c.class === phase)?.share ?? 0;
  const met = found.median <= target.median && (target.p90 === null || found.p90 <= target.p90);
  const why = covered < leastCoverage ? `, coverage ${percent(covered)}` : "";
  return `${name}: ${met && why === "" ? "met" : "missed"} with ${percent(found.median)}, ${percent(found.p90)}${why}`;
}

/**
 * How many calibrated decode points are near, by the best fit and over what the baseline rows leave open.
 * @param {EvidenceReport} report
 */
function pointsWithin({ rows }) {
  const limit = 0.25;
  let best = 0;
  let ranged = 0;
  let all = 0;
  for (const row of rows) {
    const { measured_speedup: measured, calibrated_speedup: fitted, calibrated_low: low, calibrated_high: high } = row;
    if (row.class !== "decode" || row.flag !== "") continue;
    if (measured === null || fitted === null || low === null || high === null) continue;
    /** @param {number} value */
    const near = (value) => Math.max(value / measured, measured / value) - 1 <= limit;
    all += 1;
    best += near(fitted) ? 1 : 0;
    ranged += near(Math.min(Math.max(measured, low), high)) ? 1 : 0;
  }
  return `  decode points within ${percent(limit)}: ${best} of ${all}; ${ranged} with the range that the baseline rows leave open`;
}

try {
  const { json, file } = readArguments(process.argv.slice(2));
  const engine = await loadEngine({
    wasmBinary: readFileSync(new URL("../build/wasm/crossover.wasm", import.meta.url)),
  });
  const report = engine.evidence(file === null ? loadSpeed() : readMeasurements(file), loadOptions());
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else print(report);
} catch (fault) {
  const said = fault instanceof EngineError && fault.path !== "" ? `${fault.path}: ${fault.message}` : fault;
  process.stderr.write(`script/evidence: ${said instanceof Error ? said.message : said}\n`);
  process.exitCode = 1;
}

// Prints how wrong the predictions are, against published measurements; --json writes the report as it is.
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import process from "node:process";

import { causeOf } from "../specs/measurements/causes.mjs";
import { compacted, loadCauses, loadOptions, loadSpeed } from "../specs/measurements/load.mjs";
import { EngineError, loadEngine } from "../wasm/engine.js";

/** @import { Engine, EvidenceErrors, EvidenceReport, EvidenceSeries, EvidenceSpread, EvidenceTarget, Measurements } from "../wasm/engine.js" */

/** Series that are named. */
const worst = 10;

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

/** @param {EvidenceSpread} errors */
const figures = ({ rows, median, p90, max, bias }) => [String(rows), ...[median, p90, max, bias].map(percent)];
const figureNames = ["rows", "median", "p90", "max", "bias"];

/** @template {EvidenceErrors & {flag?: string}} E @param {E[]} list @param {"speedup" | "time"} quantity */
const plain = (list, quantity) => list.filter((e) => e.quantity === quantity && e.flag !== "flagged");

/** @param {EvidenceReport} report */
function coverageLines({ coverage }) {
  return [
    `Coverage: ${coverage.mapped_unflagged} of ${coverage.unflagged} unflagged rows (${percent(coverage.share)}), ` +
      `${coverage.mapped} of all ${coverage.rows}`,
    ...coverage.classes.map((c) => `  ${c.class.padEnd(8)} ${c.mapped} of ${c.unflagged} (${percent(c.share)})`),
    ...coverage.left_out.map(
      (l) => `  left out ${l.rows} (${l.unflagged} unflagged): ${l.reason}: ${l.ids.join(" ")}${l.ids.length < l.rows ? " …" : ""}`,
    ),
  ];
}

/** @param {EvidenceReport} report @param {"speedup" | "time"} quantity */
function errorLines({ overall, classes, sources }, quantity) {
  // Absolute times of the datasheet say how far a real runtime is from an ideal one: not how wrong the model is.
  const told = (/** @type {EvidenceErrors} */ e) => quantity === "speedup" || e.protocol !== "datasheet";
  return [
    table([
      ["class", "protocol, role", ...figureNames, "coverage"],
      ...plain(overall, quantity).filter(told).map((o) => ["overall", `${o.protocol}, ${o.role}`, ...figures(o), ""]),
      ...plain(classes, quantity).filter(told).map((c) => [c.class, `${c.protocol}, ${c.role}`, ...figures(c), percent(c.coverage)]),
    ]),
    "",
    table([
      ["source", "protocol", ...figureNames, "coverage"],
      ...plain(sources, quantity)
        .filter(told)
        .map((s) => [s.project === s.source ? s.source : `${s.project} ${s.source}`, s.protocol, ...figures(s), percent(s.coverage)]),
    ]),
  ];
}

/** @param {EvidenceTarget} target */
function verdict({ class: name, protocol, rows, verdict: said, checks }) {
  const count = name === "order" ? "pairs" : name === "crossovers" ? "crossings" : "rows";
  const tests = checks.map(
    ({ figure, limit, found, at_least: least, met }) =>
      `${figure.replaceAll("_", " ")} ${figure === "kendall_tau" ? (found?.toFixed(2) ?? "-") : percent(found)} ` +
      `(${least ? "at least" : "at most"} ${figure === "kendall_tau" ? limit : percent(limit)}${met ? "" : ": missed"})`,
  );
  const text = said === "no_rows" ? "no rows that judge" : `${said}, over ${rows} ${count}: ${tests.join(", ")}`;
  return `  ${name}${protocol === "" ? "" : ` (${protocol})`}: ${text}`;
}

/**
 * Error against the number of constants: of each kernel, on the rows they were fitted on and on those that judge.
 * @param {EvidenceReport} report
 * @param {Engine} engine
 */
function constantLines({ kernels, calibrations }, engine) {
  const fitted = (/** @type {string} */ kind, /** @type {string} */ id) =>
    /** @type {{constants?: string[]} | undefined} */ (engine.describe(`${kind}/${id}`)["fit"])?.constants?.length ?? 0;
  const rows = kernels.filter((k) => k.quantity === "speedup" && k.protocol === "kernel");
  const ids = [...new Set(rows.map(({ kernel }) => kernel))].sort();
  const sum = ids.reduce((all, id) => all + fitted("kernel", id), 0);
  return [
    table([
      ["kernel, device", "class, role", "constants", ...figureNames],
      ...rows.map((k) => [`${k.kernel}, ${k.hardware}`, `${k.class}, ${k.role}`, String(fitted("kernel", k.kernel)), ...figures(k)]),
    ]),
    `  ${sum} constants of kernels in all; the datasheet has none. The calibrated protocol adds up to four to each of ` +
      `${calibrations.length} runtimes, fitted to 16-bit rows only:`,
    ...calibrations.map(
      (c) =>
        `  ${c.group}: ${c.points} points, median ${percent(c.median_error)}, max ${percent(c.max_error)}; ` +
        `memory ${c.memory_efficiency} (${c.memory_efficiency_low} to ${c.memory_efficiency_high} fit alike)`,
    ),
  ];
}

/** @param {number | null} value */
const batch = (value) => (value === null ? "-" : value.toFixed(1));
/** @param {number | null} value */
const octaves = (value) => (value === null ? "-" : `${value > 0 ? "+" : ""}${value.toFixed(2)}`);

/** @param {EvidenceReport} report */
function crossoverLines({ crossovers, order }) {
  /** @param {EvidenceReport["order"]["judged"]} o */
  const said = (o) =>
    `Kendall tau ${o.kendall_tau?.toFixed(2) ?? "-"} over ${o.pairs} pairs; the best is right in ${percent(o.best_right)} of ${o.groups} groups`;
  return [
    `Crossover batch (2x, 1.5x, 1x): ${percent(crossovers.within_half_octave)} of ${crossovers.counted} within half an octave ` +
      `(datasheet only: ${percent(crossovers.datasheet_within_half_octave)}); on curves that judge ` +
      `${percent(crossovers.judged_within_half_octave)} of ${crossovers.judged}; ${crossovers.idle} idle around the threshold and are not counted`,
    table([
      ["series", "protocol, role", "speed-up", "measured", "predicted", "octaves", "datasheet"],
      ...crossovers.list.map((c) => [
        c.series, `${c.protocol}, ${c.role}${c.idles ? ", idles" : ""}`, `${c.threshold}x`, batch(c.measured), batch(c.predicted),
        octaves(c.octaves), octaves(c.datasheet_octaves),
      ]),
    ]),
    "",
    `Order of kernels: ${said(order)}`,
    `  on rows that judge: ${said(order.judged)}`,
    `  datasheet only: ${said(order.datasheet)}`,
  ];
}

/** @param {EvidenceSeries} s */
function missLines(s) {
  const cause = causeOf(loadCauses(), s);
  return [
    `  ${percent(s.median)} (${s.protocol}, ${s.role}, max ${percent(s.max)}, datasheet ${percent(s.datasheet_median)}) ${s.series}`,
    ...(s.flag === "" ? [] : [`    flagged: ${s.flag}`]),
    ...(cause === null ? [] : [`    ${cause}`]),
  ];
}

/** @param {EvidenceReport} report @param {Engine} engine */
function print(report, engine) {
  const lines = [
    ...coverageLines(report),
    "",
    "Targets, on rows that judge",
    ...report.targets.map(verdict),
    "",
    "Speed-up, unflagged rows (fit: constants were fitted on this project and device; in_sample: and nobody else measured the kernel)",
    ...errorLines(report, "speedup"),
    "",
    "Absolute time, unflagged rows",
    ...errorLines(report, "time"),
    "",
    "Error against constants",
    ...constantLines(report, engine),
    "",
    ...crossoverLines(report),
    "",
    "Worst series",
    ...report.series.slice(0, worst).flatMap(missLines),
    "",
    "Worst series of flagged rows, which count in nothing above",
    ...report.flagged_series.slice(0, worst).flatMap(missLines),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

try {
  const { json, file } = readArguments(process.argv.slice(2));
  const engine = await loadEngine({
    wasmBinary: readFileSync(new URL("../build/wasm/crossover.wasm", import.meta.url)),
  });
  const report = engine.evidence(file === null ? loadSpeed() : readMeasurements(file), loadOptions());
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else print(report, engine);
} catch (fault) {
  const said = fault instanceof EngineError && fault.path !== "" ? `${fault.path}: ${fault.message}` : fault;
  process.stderr.write(`script/evidence: ${said instanceof Error ? said.message : said}\n`);
  process.exitCode = 1;
}

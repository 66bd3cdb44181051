// Fits constants of kernels and runtimes; the engine predicts, this only searches. Deterministic.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import process from "node:process";

import { loadOptions, loadSpeed, readJson } from "../specs/measurements/load.mjs";
import { loadEngine } from "../wasm/engine.js";
import { minimize } from "./simplex.mjs";

/** @import { Engine, EvidenceRow } from "../wasm/engine.js" */

/**
 * What is fitted: `free` are paths of constants in the spec, in the order of fitting.
 * @typedef {{kind: "kernel" | "runtime", id: string, quantity: "speedup" | "time", free: string[],
 *   rows: (row: EvidenceRow) => boolean}} Task
 */

/** A logarithm beyond which a row is an outlier and pulls no further. */
const outlier = 0.6;
const significantDigits = 3;

/** @param {string} id @param {string[]} free @returns {Task} */
const kernel = (id, free) => ({
  kind: "kernel", id, quantity: "speedup", free,
  rows: (row) => row.kernel === id && row.role !== "judged" && row.flag === "" && row.measured_speedup !== null,
});
/** Rows that only judge. @type {string[]} */
const judgeOnly = loadOptions().split.judge_only;
/** @param {EvidenceRow} row */
const isLate = (row) => judgeOnly.some((start) => row.id.startsWith(start));
/** @param {EvidenceRow} row */
const isBaseline = (row) => (row.class === "dense" ? row.measured_s : row.measured_baseline_s) !== null;
/**
 * Runtimes are fitted to 16-bit times; flags speak of what quantization gains there.
 * @param {string} id @param {string[]} free @param {string} [project] @returns {Task}
 */
const runtime = (id, free, project) => ({
  kind: "runtime", id, quantity: "time", free,
  rows: (row) =>
    row.runtime === id && isBaseline(row) && !isLate(row) && row.phase !== "train" && (project ?? row.project) === row.project,
});
const dequant = "segments.0.dequant_weights_per_clock_sm";
const grouped = "segments.0.dequant_grouped_weights_per_clock_sm";
const vector = "segments.0.vector_flop_per_clock_sm";

/** @type {Task[]} */
export const tasks = [
  runtime("gemm-bench", []),
  {
    kind: "kernel", id: "cublas-fp16", quantity: "time", free: [],
    rows: (row) => row.runtime === "gemm-bench" && isBaseline(row) && !isLate(row),
  },
  kernel("marlin", [dequant, grouped]),
  kernel("qqq", [dequant, grouped]),
  kernel("gemlite", [dequant]),
  kernel("trtllm-weight-only", []),
  kernel("trtllm-smoothquant", []),
  kernel("cutlass-int8", ["segments.0.bandwidth_fraction"]),
  kernel("tinygemm", [vector, dequant]),
  kernel("exllamav2", [vector, dequant, "segments.1.bandwidth_fraction"]),
  kernel("awq-gemv", [dequant]),
  kernel("awq-gemm", [dequant]),
  kernel("autogptq", ["segments.0.bandwidth_fraction"]),
  kernel("bitsandbytes-nf4", [dequant, "segments.1.dequant_weights_per_clock_sm"]),
  kernel("bitblas", [dequant, "segments.1.vector_flop_per_clock_sm"]),
  runtime("turbomind", ["compute_efficiency", "layer_s", "sequence_s"]),
  runtime("vllm", ["layer_s"]),
  runtime("tensorrt-llm", ["compute_efficiency", "layer_s"]),
  runtime("hf-eager", ["compute_efficiency", "host_layer_s", "kv_copy_factor"]),
  runtime("gpt-fast", ["layer_s"], "pytorch-labs/gpt-fast"),
  runtime("llama-cpp", ["memory_efficiency", "compute_efficiency"]),
];

/** @param {Task} task */
const fileOf = ({ kind, id }) => new URL(`../specs/${kind}s/${id}.json`, import.meta.url);

/** @param {any} spec @param {string} path */
const valueAt = (spec, path) => path.split(".").reduce((inner, key) => inner[key], spec);

/** A copy with other constants. @param {any} spec @param {string[]} paths @param {number[]} values */
function withValues(spec, paths, values) {
  const copy = structuredClone(spec);
  paths.forEach((path, i) => {
    const keys = path.split(".");
    const last = /** @type {string} */ (keys.pop());
    const upper = last.includes("fraction") || last.includes("efficiency") ? 1 : Infinity;
    const lower = last.includes("factor") ? 1 : 0;
    const holder = keys.reduce((inner, key) => inner[key], copy);
    holder[last] = Math.max(lower, Math.min(values[i], upper));
  });
  return copy;
}

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(significantDigits));

/** @param {number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
}

/**
 * Logarithms of predicted over measured. A time is that of a 16-bit row, or the baseline stated beside a quantized one.
 * @param {EvidenceRow[]} rows @param {Task} task
 */
function logarithms(rows, task) {
  return rows.map((row) => {
    const [predictedValue, measured] =
      task.quantity === "speedup"
        ? [row.kernel_speedup, row.measured_speedup]
        : row.class === "dense"
          ? [row.kernel_s, row.measured_s]
          : [row.kernel_baseline_s, row.measured_baseline_s];
    return Math.log(/** @type {number} */ (predictedValue) / /** @type {number} */ (measured));
  });
}

/**
 * The rows of a task; a baseline that stands beside several kernels counts once.
 * @param {EvidenceRow[]} rows @param {Task} task
 */
function chosenRows(rows, task) {
  const seen = new Set();
  return rows.filter((row) => {
    if (!task.rows(row)) return false;
    if (task.quantity === "speedup") return true;
    const time = row.class === "dense" ? row.measured_s : row.measured_baseline_s;
    const key = [row.project, row.hardware, row.model, row.phase, row.position, time].join("|");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** @param {EvidenceRow[]} rows @param {Task} task */
export function residuals(rows, task) {
  const errors = logarithms(rows, task).map((log) => Math.exp(Math.abs(log)) - 1);
  return {
    rows: errors.length,
    median: rounded(quantile(errors, 0.5)),
    p90: rounded(quantile(errors, 0.9)),
  };
}

/** The measurements of some ids alone: a fit evaluates nothing else. @param {Set<string>} ids */
function subset(ids) {
  const { sources, series } = loadSpeed();
  return {
    sources,
    series: series
      .map((s) => ({ ...s, rows: s.rows.filter((row) => ids.has(String(row.id))) }))
      .filter((s) => s.rows.length > 0),
  };
}

/** Every spec of a kind as its file has it, which the module may not have embedded yet. @param {"kernel" | "runtime"} kind */
function specsOf(kind) {
  const folder = new URL(`../specs/${kind}s/`, import.meta.url);
  return readdirSync(folder).sort().map((name) => readJson(new URL(name, folder).pathname));
}

/**
 * Rows predicted under the specs in the files, or under a spec that is tried instead of its file's.
 * @param {Engine} engine @param {any} measurements @param {Task} [task] @param {any} [spec]
 */
export function predicted(engine, measurements, task, spec) {
  /** @param {"kernel" | "runtime"} kind */
  const specs = (kind) =>
    specsOf(kind).map((own) => (task?.kind === kind && own.id === task.id ? spec : own));
  const options = { ...loadOptions(), calibrate: false, kernels: specs("kernel"), runtimes: specs("runtime") };
  return engine.evidence(measurements, options).rows;
}

/** Rows that a task is judged on: the same quantity, not fitted, not flagged. @param {Task} task */
const judges = (task) => (/** @type {EvidenceRow} */ row) =>
  task.kind === "kernel" && row.kernel === task.id && row.role === "judged" && row.flag === "" &&
  row.phase === "gemm" && row.measured_speedup !== null && task.quantity === "speedup";

/**
 * The `fit` block of a spec: what its constants leave unexplained, on the rows fitted and on rows that judge.
 * @param {EvidenceRow[]} rows Of the whole library, under the specs as they are. @param {Task} task
 */
export function fitBlock(rows, task) {
  const chosen = chosenRows(rows, task);
  const judging = rows.filter(judges(task));
  const projects = [...new Set(chosen.map((row) => `${row.project} on ${row.hardware}`))].sort();
  return {
    quantity: task.quantity,
    constants: task.free,
    fitted: residuals(chosen, task),
    ...(judging.length > 0 ? { judged: residuals(judging, task) } : {}),
    measured_by: projects,
    row_set: "specs/measurements/split.json",
  };
}

/** @param {Engine} engine @param {Task} task @param {EvidenceRow[]} all */
function fit(engine, task, all) {
  const file = fileOf(task);
  const spec = readJson(file.pathname);
  const chosen = chosenRows(all, task);
  if (chosen.length === 0) throw new Error(`${task.id}: no rows to fit`);
  const measurements = subset(new Set(chosen.map((row) => row.id)));
  /** @param {number[]} logs */
  const loss = (logs) => {
    const tried = withValues(spec, task.free, logs.map(Math.exp));
    const rows = predicted(engine, measurements, task, tried);
    const logsOff = logarithms(rows, task).map((log) => Math.min(Math.abs(log), outlier));
    return logsOff.reduce((sum, log) => sum + log, 0) / logsOff.length;
  };
  const start = task.free.map((path) => Math.log(valueAt(spec, path)));
  const best = minimize(loss, start, { step: 0.2, limit: 160 });
  const values = best.at.map(Math.exp).map(rounded);
  writeFileSync(file, `${JSON.stringify(withValues(spec, task.free, values), null, 2)}\n`);
  return values;
}

async function main() {
  const given = process.argv.slice(2);
  const check = given.includes("--check");
  const ids = given.filter((word) => word !== "--check");
  const engine = await loadEngine({
    wasmBinary: readFileSync(new URL("../build/wasm/crossover.wasm", import.meta.url)),
  });
  const wanted = tasks.filter((task) => ids.length === 0 || ids.includes(task.id));
  let failed = false;
  for (const task of check ? [] : wanted) {
    if (task.free.length > 0) console.log(task.id, fit(engine, task, predicted(engine, loadSpeed())).join(" "));
  }
  const rows = predicted(engine, loadSpeed());
  for (const task of wanted) {
    const file = fileOf(task);
    const spec = readJson(file.pathname);
    const block = fitBlock(rows, task);
    if (check && JSON.stringify(spec.fit) !== JSON.stringify(block)) {
      console.error(`${task.id}: the spec says ${JSON.stringify(spec.fit)}, the engine ${JSON.stringify(block)}`);
      failed = true;
    }
    if (!check) writeFileSync(file, `${JSON.stringify({ ...spec, fit: block }, null, 2)}\n`);
    const { fitted, judged } = block;
    const judgedText = judged ? `; judged ${judged.rows} rows ${judged.median} ${judged.p90}` : "";
    console.log(`${task.id}: ${fitted.rows} rows, median ${fitted.median}, p90 ${fitted.p90}${judgedText}`);
  }
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[1] !== undefined && new URL(import.meta.url).pathname === process.argv[1]) await main();

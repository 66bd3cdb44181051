import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { Ajv2020 } from "ajv/dist/2020.js";

import { causeOf } from "../../specs/measurements/causes.mjs";
import { compacted, loadCauses, loadOptions, loadSpeed, readJson } from "../../specs/measurements/load.mjs";
import { loadEngine } from "../../wasm/engine.js";
import { library } from "./library.mjs";

const folder = new URL("../../specs/measurements/", import.meta.url);
const schemas = new URL("../../specs/schema/", import.meta.url);
const ajv = new Ajv2020({ allErrors: true, strict: true });

/** @param {string} schema @param {unknown} value */
function problems(schema, value) {
  const validate = ajv.compile(readJson(new URL(`${schema}.schema.json`, schemas).pathname));
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const speedFiles = readdirSync(new URL("speed/", folder)).sort();
const speed = loadSpeed();
const accuracy = readJson(new URL("accuracy.json", folder).pathname);
const { aliases, split, targets } = loadOptions();
const rows = speed.series.flatMap(({ rows: own, ...head }) => own.map((row) => ({ ...head, ...row })));
const engine = await loadEngine({
  wasmBinary: readFileSync(new URL("../../build/wasm/crossover.wasm", import.meta.url)),
});

test("every file of measurements is valid", () => {
  const schema = readJson(new URL("measurements.schema.json", schemas).pathname);
  const validate = new Ajv2020({ strict: true }).compile(schema);
  for (const file of speedFiles) {
    const valid = validate(readJson(new URL(`speed/${file}`, folder).pathname));
    assert.ok(valid, `${file}: ${JSON.stringify(validate.errors)}`);
  }
  assert.deepEqual(problems("accuracy", accuracy), []);
});

test("1,767 speed rows and 688 accuracy rows are kept, each under an id of its own", () => {
  assert.equal(rows.length, 1767);
  assert.equal(new Set(rows.map((row) => row.id)).size, 1767);
  const ids = accuracy.groups.flatMap((/** @type {any} */ group) => group.rows.map((/** @type {any} */ row) => row.id));
  assert.equal(ids.length, 688);
  assert.equal(new Set(ids).size, 688);
});

test("every measurement names a source that exists, and every source is used", () => {
  const used = new Set([
    ...speed.series.map((series) => series.source),
    ...accuracy.groups.map((/** @type {any} */ group) => group.source),
  ]);
  assert.deepEqual([...used].filter((id) => !Object.hasOwn(speed.sources, String(id))), []);
  assert.deepEqual(Object.keys(speed.sources).filter((id) => !used.has(id)), []);
  for (const [id, source] of Object.entries(speed.sources)) {
    assert.match(source.url, /^https:\/\//, id);
    assert.ok(source.title && source.project && source.kind === "measured", id);
  }
});

test("the traps that are known are flagged", () => {
  const flagged = new Set(rows.filter((row) => row.flag !== undefined).map((row) => row.id));
  for (const id of ["gl-471", "gl-472", "gl-473", "aic-137", "aic-138", "lmd16-011"]) assert.ok(flagged.has(id), id);
  const long = rows.filter((row) => String(row.id).startsWith("rh-") && row.context_len === 10240);
  assert.equal(long.length, 9);
  for (const row of long) assert.ok(flagged.has(row.id), String(row.id));
});

test("at least 90 % of the unflagged rows become scenarios, and every other row has its reason", () => {
  const { coverage } = engine.evidence(speed, { aliases, split, calibrate: false });
  assert.ok(/** @type {number} */ (coverage.share) >= 0.9, String(coverage.share));
  for (const { class: phase, share } of coverage.classes) assert.ok(share >= 0.9, `${phase}: ${share}`);
  const leftOut = coverage.left_out.reduce((sum, { rows: count }) => sum + count, 0);
  assert.equal(coverage.mapped + leftOut, 1767);
  for (const { reason } of coverage.left_out) assert.ok(reason.length > 10, reason);
});

test("aliases and the split name records of the library", () => {
  /** @param {string} kind */
  const ids = (kind) => new Set(library.filter((entry) => entry.kind === kind).map(({ record }) => record.id));
  const inline = new Set(aliases.inline_models.map((/** @type {any} */ model) => model.id));
  for (const rule of aliases.hardware) assert.ok(ids("hardware").has(rule.id), rule.id);
  const devices = new Set(aliases.inline_hardware.map((/** @type {any} */ device) => device.id));
  assert.deepEqual([...devices].filter((id) => ids("hardware").has(id)), []);
  for (const id of Object.keys(aliases.base_clocks_mhz)) assert.ok(ids("hardware").has(id) || devices.has(id), id);
  for (const start of split.judge_only) assert.ok(rows.some((row) => String(row.id).startsWith(start)), start);
  for (const rule of aliases.models) assert.ok(ids("model").has(rule.id) || inline.has(rule.inline), JSON.stringify(rule));
  for (const rule of aliases.runtimes) assert.ok(ids("runtime").has(rule.runtime), rule.runtime);
  for (const rule of aliases.kernels) {
    assert.ok(ids("kernel").has(rule.kernel) || rule.left_out !== undefined, JSON.stringify(rule));
  }
  for (const fit of split.fit) {
    assert.ok(ids("kernel").has(fit.kernel) && ids("hardware").has(fit.hardware), JSON.stringify(fit));
    assert.ok(rows.some((row) => speed.sources[String(row.source)].project === fit.project), fit.project);
  }
});

test("in-sample are the kernels that one project alone measured, on one device", () => {
  const report = engine.evidence(speed, { aliases, split, calibrate: false });
  for (const fit of split.fit) {
    const places = new Set(report.rows.filter((row) => row.kernel === fit.kernel).map((row) => `${row.project} on ${row.hardware}`));
    assert.equal(places.size === 1, fit.in_sample === true, `${fit.kernel}: ${[...places].join(", ")}`);
  }
});

test("every target names a class or a figure of the report and is judged by it", () => {
  const report = engine.evidence(speed, { aliases, split, targets });
  assert.equal(report.targets.length, targets.targets.length);
  for (const target of report.targets) assert.notEqual(target.verdict, "no_rows", target.class);
  const errors = report.classes.find((c) =>
    c.class === "gemm_vector" && c.protocol === "kernel" && c.role === "judged" && c.quantity === "speedup" && c.flag === "unflagged");
  const checks = report.targets.find((target) => target.class === "gemm_vector")?.checks ?? [];
  assert.deepEqual(checks.map(({ figure, found }) => [figure, found]), [["median", errors?.median], ["coverage", errors?.coverage]]);
});

test("every cause that is told explains a series, and the worst series have one", () => {
  const causes = loadCauses();
  const report = engine.evidence(speed, { aliases, split });
  const told = new Set([...report.series, ...report.flagged_series].map((series) => causeOf(causes, series)));
  for (const { cause = "" } of causes.causes) assert.ok(told.has(cause), cause);
  for (const series of report.series.slice(0, 10)) assert.ok(causeOf(causes, series), series.series);
  const bitblas = report.series.find((series) => series.kernel === "bitblas");
  const host = report.flagged_series.find((series) => series.kernel === "bitsandbytes-nf4" && series.class === "decode");
  assert.match(bitblas ? (causeOf(causes, bitblas) ?? "") : "", /shape/);
  assert.match(host ? (causeOf(causes, host) ?? "") : "", /host/);
});

test("a file never seen is read by the same rules: other devices, kernels and models, and rows that are broken", () => {
  const decode = { scheme: "W4A16 g128", weight_bits: 4, act_bits: 16, phase: "decode", context_len: 512, unit: "tokens/s", baseline_scheme: "BF16 vLLM" };
  const gemm = { scheme: "W4A16 g128", weight_bits: 4, act_bits: 16, group_size: 128, phase: "gemm", n: 8192, k: 8192, unit: "x" };
  const file = {
    sources: [{ repo_or_url: "someone/benchmarks", title: "Benchmarks" }],
    rows: [
      ...[1, 8, 32].map((batch) => ({ id: `h${batch}`, source: 0, hardware: "NVIDIA H100 80GB HBM3", model: "meta-llama/Llama-3.1-8B-Instruct",
        kernel: "Machete (vLLM 0.6)", batch, value: 250 * batch, baseline_value: 130 * batch, ...decode })),
      { id: "l40s", source: 0, hardware: "L40S", model: "Qwen2.5-7B-Instruct", kernel: "vLLM Marlin", batch: 1, value: 120, ...decode },
      { id: "b", source: 0, hardware: "RTX 4090", kernel: "GemLite", m: 16, value: 3.1, ...gemm },
      { id: "l4", source: 0, hardware: "NVIDIA L4", kernel: "Marlin", m: 16, value: 3.4, ...gemm },
      { id: "unknown-device", source: 0, hardware: "Abacus", kernel: "Marlin", m: 1, value: 2, ...gemm },
      { id: "unknown-kernel", source: 0, hardware: "H100", kernel: "mystery", m: 1, value: 2, ...gemm, scheme: "W4A16" },
      { id: "unknown-model", source: 0, hardware: "H100", model: "mystery-9b", kernel: "Marlin", batch: 1, value: 2, ...decode },
      { id: "text", source: 0, hardware: "H100", kernel: "Marlin", m: "one", value: "two", ...gemm },
      { id: "list", source: [], hardware: ["H100"], kernel: {}, m: 1, value: 2, ...gemm },
      { id: "no-value", source: 99, hardware: "H100", kernel: "Marlin", m: 1, ...gemm },
      { id: "negative", source: 0, hardware: "H100", kernel: "Marlin", m: -1, value: 2, ...gemm },
      {}, null, 7, "row", [],
    ],
  };
  const report = engine.evidence(/** @type {any} */ (compacted(/** @type {any} */ (file))), { aliases, split, targets });
  assert.equal(report.coverage.rows, file.rows.length);
  assert.deepEqual(report.rows.map(({ id }) => id).sort(), ["b", "h1", "h32", "h8", "l4", "l40s"]);
  assert.deepEqual(new Set(report.rows.map(({ role }) => role)), new Set(["judged"]));
  assert.deepEqual(report.rows.filter(({ id }) => id.startsWith("h")).map(({ kernel, hardware }) => [kernel, hardware]), Array(3).fill(["machete", "h100-sxm"]));
  assert.equal(report.calibrations.length, 1);
  assert.equal(report.coverage.left_out.reduce((sum, { rows: count }) => sum + count, 0), file.rows.length - 6);
  const reasons = report.coverage.left_out.map(({ reason }) => reason).join("; ");
  for (const word of ["Abacus", "mystery", "m out of range", "no weight bits"]) assert.ok(reasons.includes(word), `${word} in ${reasons}`);
  assert.ok(report.classes.every(({ coverage }) => coverage !== null && coverage > 0 && coverage < 1));
});

test("rows that were read after the constants were fitted judge alone", () => {
  const report = engine.evidence(speed, { aliases, split, calibrate: false });
  const late = report.rows.filter(({ id }) => split.judge_only.some((/** @type {string} */ start) => id.startsWith(start)));
  assert.equal(late.length, 396 + 38 + 63);
  assert.deepEqual(new Set(late.map(({ role }) => role)), new Set(["judged"]));
});

test("a file of plain rows reads like the series it was made of", () => {
  const options = { aliases, split, calibrate: false };
  const own = engine.evidence(speed, options);
  const plain = engine.evidence(compacted({ rows, sources: speed.sources }), options);
  /** @param {any} report */
  const predictions = (report) =>
    Object.fromEntries(report.rows.map((/** @type {any} */ row) => [row.id, [row.kernel_speedup, row.kernel_s]]));
  assert.deepEqual(predictions(plain), predictions(own));
});

test("accuracies point at models of the library", () => {
  const models = new Set(library.filter((entry) => entry.kind === "model").map(({ record }) => record.id));
  for (const group of accuracy.groups) {
    if (group.model_id !== undefined) assert.ok(models.has(group.model_id), group.model_id);
  }
});

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { Ajv2020 } from "ajv/dist/2020.js";

import { compacted, loadOptions, loadSpeed, readJson } from "../../specs/measurements/load.mjs";
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
const { aliases, split } = loadOptions();
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

test("1,270 speed rows and 688 accuracy rows are kept, each under an id of its own", () => {
  assert.equal(rows.length, 1270);
  assert.equal(new Set(rows.map((row) => row.id)).size, 1270);
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
  const leftOut = coverage.left_out.reduce((sum, { rows: count }) => sum + count, 0);
  assert.equal(coverage.mapped + leftOut, 1270);
  for (const { reason } of coverage.left_out) assert.ok(reason.length > 10, reason);
});

test("aliases and the split name records of the library", () => {
  /** @param {string} kind */
  const ids = (kind) => new Set(library.filter((entry) => entry.kind === kind).map(({ record }) => record.id));
  const inline = new Set(aliases.inline_models.map((/** @type {any} */ model) => model.id));
  for (const rule of aliases.hardware) assert.ok(ids("hardware").has(rule.id), rule.id);
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

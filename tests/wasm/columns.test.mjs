// Columns belong to JavaScript: they outlive further calls and growth of the module's memory.
import assert from "node:assert/strict";
import test from "node:test";
import { members } from "./contract.mjs";
import { decode, freshEngine } from "./engine.mjs";

/** @param {number} to */
const request = (to) => ({ scenario: decode, axis: /** @type {const} */ ("batch"), from: 1, to });

/** @param {import("../../wasm/engine.js").SweepResult} sweep */
const columnsOf = (sweep) => [
  sweep.values,
  ...[sweep.baseline, ...sweep.series].flatMap((series) =>
    Object.values(series).filter((value) => value instanceof Float64Array),
  ),
];

test("a sweep's series have the columns that engine.d.ts documents, one element a value", async () => {
  const engine = await freshEngine();
  const sweep = engine.sweep(request(100));
  assert.deepEqual([...sweep.values], Array.from({ length: 100 }, (_, i) => i + 1));
  for (const series of [sweep.baseline, ...sweep.series]) {
    assert.deepEqual(Object.keys(series).sort(), members("SweepSeries").sort());
  }
  for (const column of columnsOf(sweep)) assert.equal(column.length, 100);
});

test("columns own their memory: none is a view of the module's", async () => {
  const engine = await freshEngine();
  for (const column of columnsOf(engine.sweep(request(10)))) {
    assert.equal(column.byteLength, column.buffer.byteLength);
  }
});

test("columns stay as they are through further sweeps, errors and growth of memory", async () => {
  const engine = await freshEngine();
  const sweep = engine.sweep(request(64));
  const before = columnsOf(sweep).map((column) => [...column]);
  // 16 schemes over 65,536 batches are 68 MB of columns: more than the module starts with.
  const schemes = Array(16).fill("w4a16-g128");
  const large = engine.sweep({ ...request(65536), schemes });
  assert.equal(large.series[15].step_s.length, 65536);
  for (let i = 0; i < 100; ++i) assert.throws(() => engine.sweep(/** @type {any} */ ({ axis: "batch" })));
  engine.sweep({ ...request(64), scenario: { ...decode, scheme: "fp16" } });
  assert.deepEqual(columnsOf(sweep).map((column) => [...column]), before);
});

test("a sweep agrees with evaluate at each of its values", async () => {
  const engine = await freshEngine();
  const sweep = engine.sweep(request(64));
  for (const [i, batch] of sweep.values.entries()) {
    const result = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ ...decode, batch }));
    const series = sweep.series[0];
    assert.equal(series.step_s[i], result.step_s);
    assert.equal(series.speedup[i], result.speedup);
    assert.equal(series.total_bytes[i], result.total_bytes);
    assert.equal(sweep.bounds[series.regime_index[i]], result.regime);
    assert.equal(series.fits[i] === 1, result.fits);
  }
});

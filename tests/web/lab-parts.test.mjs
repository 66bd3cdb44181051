// The lab's pure parts: comparison in the address, own records, pasted measurements, text inside a PNG.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { comparedScenarios, patchOf, readComparison, writeComparison } from "../../web/lab/comparison.js";
import { storedValue, typedValue, moreFields, simpleFields, fieldNames } from "../../web/lab/fields.js";
import { EngineError } from "../../wasm/error.js";
import { leafText, leaves, withLeaf } from "../../web/lab/leaves.js";
import { readMeasurements } from "../../web/lab/measurements.js";
import { addUnderFreeId, forLink, readOwn, writeOwn } from "../../web/lab/own-specs.js";
import { readText, withText } from "../../web/lab/png-text.js";
import { defaults, params } from "../../web/params.js";

test("a comparison reads back from the address as it was written, names with odd letters too", () => {
  /** @type {import("../../web/params.js").ParamValues[]} */
  const patches = [{ hardware: "a100-80gb", devices: 2 }, { scheme: '{"weight_bits":4,"kv_bits":8}' }, { model: "llama-3.1-70b" }];
  assert.deepEqual(readComparison(writeComparison(patches)).patches, patches);
});

test("a comparison of the defaults alone keeps its place in the list", () => {
  assert.equal(readComparison(writeComparison([{}, { batch: 8 }])).patches.length, 2);
});

test("a comparison with anything in it never throws, and holds at most three", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => assert.ok(readComparison(text).patches.length <= 3)));
  assert.equal(readComparison("a:1~b:2~c:3~d:4~e:5").patches.length, 3);
});

test("what of a comparison in the address can't be used is named with what is allowed", () => {
  const { patches, problems } = readComparison("batch:x,devices:2~page:lab,nothing~context:4096~batch:4~batch:5");
  assert.deepEqual(patches, [{ devices: 2 }, {}, { context: 4096 }]);
  assert.deepEqual(problems, [
    { name: "batch", found: "x", reason: "not_a_number", values: {} },
    { name: "compare", found: "page:lab", reason: "not_a_field", values: {} },
    { name: "compare", found: "nothing", reason: "not_a_field", values: {} },
    { name: "compare", found: "batch:4~batch:5", reason: "too_many_scenarios", values: { max: 3 } },
  ]);
});

test("what was kept for comparison stays as it is when the lab's own changes", () => {
  const kept = writeComparison([patchOf({ ...defaults(), batch: 64, hardware: "a100-80gb" })]);
  const [own, other] = comparedScenarios({ ...defaults(), batch: 3, compare: kept }, () => "");
  assert.equal(own?.scenario.batch, 3);
  assert.equal(other?.scenario.batch, 64);
  assert.equal(other?.scenario.hardware, "a100-80gb");
});

test("every input of the lab is a parameter of the address", () => {
  for (const name of fieldNames) assert.ok(name in params, name);
});

test("values are typed in people's units and kept in SI, without noise", () => {
  const field = [...simpleFields, ...moreFields.flatMap((group) => group.fields)].find(({ name }) => name === "bandwidth_bytes_per_s");
  assert.ok(field);
  assert.equal(storedValue(field, 3.35), 3.35e9);
  assert.equal(typedValue(field, 3.35e12), 3350);
  assert.equal(storedValue(field, null), null);
});

test("a record becomes a flat form and back, lists and nested objects included", () => {
  const record = { id: "x", peak: { fp16: 1e12 }, segments: [{ path: "tensor_core", tile: 64 }], bits: [4, 8], flag: true, none: null };
  assert.deepEqual(leaves(record).map(({ path }) => path), ["id", "peak.fp16", "segments[0].path", "segments[0].tile", "bits", "flag"]);
  const changed = withLeaf(record, "segments[0].tile", 128);
  assert.equal(changed.segments[0]?.tile, 128);
  assert.equal(record.segments[0]?.tile, 64, "the given record is left alone");
});

test("a large number in a form is short and means the same", () => {
  assert.equal(leafText(989e12), "9.89e14");
  assert.equal(Number(leafText(103079215104)), 103079215104);
  assert.equal(leafText(132), "132");
  assert.equal(leafText("fp16"), "fp16");
});

test("measurements are read by line, however they are separated", () => {
  assert.deepEqual(readMeasurements("1 12.9\n8,13.6\r\n32;\t17.1\n\n"), {
    points: [{ batch: 1, step_s: 0.0129 }, { batch: 8, step_s: 0.0136 }, { batch: 32, step_s: 0.0171 }], wrong: 0,
  });
});

test("a line that is no measurement is named by its number", () => {
  assert.equal(readMeasurements("1 12.9\nbatch ms\n").wrong, 2);
  assert.equal(readMeasurements("0 12.9").wrong, 1);
  assert.equal(readMeasurements("1 -2").wrong, 1);
  assert.equal(readMeasurements("1 2 3").wrong, 1);
  assert.equal(readMeasurements("").wrong, 1);
});

test("own records read back, and what is none is passed over", () => {
  const list = [{ kind: /** @type {const} */ ("hardware"), spec: { id: "mine" } }];
  assert.deepEqual(readOwn(writeOwn(list)), list);
  for (const text of ["", "{", "[]", '[{"kind":"virus","spec":{}}]', '[{"kind":"model"}]', "[null]", "7"]) assert.deepEqual(readOwn(text), []);
});

test("text put into a PNG is found again, and the picture's own chunks stay", () => {
  // The smallest PNG: signature, an empty IHDR-like chunk, IEND. Chunks are length, type, data, CRC.
  const chunk = (/** @type {string} */ type) => [0, 0, 0, 0, ...new TextEncoder().encode(type), 0, 0, 0, 0];
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...chunk("IHDR"), ...chunk("IEND")]);
  const marked = withText(png, "crossover", '{"scenario":"ä"}');
  assert.equal(readText(marked, "crossover"), '{"scenario":"ä"}');
  assert.equal(readText(marked, "other"), null);
  assert.equal(new TextDecoder().decode(marked.subarray(-8, -4)), "IEND");
});

test("every assumption that the engine can name has a sentence", () => {
  const words = JSON.parse(readFileSync(new URL("../../web/strings/en.charts.json", import.meta.url), "utf8")).lab.assumptions;
  const named = ["lower.cpp", "lower_other.cpp", "lower_transformer.cpp"].flatMap((file) =>
    [...readFileSync(new URL(`../../engine/src/${file}`, import.meta.url), "utf8").matchAll(/assum\w*[^;\n]*?"([a-z_]+)"/g)].map(([, key]) => key));
  assert.ok(named.length > 3);
  for (const key of named) assert.ok(words[key ?? ""], key);
});

test("a PNG chunk ends in the CRC-32 of its type and data", () => {
  const bare = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  const marked = withText(bare, "k", "");
  // iTXt, "k", five zeros: CRC by hand from the specification's algorithm.
  let c = 0xffffffff;
  for (const byte of [0x69, 0x54, 0x58, 0x74, 0x6b, 0, 0, 0, 0, 0]) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  assert.equal(new DataView(marked.buffer).getUint32(8 + 8 + 6), (c ^ 0xffffffff) >>> 0);
});

/** An engine that takes every record once. @returns {any} */
function taking() {
  const ids = new Set(["taken"]);
  return {
    addSpec(/** @type {string} */ kind, /** @type {{id: string, bad?: boolean}} */ { id, bad }) {
      if (bad) throw new EngineError({ code: "out_of_range", message: "bad", path: "bad" });
      if (ids.has(id)) throw new EngineError({ code: "duplicate_id", message: `found "${id}"`, path: "id" });
      ids.add(id);
      return id;
    },
  };
}

test("a record whose id is another's gets the next that is free, the same record its own again", () => {
  const engine = taking();
  const layers = (/** @type {number} */ count, id = "mine") => ({ id, name: "Mine", layers: count });
  assert.equal(addUnderFreeId(engine, "model", layers(1)).id, "mine");
  assert.equal(addUnderFreeId(engine, "model", layers(2)).id, "mine-2");
  assert.equal(addUnderFreeId(engine, "model", layers(1)).id, "mine");
  assert.equal(addUnderFreeId(engine, "model", layers(2)).id, "mine-2");
  assert.equal(addUnderFreeId(engine, "model", layers(3)).id, "mine-3");
  assert.equal(addUnderFreeId(engine, "model", layers(1, "taken")).id, "taken-2", "the library's");
  assert.equal(addUnderFreeId(engine, "model", { ...layers(1), id: "other", bad: true }).error?.message, "bad");
  assert.ok(forLink(engine).own?.includes('"Mine (2)"'));
  addUnderFreeId(engine, "model", { id: "long", text: "x".repeat(5000) });
  assert.deepEqual(forLink(engine), {}, "too long for a link");
});

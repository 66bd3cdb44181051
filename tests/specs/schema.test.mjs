import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

import { Ajv2020 } from "ajv/dist/2020.js";

import { kinds, library, readJson, sources, specs } from "./library.mjs";

const ajv = new Ajv2020({ allErrors: true, strict: true });
const folder = new URL("schema/", specs);
for (const file of readdirSync(folder)) ajv.addSchema(readJson(new URL(file, folder)));

/**
 * @param {string} kind
 * @param {unknown} value
 */
function problems(kind, value) {
  const validate = ajv.getSchema(`${kind}.schema.json`);
  if (validate === undefined) throw new Error(`no schema for ${kind}`);
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

for (const [kind, directory] of kinds) {
  test(`every file in specs/${directory} is a valid ${kind}`, () => {
    for (const entry of library.filter((candidate) => candidate.kind === kind)) {
      assert.deepEqual(problems(kind, entry.record), [], entry.file);
    }
  });
}

test("sources.json is valid", () => {
  assert.deepEqual(problems("sources", sources), []);
});

test("the schemas refuse a misspelt field, a text for a number and a sparse-looking rate name", () => {
  const device = structuredClone(library.find((entry) => entry.record.id === "h100-sxm")?.record ?? {});
  assert.deepEqual(problems("hardware", device), []);
  assert.notDeepEqual(problems("hardware", { ...device, memory_bandwith_bytes_per_s: 1e12 }), []);
  assert.notDeepEqual(problems("hardware", { ...device, tdp_w: "700" }), []);
  const rates = { ...device.peak_flop_per_s, fp16_sparse: 1979e12 };
  assert.notDeepEqual(problems("hardware", { ...device, peak_flop_per_s: rates }), []);
});

// The native engine and the WebAssembly module are one engine, and today's is yesterday's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EngineError, loadEngine } from "../../wasm/engine.js";
import { agree } from "./compare.mjs";
import { requests } from "./requests.mjs";

const at = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);
const engine = await loadEngine({ wasmBinary: readFileSync(at("build/wasm/crossover.wasm")) });

/** @param {{call: string, args: unknown[]}} request @returns {unknown} as its JSON reads */
function answered({ call, args }) {
  try {
    const result = /** @type {Record<string, (...given: unknown[]) => unknown>} */ (/** @type {unknown} */ (engine))[call]?.(...args);
    return JSON.parse(JSON.stringify(result, (_key, value) => (value instanceof Float64Array ? Array.from(value) : value)));
  } catch (fault) {
    if (!(fault instanceof EngineError)) throw fault;
    return { error: { code: fault.code, message: fault.message, path: fault.path } };
  }
}

test("native and WebAssembly give the same answers and refusals, numbers within 1e-12", () => {
  const asked = requests(engine, 400);
  const lines = execFileSync(at("build/native/native_answers").pathname, { input: asked.map((one) => JSON.stringify(one)).join("\n"), maxBuffer: 1e9, encoding: "utf8" });
  const native = lines.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(native.length, asked.length);
  let refused = 0;
  for (const [index, request] of asked.entries()) {
    const found = answered(request);
    agree(found, native[index], JSON.stringify(request));
    if (typeof found === "object" && found !== null && "error" in found) refused += 1;
  }
  assert.ok(refused > 0 && refused < asked.length / 2, `${refused} of ${asked.length} refused`);
});

test("fifty scenarios give what they gave when they were recorded", () => {
  /** @type {{scenario: import("../../wasm/engine.js").RooflineScenario, result: Record<string, unknown>}[]} */
  const recorded = JSON.parse(readFileSync(at("tests/golden/recorded.json"), "utf8"));
  assert.equal(recorded.length, 50);
  for (const { scenario, result } of recorded) {
    const now = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (engine.evaluate(scenario)));
    for (const [key, value] of Object.entries(result)) agree(now[key], value, `${key} of ${JSON.stringify(scenario)}: if the change is meant, node tests/agreement/record.mjs`);
  }
});

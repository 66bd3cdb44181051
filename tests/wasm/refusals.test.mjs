// What the engine refuses: code and path for every function, through the facade.
import assert from "node:assert/strict";
import test from "node:test";
import { call, decode, engine, refusal, serving, validArguments } from "./engine.mjs";

/** @typedef {[what: Record<string, unknown>, code: string, path: string]} Case */

/** Fields of a roofline scenario that are refused, wherever the scenario is given. */
/** @type {Case[]} */
const scenarioCases = [
  [{ batch: "8" }, "wrong_type", "batch"],
  [{ batch: true }, "wrong_type", "batch"],
  [{ batch: [8] }, "wrong_type", "batch"],
  [{ batch: {} }, "wrong_type", "batch"],
  [{ batch: -8 }, "out_of_range", "batch"],
  [{ batch: 0 }, "out_of_range", "batch"],
  [{ batch: 1.7 }, "out_of_range", "batch"],
  [{ batch: 1e300 }, "out_of_range", "batch"],
  [{ batch: Number.MAX_VALUE }, "out_of_range", "batch"],
  [{ batch: Number.MIN_VALUE }, "out_of_range", "batch"],
  [{ context: -1 }, "out_of_range", "context"],
  [{ context: 0.5 }, "out_of_range", "context"],
  [{ context: "2048" }, "wrong_type", "context"],
  [{ new_tokens: 0 }, "out_of_range", "new_tokens"],
  [{ devices: 0 }, "out_of_range", "devices"],
  [{ devices: 9 }, "out_of_range", "devices"],
  [{ devices: 1.5 }, "out_of_range", "devices"],
  [{ memory_utilization: 0 }, "out_of_range", "memory_utilization"],
  [{ memory_utilization: 1.01 }, "out_of_range", "memory_utilization"],
  [{ memory_reserve_bytes: -1 }, "out_of_range", "memory_reserve_bytes"],
  [{ kv_bits: 0 }, "out_of_range", "kv_bits"],
  [{ model: "llama-9" }, "unknown_id", "model"],
  [{ model: 8 }, "wrong_type", "model"],
  [{ model: "" }, "wrong_type", "model"],
  [{ model: null }, "missing_field", "model"],
  [{ hardware: "h1000" }, "unknown_id", "hardware"],
  [{ hardware: ["h100-sxm"] }, "wrong_type", "hardware"],
  [{ hardware: null }, "missing_field", "hardware"],
  [{ scheme: "w4a17" }, "unknown_id", "scheme"],
  [{ scheme: 4 }, "wrong_type", "scheme"],
  [{ scheme: { weight_bits: "4" } }, "wrong_type", "scheme.weight_bits"],
  [{ scheme: { weight_bits: -4 } }, "out_of_range", "scheme.weight_bits"],
  [{ scheme: { weight_bits: 1e300 } }, "out_of_range", "scheme.weight_bits"],
  [{ scheme: {} }, "missing_field", "scheme.weight_bits"],
  [{ scheme: { weight_bits: 4, group_sise: 128 } }, "unknown_field", "scheme.group_sise"],
  [{ scheme: { weight_bits: 4, act_format: "fp12" } }, "unknown_id", "scheme.act_format"],
  [{ scheme: { weight_bits: 4, quantize_head: 1 } }, "wrong_type", "scheme.quantize_head"],
  [{ baseline_scheme: "fp17" }, "unknown_id", "baseline_scheme"],
  [{ kernel: "marlim" }, "unknown_id", "kernel"],
  [{ runtime: "vlm" }, "unknown_id", "runtime"],
  [{ phase: "decoding" }, "unknown_id", "phase"],
  [{ lowering: "lump" }, "unknown_id", "lowering"],
  [{ bacth: 8 }, "unknown_field", "bacth"],
  [{ "": 8 }, "unknown_field", ""],
  [{ precision: "int4" }, "unknown_field", "precision"],
];

/**
 * How each function that takes a roofline scenario is given one, and what its fields' paths begin with.
 * @type {Record<string, { given: (scenario: unknown) => unknown[], prefix: string }>}
 */
const takers = {
  evaluate: { given: (scenario) => [scenario], prefix: "" },
  sweep: { given: (scenario) => [{ scenario, axis: "batch", from: 1, to: 8 }], prefix: "scenario." },
  crossovers: { given: (scenario) => [{ scenario }], prefix: "scenario." },
  regimes: { given: (scenario) => [{ scenario }], prefix: "scenario." },
  capacity: { given: (scenario) => [{ scenario }], prefix: "scenario." },
  explain: { given: (scenario) => [scenario, "step_s"], prefix: "scenario." },
  sensitivity: { given: (scenario) => [scenario], prefix: "" },
  advise: { given: (scenario) => [scenario], prefix: "" },
  calibrate: { given: (scenario) => [validArguments.calibrate[0], scenario], prefix: "scenario." },
  accuracy: { given: (scenario) => [scenario], prefix: "" },
};

for (const [name, { given, prefix }] of Object.entries(takers)) {
  test(`${name} refuses what a scenario cannot be, by code and path`, () => {
    for (const [change, code, path] of scenarioCases) {
      const what = `${name} of ${JSON.stringify(change)}`;
      const error = refusal(() => call(engine, /** @type {any} */ (name), given({ ...decode, ...change })), what);
      assert.deepEqual([error.code, error.path], [code, prefix + path], `${what}: ${error.message}`);
    }
  });

  test(`${name} refuses a scenario that is no object`, () => {
    for (const scenario of ["h100-sxm", 8, true, [decode]]) {
      const error = refusal(() => call(engine, /** @type {any} */ (name), given(scenario)));
      assert.deepEqual([error.code, error.path], ["wrong_type", prefix.replace(/\.$/, "")], error.message);
    }
  });
}

/** A measurement that calibrate takes. */
const point = { batch: 16, step_s: 0.0068 };

/** @type {[keyof typeof validArguments, unknown[], string, string][]} */
const callCases = [
  ["catalog", ["gpu"], "unknown_id", "kind"],
  ["catalog", [5], "wrong_type", "kind"],
  ["describe", [5], "wrong_type", "id"],
  ["describe", ["no-such-record"], "unknown_id", "id"],
  ["describe", [{}], "wrong_type", "id"],
  ["evaluate", [{ ...decode, lens: "rooftop" }], "unknown_id", "lens"],
  ["evaluate", [{ ...decode, lens: 1 }], "wrong_type", "lens"],
  ["evaluate", [{}], "missing_field", "model"],
  ["table", ["decoding"], "unknown_id", "name"],
  ["table", [5], "wrong_type", "name"],
  ["table", ["decode", 5], "wrong_type", ""],
  ["table", ["decode", { batch: "1" }], "wrong_type", "batch"],
  ["table", ["decode", { model: "GPT5" }], "unknown_id", "model"],
  ["table", ["decode", { hardwear: "H100" }], "unknown_field", "hardwear"],
  ["sweep", [{ axis: "batch", from: 1, to: 8 }], "missing_field", "scenario"],
  ["sweep", ["batch"], "wrong_type", ""],
  ["sweep", [{ scenario: decode, axis: "bach", from: 1, to: 8 }], "unknown_id", "axis"],
  ["sweep", [{ scenario: decode, from: 1, to: 8 }], "missing_field", "axis"],
  ["sweep", [{ scenario: decode, axis: "batch", to: 8 }], "missing_field", "from"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1.5, to: 8 }], "out_of_range", "from"],
  ["sweep", [{ scenario: decode, axis: "batch", from: -1, to: 8 }], "out_of_range", "from"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 9, to: 8 }], "out_of_range", "to"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: "8" }], "wrong_type", "to"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 1e300 }], "out_of_range", "to"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, points: 0 }], "out_of_range", "points"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, schemes: "fp16" }], "wrong_type", "schemes"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, schemes: ["fp16", "fp17"] }], "unknown_id", "schemes[1]"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, schemes: ["fp16", 4] }], "wrong_type", "schemes[1]"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, schemes: Array(17).fill("fp16") }], "too_large", "schemes"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, schemes: [{ weight_bits: 0 }] }], "out_of_range", "schemes[0].weight_bits"],
  ["sweep", [{ scenario: decode, axis: "batch", from: 1, to: 8, steps: 3 }], "unknown_field", "steps"],
  ["crossovers", [{}], "missing_field", "scenario"],
  ["crossovers", [{ scenario: decode, thresholds: [2, "1.5"] }], "wrong_type", "thresholds[1]"],
  ["crossovers", [{ scenario: decode, thresholds: [0] }], "out_of_range", "thresholds[0]"],
  ["crossovers", [{ scenario: decode, thresholds: 2 }], "wrong_type", "thresholds"],
  ["crossovers", [{ scenario: decode, to: 1e9 }], "out_of_range", "to"],
  ["crossovers", [{ scenario: decode, from: 2, to: 1 }], "out_of_range", "to"],
  ["regimes", [{ scenario: decode, from: 0 }], "out_of_range", "from"],
  ["capacity", [{ scenario: decode, scheme: "fp16" }], "unknown_field", "scheme"],
  ["explain", [decode, "no_such_quantity"], "unknown_id", "quantity"],
  ["explain", [decode, 5], "wrong_type", "quantity"],
  ["calibrate", [[], decode], "missing_field", "points"],
  ["calibrate", ["points", decode], "wrong_type", "points"],
  ["calibrate", [[{ batch: "1", step_s: 0.01 }, point], decode], "wrong_type", "points[0].batch"],
  ["calibrate", [[{ batch: 1, step_s: -0.01 }, point], decode], "out_of_range", "points[0].step_s"],
  ["calibrate", [[point, { batch: 1 }], decode], "missing_field", "points[1].step_s"],
  ["addSpec", ["gpu", {}], "unknown_id", "kind"],
  ["addSpec", [5, {}], "wrong_type", "kind"],
  ["addSpec", ["scheme", "w4"], "wrong_type", ""],
  ["addSpec", ["scheme", {}], "missing_field", "id"],
  ["addSpec", ["scheme", { .../** @type {any} */ (validArguments.addSpec[1]), weight_bits: "5" }], "wrong_type", "weight_bits"],
  ["addSpec", ["scheme", { .../** @type {any} */ (validArguments.addSpec[1]), id: "fp16" }], "duplicate_id", "id"],
  ["importHuggingFace", ["config.json"], "wrong_type", ""],
  ["importHuggingFace", [[]], "wrong_type", ""],
];

test("the other arguments of each function are refused by code and path", () => {
  for (const [name, given, code, path] of callCases) {
    const what = `${name}${JSON.stringify(given).slice(0, 160)}`;
    const error = refusal(() => call(engine, name, given), what);
    assert.deepEqual([error.code, error.path], [code, path], `${what}: ${error.message}`);
  }
});

/** @type {Case[]} */
const tutorialCases = [
  [{ precision: "int3" }, "unknown_id", "precision"],
  [{ precision: 4 }, "wrong_type", "precision"],
  [{ batch: 0 }, "out_of_range", "batch"],
  [{ batch: 1.5 }, "out_of_range", "batch"],
  [{ context: -2048 }, "out_of_range", "context"],
  [{ efficiency: 0 }, "out_of_range", "efficiency"],
  [{ efficiency: "half" }, "wrong_type", "efficiency"],
  [{ layer_overhead_s: -1 }, "out_of_range", "layer_overhead_s"],
  [{ calibration: "tutorial-2025-01" }, "unknown_id", "calibration"],
  [{ question: "answering" }, "unknown_id", "question"],
  [{ model: "Llama9" }, "unknown_id", "model"],
  [{ model: "ResNet50" }, "unsupported", "model"],
  [{ hardware: "H101" }, "unknown_id", "hardware"],
  [{ scheme: "fp16" }, "unknown_field", "scheme"],
];

test("evaluate refuses what a tutorial scenario cannot be, by code and path", () => {
  for (const [change, code, path] of tutorialCases) {
    const what = JSON.stringify(change);
    const error = refusal(() => engine.evaluate(/** @type {any} */ ({ ...serving, ...change })), what);
    assert.deepEqual([error.code, error.path], [code, path], `${what}: ${error.message}`);
  }
});

test("a message says what was found, and the nearest of what is allowed", () => {
  assert.match(refusal(() => engine.evaluate({ ...decode, hardware: "h100-sxn" })).message, /h100-sxn.*h100-sxm/);
  assert.match(refusal(() => engine.evaluate(/** @type {any} */ ({ ...decode, bacth: 8 }))).message, /bacth.*batch/);
  assert.match(refusal(() => engine.evaluate({ ...decode, batch: 1.7 })).message, /1\.7.*whole/);
  assert.match(refusal(() => engine.evaluate({ ...decode, batch: -8 })).message, /-8.*1 to/);
});

test("what does not fit in memory is a result with its numbers, not an error", () => {
  const result = /** @type {import("../../wasm/engine.js").RooflineResult} */ (
    engine.evaluate({ ...decode, model: "llama-3.1-70b", scheme: "fp16", batch: 1 })
  );
  assert.equal(result.fits, false);
  assert.ok(result.total_bytes > result.capacity_bytes && result.step_s > 0);
});

// The engine through WebAssembly as the tests here use it, and what they share.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { EngineError, loadEngine } from "../../wasm/engine.js";

/** @import { Engine } from "../../wasm/engine.js" */

export const wasmBinary = readFileSync(new URL("../../build/wasm/crossover.wasm", import.meta.url));

/** A fresh engine: what one test adds, no other sees. */
export const freshEngine = () => loadEngine({ wasmBinary });

export const engine = await freshEngine();

/** @type {import("../../wasm/engine.js").RooflineScenario} */
export const decode = Object.freeze({
  lens: "roofline",
  model: "llama-3.1-8b",
  hardware: "h100-sxm",
  scheme: "w4a16-g128",
  batch: 8,
  context: 2048,
});

/** @type {import("../../wasm/engine.js").TutorialScenario} */
export const serving = Object.freeze({
  lens: "tutorial",
  question: "serving",
  model: "Llama3_8B",
  hardware: "H100",
  precision: "int4",
  batch: 1,
  context: 2048,
});

/** @type {Record<string, unknown>} */
export const newScheme = Object.freeze({
  id: "w5a16-g128",
  name: "W5A16, groups of 128",
  weight_bits: 5,
  act_format: "fp16",
  kv_bits: 16,
  group_size: 128,
  scale_bits: 16,
  zero_point_bits: 0,
  quantize_head: false,
  source: "definition",
});

/** @type {Record<string, unknown>} */
export const newModelConfig = Object.freeze({
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
  max_position_embeddings: 131072,
  tie_word_embeddings: false,
});

/**
 * Valid arguments of every function of the facade.
 * @type {Record<Exclude<keyof Engine, "version">, unknown[]>}
 */
export const validArguments = {
  catalog: ["hardware"],
  describe: ["h100-sxm"],
  evaluate: [decode],
  complete: [decode],
  table: ["decode", { model: "Llama3_8B", hardware: "H100" }],
  sweep: [{ scenario: decode, axis: "batch", from: 1, to: 64 }],
  crossovers: [{ scenario: decode, schemes: ["w4a16-g128"], thresholds: [2, 1.5] }],
  regimes: [{ scenario: decode, from: 1, to: 256 }],
  capacity: [{ scenario: decode, schemes: ["w4a16-g128"] }],
  explain: [decode, "step_s"],
  sensitivity: [decode],
  advise: [decode],
  calibrate: [
    [
      { batch: 1, step_s: 0.0062 },
      { batch: 16, step_s: 0.0068 },
      { batch: 64, step_s: 0.0095 },
    ],
    { ...decode, scheme: "fp16" },
  ],
  accuracy: [decode],
  evidence: [
    {
      sources: { hand: { kind: "measured", title: "A curve drawn by hand", project: "hand" } },
      rows: [
        {
          id: "hand-1",
          source: "hand",
          phase: "gemm",
          device: "A100 80GB",
          m: 16,
          n: 4096,
          k: 4096,
          kernel: "Marlin",
          weight_bits: 4,
          act_bits: 16,
          group_size: 128,
          speedup: 3.1,
        },
      ],
    },
    { aliases: {}, split: {}, calibrate: false },
  ],
  addSpec: ["scheme", newScheme],
  importHuggingFace: [newModelConfig],
  errorCodes: [],
};

export const functionNames = /** @type {(keyof typeof validArguments)[]} */ (Object.keys(validArguments));

/**
 * @param {Engine} engine
 * @param {keyof typeof validArguments} name
 * @param {unknown[]} given
 * @returns {any}
 */
export const call = (engine, name, given) => /** @type {(...given: unknown[]) => unknown} */ (engine[name])(...given);

/**
 * The EngineError of what must be refused.
 * @param {() => unknown} work
 * @param {string} [what]
 * @returns {EngineError}
 */
export function refusal(work, what = "") {
  let result;
  try {
    result = work();
  } catch (fault) {
    assert.ok(fault instanceof EngineError, `${what} threw ${String(fault)} instead of an EngineError`);
    assert.ok(fault.message.length > 0, `${what} has an empty message`);
    return fault;
  }
  return assert.fail(`${what} is accepted and gives ${JSON.stringify(result)?.slice(0, 200)}`);
}

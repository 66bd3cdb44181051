/**
 * The cases that the lesson speaks of: inputs only. Everything else in the lesson is what the engine makes of them.
 */

/** @typedef {import("../../wasm/engine.js").Engine} Engine */
/** @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario */
/** @typedef {import("../../wasm/engine.js").RooflineResult} RooflineResult */

/** A language model answering. */
export const decodeTable = { model: "Llama3_8B", hardware: "H100", context: 2048 };
/** @type {RooflineScenario} */
export const decoding = { lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", context: 2048 };
/** @type {RooflineScenario} the same request's prompt */
export const prefilling = { lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", phase: "prefill", prompt: 2048 };

/** An image network in training. */
export const trainingTable = { model: "ResNet50_4p1G", hardware: "A100", batch: 256 };
/** @type {RooflineScenario} */
export const training = { lens: "roofline", model: "resnet-50", hardware: "a100-80gb", phase: "train", batch: 256 };

/** INT4 weights as they are shipped: a scale for every group. */
export const int4 = "int4-g128";
export const int4WithCache = "int4-g128-kv4";

/**
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @returns {RooflineResult}
 */
export function roofline(engine, scenario) {
  return /** @type {RooflineResult} */ (engine.evaluate(scenario));
}

/**
 * One column of a table of the engine, by its first.
 * @param {import("../../wasm/engine.js").Table} table
 * @param {string} row
 * @param {string} key
 */
export function cell(table, row, key) {
  const first = table.columns[0]?.key ?? "";
  return table.rows.find((candidate) => candidate[first] === row)?.[key] ?? null;
}

/** What counts as a gain where the question is whether there is one. */
export const noticeable = 1.1;

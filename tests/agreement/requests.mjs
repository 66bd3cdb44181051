// Requests drawn at random from the whole library, always the same ones: a seed decides.
import fc from "fast-check";

/** @import { Engine } from "../../wasm/engine.js" */

const seed = 20261124;

/**
 * @param {Engine} engine
 * @param {number} count
 * @returns {import("../../wasm/engine.js").RooflineScenario[]} many of them refused: a kernel for another device, a model without tokens
 */
export function scenarios(engine, count) {
  const ids = (/** @type {import("../../wasm/engine.js").SpecKind} */ kind) => engine.catalog(kind).map(({ id }) => id);
  const size = (/** @type {number} */ largest) => fc.integer({ min: 0, max: Math.log2(largest) }).chain((power) => fc.integer({ min: 2 ** power, max: 2 ** (power + 1) }));
  const real = fc.record(
    {
      lens: fc.constant(/** @type {const} */ ("roofline")),
      model: fc.constantFrom(...ids("model")),
      hardware: fc.constantFrom(...ids("hardware")),
      scheme: fc.constantFrom(...ids("scheme")),
      kernel: fc.oneof({ weight: 5, arbitrary: fc.constant("ideal") }, { weight: 1, arbitrary: fc.constantFrom(...ids("kernel")) }),
      runtime: fc.constantFrom(...ids("runtime")),
      phase: fc.constantFrom(/** @type {const} */ ("decode"), /** @type {const} */ ("prefill"), /** @type {const} */ ("train")),
      batch: size(4096),
      context: size(131072),
      prompt: size(16384),
      devices: fc.constantFrom(1, 1, 1, 1, 1, 2, 4, 8),
      kv_bits: fc.constantFrom(4, 8, 16),
    },
    { requiredKeys: ["lens", "model", "hardware", "scheme"] },
  );
  const special = fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.record({ phase: fc.constant(/** @type {const} */ ("prefill")), cached_prefix: size(4096), chunk: fc.constantFrom(256, 2048) }) },
    { weight: 1, arbitrary: fc.record({ phase: fc.constant(/** @type {const} */ ("train")), lora_rank: fc.constantFrom(8, 64) }) },
  );
  return fc.sample(fc.tuple(real, special).map(([scenario, more]) => ({ ...scenario, ...more })), { seed, numRuns: count });
}

/**
 * Calls of every function that computes, on such scenarios.
 * @param {Engine} engine
 * @param {number} count of scenarios
 * @returns {{call: string, args: unknown[]}[]}
 */
export function requests(engine, count) {
  const schemes = ["w8a16", "w4a16-g128", "w4a16-g128-kv8"];
  return scenarios(engine, count).flatMap((scenario, index) => {
    const evaluated = { call: "evaluate", args: [scenario] };
    const others = [
      { call: "sweep", args: [{ scenario, schemes, axis: "batch", from: 1, to: 512, points: 9 }] },
      { call: "crossovers", args: [{ scenario, schemes, from: 1, to: 256 }] },
      { call: "capacity", args: [{ scenario, schemes }] },
      { call: "explain", args: [scenario, "cost_usd_per_million_tokens"] },
      { call: "explain", args: [scenario, "max_batch"] },
      { call: "sensitivity", args: [scenario] },
      { call: "accuracy", args: [scenario] },
      { call: "advise", args: [scenario] },
    ];
    return [evaluated, /** @type {typeof evaluated} */ (others[index % others.length])];
  });
}

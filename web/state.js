/**
 * The page's one state: the values of web/params.js, and the engine's scenarios made from them. Pure: no document, no address.
 *
 *   const state = createState(readParams(location.search).values);
 *   const stop = state.subscribe((values) => …);   // called in the same turn as set()
 *   state.set({ batch: 64 });
 *   engine.evaluate(rooflineScenario(state.values));
 */
import { defaults, params } from "./params.js";

/** @typedef {import("./params.js").ParamValues} ParamValues */
/** @typedef {{readonly values: ParamValues, set(patch: ParamValues): void, subscribe(listener: (values: ParamValues) => void): () => void}} State */

/**
 * @param {ParamValues} [initial]
 * @returns {State}
 */
export function createState(initial = {}) {
  let values = { ...defaults(), ...initial };
  /** @type {Set<(values: ParamValues) => void>} */
  const listeners = new Set();
  return {
    get values() {
      return values;
    },
    set(patch) {
      if (Object.entries(patch).every(([name, value]) => values[name] === value)) return;
      values = { ...values, ...patch };
      for (const listener of [...listeners]) listener(values);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The fields of a roofline scenario that a phase reads, beside those that every phase does. */
const phaseFields = {
  decode: ["model", "batch", "context", "new_tokens", "generated"],
  prefill: ["model", "batch", "prompt", "cached_prefix", "chunk", "generated"],
  train: ["model", "batch", "prompt", "optimizer", "lora_rank"],
  gemm: ["m", "n", "k"],
};
const commonFields = [
  "hardware", "devices", "scheme", "kernel", "runtime", "phase", "kv_bits", "baseline_scheme", "baseline_kernel", "lowering",
  "memory_utilization", "memory_reserve_bytes", "bandwidth_bytes_per_s", "peak_factor", "power_w", "price_usd_per_hour",
];

/**
 * The roofline lens's question. Fields at the engine's own default are left out.
 * @param {ParamValues} values
 * @returns {import("../wasm/engine.js").RooflineScenario}
 */
export function rooflineScenario(values) {
  const phase = /** @type {keyof typeof phaseFields} */ (values["phase"] ?? "decode");
  /** @type {Record<string, unknown>} */
  const scenario = { lens: "roofline" };
  for (const name of [...phaseFields[phase], ...commonFields]) {
    const value = values[name];
    if (value === undefined || value === null || value === "") continue;
    const needed = name === "model" || name === "hardware" || name === "scheme" || phase === "gemm";
    if (!needed && value === params[name]?.default) continue;
    scenario[name] = params[name]?.type === "scheme" ? schemeOf(String(value)) : value;
  }
  return /** @type {import("../wasm/engine.js").RooflineScenario} */ (/** @type {unknown} */ (scenario));
}

/** @param {string} text an id, or an inline scheme's JSON */
export function schemeOf(text) {
  return text.startsWith("{") ? JSON.parse(text) : text;
}

/**
 * What the tutorial's tables of one served model are asked for.
 * @param {ParamValues} values
 * @returns {import("../wasm/engine.js").TableScenario}
 */
export function servingTable(values) {
  return {
    model: String(values["model"]),
    hardware: String(values["hardware"]),
    context: Number(values["context"]),
    calibration: String(values["calibration"]),
  };
}

/**
 * What the tutorial's table of one trained model is asked for.
 * @param {ParamValues} values
 * @returns {import("../wasm/engine.js").TableScenario}
 */
export function trainingTable(values) {
  return {
    model: String(values["training_model"]),
    hardware: String(values["training_hardware"]),
    batch: Number(values["training_batch"]),
    calibration: String(values["calibration"]),
  };
}

/**
 * What the table of both is asked for.
 * @param {ParamValues} values
 * @returns {import("../wasm/engine.js").TableScenario & {training_model: string, training_hardware: string, training_batch: number}}
 */
export function regimesTable(values) {
  return {
    ...servingTable(values),
    training_model: String(values["training_model"]),
    training_hardware: String(values["training_hardware"]),
    training_batch: Number(values["training_batch"]),
  };
}

/**
 * Every parameter that the page's address may carry: name, type, default, range and what it means (`links.meaning.<name>`
 * in the strings). The names are the scenario's own (wasm/engine.d.ts). Reading never throws: a value that can't be used is explained
 * in the page and the default stands in. Only what differs from the default is written, in this order.
 */

import { languages } from "./languages.js";

/**
 * @typedef {{type: "choice", options: readonly string[], default: string}} ChoiceParam
 * @typedef {{type: "number" | "whole", min: number, max: number, default: number | null, bare?: number}} NumberParam `bare`:
 *   what the name alone means
 * @typedef {{type: "id", kind: import("../wasm/engine.js").SpecKind, default: string}} IdParam an id or alias of the library
 * @typedef {{type: "scheme", default: string}} SchemeParam a scheme's id, or an inline scheme as JSON
 * @typedef {{type: "list", default: string}} ListParam schemes, separated by commas; one with a kernel of its own is `id@kernel`
 * @typedef {{type: "text", max: number, default: string}} TextParam
 * @typedef {{type: "origin", default: string}} OriginParam where a page comes from: a scheme, a host and a port
 * @typedef {OriginParam | ChoiceParam | NumberParam | IdParam | SchemeParam | ListParam | TextParam} Param
 * @typedef {Record<string, string | number | null>} ParamValues
 * @typedef {{name: string, found: string, reason: string, values: Record<string, string | number>}} Problem `reason` is a key under
 *   `problem.` in the strings
 */

/** What the explain panel takes apart: results of a step, and what they are made of. */
export const quantities = [
  "step_s", "speedup", "baseline_step_s", "tokens_per_s", "max_batch", "capacity_tokens_per_s", "weight_bytes", "kv_bytes", "activation_bytes",
  "training_bytes", "total_bytes", "usable_bytes", "flop", "traffic_bytes", "intensity", "ridge", "mfu", "mbu", "energy_j", "energy_j_per_token",
  "price_usd_per_hour", "cost_usd_per_million_tokens",
];

/** The address's own version: a link of today is read the same way tomorrow. */
export const addressVersion = 1;

/** @type {Readonly<Record<string, Param>>} */
export const params = {
  v: { type: "whole", min: 1, max: addressVersion, default: addressVersion },
  page: { type: "choice", options: ["tables", "lesson", "lab", "evidence", "links", "authors", "instructors"], default: "tables" },
  step: { type: "whole", min: 1, max: 10, default: null },
  view: { type: "text", max: 40, default: "" },

  model: { type: "id", kind: "model", default: "llama-3.1-8b" },
  hardware: { type: "id", kind: "hardware", default: "h100-sxm" },
  devices: { type: "whole", min: 1, max: 8, default: 1 },
  scheme: { type: "scheme", default: "w4a16-g128" },
  kernel: { type: "id", kind: "kernel", default: "ideal" },
  runtime: { type: "id", kind: "runtime", default: "ideal" },
  phase: { type: "choice", options: ["decode", "prefill", "train", "gemm"], default: "decode" },
  batch: { type: "whole", min: 1, max: 65536, default: 1 },
  context: { type: "whole", min: 0, max: 10_000_000, default: 2048 },
  calibration: { type: "id", kind: "calibration", default: "tutorial-2026-05" },
  schemes: { type: "list", default: "" },
  compare: { type: "text", max: 4096, default: "" },
  own: { type: "text", max: 4096, default: "" },
  new_tokens: { type: "whole", min: 1, max: 1024, default: 1 },
  prompt: { type: "whole", min: 1, max: 10_000_000, default: 2048 },
  cached_prefix: { type: "whole", min: 0, max: 10_000_000, default: 0 },
  chunk: { type: "whole", min: 1, max: 10_000_000, default: null },
  generated: { type: "whole", min: 0, max: 10_000_000, default: 0 },
  optimizer: { type: "choice", options: ["adam", "momentum", "sgd"], default: "adam" },
  lora_rank: { type: "whole", min: 1, max: 65536, default: null },
  kv_bits: { type: "whole", min: 4, max: 32, default: null },
  baseline_scheme: { type: "scheme", default: "fp16" },
  baseline_kernel: { type: "id", kind: "kernel", default: "" },
  lowering: { type: "choice", options: ["operators", "lumped"], default: "operators" },
  memory_utilization: { type: "number", min: 0.01, max: 1, default: 0.9 },
  memory_reserve_bytes: { type: "number", min: 0, max: 1e13, default: 0 },
  bandwidth_bytes_per_s: { type: "number", min: 1, max: 1e18, default: null },
  peak_factor: { type: "number", min: 0.001, max: 1000, default: 1 },
  power_w: { type: "number", min: 1e-6, max: 1e6, default: null },
  price_usd_per_hour: { type: "number", min: 0, max: 1e6, default: null },
  m: { type: "whole", min: 1, max: 65536, default: 16 },
  n: { type: "whole", min: 1, max: 10_000_000, default: 4096 },
  k: { type: "whole", min: 1, max: 10_000_000, default: 4096 },

  training_model: { type: "id", kind: "model", default: "ResNet50_4p1G" },
  training_hardware: { type: "id", kind: "hardware", default: "a100-80gb" },
  training_batch: { type: "whole", min: 1, max: 65536, default: 256 },

  quantity: { type: "choice", options: quantities, default: "step_s" },
  controls: { type: "choice", options: ["closed", "open", "none"], default: "closed" },
  host: { type: "origin", default: "" },

  theme: { type: "choice", options: ["auto", "light", "dark"], default: "auto" },
  fuzz: { type: "whole", min: 0, max: 4_294_967_295, bare: 1, default: null },
  offline: { type: "choice", options: ["on", "off"], default: "on" },
  locale: { type: "choice", options: Object.keys(languages), default: "en" },
};

/** What others may put into an address that is not meant for the page. */
const foreign = /^(utm_|fbclid|gclid|_)/;

const identifier = /^[\w.+:-]{1,80}$/u;
const listed = /^[\w.+:-]{1,80}(@[\w.+:-]{1,80})?$/u;

/** @returns {ParamValues} */
export function defaults() {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
}

/**
 * One value from its text.
 * @param {string} name
 * @param {string} text
 * @returns {{value: string | number} | {problem: Problem}}
 */
export function readParam(name, text) {
  const param = params[name];
  /** @type {(reason: string, values?: Record<string, string | number>) => {problem: Problem}} */
  const refuse = (reason, values = {}) => ({ problem: { name, found: text, reason, values } });
  if (!param) return refuse("unknown_parameter");
  switch (param.type) {
    case "choice":
      return param.options.includes(text) ? { value: text } : refuse("not_a_choice", { options: param.options.join(", ") });
    case "number":
    case "whole": {
      if (text === "" && param.bare !== undefined) return { value: param.bare };
      const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
      if (!Number.isFinite(number)) return refuse("not_a_number");
      if (number < param.min || number > param.max) return refuse("out_of_range", { min: param.min, max: param.max });
      if (param.type === "whole" && !Number.isInteger(number)) return refuse("not_whole");
      return { value: number };
    }
    case "id":
      return identifier.test(text) ? { value: text } : refuse("not_an_id");
    case "scheme":
      return identifier.test(text) || isJsonObject(text) ? { value: text } : refuse("not_a_scheme");
    case "list":
      return text.split(",").every((id) => id === "" || listed.test(id)) ? { value: text } : refuse("not_a_list");
    case "origin":
      return isOrigin(text) ? { value: text } : refuse("not_an_origin");
    case "text":
      return text.length <= param.max ? { value: text } : refuse("too_long", { max: param.max });
  }
}

/** @param {string} text  "null" is the origin of a file and of a sandboxed frame */
function isOrigin(text) {
  if (text === "null") return true;
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

/** @param {string} text */
function isJsonObject(text) {
  if (text.length > 1024 || !text.startsWith("{")) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/**
 * @param {string} search the address's query, with or without its question mark
 * @returns {{values: ParamValues, problems: Problem[]}}
 */
export function readParams(search) {
  const values = defaults();
  /** @type {Problem[]} */
  const problems = [];
  for (const [name, text] of new URLSearchParams(search)) {
    if (foreign.test(name)) continue;
    const known = Object.hasOwn(params, name);
    const read = known ? readParam(name, text) : { problem: { name, found: text, reason: "unknown_parameter", values: {} } };
    if ("value" in read) values[name] = read.value;
    else problems.push(read.problem);
  }
  return { values, problems };
}

/**
 * @param {ParamValues} values
 * @returns {string} "" where everything is the default, else "?…"
 */
export function writeParams(values) {
  const query = new URLSearchParams();
  for (const [name, param] of Object.entries(params)) {
    const value = values[name];
    if (value === undefined || value === null || value === "" || value === param.default) continue;
    query.set(name, String(value));
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
  return text === "" ? "" : `?${text}`;
}

/** Which schemes are drawn: the scenario's own and those that the address lists, as `id` or `id@kernel`. */
import { attempt } from "../attempt.js";
import { schemeOf } from "../state.js";
import { overBatches } from "../views/batch-sweep.js";
import { partsOf, schemeId } from "../views/names.js";
import { mostSchemes } from "./scheme-picker.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {string | import("../../wasm/engine.js").InlineScheme} Drawn
 * @typedef {{ id: string, error: import("../../wasm/engine.js").EngineError | null }} Refused  error: null: more than are drawn at once
 */

/** What is drawn besides the scenario's own, where the link names none other than the baseline. */
const usual = ["w8a16", "w4a16-g128", "w4a16-g128-kv4"];

/** What makes a scheme. */
const made = ["weight_bits", "weight_format", "act_format", "group_size", "scale_bits", "zero_point_bits", "quantize_head"];

/**
 * The scenario with a scheme that no figure takes for the baseline: one of the baseline's name, but with a KV cache or a kernel of its
 * own, is spelled out under a name that says so.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @returns {RooflineScenario}
 */
export function apart(engine, scenario) {
  const { scheme = "fp16", baseline_scheme: baseline = "fp16", kv_bits: bits, kernel = "ideal", baseline_kernel: other = kernel } = scenario;
  if (typeof scheme !== "string" || scheme !== baseline || !(bits || other !== kernel)) return scenario;
  const spec = attempt(() => /** @type {Record<string, any>} */ (engine.describe(`scheme/${scheme}`))).value;
  if (!spec) return scenario;
  const cached = bits && spec["kv_bits"] === 16 && bits !== 16;
  // A scheme that quantizes nothing runs on the baseline's kernel, whatever kernel is named.
  const unpacked = other !== kernel && spec["weight_bits"] < 16;
  if (!cached && !unpacked) return scenario;
  const own = Object.fromEntries(made.filter((name) => name in spec).map((name) => [name, spec[name]]));
  return { ...scenario, scheme: /** @type {import("../../wasm/engine.js").InlineScheme} */ ({
    ...own, id: `${scheme}${unpacked ? `-${kernel}` : ""}${cached ? `-kv${bits}` : ""}`, kv_bits: cached ? bits : spec["kv_bits"],
  }) };
}

/**
 * The scenario's own first; without the baseline, which every chart has, and without what is the same under another name.
 * @param {import("../params.js").ParamValues} values
 * @param {RooflineScenario} scenario  what its own is, where it is set apart
 * @returns {Drawn[]}
 */
export function listedSchemes(values, scenario) {
  const own = String(values["scheme"] ?? "");
  const listed = String(values["schemes"] ?? "").split(",").filter(Boolean);
  const drawn = (/** @type {string[]} */ ids) => [...new Set([own, ...ids].filter((id) => id !== "" && id !== values["baseline_scheme"])
    .map((id) => (id.endsWith(`@${values["kernel"]}`) ? id.slice(0, id.lastIndexOf("@")) : id)))];
  const all = listed.length ? drawn(listed) : [];
  const first = typeof scenario.scheme === "object" && own === values["baseline_scheme"] ? [scenario.scheme] : [];
  // What is beyond is said to be; of a link without end, not all of it.
  return [...first, ...(all.length ? all : drawn(usual)).slice(0, 2 * mostSchemes).map(schemeOf)];
}

/**
 * The address's list for what is drawn beside the own. An empty list would mean the usual ones: the own stands for none.
 * @param {string[]} extras
 * @param {import("../params.js").ParamValues} values
 */
export function writeSchemes(extras, values) {
  const own = String(values["scheme"]);
  return extras.join(",") || (own.startsWith("{") ? String(values["baseline_scheme"]) : own);
}

/**
 * Those that the engine takes under this scenario, and what it says of the others; the scenario's own where it takes none. A scenario
 * that is refused itself says so in the figure's place.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {Drawn[]} listed
 * @returns {{ schemes: Drawn[], refused: Refused[] }}
 */
export function drawable(engine, scenario, listed) {
  const schemes = listed.slice(0, mostSchemes);
  const errors = overBatches(engine, "drawable", scenario, schemes, () => schemes.map((drawn) => {
    const { scheme, kernel } = partsOf(drawn);
    if (scheme === scenario.scheme && !kernel) return null;
    return attempt(() => engine.evaluate({ ...scenario, scheme, ...(kernel ? { kernel } : {}) })).error;
  }));
  const drawn = schemes.filter((_, i) => !errors[i]);
  return {
    schemes: drawn.length ? drawn : [scenario.scheme ?? "fp16"],
    refused: listed.flatMap((one, i) => (drawn.includes(one) ? [] : [{ id: schemeId(one), error: errors[i] ?? null }])),
  };
}

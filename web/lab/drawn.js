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

/**
 * The scenario's own first; without the baseline, which every chart has, and without what is the same under another name.
 * @param {import("../params.js").ParamValues} values
 * @returns {Drawn[]}
 */
export function listedSchemes(values) {
  const own = String(values["scheme"] ?? "");
  const listed = String(values["schemes"] ?? "").split(",").filter(Boolean);
  const drawn = (/** @type {string[]} */ ids) => [...new Set([own, ...ids].filter((id) => id !== "" && id !== values["baseline_scheme"])
    .map((id) => (id.endsWith(`@${values["kernel"]}`) ? id.slice(0, id.lastIndexOf("@")) : id)))];
  const all = listed.length ? drawn(listed) : [];
  // What is beyond is said to be; of a link without end, not all of it.
  return (all.length ? all : drawn(usual)).slice(0, 2 * mostSchemes).map(schemeOf);
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

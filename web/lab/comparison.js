/**
 * Up to three further scenarios beside the lab's own, as the address carries them: what differs from the defaults, readable. They
 * stay what they are while the lab's own changes.
 *
 *   compare=hardware:a100-80gb~model:llama-3.1-70b,devices:2
 *
 * Pure. What can't be read is left out and named: the address may come from anywhere.
 */
import { defaults, params, readParam } from "../params.js";
import { rooflineScenario } from "../state.js";
import { fieldNames } from "./fields.js";

/** @typedef {import("../params.js").ParamValues} ParamValues */
/** @typedef {{ label: string, values: ParamValues, scenario: import("../../wasm/engine.js").RooflineScenario }} Compared */

/** Beside the lab's own. */
export const mostOthers = 3;

/**
 * @param {string} text
 * @returns {{patches: ParamValues[], problems: import("../params.js").Problem[]}} `patches` hold only what differs from the defaults
 */
export function readComparison(text) {
  const parts = text.split("~").filter(Boolean);
  const beyond = parts.slice(mostOthers).join("~");
  /** @type {import("../params.js").Problem[]} */
  const problems = [];
  const patches = parts.slice(0, mostOthers).map((part) => {
    /** @type {ParamValues} */
    const patch = {};
    for (const pair of part.split(",").filter(Boolean)) {
      const at = pair.indexOf(":");
      const name = pair.slice(0, Math.max(at, 0));
      const read = fieldNames.includes(name) ? readParam(name, unescaped(pair.slice(at + 1)))
        : { problem: { name: "compare", found: pair, reason: "not_a_field", values: {} } };
      if ("value" in read) patch[name] = read.value;
      else problems.push(read.problem);
    }
    return patch;
  });
  if (beyond) problems.push({ name: "compare", found: beyond, reason: "too_many_scenarios", values: { max: mostOthers } });
  return { patches, problems };
}

/** A scenario of which nothing differs still needs a place in the list. */
const everyDefault = `batch:${params["batch"]?.default}`;

/**
 * @param {ParamValues[]} patches
 * @returns {string}
 */
export function writeComparison(patches) {
  return patches.map((patch) => Object.entries(patch).filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}:${escaped(String(value))}`).join(",") || everyDefault).join("~");
}

const escaped = (/** @type {string} */ text) => text.replace(/[%,~:{}"]/g, (letter) => encodeURIComponent(letter));

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What a scenario sets, as a patch onto the defaults.
 * @param {ParamValues} values
 * @returns {ParamValues}
 */
export function patchOf(values) {
  return Object.fromEntries(fieldNames.filter((name) => values[name] !== params[name]?.default).map((name) => [name, values[name] ?? null]));
}

/**
 * @param {ParamValues} values  the page's
 * @param {(values: ParamValues) => string} label
 * @returns {Compared[]} the lab's own first
 */
export function comparedScenarios(values, label) {
  const others = readComparison(String(values["compare"] ?? "")).patches.map((patch) => ({ ...defaults(), ...patch }));
  return [values, ...others].map((one) => ({ label: label(one), values: one, scenario: rooflineScenario(one) }));
}

/** The library's presets: scenarios worth a link, as values of the page's state. */
import { catalogOf } from "../library.js";
import { params } from "../params.js";
import { fieldNames } from "./fields.js";

/**
 * @typedef {import("../params.js").ParamValues} ParamValues
 * @typedef {{ id: string, name: string, notes: string, values: ParamValues }} Preset
 */

/** @type {WeakMap<import("../../wasm/engine.js").Engine, Preset[]>} */
const known = new WeakMap();

/**
 * Those of the roofline lens, which is what the lab computes.
 * @param {import("../../wasm/engine.js").Engine} engine
 * @returns {Preset[]}
 */
export function presetsOf(engine) {
  const found = known.get(engine) ?? catalogOf(engine, "scenario").flatMap(({ id, name }) => {
    const record = engine.describe(`scenario/${id}`);
    const scenario = /** @type {Record<string, unknown>} */ (record["scenario"]);
    return scenario["lens"] === "roofline" ? [{ id, name, notes: String(record["notes"] ?? ""), values: valuesOf(scenario) }] : [];
  });
  known.set(engine, found);
  return found;
}

/**
 * Every field of the state as a scenario has it: what it leaves out is at its default.
 * @param {Record<string, unknown>} scenario
 * @returns {ParamValues}
 */
export function valuesOf(scenario) {
  return Object.fromEntries(fieldNames.map((name) => {
    const given = scenario[name];
    const value = typeof given === "object" && given !== null ? JSON.stringify(given) : /** @type {string | number | undefined} */ (given);
    return [name, value ?? params[name]?.default ?? null];
  }));
}

/**
 * The preset that the state is just now.
 * @param {Preset[]} presets
 * @param {ParamValues} values
 * @returns {Preset | undefined}
 */
export function presetNow(presets, values) {
  return presets.find((preset) => fieldNames.every((name) => preset.values[name] === values[name]));
}

/**
 * The engine's library as menus: options for the controls, and whether an id of the address is in it.
 */

/** @typedef {import("../wasm/engine.js").Engine} Engine */
/** @typedef {import("../wasm/engine.js").SpecKind} SpecKind */
/** @typedef {import("./controls/choice.js").Option} Option */
import { params } from "./params.js";

/**
 * Everything of a kind, by name.
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @returns {Option[]}
 */
export function options(engine, kind) {
  return engine
    .catalog(kind)
    .map(({ id, name, aliases }) => ({ id, name, keywords: aliases.join(" ") }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/**
 * The catalog's entry of an id or alias; undefined where there is none.
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @param {string} id
 */
export function entryOf(engine, kind, id) {
  const entries = engine.catalog(kind);
  return entries.find((entry) => entry.id === id) ?? entries.find((entry) => entry.aliases.includes(id));
}

/**
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @param {string} id
 */
export function nameOf(engine, kind, id) {
  return entryOf(engine, kind, id)?.name ?? id;
}

/**
 * The ids among the parameters that the library does not have, with the default in their place.
 * @param {Engine} engine
 * @param {import("./params.js").ParamValues} values
 * @returns {{values: import("./params.js").ParamValues, problems: import("./params.js").Problem[]}} only what changes
 */
export function checkIds(engine, values) {
  /** @type {import("./params.js").ParamValues} */
  const changed = {};
  /** @type {import("./params.js").Problem[]} */
  const problems = [];
  for (const [name, param] of Object.entries(params)) {
    const found = values[name];
    if (found === param.default || typeof found !== "string") continue;
    const kind = param.type === "id" ? param.kind : param.type === "scheme" && !found.startsWith("{") ? "scheme" : null;
    if (!kind || entryOf(engine, kind, found.replace(kind === "scheme" ? /-kv(4|8|16)$/ : /$^/, ""))) continue;
    changed[name] = param.default;
    problems.push({ name, found, reason: "unknown_id", values: { hint: nearest(engine, found) } });
  }
  return { values: changed, problems };
}

/**
 * What the engine says of an id that it doesn't know: it names the nearest.
 * @param {Engine} engine
 * @param {string} id
 */
function nearest(engine, id) {
  try {
    engine.describe(id);
    return "";
  } catch (refusal) {
    return refusal instanceof Error ? refusal.message : "";
  }
}

/**
 * The engine's library as menus: options for the controls, and whether an id of the address is in it.
 */

/** @typedef {import("../wasm/engine.js").Engine} Engine */
/** @typedef {import("../wasm/engine.js").SpecKind} SpecKind */
/** @typedef {import("./controls/choice.js").Option} Option */
import { params } from "./params.js";

/** @type {WeakMap<Engine, Map<SpecKind, import("../wasm/engine.js").CatalogEntry[]>>} */
const catalogs = new WeakMap();

/**
 * The engine's catalog of a kind, asked for once: menus and names are needed at every input.
 * @param {Engine} engine
 * @param {SpecKind} kind
 */
export function catalogOf(engine, kind) {
  /** @type {Map<SpecKind, import("../wasm/engine.js").CatalogEntry[]>} */
  const known = catalogs.get(engine) ?? new Map();
  catalogs.set(engine, known);
  const entries = known.get(kind) ?? engine.catalog(kind);
  known.set(kind, entries);
  return entries;
}

/**
 * A record was added: the catalog is asked for again.
 * @param {Engine} engine
 */
export function forgetCatalog(engine) {
  catalogs.delete(engine);
}

/**
 * Everything of a kind, by name; without what the lesson adds for itself.
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @returns {Option[]}
 */
export function options(engine, kind) {
  const entries = catalogOf(engine, kind);
  const menu = menus.get(entries) ?? menuOf(entries);
  menus.set(entries, menu);
  return menu;
}

/** @type {WeakMap<import("../wasm/engine.js").CatalogEntry[], Option[]>} */
const menus = new WeakMap();

/** @param {import("../wasm/engine.js").CatalogEntry[]} entries */
function menuOf(entries) {
  return entries
    .filter(({ id }) => !id.startsWith("lesson-"))
    .map(({ id, name, aliases }) => ({ id, name, keywords: aliases.join(" ") }))
    .sort((a, b) => byName().compare(a.name, b.name));
}

/** @type {Intl.Collator | undefined} */
let order;
/** Names are not words of a language: they stand in one order everywhere. */
export const byName = () => (order ??= new Intl.Collator("en", { numeric: true }));

/**
 * The catalog's entry of an id or alias, in letters of either case as the engine reads them; undefined where there is none.
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @param {string} id
 */
export function entryOf(engine, kind, id) {
  const entries = catalogOf(engine, kind);
  const same = (/** @type {string} */ name) => name.toLowerCase() === id.toLowerCase();
  return entries.find((entry) => same(entry.id)) ?? entries.find((entry) => entry.aliases.some(same));
}

/**
 * What a record is called; of the tutorial's several records of one model, the one that the key means.
 * @param {Engine} engine
 * @param {SpecKind} kind
 * @param {string} id
 * @returns {string}
 */
export function nameOf(engine, kind, id) {
  const entry = entryOf(engine, kind, id);
  if (!entry) return id;
  return (kind === "model" && entry.id !== id && tutorialRecords(engine, entry.id).find(({ key }) => key === id)?.name) || entry.name;
}

/**
 * The tutorial's records of a model, where it has several: they differ in their figures.
 * @param {Engine} engine
 * @param {string} id
 * @returns {{key: string, name: string}[]}
 */
function tutorialRecords(engine, id) {
  const records = engine.describe(`model/${id}`)["tutorial"];
  return Array.isArray(records) && records.length > 1 ? records : [];
}

/**
 * The menu with the tutorial's several records of one model in the model's place.
 * @param {Engine} engine
 * @param {Option[]} menu
 * @param {string} key of one of the records
 */
export function variants(engine, menu, key) {
  const entry = entryOf(engine, "model", key);
  const records = entry ? tutorialRecords(engine, entry.id) : [];
  return menu.flatMap((option) =>
    records.length && option.id === entry?.id
      ? records.map((record) => ({ ...option, id: record.key, name: record.name }))
      : [option],
  );
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
    const hint = !kind || (kind === "scheme" ? schemeEntry(engine, found) : entryOf(engine, kind, found)) ? "" : nearest(engine, kind, found);
    if (!hint) continue;
    changed[name] = param.default;
    problems.push({ name, found, reason: "unknown_id", values: { hint } });
  }
  return { values: changed, problems };
}

/** A scheme's record: of "w4a16-g128-kv8" the part before the cache's bits. @param {string} scheme */
export const stemOf = (scheme) => scheme.replace(/-kv(4|8|16)$/, "");

/**
 * The same in the catalog; a record of one's own may be called so to the end.
 * @param {Engine} engine
 * @param {string} scheme
 */
export const schemeEntry = (engine, scheme) => entryOf(engine, "scheme", scheme) ?? entryOf(engine, "scheme", stemOf(scheme));

/**
 * What the engine says of an id that it doesn't know: it names the nearest; nothing of one that it knows.
 * @param {Engine} engine
 * @param {string} kind
 * @param {string} id
 */
function nearest(engine, kind, id) {
  try {
    engine.describe(`${kind}/${id}`);
    return "";
  } catch (refusal) {
    return refusal instanceof Error ? refusal.message : "";
  }
}

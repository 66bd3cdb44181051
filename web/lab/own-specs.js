/**
 * Records of the reader's own: added to the engine, and carried by the link up to 4 KB (`own=` in the address); beyond, as a file.
 * The engine is the one that checks them.
 */
import { attempt } from "../attempt.js";
import { forgetCatalog } from "../library.js";

/** @typedef {import("../../wasm/engine.js").Engine} Engine */
/** @typedef {"hardware" | "model" | "scheme" | "kernel" | "runtime"} OwnKind */
/** @typedef {{ kind: OwnKind, spec: Record<string, unknown> }} OwnSpec */

export const kinds = /** @type {OwnKind[]} */ (["hardware", "model", "scheme", "kernel", "runtime"]);

/** What fits into a link. */
const mostLinkLetters = 4096;

/**
 * @param {string} text  of the address, or of a file
 * @returns {OwnSpec[]} what can be read of it
 */
export function readOwn(text) {
  /** @type {unknown} */
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  const list = Array.isArray(parsed) ? parsed : [parsed];
  return list.filter((one) => typeof one === "object" && one !== null && kinds.includes(one.kind) && typeof one.spec === "object" && one.spec !== null);
}

/** @param {OwnSpec[]} list */
export function writeOwn(list) {
  return list.length ? JSON.stringify(list) : "";
}

/** @param {string} text */
const fitsLink = (text) => encodeURIComponent(text).length <= mostLinkLetters;

/** @type {WeakMap<Engine, OwnSpec[]>} */
const added = new WeakMap();

/**
 * What was added to this engine, in order.
 * @param {Engine} engine
 */
export function ownSpecs(engine) {
  return added.get(engine) ?? [];
}

/**
 * @param {Engine} engine
 * @param {OwnKind} kind
 * @param {Record<string, unknown>} spec
 * @returns {import("../../wasm/engine.js").EngineError | null} why it was refused
 */
export function addOwn(engine, kind, spec) {
  const { error } = attempt(() => engine.addSpec(kind, spec));
  if (error) return error;
  added.set(engine, [...ownSpecs(engine), { kind, spec }]);
  forgetCatalog(engine);
  return null;
}

/**
 * Adds a record under its id, or, where that is taken by another, under the next that is free: records stay as they were added.
 * @param {Engine} engine
 * @param {OwnKind} kind
 * @param {Record<string, unknown>} spec
 * @returns {{ id: string, error: null } | { id: null, error: import("../../wasm/engine.js").EngineError }} what it is called now, or why it was refused
 */
export function addUnderFreeId(engine, kind, spec) {
  const stem = String(spec["id"]);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? stem : `${stem}-${count}`;
    const numbered = count === 1 ? spec : { ...spec, id, ...(typeof spec["name"] === "string" ? { name: `${spec["name"]} (${count})` } : {}) };
    const own = ownSpecs(engine).find((one) => one.kind === kind && one.spec["id"] === id);
    if (own && JSON.stringify(own.spec) === JSON.stringify(numbered)) return { id, error: null };
    const error = own ? null : addOwn(engine, kind, numbered);
    if (!own && !error) return { id, error: null };
    if (error && error.code !== "duplicate_id") return { id: null, error };
  }
}

/**
 * All that were added, as the link's value, where they fit into it.
 * @param {Engine} engine
 * @returns {{ own?: string }} empty where they are too many
 */
export function forLink(engine) {
  const own = writeOwn(ownSpecs(engine));
  return fitsLink(own) ? { own } : {};
}

/**
 * What the link carries once a record is removed: all that are kept, or, where they are too many for it, those that it had.
 * @param {OwnSpec[]} kept
 * @param {string} link
 */
export function linkWithout(kept, link) {
  const all = writeOwn(kept);
  if (fitsLink(all)) return all;
  return writeOwn(readOwn(link).filter(({ kind, spec }) => kept.some((one) => one.kind === kind && one.spec["id"] === spec["id"])));
}

/**
 * Adds what a link brings; what is there already is passed over.
 * @param {Engine} engine
 * @param {string} text
 * @returns {import("../params.js").Problem[]} what was refused, for the page to explain
 */
export function addFromLink(engine, text) {
  if (!text) return [];
  const list = readOwn(text);
  if (!list.length) return [{ name: "own", found: text, reason: "not_own_specs", values: {} }];
  return list.flatMap(({ kind, spec }) => {
    if (ownSpecs(engine).some((one) => one.kind === kind && one.spec["id"] === spec["id"])) return [];
    const error = addOwn(engine, kind, spec);
    return error ? [{ name: "own", found: `${kind} ${String(spec["id"])}`, reason: "own_refused", values: { why: error.path ? `${error.path}: ${error.message}` : error.message } }] : [];
  });
}

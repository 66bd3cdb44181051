/**
 * The engines of a document's embedded views: one for all views of an edition. A view that brings records of its own (`own`) has one
 * of its own, for what is added to an engine stays in it; that one goes with the last view that uses it.
 */
import { addFromLink } from "../lab/own-specs.js";

/** @typedef {import("../../wasm/engine.js").Engine} Engine */
/** @typedef {"page" | "explain" | "weigh"} Edition */
/** @typedef {{engine: Engine, problems: import("../params.js").Problem[]}} Loaded */

/** @type {Map<string, {loaded: Promise<Loaded>, users: number}>} */
const engines = new Map();

/** @type {(edition: Edition) => Promise<Engine>} */
let load = () => Promise.reject(new Error("no engine was provided"));

/** @param {typeof load} loader  how this bundle comes by an engine */
export function provideEngines(loader) {
  load = loader;
}

/**
 * @param {Edition} edition
 * @param {string} own  records as the address carries them
 * @returns {{loaded: Promise<Loaded>, release: () => void}}
 */
export function useEngine(edition, own) {
  const key = `${edition} ${own}`;
  const entry = engines.get(key) ?? {
    loaded: load(edition).then((engine) => ({ engine, problems: addFromLink(engine, own) })),
    users: 0,
  };
  entry.users += 1;
  engines.set(key, entry);
  // What did not load is asked for again by the next.
  entry.loaded.catch(() => engines.delete(key));
  let used = true;
  return {
    loaded: entry.loaded,
    release() {
      if (!used) return;
      used = false;
      entry.users -= 1;
      if (own && entry.users === 0) engines.delete(key);
    },
  };
}

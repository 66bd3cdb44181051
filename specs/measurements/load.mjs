// Reads the measurements for the engine's evidence().

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** @typedef {Record<string, unknown> & {rows: Record<string, unknown>[]}} Series */

/** @param {string} path */
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/**
 * The library's own speed measurements, as series.
 * @returns {{sources: Record<string, any>, series: Series[]}}
 */
export function loadSpeed() {
  const folder = join(here, "speed");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  return {
    sources: readJson(join(here, "sources.json")),
    series: files.flatMap((name) => readJson(join(folder, name)).series),
  };
}

/** Rules for names, the split into fitted and judged, and the targets, for evidence(). */
export function loadOptions() {
  /** @param {string} name */
  const read = (name) => readJson(join(here, `${name}.json`));
  return { aliases: read("aliases"), split: read("split"), targets: read("targets") };
}

/** Why predictions miss, for causeOf(). @returns {import("./causes.mjs").Causes} */
export const loadCauses = () => readJson(join(here, "causes.json"));

/** Fields that evidence() reads and that many rows share, and those that are a row's own. */
const shared = [
  "source", "hardware", "gpus", "model", "scheme", "weight_bits", "act_bits", "kv_bits", "group_size", "kernel",
  "phase", "metric", "unit", "baseline_scheme", "flag",
];
const own = ["id", "batch", "context_len", "gen_len", "m", "n", "k", "value", "baseline_value", "speedup"];

/** @param {Record<string, unknown>} row @param {string[]} keys */
const only = (row, keys) =>
  Object.fromEntries(keys.filter((key) => row[key] !== undefined && row[key] !== null).map((key) => [key, row[key]]));

/**
 * The same measurements in fewer bytes: what the engine does not read is left out, and what rows share is said once.
 * @param {{rows?: Record<string, unknown>[], series?: Series[], sources?: any}} measurements
 * @returns {{sources: any, series: Series[]}}
 */
export function compacted(measurements) {
  const { rows = [], series = [], sources = [] } = measurements;
  /** @type {Map<string, Series>} */
  const groups = new Map();
  for (const row of [...rows, ...series.flatMap(({ rows: inner, ...head }) => inner.map((r) => ({ ...head, ...r })))]) {
    const head = only(row ?? {}, shared);
    const key = JSON.stringify(head);
    const group = groups.get(key) ?? { ...head, rows: [] };
    groups.set(key, group);
    group.rows.push(only(row ?? {}, own));
  }
  return { sources, series: [...groups.values()] };
}

// Reads the measurements for the engine's evidence(): the compact series become one object a row.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} path */
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/**
 * Rows of compact series: what a series states holds for each of its rows.
 * @param {{series: (Record<string, unknown> & {rows: Record<string, unknown>[]})[]}} file
 * @returns {Record<string, unknown>[]}
 */
export function expand(file) {
  return file.series.flatMap(({ rows, ...shared }) => rows.map((row) => ({ ...shared, ...row })));
}

/**
 * The library's own speed measurements.
 * @returns {{sources: Record<string, any>, rows: Record<string, any>[]}}
 */
export function loadSpeed() {
  const folder = join(here, "speed");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  return {
    sources: readJson(join(here, "sources.json")),
    rows: files.flatMap((name) => expand(readJson(join(folder, name)))),
  };
}

/** Rules for names and the split into fitted and judged, for evidence(). */
export function loadOptions() {
  return { aliases: readJson(join(here, "aliases.json")), split: readJson(join(here, "split.json")) };
}

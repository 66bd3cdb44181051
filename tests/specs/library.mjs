// The spec library as the tests read it: straight from the files, not through the embedding.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {Record<string, any>} Record_ */

export const specs = new URL("../../specs/", import.meta.url);

/** @type {[string, string][]} */
export const kinds = [
  ["hardware", "hardware"],
  ["model", "models"],
  ["scheme", "schemes"],
  ["kernel", "kernels"],
  ["runtime", "runtimes"],
  ["calibration", "calibrations"],
  ["scenario", "scenarios"],
];

/**
 * @param {URL} url
 * @returns {Record_}
 */
export function readJson(url) {
  return JSON.parse(readFileSync(url, "utf8"));
}

/**
 * The files of a directory of specs, in order of name.
 * @param {string} directory
 * @returns {{file: string, record: Record_}[]}
 */
export function recordsIn(directory) {
  const url = new URL(`${directory}/`, specs);
  return readdirSync(url)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ file: `${directory}/${name}`, record: readJson(new URL(name, url)) }));
}

/** Every record of the library with its kind. */
export const library = kinds.flatMap(([kind, directory]) =>
  recordsIn(directory).map(({ file, record }) => ({ kind, file, record })),
);

/** @param {string} kind */
export function recordsOf(kind) {
  return library.filter((entry) => entry.kind === kind).map((entry) => entry.record);
}

/**
 * @param {string} kind
 * @param {string} id
 * @returns {Record_}
 */
export function recordNamed(kind, id) {
  const found = recordsOf(kind).find((record) => record.id === id);
  if (found === undefined) throw new Error(`no ${kind} ${id}`);
  return found;
}

export const sources = readJson(new URL("sources.json", specs));

/** @param {string} path of this repository */
export const pathOf = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

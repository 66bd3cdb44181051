// Reads the tables of bad input beside it (README.md says what is in them).
import { readFileSync, readdirSync } from "node:fs";

/**
 * @typedef {{ set?: Record<string, unknown>, drop?: string[], code: string, path: string, says?: string }} Case
 * @typedef {{ name: string, call: string, valid: unknown[], cases: Case[] }} Table
 */

/** A value of a table: {"$repeat": [text, times]} and {"$copies": [times, value]} stand for long ones. @param {any} value @returns {unknown} */
function written(value) {
  if (value?.$repeat) return value.$repeat[0].repeat(value.$repeat[1]);
  if (value?.$copies) return Array(value.$copies[0]).fill(value.$copies[1]);
  return value;
}

/** The object or list that a pointer's last key belongs to, and that key. @param {any} root @param {string} pointer */
function place(root, pointer) {
  const keys = pointer.split("/").slice(1);
  const last = /** @type {string} */ (keys.pop());
  return { owner: keys.reduce((value, key) => value[key], root), last };
}

/** The arguments of a case. @param {Table} table @param {Case} bad @returns {any[]} */
export function argumentsOf({ valid }, { set = {}, drop = [] }) {
  const given = structuredClone(valid);
  for (const [pointer, value] of Object.entries(set)) {
    const { owner, last } = place(given, pointer);
    owner[last] = written(value);
  }
  for (const pointer of drop) {
    const { owner, last } = place(given, pointer);
    delete owner[last];
  }
  return given;
}

/** @type {Table[]} */
export const tables = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".json"))
  .sort()
  .map((file) => ({ name: file.replace(/\.json$/, ""), ...JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) }));

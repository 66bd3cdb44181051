/** Which ways of compressing nobody should choose: what is left is the frontier. */

/** @typedef {import("../../wasm/engine.js").Table["rows"][number]} Row */

/**
 * Whether another row is no larger and loses no more, and is better in one of both.
 * @param {Row} row
 * @param {Row[]} rows
 */
export function isBeaten(row, rows) {
  const size = (/** @type {Row} */ one) => Number(one["weight_bytes"]);
  const kept = (/** @type {Row} */ one) => Number(one["delta"]);
  return rows.some((other) => size(other) <= size(row) && kept(other) >= kept(row) && (size(other) < size(row) || kept(other) > kept(row)));
}

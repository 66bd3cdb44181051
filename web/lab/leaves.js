/** A record as a flat form, and back: the paths to its texts and numbers. Pure. */

/** @typedef {string | number | boolean} Leaf */

/**
 * @param {unknown} record
 * @param {string} [path]
 * @returns {{ path: string, value: Leaf }[]} paths as the engine writes them: "moe.experts", "segments[0].path"
 */
export function leaves(record, path = "") {
  if (record === null || record === undefined) return [];
  if (Array.isArray(record)) return record.flatMap((item, i) => leaves(item, `${path}[${i}]`));
  if (typeof record === "object") {
    return Object.entries(record).flatMap(([key, value]) => leaves(value, path ? `${path}.${key}` : key));
  }
  return [{ path, value: /** @type {Leaf} */ (record) }];
}

/**
 * The record with one leaf changed; the given one stays as it is.
 * @template {Record<string, unknown>} R
 * @param {R} record
 * @param {string} path
 * @param {Leaf} value
 * @returns {R}
 */
export function withLeaf(record, path, value) {
  const copy = structuredClone(record);
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  /** @type {any} */
  let place = copy;
  for (const step of steps.slice(0, -1)) place = place[step];
  place[steps[steps.length - 1] ?? ""] = value;
  return copy;
}

/**
 * A leaf as it is typed: large numbers by their power of ten, which can be read and typed back.
 * @param {Leaf} value
 */
export function leafText(value) {
  if (typeof value !== "number" || Math.abs(value) < 1e6) return String(value);
  return value.toExponential().replace("e+", "e");
}

/** A record as a flat form, and back: the paths to its texts and numbers. Pure. */

/** @typedef {string | number | boolean} Scalar */
/** @typedef {Scalar | Scalar[]} Leaf  a list of numbers or names is one field */

/**
 * @param {unknown} record
 * @param {string} [path]
 * @returns {{ path: string, value: Leaf }[]} paths as the engine writes them: "moe.experts", "segments[0].path"
 */
export function leaves(record, path = "") {
  if (record === null || record === undefined) return [];
  if (Array.isArray(record) && record.every((item) => typeof item !== "object")) return [{ path, value: record }];
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
 * A field's text as what the record holds there: a number stays a number where it can be read as one, and is left to the engine to
 * refuse where not.
 * @param {string} text
 * @param {Leaf} before
 * @returns {any} a Leaf
 */
export function leafValue(text, before) {
  if (Array.isArray(before)) return text.split(",").map((item) => item.trim()).filter(Boolean).map((item) => leafValue(item, 0));
  const number = text.trim() === "" ? NaN : Number(text);
  if (typeof before === "number" && Number.isFinite(number)) return number;
  return typeof before === "boolean" ? text === "true" : text;
}

/**
 * The field that a path of the engine belongs to: an item's is its list's.
 * @param {string} path
 * @param {{ path: string }[]} fields
 */
export function fieldAt(path, fields) {
  const list = path.replace(/\[\d+\]$/, "");
  return fields.find((field) => field.path === path || field.path === list)?.path;
}

/**
 * A leaf as it is typed: large numbers by their power of ten, which can be read and typed back.
 * @param {Leaf} value
 * @returns {string}
 */
export function leafText(value) {
  if (Array.isArray(value)) return value.map(leafText).join(", ");
  if (typeof value !== "number" || Math.abs(value) < 1e6) return String(value);
  return value.toExponential().replace("e+", "e");
}

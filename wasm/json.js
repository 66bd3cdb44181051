// A value as JSON text, or an EngineError at the place of whatever JSON would lose: JSON.stringify turns NaN into null,
// drops undefined, calls toJSON and overflows the stack on deep input, each of them silently or without a path.
import { EngineError } from "./error.js";

/** Deeper input is refused; nothing that the engine takes is deeper than 6. */
export const maxDepth = 64;

/**
 * @param {string} found
 * @param {string} path
 * @returns {never}
 */
function refuse(found, path) {
  throw new EngineError({ code: "wrong_type", message: `found ${found}, which JSON cannot hold`, path });
}

/** @param {string} path @param {string} key */
const member = (path, key) => (path === "" ? key : `${path}.${key}`);

/** A lone half of a surrogate pair is not a character: UTF-8 cannot carry it. */
const loneSurrogate = /\p{Surrogate}/u;

/** @param {string} text @param {string} path */
function stringText(text, path) {
  if (loneSurrogate.test(text)) refuse("text with half a surrogate pair", path);
  return JSON.stringify(text);
}

/** A plain object of this or another realm (a frame's, a test context's): nothing between it and the root. */
/** @param {object} value */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "hasOwnProperty"));
}

/** @param {object} value */
const kindOf = (value) => `a ${value.constructor?.name || "special object"}`;

/**
 * @param {object} value
 * @param {string} path
 * @param {object[]} above
 * @returns {string}
 */
function compoundText(value, path, above) {
  if (above.includes(value)) refuse("a cycle", path);
  if (above.length >= maxDepth) refuse(`more than ${maxDepth} levels`, path);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, i) => textOf(item, `${path}[${i}]`, inside)).join(",")}]`;
  }
  if (!isPlain(value)) refuse(kindOf(value), path);
  if (Object.getOwnPropertySymbols(value).length > 0) refuse("a symbol as a key", path);
  const members = Object.entries(value).map(
    ([key, item]) => `${stringText(key, path)}:${textOf(item, member(path, key), inside)}`,
  );
  return `{${members.join(",")}}`;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {object[]} above
 * @returns {string}
 */
function textOf(value, path, above) {
  switch (typeof value) {
    case "string":
      return stringText(value, path);
    case "number":
      return Number.isFinite(value) ? String(value) : refuse(String(value), path);
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : compoundText(value, path, above);
    case "undefined":
      return refuse("undefined", path);
    default:
      return refuse(`a ${typeof value}`, path);
  }
}

/**
 * JSON text of `value`. `path` is where the value stands ("" for the whole input).
 * @param {unknown} value
 * @param {string} path
 * @returns {string}
 */
export function jsonText(value, path) {
  try {
    return textOf(value, path, []);
  } catch (fault) {
    if (fault instanceof EngineError) throw fault;
    // A getter or a proxy that throws, or text beyond what a string can hold.
    return refuse(`a value that cannot be read (${String(fault)})`, path);
  }
}

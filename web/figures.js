/**
 * The page's figures by what they are: which unit and how many digits each kind of number gets in tables and text. The rounding
 * and the units themselves are web/format.js; the locale is the strings'.
 */
import { numbers, round, unitOfColumn } from "./format.js";
import { locale } from "./strings.js";

/** @typedef {import("./format.js").Value} Value */
const f = () => numbers(locale());

/** More than anybody types, fewer than a fraction in binary needs. */
const typedDigits = 12;
/** A step or a token: "5.19 ms". @param {Value} seconds */
export const milliseconds = (seconds) => f().seconds(seconds, { unit: "ms", digits: 2 });
/** Weights, caches: "16.06 GB". @param {Value} bytes */
export const gigabytes = (bytes) => f().bytes(bytes, { unit: "GB", digits: 2 });
/** With every digit that somebody typed. @param {Value} bytes */
export const gigabytesExactly = (bytes) => f().bytes(bytes, { unit: "GB", significant: typedDigits });
/** What a device has, in the unit it is sold by: "24 GiB". @param {Value} bytes */
export const gibibytes = (bytes) => f().bytes(bytes, { unit: "GiB", digits: 0 });
/** A speed-up: "3.4x". @param {Value} ratio */
export const times = (ratio) => f().ratio(ratio);
/** The same where tenths hide the difference: "0.87x". @param {Value} ratio */
export const timesExactly = (ratio) => f().ratio(ratio, 2);
/** Of a crossing, where fewer digits would print the threshold itself: "1.994x". @param {Value} ratio */
export const timesAtCrossing = (ratio) => f().ratio(ratio, 3);
/** How many times one number is another, in words: "1.07", "1.6", "12". @param {number} ratio */
export const factorOf = (ratio) => f().fixed(ratio, ratio < 1.5 ? 2 : ratio < 10 ? 1 : 0);
/** A threshold as it was chosen: "2x". @param {Value} ratio */
export const threshold = (ratio) => f().threshold(ratio);
/** A part of a whole, to the percent. @param {Value} fraction */
export const share = (fraction) => f().share(fraction, 0);
/** A change of accuracy: "−2.5%". @param {Value} fraction */
export const change = (fraction) => f().change(fraction);
/** Sequences or images in a step, tokens in a cache. @param {Value} count */
export const batch = (count) => f().count(count);
export const tokens = batch;
/** FLOP per byte. @param {Value} ratio */
export const intensity = (ratio) => f().significant(ratio, 3);
/** @param {Value} bytesPerSecond */
export const bandwidth = (bytesPerSecond) => f().bandwidth(bytesPerSecond);
/** @param {Value} flopPerSecond */
export const flopRate = (flopPerSecond) => f().flopRate(flopPerSecond);
/** "35343 img/s". @param {Value} perSecond @param {string} unit */
export const rate = (perSecond, unit) => f().perSecond(perSecond, unit);
/** A perplexity or an accuracy as papers print it. @param {Value} value */
export const score = (value) => f().fixed(value, 2);
/** Percentage points: "6.0". @param {Value} value */
export const tenths = (value) => f().fixed(value, 1);
/** With every digit that somebody typed. @param {Value} value */
export const exactly = (value) => f().significant(value, typedDigits);
/** What is in percent already, to the percent. @param {Value} value */
export const percent = (value) => f().percent(value, 0);
/** Operations: "8.22 GFLOP". @param {Value} count */
export const flop = (count) => f().flop(count);
/** Parameters of a model: "8.03 billion" or million, whichever reads well. @param {number} count */
export const parameters = (count) =>
  new Intl.NumberFormat(locale(), { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 }).format(round(count, 0));

/**
 * One unit for all of a column, so that its numbers can be compared: milliseconds and gigabytes, as published, unless that would
 * print a value as nothing.
 * @param {"s" | "bytes"} unit
 * @param {Value[]} values
 */
function unitFor(unit, values) {
  const sizes = values.flatMap((value) => (typeof value === "number" && value > 0 ? [value] : []));
  const least = sizes.length ? Math.min(...sizes) : 1;
  if (unit === "s") return least >= 5e-6 && least < 10 ? "ms" : unitOfColumn("s", values);
  return least >= 5e6 ? "GB" : unitOfColumn("B", values);
}

/** What the tables of the engine hold, where the unit alone does not say how it is written. */
const byColumn = {
  bytes_per_parameter: (/** @type {Value} */ value) => f().significant(value),
  ratio_to_fp16: (/** @type {Value} */ value) => f().ratio(value, 2),
};

/**
 * How a column of an engine's table is written.
 * @param {{key: string, unit: import("../wasm/engine.js").Table["columns"][number]["unit"]}} column
 * @param {Value[]} values of the whole column
 * @param {string} perSecond what is counted a second
 * @returns {(value: Value) => string}
 */
export function columnFormat({ key, unit }, values, perSecond) {
  if (key in byColumn) return byColumn[/** @type {keyof typeof byColumn} */ (key)];
  switch (unit) {
    case "s": {
      const of = /** @type {import("./format.js").TimeUnit} */ (unitFor("s", values));
      return (value) => f().seconds(value, { unit: of, digits: 2 });
    }
    case "bytes": {
      const of = /** @type {import("./format.js").ByteUnit} */ (unitFor("bytes", values));
      return (value) => f().bytes(value, { unit: of, digits: 2 });
    }
    case "ratio":
      return times;
    case "fraction":
      return change;
    case "percent":
      return (value) => f().percent(value);
    case "per_s":
      return (value) => rate(value, perSecond);
    case "flop_per_byte":
      return intensity;
    default:
      return (value) => f().significant(value);
  }
}

/**
 * A number and its unit as a person reads it in a chart or its table, by the unit's key. Times, bytes and the rest are written
 * as everywhere on the page.
 */
import { locale } from "../strings.js";

/**
 * @typedef {"s" | "bytes" | "ratio" | "crossing" | "threshold" | "count" | "tokens_per_s" | "flop_per_s" | "bytes_per_s" | "flop_per_byte" | "flop"
 *   | "percent" | "j" | "w" | "usd" | "number" | "signed"
 *   | "signed_percent" | "elasticity" | "bits" | "flag" | "text"} Unit
 */

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * @param {number} value
 * @param {Intl.NumberFormatOptions} options
 */
function plain(value, options) {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale(), options);
  formats.set(key, format);
  return format.format(value);
}

const prefixes = /** @type {const} */ ([[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"]]);

/**
 * @param {number} value
 * @param {string} unit
 */
function prefixed(value, unit) {
  const [factor, prefix] = prefixes.find(([size]) => Math.abs(value) >= size * 0.9995) ?? [1, ""];
  return `${plain(value / factor, { maximumSignificantDigits: 3 })} ${prefix}${unit}`;
}

const dash = "–";

/**
 * @param {number | null} value  SI
 * @param {Unit} unit
 * @returns {string}
 */
export function quantity(value, unit) {
  if (value === null || !Number.isFinite(value)) return dash;
  switch (unit) {
    case "s": return prefixed(value, "s");
    case "bytes": return prefixed(value, "B");
    case "bytes_per_s": return prefixed(value, "B/s");
    case "flop_per_s": return prefixed(value, "FLOP/s");
    case "flop": return prefixed(value, "FLOP");
    case "j": return prefixed(value, "J");
    case "w": return prefixed(value, "W");
    case "tokens_per_s": return plain(value, { maximumSignificantDigits: value < 1000 ? 3 : 4 });
    case "flop_per_byte": return plain(value, { maximumSignificantDigits: 3 });
    case "ratio": return `${plain(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`;
    case "crossing": return `${plain(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 })}×`;
    case "threshold": return `${plain(value, { maximumFractionDigits: 2 })}×`;
    case "percent": return plain(value, { style: "percent", maximumFractionDigits: 1 });
    case "signed": return plain(value, { signDisplay: "exceptZero", maximumSignificantDigits: 3 });
    case "signed_percent": return plain(value, { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 1 });
    case "elasticity": return plain(value, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 });
    case "usd": return plain(value, { style: "currency", currency: "USD", maximumSignificantDigits: 3 });
    case "count": return plain(value, { maximumFractionDigits: 0 });
    default: return plain(value, { maximumSignificantDigits: 4 });
  }
}

/** The page's numbers with their units, by what they are: the one place that says how many digits each gets. */
import { locale } from "./strings.js";

/** @param {number} value @param {number} digits */
const fixed = (value, digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }).format(value);

export const milliseconds = (/** @type {number} */ s) => `${fixed(s * 1e3, 2)} ms`;
export const gigabytes = (/** @type {number} */ b) => `${fixed(Number((b / 1e9).toPrecision(12)), 2)} GB`;
export const times = (/** @type {number} */ ratio) => `${fixed(ratio, 1)}x`;
export const threshold = (/** @type {number} */ ratio) => `${Number(ratio.toFixed(2))}x`;
export const share = (/** @type {number} */ fraction) => `${fixed(fraction * 100, 1)}%`;
export const change = (/** @type {number} */ fraction) => `${fraction < 0 ? "−" : "+"}${fixed(Math.abs(fraction) * 100, 1)}%`;
export const batch = (/** @type {number} */ n) => new Intl.NumberFormat(locale()).format(n);
export const tokens = batch;
/** @param {number} value @param {string} unit @param {string} key @param {string} rate */
export function tableCell(value, unit, key, rate) {
  if (key === "bytes_per_parameter") return String(value);
  switch (unit) {
    case "s": return milliseconds(value);
    case "bytes": return gigabytes(value);
    case "ratio": return times(value);
    case "fraction": return change(value);
    case "percent": return `${fixed(value, 1)}%`;
    case "per_s": return `${fixed(value, 0)} ${rate}`;
    default: return String(Number(value.toPrecision(4)));
  }
}

/**
 * The numbers behind a chart, and their ways out: cells for people, CSV and Markdown for machines and notes. Pure.
 */
import { t } from "../strings.js";
import { quantity } from "./quantity.js";

/**
 * @typedef {import("./quantity.js").Unit} Unit
 *
 * @typedef {object} Column
 * @property {string} key  also the name in the CSV: it carries the unit ("step_s")
 * @property {string} label
 * @property {Unit} unit
 * @property {string} [address]  the key of where the cell's text leads
 *
 * @typedef {string | number | boolean | null | undefined} Cell
 *
 * @typedef {object} TableModel
 * @property {string} name  a file's stem
 * @property {string} caption
 * @property {Column[]} columns  the first names the row
 * @property {Record<string, Cell>[]} rows
 */

/**
 * @param {Cell} value
 * @param {Unit} unit
 */
export function cellText(value, unit) {
  if (value === null || value === undefined) return quantity(null, unit);
  if (typeof value === "number") return quantity(value, unit);
  if (typeof value === "boolean") return t(value ? "views.yes" : "views.no");
  return value;
}

/** @param {Unit} unit */
export const isNumeric = (unit) => unit !== "text";

/**
 * RFC 4180, numbers in full (SI); `about` goes first as comment lines.
 * @param {TableModel} table
 * @param {Record<string, unknown>} [about]  version, scenario
 */
export function toCsv(table, about = {}) {
  const comments = Object.entries(about).map(([key, value]) => `# ${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  const keys = table.columns.flatMap(({ key, address }) => (address ? [key, address] : [key]));
  const rows = table.rows.map((row) => keys.map((key) => csvCell(row[key])).join(","));
  return [...comments, keys.map(csvCell).join(","), ...rows, ""].join("\r\n");
}

/** @param {Cell} value */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = String(value);
  // A text that a spreadsheet would run as a formula is kept a text.
  const safe = typeof value === "string" && /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * @param {TableModel} table
 * @param {Record<string, unknown>} [about]
 */
export function toMarkdown(table, about = {}) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const cell = (/** @type {Record<string, Cell>} */ row, /** @type {Column} */ { key, unit, address }) =>
    address && row[address] ? `[${cellText(row[key], unit)}](${row[address]})` : cellText(row[key], unit);
  const notes = Object.entries(about).map(([key, value]) => `- ${key}: \`${typeof value === "string" ? value : JSON.stringify(value)}\``);
  return [
    `**${table.caption}**`, "",
    line(table.columns.map((column) => column.label)),
    line(table.columns.map((column) => (isNumeric(column.unit) ? "---:" : "---"))),
    ...table.rows.map((row) => line(table.columns.map((column) => cell(row, column)))),
    ...(notes.length ? ["", ...notes] : []), "",
  ].join("\n");
}

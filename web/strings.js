/**
 * The page's words. Every sentence on screen stands in web/strings/<locale>.json and is asked for by key:
 *
 *   t("table.decode.caption", { model: "Llama-3.1 8B" })   → a string
 *   rich("lesson.roofline", { ridge: html`<b>…</b>` })      → pieces for a Lit template; values may be templates
 *
 * A message is a string with {named} placeholders, or an object of plural forms: {"count": "n", "one": "…", "other": "…"},
 * chosen by Intl.PluralRules from the value named by `count`; values given as text ("1,024") bring the number as `n#`. In
 * `rich`, *stars* mean emphasis and `backticks` code. Values are put in as they are: numbers come formatted (web/format.js).
 */
import { html } from "lit";

/** @typedef {string | {[key: string]: Message}} Message */
/** @typedef {Record<string, unknown>} Values */

/** @type {{[key: string]: Message}} */
let messages = {};
let language = "en";

/**
 * @param {{[key: string]: Message}} table
 * @param {string} locale a BCP 47 tag
 */
export function setStrings(table, locale) {
  messages = table;
  language = locale;
}

/**
 * Further messages, of a part of the page that comes later.
 * @param {{[key: string]: Message}} table
 */
export function addStrings(table) {
  messages = { ...messages, ...table };
}

/** The locale of the strings, for Intl. */
export function locale() {
  return language;
}

/**
 * @param {string} key dotted
 * @returns {Message | undefined}
 */
function find(key) {
  /** @type {Message | undefined} */
  let node = messages;
  for (const part of key.split(".")) {
    if (node === undefined || typeof node === "string" || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  return node;
}

/** @param {string} key */
export function has(key) {
  const found = find(key);
  return typeof found === "string" || (typeof found === "object" && "other" in found);
}

/**
 * @param {string} key
 * @param {Values} values
 * @returns {string} the message with its placeholders; the key itself where there is none, so that a gap shows
 */
function message(key, values) {
  const found = find(key);
  if (typeof found === "string") return found;
  if (found === undefined || typeof found["other"] !== "string") return key;
  const name = typeof found["count"] === "string" ? found["count"] : "count";
  const number = Number(values[`${name}#`] ?? values[name]);
  const form = new Intl.PluralRules(language).select(number);
  const chosen = found[form] ?? found["other"];
  return typeof chosen === "string" ? chosen : found["other"];
}

const placeholder = /\{(\w+)\}/g;

/**
 * @param {string} key
 * @param {Values} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  return message(key, values).replace(placeholder, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * @param {string} text
 * @returns {unknown[]}
 */
function marked(text) {
  return text.split(/(\*[^*]+\*|`[^`]+`)/).map((piece) => {
    if (piece.length > 2 && piece.startsWith("*")) return html`<em>${piece.slice(1, -1)}</em>`;
    if (piece.length > 2 && piece.startsWith("`")) return html`<code>${piece.slice(1, -1)}</code>`;
    return piece;
  });
}

/**
 * A number stays on one line with its unit.
 * @param {unknown} value
 */
function whole(value) {
  return typeof value === "string" && /^[−+]?[\d.,]+ \S+$/.test(value) ? html`<span class="figure">${value}</span>` : value;
}

/**
 * @param {string} key
 * @param {Values} [values] text, or Lit templates
 * @returns {unknown[]} what a Lit template takes as a child
 */
export function rich(key, values = {}) {
  // Odd pieces are placeholders' names. A placeholder within emphasis would split it: put the emphasis into the value.
  return message(key, values)
    .split(placeholder)
    .flatMap((piece, index) => (index % 2 === 1 ? [piece in values ? whole(values[piece]) : `{${piece}}`] : marked(piece)));
}

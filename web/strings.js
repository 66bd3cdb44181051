/**
 * The page's words. Every sentence on screen stands in web/strings/<locale>.json and is asked for by key:
 *
 *   t("table.decode.caption", { model: "Llama-3.1 8B" })   → a string
 *   rich("lesson.roofline", { ridge: html`<b>…</b>` })      → pieces for a Lit template; values may be templates
 *
 * A message is a string with {named} placeholders, or an object of plural forms: {"count": "n", "one": "…", "other": "…"},
 * chosen by Intl.PluralRules from the value named by `count`; values given as text ("1,024") bring the number as `n#`. In
 * `rich`, *stars* mean emphasis and `backticks` code. Values are put in as they are: numbers come formatted (web/format.js).
 *
 * English is always there; a language of web/languages.js stands before it. What is written from right to left keeps its direction
 * wherever it is put (in a chart, whose axes run left to right, in an attribute, in a file), and so does each value in it: both are
 * isolated, with Unicode's marks in text and with <bdi> in templates.
 */
import { html } from "lit";
import { english as inEnglish } from "./languages.js";

/** @typedef {string | {[key: string]: Message}} Message */
/** @typedef {Record<string, unknown>} Values */

/** @typedef {import("./languages.js").Language} Language */
/** @typedef {{[key: string]: Message}} Messages */

/** @type {Messages} */
let english = {};
/** @type {Messages} what the language has instead */
let translated = {};
let language = inEnglish;
/** What was asked for, by key: an update asks for hundreds, the same ones each time. @type {Map<string, {message: Message, of: Language} | undefined>} */
const asked = new Map();
/** @type {Map<string, Intl.PluralRules>} by locale */
const plurals = new Map();

/**
 * The English words.
 * @param {Messages} table
 */
export function setStrings(table) {
  asked.clear();
  english = table;
}

/**
 * Further English words, of a part of the page that comes later.
 * @param {Messages} table
 */
export function addStrings(table) {
  asked.clear();
  english = { ...english, ...table };
}

/**
 * All words of another language, or none.
 * @param {Messages} table
 * @param {Language} of
 */
export function translate(table, of) {
  asked.clear();
  translated = table;
  language = of;
}

/** The language that is spoken. */
export function spoken() {
  return language;
}

/** The locale of the strings, for Intl. */
export function locale() {
  return language.intl;
}

/**
 * @param {Messages} table
 * @param {string} key dotted
 * @returns {Message | undefined}
 */
function findIn(table, key) {
  /** @type {Message | undefined} */
  let node = table;
  for (const part of key.split(".")) {
    if (node === undefined || typeof node === "string" || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  return isMessage(node) ? node : undefined;
}

/**
 * A text or plural forms, not a group of messages.
 * @param {Message | undefined} node
 */
function isMessage(node) {
  return typeof node === "string" || (typeof node === "object" && typeof node["count"] === "string" && typeof node["other"] === "string");
}

/**
 * @param {string} key dotted
 * @returns {{message: Message, of: Language} | undefined}
 */
function find(key) {
  if (asked.has(key)) return asked.get(key);
  const own = findIn(translated, key);
  const message = own ?? findIn(english, key);
  const found = message === undefined ? undefined : { message, of: own === undefined ? inEnglish : language };
  asked.set(key, found);
  return found;
}

/** @param {string} locale */
function pluralRules(locale) {
  const rules = plurals.get(locale) ?? new Intl.PluralRules(locale);
  plurals.set(locale, rules);
  return rules;
}

/** @param {string} key */
export function has(key) {
  return find(key) !== undefined;
}

/**
 * @param {string} key
 * @param {Values} values
 * @returns {{text: string, leftward: boolean}} the message with its placeholders; the key itself where there is none, so that a gap shows
 */
function message(key, values) {
  const found = find(key);
  if (!found) return { text: key, leftward: false };
  if (typeof found.message === "string") return { text: found.message, leftward: runsLeftward(found.message, found.of) };
  const { count, other } = found.message;
  const number = Number(values[`${count}#`] ?? values[String(count)]);
  const chosen = found.message[pluralRules(found.of.intl).select(number)];
  const text = String(typeof chosen === "string" ? chosen : other);
  return { text, leftward: runsLeftward(text, found.of) };
}

/**
 * What has Latin letters only (" + KV{bits}") runs to the right in every language.
 * @param {string} text
 * @param {Language} of
 */
function runsLeftward(text, of) {
  return of.direction === "rtl" && (/[\u0590-\u08ff]/.test(text) || !/[a-z]/i.test(text.replace(placeholder, "")));
}

const placeholder = /\{(\w+)\}/g;
/** Isolates, from right to left and in the direction of the first letter, and their end. */
const [leftwards, itsOwnWay, end] = ["\u2067", "\u2068", "\u2069"];

/**
 * @param {string} key
 * @param {Values} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const { text, leftward } = message(key, values);
  const value = (/** @type {string} */ name) => (leftward ? `${itsOwnWay}${values[name]}${end}` : String(values[name]));
  const filled = text.replace(placeholder, (whole, name) => (name in values ? value(name) : whole));
  return leftward && filled !== "" ? `${leftwards}${filled}${end}` : filled;
}

/**
 * Names beside each other, in the order of the language: two Latin ones would else be read as one.
 * @param {string[]} parts
 * @param {string} separator
 */
export function joined(parts, separator) {
  return parts.map((part) => (language.direction === "rtl" ? `${itsOwnWay}${part}${end}` : part)).join(separator);
}

/**
 * What the engine itself says is English, in every language of the page.
 * @param {unknown} text
 */
export function inEngineWords(text) {
  return language.tag === inEnglish.tag || !text ? text : html`<span lang=${inEnglish.tag} dir=${inEnglish.direction}>${text}</span>`;
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
 * A number stays on one line with its unit, and a value beside words that run the other way stays in one piece.
 * @param {unknown} value
 * @param {boolean} leftward
 */
function whole(value, leftward) {
  if (typeof value !== "string" && typeof value !== "number") return value;
  if (/^\u2066?[−+]?[\d.,]+ \S+$/.test(String(value))) return html`<bdi class="figure">${value}</bdi>`;
  return leftward ? html`<bdi>${value}</bdi>` : value;
}

/**
 * @param {string} key
 * @param {Values} [values] text, or Lit templates
 * @returns {unknown[]} what a Lit template takes as a child
 */
export function rich(key, values = {}) {
  const { text, leftward } = message(key, values);
  // Odd pieces are placeholders' names. A placeholder within emphasis would split it: put the emphasis into the value.
  return text
    .split(placeholder)
    .flatMap((piece, index) => (index % 2 === 1 ? [piece in values ? whole(values[piece], leftward) : `{${piece}}`] : marked(piece)));
}

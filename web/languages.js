/**
 * The languages that the page speaks, by the code that `?locale=` takes. `tag` is what the document says it is written in, `intl`
 * what numbers and plurals follow, `load` brings all of its words in one chunk. English is there from the start, and stands in
 * wherever another language has no words; a page that is one file has no other.
 */
import { translations } from "#translations";

/**
 * @typedef {object} Language
 * @property {string} name in itself
 * @property {string} tag BCP 47
 * @property {string} intl BCP 47, with what Intl should do
 * @property {"ltr" | "rtl"} direction
 * @property {boolean} reviewed by a native speaker; the page says where it was not
 * @property {() => Promise<{default: {[key: string]: import("./strings.js").Message}}>} [load] absent: English
 */

/** @type {Language} */
export const english = { name: "English", tag: "en", intl: "en", direction: "ltr", reviewed: true };

/** @type {Readonly<Record<string, Language>>} */
export const languages = { en: english, ...translations };

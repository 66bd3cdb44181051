/**
 * Changing the language: fetches its words, then everything that is rendered from there on is in it.
 *
 *   if (await speak("es")) orient(document.documentElement);
 *
 * One language is spoken at a time in a document. An embedded view orients an element of its own, not its host's.
 */
import { html, nothing } from "lit";
import { english, languages } from "./languages.js";
import { spoken, t, translate } from "./strings.js";

/** The language asked for last: a slow one that was given up does not come back. */
let wanted = "en";

/**
 * @param {string} code of web/languages.js
 * @returns {Promise<boolean>} false where its words did not arrive: what was spoken before goes on
 */
export async function speak(code) {
  wanted = code;
  const language = languages[code] ?? english;
  try {
    const table = language.load ? (await language.load()).default : {};
    if (wanted === code) translate(table, language);
    return true;
  } catch {
    return wanted !== code;
  }
}

/**
 * Says what language an element is written in, and which way it runs.
 * @param {HTMLElement} element
 */
export function orient(element) {
  const { tag, direction } = spoken();
  if (element.lang !== tag) element.lang = tag;
  if (element.dir !== direction) element.dir = direction;
}

/** What a reader should know of a translation that nobody has checked. */
export function reviewNote() {
  return spoken().reviewed ? nothing : html`<p class="aside unreviewed">${t("page.not_reviewed")}</p>`;
}

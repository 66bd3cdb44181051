/**
 * Languages that nobody speaks, made from English for the tests: twice as long, from right to left in Arabic letters, and full of
 * what would be markup if anything took text for it. The page is built with them in the place of its own.
 *
 *   await buildPage({ out, plugins: [pseudoLanguages()] });        // ?locale=long, rtl, markup
 */
import { readdir, readFile } from "node:fs/promises";

const folder = new URL("../../web/strings/", import.meta.url);

/** Arabic letters, by the place of the Latin ones: joined, with ascenders and descenders, as wide as real words. */
const arabic = [..."ابتثجحخدذرزسشصضطظعغفقكلمنه"];

/** What runs if it is ever taken for markup: the test looks whether it did. */
const markup = `<img src=x onerror=ran=1> <b>&amp;"'</b> \${0}`;

/** @type {Record<string, {direction: "ltr" | "rtl", intl: string, make: (text: string) => string}>} */
const pseudo = {
  long: { direction: "ltr", intl: "en", make: (text) => `${outside(text, accented)} ${accented(text.replace(/\{\w+\}/g, "").replace(/[*\`]/g, ""))}`.trimEnd() },
  rtl: { direction: "rtl", intl: "ar-u-nu-latn", make: (text) => outside(text, inArabicLetters) },
  markup: { direction: "ltr", intl: "en", make: (text) => `${text} ${markup}` },
};

/** @param {string} text */
function accented(text) {
  return text.replace(/[aeiou]/g, (letter) => `${letter}\u0301`).normalize("NFC");
}

/** @param {string} text */
function inArabicLetters(text) {
  return text.replace(/[a-z]/gi, (letter) => String(arabic[letter.toLowerCase().charCodeAt(0) - 97]));
}

/**
 * A message with everything changed but its placeholders and its code.
 * @param {string} text
 * @param {(text: string) => string} change
 */
function outside(text, change) {
  return text.split(/(\{\w+\}|`[^`]+`)/).map((piece, i) => (i % 2 ? piece : change(piece))).join("");
}

/**
 * @param {any} node
 * @param {(text: string) => string} make
 * @returns {any}
 */
const made = (node, make) =>
  typeof node === "string" ? node && make(node)
    : Object.fromEntries(Object.entries(node).map(([key, below]) => [key, key === "count" && typeof below === "string" && "other" in node ? below : made(below, make)]));

/** @param {string} code @returns {Promise<object>} all messages in that language */
async function table(code) {
  const files = (await readdir(folder)).filter((name) => /^en(\.\w+)?\.json$/.test(name));
  const parts = await Promise.all(files.map(async (name) => JSON.parse(await readFile(new URL(name, folder), "utf8"))));
  return made(Object.assign({}, ...parts), pseudo[code]?.make ?? String);
}

/** @returns {import("esbuild").Plugin} */
export function pseudoLanguages() {
  const entries = Object.entries(pseudo).map(([code, { direction, intl }]) =>
    `${code}: { name: "${code}", tag: "${direction === "rtl" ? "ar" : "en"}-x-${code}", intl: "${intl}", direction: "${direction}", reviewed: false, load: () => import("pseudo:${code}") }`);
  return {
    name: "pseudo-languages",
    setup(build) {
      build.onResolve({ filter: /^#translations$/ }, () => ({ path: "translations", namespace: "pseudo-list" }));
      build.onLoad({ filter: /.*/, namespace: "pseudo-list" }, () => ({ contents: `export const translations = { ${entries.join(", ")} };` }));
      build.onResolve({ filter: /^pseudo:/ }, ({ path }) => ({ path: path.slice(7), namespace: "pseudo" }));
      build.onLoad({ filter: /.*/, namespace: "pseudo" }, async ({ path }) => ({ contents: `export default ${JSON.stringify(await table(path))};`, loader: "js" }));
    },
  };
}

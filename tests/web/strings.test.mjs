// The strings against the source, and every language against English: no key is missing, none is left over, and all have the
// same placeholders.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { languages } from "../../web/languages.js";
import { composed } from "./composed-keys.mjs";
import { stringUses } from "./string-uses.mjs";

const folder = new URL("../../web/strings/", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));

/** @typedef {string | {[form: string]: string}} Leaf */

/** @param {any} node */
const isLeaf = (node) => typeof node === "string" || (typeof node.count === "string" && typeof node.other === "string");

/**
 * @param {any} node
 * @param {string} [path]
 * @returns {[string, Leaf][]}
 */
const leaves = (node, path = "") =>
  path && isLeaf(node) ? [[path, node]] : Object.entries(node).flatMap(([key, below]) => leaves(below, path ? `${path}.${key}` : key));

/**
 * All messages of a language, of all of its files.
 * @param {string} code
 * @returns {Promise<Map<string, Leaf>>}
 */
async function messagesOf(code) {
  /** @type {Map<string, Leaf>} */
  const found = new Map();
  for (const file of files.filter((name) => name === `${code}.json` || name.startsWith(`${code}.`))) {
    for (const [key, leaf] of leaves(JSON.parse(await readFile(new URL(file, folder), "utf8")))) {
      assert.ok(!found.has(key), `${key} stands twice, in ${file} too`);
      found.set(key, leaf);
    }
  }
  return found;
}

/** The texts of a message: one, or one for each plural form. @param {Leaf} leaf */
const texts = (leaf) => (typeof leaf === "string" ? [leaf] : Object.entries(leaf).flatMap(([form, text]) => (form === "count" ? [] : [text])));
/** @param {string} text */
const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)))].sort();
/** @param {Leaf} leaf */
const allPlaceholders = (leaf) => [...new Set(texts(leaf).flatMap(placeholders))].sort();
/** @param {Iterable<string>} all @param {Set<string>} without */
const except = (all, without) => [...all].filter((one) => !without.has(one)).sort();

const english = await messagesOf("en");
const uses = await stringUses([...new Set([...english.keys()].map((key) => String(key.split(".")[0])))]);
/** The documents for authors and instructors, and the evidence, are in English only, and marked as such. */
const interfaceKeys = [...english.keys()].filter((key) => !/^(guide|evidence)\./.test(key));
const others = Object.keys(languages).filter((code) => code !== "en");

/** Keys that come by name: their texts stand written out where the names get them. */
const byName = ["app.js: note"];

test("every key that the page asks for is there, and every pattern of keys is known", () => {
  assert.deepEqual([...uses.opaque], byName, "a key that cannot be read from the source: write it out");
  assert.deepEqual(except(uses.patterns.keys(), new Set(composed.keys())), [], "list what can stand in the holes in composed-keys.mjs");
  assert.deepEqual(except(composed.keys(), new Set(uses.patterns.keys())), [], "a pattern that the source has no more");
  assert.deepEqual(except([...uses.literals.keys(), ...[...composed.values()].flat()], new Set(english.keys())), [], "keys without a message");
});

test("no message is left over", () => {
  assert.deepEqual(except(english.keys(), new Set([...uses.literals.keys(), ...[...composed.values()].flat()])), []);
});

test("whoever asks for a message gives it the values that it needs", () => {
  const short = uses.calls.flatMap(({ key, given, where }) => {
    const missing = allPlaceholders(english.get(key) ?? "").filter((name) => !given.includes(name) && !given.includes(`${name}#`));
    return missing.length ? [`${where}: ${key} needs ${missing.join(", ")}`] : [];
  });
  assert.deepEqual(short, []);
});

/** The plural forms that whole numbers up to a thousand take. @param {string} locale */
function formsOf(locale) {
  const rules = new Intl.PluralRules(locale);
  return new Set(Array.from({ length: 1001 }, (_, number) => rules.select(number)));
}

test("a plural names the value that it follows, and has every form of its language", async () => {
  for (const code of ["en", ...others]) {
    const needed = formsOf(String(languages[code]?.intl));
    for (const [key, leaf] of await messagesOf(code)) {
      if (typeof leaf === "string") continue;
      assert.deepEqual(except(needed, new Set(Object.keys(leaf))), [], `${code} ${key}: forms are missing`);
      const known = new Set(["count", ...new Intl.PluralRules(languages[code]?.intl).resolvedOptions().pluralCategories]);
      assert.deepEqual(except(Object.keys(leaf), known), [], `${code} ${key}: not forms of this language`);
    }
  }
});

for (const code of ["en", ...others]) {
  test(`${code} has no placeholder between the marks of emphasis or code, which it would split`, async () => {
    const split = [...(await messagesOf(code))].filter(([, leaf]) => texts(leaf).some((text) => /\*[^*]*\{[^*]*\*|`[^`]*\{[^`]*`/.test(text.replace(/\*[^*{}]+\*|`[^`{}]+`/g, ""))));
    assert.deepEqual(split.map(([key]) => key), []);
  });
}

for (const code of others) {
  test(`${code} has the messages of English, all of them and no others`, async () => {
    const own = new Set((await messagesOf(code)).keys());
    assert.deepEqual(except(interfaceKeys, own), [], "missing");
    assert.deepEqual(except(own, new Set(english.keys())), [], "left over");
  });

  test(`${code} has the placeholders of English, in every message`, async () => {
    const wrong = [...(await messagesOf(code))].flatMap(([key, leaf]) => {
      const [here, there] = [allPlaceholders(leaf), allPlaceholders(english.get(key) ?? "")];
      return here.join() === there.join() ? [] : [`${key}: {${here.join("} {")}} instead of {${there.join("} {")}}`];
    });
    assert.deepEqual(wrong, []);
  });

  test(`${code} follows the same number in each plural, and has one wherever its forms differ`, async () => {
    const own = await messagesOf(code);
    for (const [key, leaf] of english) {
      const translated = own.get(key);
      if (typeof leaf === "string" || translated === undefined) continue;
      if (typeof translated === "string") assert.equal(formsOf(String(languages[code]?.intl)).size, 1, `${code} ${key}: needs plural forms`);
      else assert.equal(translated["count"], leaf["count"], `${code} ${key}`);
    }
  });

  test(`${code} marks emphasis and code as English does`, async () => {
    const own = await messagesOf(code);
    const marks = (/** @type {Leaf} */ leaf) => ["*", "`"].map((mark) => String(texts(leaf)[0]).split(mark).length - 1).join();
    assert.deepEqual([...own].filter(([key, leaf]) => english.has(key) && marks(leaf) !== marks(english.get(key) ?? "")).map(([key]) => key), []);
  });
}

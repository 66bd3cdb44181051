// The page's words: placeholders, plurals, emphasis; and that no key and no placeholder is left standing in a page.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { addStrings, has, rich, setStrings, t } from "../../web/strings.js";
import { openBrowser } from "./browser.mjs";

setStrings({
  greeting: { plain: "{name} has {n}", many: { count: "n", one: "{n} GPU", other: "{n} GPUs" } },
  text: "a *new* word for `code` and {value}",
});

test("a message takes its values by name and leaves standing what it was not given", () => {
  assert.equal(t("greeting.plain", { name: "T4", n: 16 }), "T4 has 16");
  assert.equal(t("greeting.plain", { name: "T4" }), "T4 has {n}");
});

test("the plural follows the number, also where the number comes formatted", () => {
  assert.equal(t("greeting.many", { n: 1 }), "1 GPU");
  assert.equal(t("greeting.many", { n: 0 }), "0 GPUs");
  assert.equal(t("greeting.many", { n: "1,024", "n#": 1024 }), "1,024 GPUs");
  assert.equal(t("greeting.many", { n: "one", "n#": 1 }), "one GPU");
});

test("a key that is not there shows itself, and the prototype's names are no keys", () => {
  assert.equal(t("greeting.none"), "greeting.none");
  assert.equal(t("constructor"), "constructor");
  assert.equal(has("greeting.many"), true);
  assert.equal(has("greeting"), false);
});

test("rich text marks emphasis and code, takes templates, and escapes nothing by hand", () => {
  const pieces = rich("text", { value: "<b>" });
  assert.equal(pieces.filter((piece) => typeof piece === "string").join(""), "a  word for  and <b>");
  assert.equal(pieces.filter((piece) => typeof piece === "object").length, 2);
});

test("what is added later stands beside what was there", () => {
  addStrings({ later: "here" });
  assert.equal(t("later"), "here");
  assert.equal(t("greeting.many", { n: 2 }), "2 GPUs");
});

const folder = new URL("../../web/strings/", import.meta.url);
/** @param {any} node @param {string} path @returns {[string, string][]} */
const texts = (node, path = "") => (typeof node === "string" ? [[path, node]] : Object.entries(node).flatMap(([key, value]) => texts(value, path ? `${path}.${key}` : key)));

test("every message is text without markup, and its emphasis is closed", async () => {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".json"))) {
    for (const [path, text] of texts(JSON.parse(await readFile(new URL(file, folder), "utf8")))) {
      assert.doesNotMatch(text, /<[a-z/]/i, `${file} ${path}`);
      assert.equal((text.match(/\*/g) ?? []).length % 2, 0, `${file} ${path}`);
    }
  }
});

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("no page shows a key or an empty placeholder", async () => {
  for (const [search, ready] of /** @type {const} */ ([
    ["", "#table-decode"], ["?calibration=tutorial-2026-03&model=llama-3.1-405b&hardware=t4&context=x&page=y", "#table-decode"],
    ["?training_model=llama-3.1-8b", "#table-decode"], ["?model=mamba-130m", "#table-compression"], ["?page=lesson", "#step-10"], ["?page=links", "#table-links"],
  ])) {
    const { page, close } = await browser.open(search, { ready });
    const skip = page.getByRole("button", { name: "Show me without predicting" });
    while (await skip.count()) await skip.first().click();
    for (const show of await page.getByRole("button", { name: "The answer" }).all()) await show.click();
    for (const hint of await page.getByRole("button", { name: "A hint" }).all()) await hint.click();
    const text = await page.innerText("body");
    assert.doesNotMatch(text, /\{\w+\}/, search);
    assert.doesNotMatch(text, /\b(page|tables?|lesson|param|control|problem|unit|bound|phase|scheme|views|lab|charts)\.[a-z_0-9]+(\.[a-z_0-9]+)*\b/, search);
    assert.doesNotMatch(text, /\b(undefined|NaN|null|Infinity|\[object)\b/, search);
    await close();
  }
});

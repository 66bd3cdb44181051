// The page in the languages that it has: asked for in the address, chosen in the page, refused where they are none; one chunk each;
// what a translation must say of itself; keys and numbers as the language has them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { languages } from "../../web/languages.js";
import { axeViolations, openBrowser, root, silent, tableText } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const dist = process.env["CROSSOVER_DIST"] ?? join(root, "dist");
const others = Object.entries(languages).filter(([code]) => code !== "en");
/** The marks that keep the direction of what stands between them. @param {string} text */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, "");

/** @param {string[]} requests @param {string} code */
const chunksOf = (requests, code) => requests.filter((url) => new RegExp(`/chunks/(view-)?${code}-\\w+\\.js`).test(url));

test("a first view of English loads no other language, and one of another language loads that alone, within the budget", async () => {
  const budget = 200_000;
  for (const [code] of [["en"], ...others]) {
    // Without the service worker, which keeps all languages once the page is there.
    const opened = await browser.open(`?offline=off&locale=${code}`);
    for (const [other] of others) assert.equal(chunksOf(opened.requests, other).length, other === code ? 1 : 0, `${other} in ${code}`);
    const files = [...new Set(opened.requests)].filter((url) => !/^(blob|data):/.test(url)).map((url) => new URL(url).pathname.slice(1) || "index.html");
    const bytes = await Promise.all(files.map((file) => readFile(join(dist, file))));
    const total = bytes.reduce((sum, one) => sum + brotliCompressSync(one).length, 0);
    assert.ok(total <= budget, `${code}: ${total} bytes`);
    await opened.close();
  }
});

for (const [code, { tag, direction }] of others) {
  test(`${code}: the document says so, and the page says that nobody has reviewed it`, async () => {
    const opened = await browser.open(`?locale=${code}`);
    const { page } = opened;
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [tag, direction]);
    assert.equal(await page.locator("main > .unreviewed").count(), 1);
    assert.equal(await page.locator("select[name=locale]").inputValue(), code);
    silent(opened);
    await opened.close();
  });

  test(`${code}: no page shows a key, an empty placeholder or an English sentence of the lesson`, async () => {
    for (const [search, ready] of /** @type {const} */ ([
      ["?", "#table-decode"], ["?page=lesson", "#step-10"], ["?page=links", "#table-links"], ["?page=lab&batch=64", "svg.chart"],
    ])) {
      const { page, close } = await browser.open(`${search}&locale=${code}`, { ready });
      const skip = page.locator("crossover-step form .actions button.plain");
      while (await skip.count()) await skip.first().click();
      for (const summary of await page.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
      const text = plain(await page.innerText("body"));
      assert.doesNotMatch(text, /\{\w+\}/, search);
      assert.doesNotMatch(text, /\b(page|tables?|lesson|param|control|problem|unit|bound|phase|scheme|views|lab|links)\.[a-z_0-9]+(\.[a-z_0-9]+)*\b/, search);
      assert.doesNotMatch(text, /\b(undefined|NaN|Infinity|\[object)\b/, search);
      assert.doesNotMatch(text, /\b(Your prediction|Speed-up|The engine says|limited by|does not fit)\b/, search);
      await close();
    }
  });

  test(`${code}: axe finds nothing and nothing is wider than a window of 320 pixels`, async () => {
    for (const [search, ready] of /** @type {const} */ ([["?", "#table-decode"], ["?page=lesson", "#step-10"], ["?page=lab&batch=64", "svg.chart"]])) {
      const opened = await browser.open(`${search}&locale=${code}`, { ready, width: 320 });
      assert.deepEqual(await axeViolations(opened.page), [], search);
      assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), search);
      await opened.close();
    }
  });
}

test("the published rows have the same digits in every language", async () => {
  const english = await browser.open("");
  const rows = await tableText(english.page, "#table-decode");
  await english.close();
  assert.ok(rows.flat().includes("5.19 ms"));
  for (const [code, { intl }] of others) {
    const opened = await browser.open(`?locale=${code}`);
    const sign = new Intl.NumberFormat(intl).format(0.5).charAt(1);
    const here = await tableText(opened.page, "#table-decode");
    assert.deepEqual(here.slice(1).map((row) => plain(String(row[1])).replace(sign, ".")), rows.slice(1).map((row) => row[1]), code);
    await opened.close();
  }
});

test("in Spanish the heads of tables name what the charts name, and twin questions have the same choice", async () => {
  const opened = await browser.open("?page=lesson&locale=es", { ready: "#step-10" });
  const { page } = opened;
  for (const question of await page.locator("#step-8 fieldset").all()) {
    const options = await question.locator(".option").allInnerTexts();
    if (options.includes("Los de los pesos")) assert.equal(options[2], "Los de ambos");
  }
  for (const number of [5, 6, 10]) await page.locator(`#step-${number} form .actions button.plain`).click();
  assert.deepEqual((await tableText(page, "#lesson-crossover"))[0]?.slice(3, 6).map((text) => text.toLowerCase()), ["pesos", "caché kv", "aritmética"]);
  for (const table of ["crossover", "phases", "measured"]) assert.doesNotMatch(await page.innerText(`#lesson-${table}`), /En FP16/);
  assert.match(await page.innerText("#lesson-measured-caption"), /publicadas de la perplejidad/);
  assert.doesNotMatch(await page.innerText("#lesson-measured-caption"), /perplexity/);
  silent(opened);
  await opened.close();
});

test("in Arabic a point's percentage stands in the order of the axis beside it", async () => {
  const opened = await browser.open("?page=lesson&locale=ar&step=10", { ready: "#step-10", width: 360 });
  await opened.page.locator("#step-10 form .actions button.plain").click();
  const texts = await opened.page.locator("#step-10 crossover-line-chart svg text").allTextContents();
  const percentages = texts.filter((text) => text.includes("%"));
  assert.ok(percentages.length > 3);
  for (const text of percentages) assert.equal(text.charAt(0), "\u2066", plain(text));
  silent(opened);
  await opened.close();
});

test("the language chosen in the page stays in the address, and back again is English", async () => {
  const opened = await browser.open("");
  const { page } = opened;
  await page.getByLabel("Language").selectOption("es");
  await page.waitForSelector("html[lang=es] #table-decode");
  assert.match(await page.innerText("h1"), /cuantización/);
  await page.waitForURL(/locale=es/);
  await page.locator("select[name=locale]").selectOption("en");
  await page.waitForSelector("html[lang=en] #table-decode");
  assert.match(await page.innerText("h1"), /quantization/);
  assert.equal(await page.locator(".unreviewed").count(), 0);
  silent(opened);
  await opened.close();
});

test("a language that there is none of is explained, and the page is in English", async () => {
  const opened = await browser.open("?locale=tlh", { ready: "main > .notice" });
  assert.match(await opened.page.innerText("main > .notice"), /locale=tlh: is none of en, es, zh, ar\. The page uses en instead\./);
  assert.equal(await opened.page.evaluate(() => document.documentElement.lang), "en");
  silent(opened);
  await opened.close();
});

test("a language whose words do not arrive is explained, and the page is in English", async () => {
  const opened = await browser.open("?offline=off&locale=ar", { ready: "main > .notice", before: (page) => page.route(/\/chunks\/ar-/, (route) => route.abort()) });
  assert.match(await opened.page.innerText("main > .notice"), /locale=ar: did not arrive/);
  assert.deepEqual(await opened.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["en", "ltr"]);
  assert.ok(await opened.page.isVisible("#table-decode"));
  await opened.close();
});

test("from right to left the arrows of the tabs go where they point, and those of a slider and of a chart go along the axis", async () => {
  const opened = await browser.open("?page=lab&locale=ar&batch=64", { ready: "svg.chart" });
  const { page } = opened;
  const first = page.getByRole("tab").first();
  await first.focus();
  const left = async () => (await page.evaluate(() => document.activeElement?.getBoundingClientRect().left)) ?? 0;
  const before = await left();
  await page.keyboard.press("ArrowLeft");
  assert.ok((await left()) < before, "the left arrow goes to the tab on the left");
  assert.equal(await page.getByRole("tab").nth(1).getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowRight");
  assert.equal(await first.getAttribute("aria-selected"), "true");
  const slider = page.locator("crossover-slider input[type=range]").first();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(Number(await page.locator("crossover-slider input[name=batch]").inputValue()) > 64);
  const cursor = page.locator("svg.chart .cursor");
  await cursor.focus();
  const at = Number(await cursor.getAttribute("aria-valuenow"));
  const x = async () => (await cursor.locator(".cursor-ring").boundingBox())?.x ?? 0;
  const from = await x();
  await page.keyboard.press("ArrowRight");
  assert.equal(Number(await cursor.getAttribute("aria-valuenow")), at + 1);
  assert.ok((await x()) > from, "charts keep their axes");
  silent(opened);
  await opened.close();
});

test("a number and its unit among Arabic words stand in the order in which they are read", async () => {
  const opened = await browser.open("?locale=ar", { ready: "#table-decode" });
  const order = await opened.page.$eval("#table-decode td.number", (cell) => {
    const text = /** @type {Text} */ (document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode());
    const place = (/** @type {number} */ index) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      return range.getBoundingClientRect().left;
    };
    const whole = String(text.nodeValue);
    return { whole, digit: place(whole.search(/\d/)), unit: place(whole.search(/[a-z]/i)) };
  });
  assert.match(plain(order.whole), /^[\d.]+ ms$/);
  assert.ok(order.digit < order.unit, `${order.whole}: the number is left of its unit`);
  await opened.close();
});

test("a person types numbers as their language writes them", async () => {
  const opened = await browser.open("?page=lab&locale=es&memory_utilization=0.905", { ready: "svg.chart" });
  const { page } = opened;
  const field = page.locator("input[name=memory_utilization]");
  assert.equal(await field.inputValue(), "90,5");
  await field.fill("87,25");
  await page.waitForURL(/memory_utilization=0\.8725/);
  assert.equal(await field.getAttribute("aria-invalid"), "false");
  await opened.close();
});

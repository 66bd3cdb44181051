// index.html holds its first view when it is built (web/prerender.mjs): read at once, replaced by the live one without a move.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, silent, tableText } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const entry = "**/main.js*";
/** @param {import("playwright-core").Page} page */
const withoutScript = (page) => page.route(entry, (route) => route.abort());
/** @param {import("playwright-core").Page} page */
const shownText = (page) => page.$eval("main", (main) => main.innerText.replace(/\s+/g, " ").trim());
/** @param {import("playwright-core").Page} page */
const places = (page) => page.$$eval(".masthead, main h1, #bytes, #table-bytes, .fields[aria-label='What is computed'] :is(.field, input, select)", (elements) =>
  elements.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.id, x, y, width, height].join(" ");
  }).filter((place) => !place.endsWith(" 0 0")));

for (const width of [1280, 360]) {
  test(`the first view that index.html holds says what the live page says, at the same places, at ${width} px`, async () => {
    const held = await browser.open("", { width, ready: null, before: withoutScript });
    const live = await browser.open("", { width });
    const table = await tableText(held.page, "#table-bytes");
    assert.ok(table.length > 4);
    assert.deepEqual(table, await tableText(live.page, "#table-bytes"));
    assert.deepEqual(await places(held.page), await places(live.page));
    assert.ok((await shownText(live.page)).startsWith(await shownText(held.page)));
    assert.equal(await live.page.locator("#table-bytes").count(), 1);
    assert.match(await live.page.innerText(".colophon"), /computed in your browser/);
    silent(live);
    await held.close();
    await live.close();
  });
}

test("the live page takes the place of the first view without moving anything", async () => {
  const opened = await browser.open("", {
    before: (page) => page.addInitScript(() => {
      const found = /** @type {any} */ (globalThis);
      found.moved = 0;
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) found.moved += /** @type {any} */ (shift).value;
      }).observe({ type: "layout-shift", buffered: true });
    }),
  });
  await opened.page.waitForSelector("crossover-crossing svg");
  assert.equal(await opened.page.evaluate(() => /** @type {any} */ (globalThis).moved), 0);
  await opened.close();
});

test("an address that asks for something shows that it is on its way, never the first view of another", async () => {
  for (const search of ["?page=lab", "?locale=ar", "?model=gpt2"]) {
    const opened = await browser.open(search, { ready: null, before: withoutScript });
    assert.equal(await opened.page.locator("#table-bytes").isVisible(), false, search);
    assert.equal(await opened.page.locator(".masthead").isVisible(), false, search);
    assert.equal(await opened.page.locator(".waiting [role=status]").isVisible(), true, search);
    await opened.close();
  }
});

test("what a page begins with is read while its engine is on its way, and stays where it is", async () => {
  for (const width of [1280, 360]) {
    for (const [search, rest] of /** @type {const} */ ([["?model=gpt2", "#table-bytes"], ["?page=lesson", "#step-1"], ["?page=lab", "svg.chart"], ["?page=lab&locale=ar", "svg.chart"]])) {
      /** @type {() => void} */
      let release = () => {};
      const held = new Promise((resolve) => (release = () => resolve(undefined)));
      const opened = await browser.open(search, { width, ready: ".lede", before: (page) => page.route("**/*.wasm", async (route) => (await held, route.continue())) });
      const { page } = opened;
      const begun = await page.$$("main h1, main .lede");
      const look = () => Promise.all(begun.map((element) => element.evaluate((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return `${node.isConnected} ${node.textContent} ${x} ${y} ${width} ${height}`;
      })));
      const before = await look();
      assert.equal(before.length, 2, search);
      assert.equal(await page.locator(".waiting [role=status]").isVisible(), true, search);
      release();
      await page.waitForSelector(rest);
      assert.deepEqual(await look(), before, search);
      assert.equal(await page.locator("h1").count(), 1, search);
      assert.equal(await page.locator(".waiting").count(), 0, search);
      silent(opened);
      await opened.close();
    }
  }
});

test("without JavaScript the first table can be read, its controls are off, and the page says what is switched off", async () => {
  const context = await browser.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${browser.origin}/`);
  assert.equal(await page.locator("#table-bytes").isVisible(), true);
  assert.equal(await page.locator("main :is(input, select, button):not(:disabled)").count(), 0);
  assert.match(await page.locator(".notice.trouble").innerText(), /needs JavaScript and WebAssembly.*when the page was made/s);
  assert.equal(await page.locator(".waiting").isVisible(), false);
  assert.doesNotMatch(await page.innerText("body"), /computed in your browser/);
  await context.close();
});

test("what has the focus in the first view has it in the live page, too", async () => {
  for (const [keys, text] of /** @type {[string[], RegExp][]} */ ([[["Tab", "Tab", "Tab"], /^The lesson$/], [["Tab", "Enter"], /^When does quantization/]])) {
    /** @type {() => void} */
    let release = () => {};
    const held = new Promise((resolve) => (release = () => resolve(undefined)));
    const opened = await browser.open("", { ready: null, before: (page) => page.route("**/*.wasm", async (route) => (await held, route.continue())) });
    const { page } = opened;
    for (const key of keys) await page.keyboard.press(key);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    assert.match(await focused(), text);
    release();
    await page.waitForSelector("crossover-tables table");
    assert.match(await focused(), text);
    assert.notEqual(await page.evaluate(() => document.activeElement?.localName), "body");
    await opened.close();
  }
});

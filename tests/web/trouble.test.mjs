// What can go wrong before there is anything to see: each has a sentence in the page, none an empty one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("values of the address that cannot be used are explained, and the defaults stand in", async () => {
  const opened = await browser.open("?context=minus&calibration=april&model=lama-3.1-8b&batch=1.5&nonsense=1&theme=pink&utm_source=x");
  const { page } = opened;
  const notice = page.locator("main > .notice");
  const text = await notice.innerText();
  assert.match(text, /context=minus: is not a number\. The page uses 2048 instead\./);
  assert.match(text, /batch=1\.5: is not a whole number/);
  assert.match(text, /theme=pink: is none of auto, light, dark/);
  assert.match(text, /nonsense=1: is not a parameter of this page/);
  assert.match(text, /model=lama-3\.1-8b: is not in the library \(.*llama-3\.1-8b.*\)\. The page uses llama-3\.1-8b instead\./);
  assert.match(text, /calibration=april: is not in the library/);
  assert.doesNotMatch(text, /utm_source/);
  assert.match(await page.innerText("#table-decode"), /5\.19 ms/);
  await page.getByRole("button", { name: "Understood" }).click();
  assert.equal(await notice.count(), 0);
  silent(opened);
  await opened.close();
});

test("any text in the address gives a page, never an exception", async () => {
  const values = ["", "%00", "1e999", "-1", "NaN", "{}", "{\"a\":1}", "<script>alert(1)</script>", "%F0%9F%8C%80", "a".repeat(300), "__proto__", "null"];
  const names = ["page", "step", "view", "model", "hardware", "scheme", "batch", "context", "calibration", "schemes", "v", "training_batch", "constructor", "own"];
  for (const value of values) {
    const search = `?${names.map((name) => `${name}=${value.includes("%") ? value : encodeURIComponent(value)}`).join("&")}`;
    const opened = await browser.open(search);
    assert.match(await opened.page.innerText("#table-decode"), /5\.19 ms/, search);
    silent(opened);
    await opened.close();
  }
});

test("where WebAssembly does not exist, the page says so", async () => {
  const { page, errors, close } = await browser.open("", {
    ready: "main .trouble",
    before: (page) => page.addInitScript(() => { Reflect.deleteProperty(globalThis, "WebAssembly"); }),
  });
  assert.match(await page.innerText("main .trouble"), /WebAssembly is blocked here/);
  assert.deepEqual(errors, []);
  await close();
});

test("where a policy of the site blocks WebAssembly, the page says so", async () => {
  const { page, errors, close } = await browser.open("", {
    ready: "main .trouble",
    before: (page) =>
      page.route("**/", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace(" 'wasm-unsafe-eval'", "") });
      }),
  });
  assert.match(await page.innerText("main .trouble"), /WebAssembly is blocked here/);
  assert.match(await page.innerText("main .trouble"), /wasm-unsafe-eval/);
  assert.deepEqual(errors, []);
  await close();
});

test("where the engine's file is missing, the page says so and tries again when asked", async () => {
  let broken = true;
  const { page, errors, close } = await browser.open("", {
    ready: "main .trouble",
    before: (page) => page.route("**/crossover-page-*.wasm", (route) => (broken ? route.fulfill({ status: 404, body: "" }) : route.continue())),
  });
  assert.match(await page.innerText("main .trouble"), /The engine did not load/);
  assert.deepEqual(errors, []);
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForSelector("#table-decode");
  assert.equal(await page.locator("main .trouble").count(), 0);
  await close();
});

for (const [late, search, shown] of /** @type {const} */ ([
  ["ahead.js", "", "#table-decode"], ["main.js", "", "#table-decode"], ["ahead.js", "?page=lab", "svg.chart"], ["main.js", "?page=lab", "svg.chart"],
])) {
  test(`the engine is asked for once, should ${late} come last: ${search || "the first page"}`, async () => {
    /** @type {string[]} */
    let before = [];
    const opened = await browser.open(search, {
      ready: null,
      before: (page) => {
        // Whichever script is there asks for the engine; the other is held back until that is here.
        const engine = page.waitForEvent("requestfinished", (request) => request.url().endsWith(".wasm"));
        return page.route(`**/${late}?*`, async (route) => {
          await engine;
          before = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
          await route.continue();
        });
      },
    });
    await opened.page.waitForSelector(shown);
    await opened.page.waitForFunction((name) => performance.getEntriesByType("resource").some((entry) => entry.name.includes(name)), `/${late}?`);
    await opened.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    // The evidence beside the lab's figure has an engine of its own.
    const engines = opened.requests.filter((url) => /crossover-(page|lab)-[^/]*\.wasm$/.test(url));
    assert.equal(engines.length, 1);
    assert.equal(engines[0]?.includes("-lab-"), search !== "");
    // The lab's scripts are under way before any script could import them.
    if (late === "main.js") assert.equal(before.some((url) => /crossover-lab-[^/]*\.js$/.test(url)), search !== "");
    silent(opened);
    await opened.close();
  });
}

test("the page says that it loads until the engine is there, and without JavaScript what it needs", async () => {
  /** @type {() => void} */
  let release = () => {};
  const held = new Promise((resolve) => { release = () => resolve(undefined); });
  const { page, close } = await browser.open("", {
    ready: null,
    before: (page) => page.route("**/crossover-page-*.wasm", async (route) => { await held; await route.continue(); }),
  });
  const status = page.locator(".waiting [role=status]", { hasText: "Loading the engine" });
  await status.waitFor();
  release();
  await page.waitForSelector("#table-decode");
  assert.equal(await status.count(), 0);
  await close();

  const context = await browser.browser.newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto(browser.origin);
  assert.match(await bare.innerText("body"), /needs JavaScript and WebAssembly/);
  await context.close();
});

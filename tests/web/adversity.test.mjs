// What happens to people: a network that drops, half a file, a full disk, two tabs, a phone that puts the tab aside. Each has a state
// that was thought of, and nothing that the reader did is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** @typedef {import("playwright-core").Page} Page */

const nav = (/** @type {Page} */ page, /** @type {string} */ name) => page.getByRole("navigation").first().getByRole("link", { name, exact: true });
const retry = (/** @type {Page} */ page) => page.getByRole("button", { name: "Try again" });
const key = "crossover.lesson.1";

/** @param {Page} page @param {string} choice */
async function predict(page, choice) {
  const step = page.locator("#step-4");
  await step.getByRole("group", { name: /Who notices/ }).getByText(choice, { exact: true }).click();
  await step.getByRole("button", { name: "Lock my prediction" }).click();
  await step.locator(".reveal").first().waitFor();
}

for (const [what, spoil] of /** @type {[string, (bytes: Buffer) => Buffer][]} */ ([
  ["is cut in half", (bytes) => bytes.subarray(0, bytes.length >> 1)],
  ["is empty", () => Buffer.alloc(0)],
  ["does not compile", (bytes) => Buffer.concat([bytes.subarray(0, 8), Buffer.from([1, 255, 255, 255, 15])])],
  ["is a page that the network put in its place", () => Buffer.from("<!doctype html><title>Please log in</title>")],
])) {
  test(`where the engine's file ${what}, the page says so, and works when it is asked again`, async () => {
    let broken = true;
    const { page, errors, close } = await browser.open("?batch=4", {
      ready: "main .trouble",
      before: (page) => page.route("**/crossover-page-*.wasm", async (route) => {
        const response = await route.fetch();
        await (broken ? route.fulfill({ response, body: spoil(await response.body()) }) : route.fulfill({ response }));
      }),
    });
    assert.match(await page.innerText("main .trouble"), /The engine did not load/);
    assert.deepEqual(errors, []);
    broken = false;
    await retry(page).click();
    await page.waitForSelector("#table-decode");
    assert.match(page.url(), /batch=4/);
    await close();
  });
}

test("offline in the middle: a page that did not come says so, the others go on, and it comes when the network does", async () => {
  const { page, errors, close } = await browser.open("?context=4096");
  const context = page.context();
  await context.setOffline(true);
  await nav(page, "The lesson").click();
  await page.waitForSelector("main .trouble");
  assert.match(await page.innerText("main .trouble"), /This part of the page did not arrive/);
  await nav(page, "The tables").click();
  await page.waitForSelector("#table-decode");
  assert.equal(await page.locator("main .trouble").count(), 0);
  await nav(page, "The lesson").click();
  await page.waitForSelector("main .trouble");
  await context.setOffline(false);
  await retry(page).click();
  await page.waitForSelector("#step-10");
  assert.deepEqual(errors, []);
  assert.match(page.url(), /context=4096/);
  await close();
});

for (const [what, pattern] of /** @type {[string, RegExp][]} */ ([["page", /\/chunks\/page-\w+\.js$/], ["engine", /\/chunks\/crossover-lab-\w+\.js$/]])) {
  test(`a script of the lab's ${what} that stays away, as where the browser remembers it, comes with the page loaded anew`, async () => {
    const { page, errors, close } = await browser.open("?context=4096");
    let missed = 0;
    let anew = false;
    page.on("request", (request) => { anew ||= request.isNavigationRequest(); });
    await page.route(pattern, (route) => (anew ? route.continue() : (missed += 1, route.abort())));
    await nav(page, "The lab").click();
    await page.waitForSelector("main .trouble");
    assert.ok(missed > 0);
    await retry(page).click();
    await page.waitForSelector("crossover-lab svg.chart");
    assert.ok(anew);
    assert.match(page.url(), /page=lab.*context=4096|context=4096.*page=lab/);
    assert.deepEqual(errors, []);
    await close();
  });
}

test("offline before the lab's half of the engine: the tables go on, and the lab comes with the network", async () => {
  let broken = true;
  const { page, errors, close } = await browser.open("", {
    before: (page) => page.route("**/chunks/crossover-*.wasm", (route) => (broken && !route.request().url().includes("crossover-page-") ? route.abort() : route.continue())),
  });
  await nav(page, "The lab").click();
  await page.waitForSelector("main .trouble");
  await nav(page, "The tables").click();
  await page.waitForSelector("#table-decode");
  broken = false;
  await nav(page, "The lab").click();
  await page.waitForSelector("crossover-lab svg.chart");
  assert.deepEqual(errors, []);
  await close();
});

test("a full disk: the prediction stands, and the page says that it will not be kept", async () => {
  const { page, errors, messages, close } = await browser.open("?page=lesson", {
    ready: "#step-10",
    before: (page) => page.addInitScript(() => {
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }),
  });
  await predict(page, "Both");
  assert.match(await page.innerText(".keep"), /keeps nothing for this page/);
  assert.deepEqual([errors, messages], [[], []]);
  await close();
});

test("foreign and broken text under the lesson's name is passed over, whatever it is", async () => {
  const at = "2026-05-01T10:00:00.000Z";
  const values = [null, {}, [], "", "<img src=x onerror=alert(1)>", 1e308, -1, true, "\u202e", "__proto__", { length: 1e9 }, [[[]]], "x".repeat(300_000)];
  const ids = ["decode.int4", "decode.int8", "regimes.bandwidth", "crossover.line", "constructor", "<b>"];
  const texts = [
    "", "nonsense", "[1,2]", "null", "{", "[".repeat(10_000), `{"__proto__":{"value":1,"at":"${at}"}}`, "\ud800", "1e400",
    ...values.map((value) => JSON.stringify(Object.fromEntries(ids.map((id) => [id, { value, at }])))),
  ];
  const opened = await browser.open("?page=lesson", { ready: "#step-10" });
  const { page } = opened;
  page.on("dialog", (dialog) => { opened.errors.push(`a dialog opened: ${dialog.message()}`); return dialog.dismiss(); });
  for (const text of texts) {
    await page.evaluate(([name, value]) => localStorage.setItem(String(name), String(value)), [key, text]);
    await page.reload();
    await page.locator("#step-10").waitFor();
    await page.locator("#exercises").waitFor();
    assert.deepEqual(opened.errors, [], text.slice(0, 80));
    assert.deepEqual(opened.messages, [], text.slice(0, 80));
    assert.equal(await page.locator("main img, main script").count(), 0, text.slice(0, 80));
  }
  await opened.close();
});

test("two tabs: each one's predictions stay, and forgetting in one is not undone by the other", async () => {
  const { page: first, errors, origin, close } = await browser.open("?page=lesson", { ready: "#step-10" });
  const second = await first.context().newPage();
  await second.goto(`${origin}/?page=lesson`);
  await second.locator("#step-10").waitFor();
  await predict(first, "Both");
  const step = second.locator("#step-2");
  await step.getByRole("textbox", { name: /INT8/ }).fill("2");
  await step.getByRole("textbox", { name: /INT4/ }).fill("4");
  await step.getByRole("button", { name: "Lock my prediction" }).click();
  await step.locator(".reveal").first().waitFor();
  // What one tab writes reaches the other in a moment of the browser's own.
  const kept = (/** @type {Page} */ page, /** @type {string[]} */ steps) => page.waitForFunction(([name, wanted]) => {
    const ids = Object.keys(JSON.parse(localStorage.getItem(String(name)) ?? "{}"));
    return [...new Set(ids.map((id) => id.split(".")[0]))].sort().join() === String(wanted);
  }, [key, steps.join()]);
  await kept(first, ["decode", "regimes"]);
  await second.getByRole("button", { name: "Forget all of them" }).click();
  await second.getByRole("button", { name: "Forget them" }).click();
  await kept(first, []);
  await first.locator("#step-2").getByRole("button", { name: "Show me without predicting" }).click();
  await kept(second, ["decode"]);
  assert.deepEqual(errors, []);
  await close();
});

test("put aside and taken up again: a frozen tab goes on where it was, and what was just changed is in its address", async () => {
  const { page, errors, close } = await browser.open("?page=lab&view=speedup", { ready: "crossover-lab svg.chart" });
  const session = await page.context().newCDPSession(page);
  const batch = page.locator("crossover-lab input[name=batch]").first();
  // Two changes within the time in which the address waits; then the tab is hidden at once.
  await batch.evaluate((field) => {
    for (const value of ["3", "40", "50"]) {
      /** @type {HTMLInputElement} */ (field).value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    if (!location.search.includes("batch=50")) throw new Error(`the address is ${location.search}`);
    Reflect.deleteProperty(document, "visibilityState");
  });
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await session.send("Page.setWebLifecycleState", { state: "active" });
  assert.equal(await batch.inputValue(), "50");
  await batch.fill("60");
  await page.waitForFunction(() => location.search.includes("batch=60"));
  await page.reload();
  assert.equal(await page.locator("crossover-lab input[name=batch]").first().inputValue(), "60");
  assert.deepEqual(errors, []);
  await close();
});

test("where no worker may be started, or its script is not there, the page is the same", async () => {
  for (const before of [
    (/** @type {import("playwright-core").Page} */ page) => page.addInitScript(() => {
      globalThis.Worker = /** @type {any} */ (class { constructor() { throw new DOMException("no worker here", "SecurityError"); } });
    }),
    (/** @type {import("playwright-core").Page} */ page) => page.route("**/rehearsal.js*", (route) => route.fulfill({ status: 404, body: "" })),
  ]) {
    const { page, errors, close } = await browser.open("", { before });
    assert.match(await page.innerText("#table-decode"), /5\.19 ms/);
    assert.deepEqual(errors, []);
    await close();
  }
});

/** Random play for tests/web/soak.test.mjs and script/soak: the page plays itself (?fuzz), and what it holds is weighed in between. */
import assert from "node:assert/strict";
import { launchChromium } from "./browser.mjs";
import { heapKinds } from "./heap.mjs";

/**
 * A browser to weigh in. V8 compiles again what has run often, a few functions at a time over thousands of interactions, and keeps the
 * machine code in the heap: that grows as a page is used and ends when all is compiled. Without it the heap is what the page keeps.
 */
export const launchScales = () => launchChromium("--js-flags=--no-opt --no-maglev --no-sparkplug");

/**
 * What the page holds once its garbage is gone: bytes of the JavaScript heap, all of them and by kind; counts; bytes of WebAssembly memory.
 * @typedef {{heap: number, kinds: import("./heap.mjs").Kinds, nodes: number, listeners: number, wasm: number}} Weight
 */

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<Weight>}
 */
export async function weigh(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  let least = { heap: Infinity, nodes: Infinity, listeners: Infinity };
  // The collector leaves what is on its way out to tasks of its own: it is asked until nothing more goes.
  for (let idle = 0; idle < 2; ) {
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
    idle = of("Nodes") < least.nodes || heap < least.heap * 0.99 ? 0 : idle + 1;
    least = { heap: Math.min(heap, least.heap), nodes: Math.min(of("Nodes"), least.nodes), listeners: Math.min(of("JSEventListeners"), least.listeners) };
    await page.waitForTimeout(300);
  }
  const wasm = await page.evaluate(() => /** @type {any} */ (globalThis).engineBytes());
  const kinds = await heapKinds(session);
  await session.detach();
  return { ...least, kinds, wasm };
}

/**
 * Before the page is asked for: the memories of its engines are noted, without keeping them alive.
 * @param {import("playwright-core").Page} page
 */
export const noteEngines = (page) => page.addInitScript(() => {
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const memories = [];
  const original = /** @type {(...given: any[]) => Promise<any>} */ (WebAssembly.instantiate);
  /** @type {any} */ (WebAssembly).instantiate = async (/** @type {any[]} */ ...given) => {
    const made = await original(...given);
    for (const one of Object.values(made.exports)) if (one instanceof WebAssembly.Memory) memories.push(new WeakRef(one));
    return made;
  };
  /** @type {any} */ (globalThis).engineBytes = () => memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
});

/**
 * Lets the page play until so many interactions are done, then has it show its first page again.
 * @param {import("playwright-core").Page} page
 * @param {number} steps
 */
export async function playUntil(page, steps) {
  await page.evaluate((until) => { document.documentElement.dataset["fuzzUntil"] = String(until); }, steps);
  await page.waitForFunction((until) => Number(document.documentElement.dataset["fuzzSteps"]) >= until, steps, { timeout: 1_200_000, polling: 200 });
  await page.evaluate(() => {
    history.replaceState(null, "", location.pathname);
    dispatchEvent(new PopStateEvent("popstate"));
  });
  // Not waitForSelector: the handle that it returns would keep its whole page alive.
  await page.locator("#table-decode").waitFor();
  // What a step began and ends later: a debounced address, an object URL, an image for an export.
  await page.waitForTimeout(1_000);
}

/**
 * The page is still the page: its first table says what it said before.
 * @param {import("./browser.mjs").Opened} opened
 */
export async function unharmed({ page, messages, errors, requests, origin }) {
  assert.deepEqual(errors, [], "uncaught errors");
  assert.deepEqual(messages, [], "the console says something");
  assert.equal(await page.evaluate(() => document.documentElement.dataset["fuzzFaults"]), undefined);
  assert.match(await page.innerText("#table-decode"), /5\.19 ms/);
  assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== origin), []);
}

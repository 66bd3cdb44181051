// The page's lines of the budget table in real Chromium: bytes are held by tests, these are times and memory. Medians and
// percentiles of one run; a busy machine makes all of them longer.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { openBrowser } from "../tests/web/browser.mjs";
import { quantile } from "./bench-table.mjs";
import { compressed, headers } from "./compressed.mjs";

const loads = 15;
const inputs = 60;

/** The network of interface.md's slow phone. */
const slow = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 };

/** What the machine takes by itself: a page of nothing but a table, and a slider that writes a number. */
const bare = `<!doctype html><title>Bare</title><main><h2>Bare</h2><table><tr><td>1</td></tr></table>
<input type="range" oninput="document.querySelector('td').textContent=this.value"></main>`;

/** Stands in index.html, and is computed here. */
const [table, live] = ["main table", "crossover-tables table"];

/**
 * Milliseconds from the navigation's start to the first table's first frame, without a cache.
 * @param {Awaited<ReturnType<typeof openBrowser>>} browser
 * @param {boolean} throttled
 * @param {string} [selector] of the table
 * @param {string} [path]
 */
async function firstTable(browser, throttled, selector = table, path = "/") {
  const opened = await browser.open("", {
    path,
    ready: null,
    before: async (page) => {
      await page.addInitScript((selector) => {
        const look = () => {
          if (document.querySelector(selector)) /** @type {any} */ (globalThis).firstTable = performance.now();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, selector);
      if (!throttled) return;
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", slow);
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    },
  });
  const at = await opened.page.waitForFunction(() => /** @type {any} */ (globalThis).firstTable, null, { timeout: 60_000 }).then((handle) => handle.jsonValue());
  await opened.close();
  return Number(at);
}

/**
 * Milliseconds from an input to the end of the frame that shows it: the first slider (the lab's batch), one key press after another.
 * @param {Awaited<ReturnType<typeof openBrowser>>} browser
 * @param {string} search
 * @param {string} [path]
 * @param {number} [rate] how many times slower than this machine
 */
async function responses(browser, search, path = "/", rate = 4) {
  const opened = await browser.open(search, { path, ready: "main table, crossover-lab figure" });
  const { page } = opened;
  await page.waitForTimeout(3000); // what is loaded when idle has come
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  await page.locator("main input[type=range]").first().focus();
  await page.evaluate(() => {
    /** @type {number[]} */
    const costs = (/** @type {any} */ (globalThis).costs = []);
    addEventListener("keydown", () => {
      const start = performance.now();
      const channel = new MessageChannel();
      // A message that is posted in the frame's callback arrives once the frame is painted.
      channel.port1.onmessage = () => {
        costs.push(performance.now() - start);
        /** @type {any} */ (globalThis).painted();
      };
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, { capture: true });
  });
  for (let i = 0; i < inputs; i += 1) {
    // Asked for beforehand: a question at every frame would be measured, too.
    const painted = page.evaluate(() => new Promise((resolve) => (/** @type {any} */ (globalThis).painted = () => resolve(null))));
    // A key may overtake a question; this answer says that the one before was heard.
    await page.evaluate(() => null);
    await page.keyboard.press(i < inputs / 2 ? "ArrowRight" : "ArrowLeft");
    await painted;
  }
  const costs = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).costs));
  await opened.close();
  return costs.slice(5);
}

/**
 * Milliseconds that the browser takes to compile and start the engine, its bytes from the same machine.
 * @param {Awaited<ReturnType<typeof openBrowser>>} browser
 */
async function instantiation(browser) {
  const opened = await browser.open("", {
    before: (page) => page.addInitScript(() => {
      const found = /** @type {any} */ (globalThis);
      found.instantiated = 0;
      for (const name of /** @type {const} */ (["compileStreaming", "instantiate"])) {
        const original = /** @type {(...given: unknown[]) => Promise<unknown>} */ (WebAssembly[name]);
        /** @type {any} */ (WebAssembly)[name] = async (/** @type {unknown[]} */ ...given) => {
          const start = performance.now();
          const made = await original(...given);
          found.instantiated += performance.now() - start;
          return made;
        };
      }
    }),
  });
  const found = await opened.page.evaluate(() => /** @type {any} */ (globalThis).instantiated);
  await opened.close();
  return Number(found);
}

/** @template T @param {number} count @param {() => Promise<T>} work @returns {Promise<T[]>} one after another */
async function times(count, work) {
  const found = [];
  for (let i = 0; i < count; i += 1) found.push(await work());
  return found;
}

/** @param {import("./bench-table.mjs").BenchTable} lines */
export async function benchPage(lines) {
  const directory = await compressed();
  await writeFile(join(directory, "bare.html"), brotliCompressSync(bare));
  const browser = await openBrowser({ directory, headers });
  try {
    lines.section("the page in Chromium");
    const shown = async (/** @type {number} */ count, /** @type {Parameters<typeof firstTable>} */ ...given) =>
      quantile(await times(count, () => firstTable(...given)), 0.5);
    const [first, bareShown] = [await shown(loads, browser, false), await shown(loads, browser, false, table, "/bare.html")];
    lines.line(`navigation to the first table, median of ${loads}`, first, "ms", 250);
    lines.line("the same of a page of nothing but a table", bareShown, "ms");
    lines.line("the first table over the bare page's", first / bareShown, "x");
    lines.line(`navigation to the first table that is computed here, median of ${loads}`, await shown(loads, browser, false, live), "ms");
    lines.line("navigation to the first table with CPU 4x, 1.6 Mbit/s and 150 ms, median of 5", await shown(5, browser, true), "ms", 2000);
    lines.line("the same to the first table that is computed here", await shown(5, browser, true, live), "ms");
    lines.line("engine instantiate, median of 5", quantile(await times(5, () => instantiation(browser)), 0.5), "ms", 30);
    const answered = async (/** @type {string} */ what, /** @type {number | undefined} */ budget, /** @type {Parameters<typeof responses>} */ ...given) => {
      const costs = await responses(...given);
      lines.line(`input to painted frame, ${what}, 95th percentile`, quantile(costs, 0.95), "ms", budget);
      lines.line(`input to painted frame, ${what}, median`, quantile(costs, 0.5), "ms");
    };
    await answered("CPU 4x, a slider that writes a number", undefined, browser, "", "/bare.html");
    for (const view of ["speedup", "latency", "roofline", "compare"]) {
      for (const rate of [4, 2, 1]) await answered(`CPU ${rate}x, ${view}`, rate === 4 ? 33 : undefined, browser, `?page=lab&view=${view}`, "/", rate);
    }
    const opened = await browser.open();
    const session = await opened.page.context().newCDPSession(opened.page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    lines.line("JavaScript heap after the first view", usedSize / 1e6, "MB", 15);
    await opened.close();
  } finally {
    await browser.close();
    await rm(directory, { recursive: true });
  }
}

// The page's lines of the budget table in real Chromium: bytes are held by tests, these are times and memory. Medians and
// percentiles of one run; a busy machine makes all of them longer.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { openBrowser } from "../tests/web/browser.mjs";

const loads = 15;
const inputs = 60;

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/** @param {string} what @param {number} found @param {number} budget @param {string} unit */
function line(what, found, budget, unit) {
  console.log(`${what.padEnd(66)}${`${found.toFixed(1)} ${unit}`.padStart(12)}${`${budget} ${unit}`.padStart(12)}   ${found <= budget ? "met" : "missed"}`);
}

/** The network of interface.md's slow phone. */
const slow = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 };

/**
 * Milliseconds from the navigation's start to the first table's first frame, without a cache.
 * @param {Awaited<ReturnType<typeof openBrowser>>} browser
 * @param {boolean} throttled
 */
async function firstTable(browser, throttled) {
  const opened = await browser.open("", {
    ready: null,
    before: async (page) => {
      await page.addInitScript(() => {
        const look = () => {
          if (document.querySelector("main table")) /** @type {any} */ (globalThis).firstTable = performance.now();
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
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
 * Milliseconds from an input to the end of the frame that shows it: the batch slider of the lab, one key press after another.
 * @param {Awaited<ReturnType<typeof openBrowser>>} browser
 * @param {string} view
 */
async function responses(browser, view) {
  const opened = await browser.open(`?page=lab&view=${view}`, { ready: "crossover-lab figure, crossover-lab table" });
  const { page } = opened;
  await page.waitForTimeout(3000); // what is loaded when idle has come
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.locator("crossover-lab input[type=range]").first().focus();
  await page.evaluate(() => {
    /** @type {number[]} */
    const costs = (/** @type {any} */ (globalThis).costs = []);
    addEventListener("keydown", () => {
      const start = performance.now();
      const channel = new MessageChannel();
      // A message that is posted in the frame's callback arrives once the frame is painted.
      channel.port1.onmessage = () => costs.push(performance.now() - start);
      requestAnimationFrame(() => channel.port2.postMessage(0));
    }, { capture: true });
  });
  for (let i = 0; i < inputs; i += 1) {
    await page.keyboard.press(i < inputs / 2 ? "ArrowRight" : "ArrowLeft");
    await page.waitForFunction((count) => /** @type {any} */ (globalThis).costs.length > count, i);
  }
  const costs = await page.evaluate(() => /** @type {number[]} */ (/** @type {any} */ (globalThis).costs));
  await opened.close();
  return costs.slice(5);
}

/** dist/ as a web server sends it. */
async function compressed() {
  const folder = await mkdtemp(join(tmpdir(), "crossover-bench-"));
  await cp("dist", folder, { recursive: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile()) await writeFile(file, brotliCompressSync(await readFile(file)));
  }
  return folder;
}

const directory = await compressed();
const browser = await openBrowser({ directory, headers: { "content-encoding": "br" } });
try {
  console.log(`\n${"the page in Chromium".padEnd(66)}${"found".padStart(12)}${"budget".padStart(12)}`);
  /** @type {number[]} */
  const plain = [];
  for (let i = 0; i < loads; i += 1) plain.push(await firstTable(browser, false));
  line(`navigation to the first table, median of ${loads}`, quantile(plain, 0.5), 250, "ms");
  /** @type {number[]} */
  const throttled = [];
  for (let i = 0; i < 5; i += 1) throttled.push(await firstTable(browser, true));
  line("the same with CPU 4x, 1.6 Mbit/s and 150 ms, median of 5", quantile(throttled, 0.5), 2000, "ms");
  for (const view of ["speedup", "latency", "roofline", "compare"]) {
    const costs = await responses(browser, view);
    line(`input to painted frame, CPU 4x, ${view}, 95th percentile`, quantile(costs, 0.95), 33, "ms");
    line(`input to painted frame, CPU 4x, ${view}, median`, quantile(costs, 0.5), 33, "ms");
  }
  const opened = await browser.open();
  const session = await opened.page.context().newCDPSession(opened.page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  line("JavaScript heap after the first view", usedSize / 1e6, 15, "MB");
  await opened.close();
} finally {
  await browser.close();
  await rm(directory, { recursive: true });
}

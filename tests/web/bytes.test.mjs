// The budgets on bytes: they are exact, so they are held here; those on times are script/bench's.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { openBrowser, root } from "./browser.mjs";

const dist = process.env["CROSSOVER_DIST"] ?? join(root, "dist");

/** As a server sends it that compresses well. @param {Uint8Array} bytes */
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** @param {import("node:test").TestContext} context @param {string} what @param {number} found @param {number} budget */
function within(context, what, found, budget) {
  context.diagnostic(`${what}: ${found} of ${budget} bytes`);
  assert.ok(found <= budget, `${what}: ${found} bytes, ${budget} are allowed`);
}

test("a first view takes at most 200 KB over the wire with brotli: all that the browser asks for", async (context) => {
  const browser = await openBrowser();
  const opened = await browser.open();
  await opened.page.waitForLoadState("networkidle");
  const files = [...new Set(opened.requests)].filter((url) => !/^(blob|data):/.test(url)).map((url) => new URL(url).pathname.slice(1) || "index.html");
  await browser.close();
  assert.ok(files.includes("main.js") && files.includes("style.css") && files.some((file) => file.endsWith(".wasm")));
  const bytes = await Promise.all(files.map((file) => readFile(join(dist, file))));
  within(context, "first view", bytes.reduce((sum, one) => sum + brotli(one), 0), 200_000);
  context.diagnostic(`with gzip: ${bytes.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0)} bytes`);
});

test("the page's engine with its glue and the library inside takes at most 110 KB with brotli", async (context) => {
  const names = (await readdir(join(dist, "chunks"))).filter((name) => name.startsWith("crossover-page-"));
  assert.equal(names.length, 2, "a module and its glue");
  const bytes = await Promise.all(names.map((name) => readFile(join(dist, "chunks", name))));
  within(context, "engine", bytes.reduce((sum, one) => sum + brotli(one), 0), 110_000);
});

for (const [name, budget, size] of /** @type {[string, number, (bytes: Uint8Array) => number][]} */ ([
  ["crossover.html", 700_000, (bytes) => bytes.length],
  ["embed.html", 300_000, brotli],
])) {
  test(`${name} keeps to its ${budget.toLocaleString("en")} bytes`, async (context) => {
    const bytes = await readFile(join(dist, name));
    within(context, name, size(bytes), budget);
  });
}

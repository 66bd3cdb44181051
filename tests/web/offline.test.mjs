// The site without a network from the second visit on: two builds of it, a server whose files change under the reader's feet.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { buildPage } from "../../web/build.mjs";
import { chromiumPath } from "./browser.mjs";

let folder = "";
/** What the server has: a build's directory, or nothing. */
let served = "";
/** Files that it does not give just now, and others that it gives spoilt. @type {Set<string>} */
const missing = new Set();
/** @type {Set<string>} */
const spoilt = new Set();
/** @type {string[]} */
const asked = [];
/** @type {import("node:http").Server} */
let server;
let site = "";
/** @type {import("playwright-core").Browser} */
let browser;

/** @type {Record<string, string>} */
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".png": "image/png", ".webmanifest": "application/manifest+json" };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "crossover-"));
  for (const version of ["1.0.1", "1.0.2"]) await buildPage({ out: join(folder, version), release: { version, commit: `commit-${version}` } });
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://here").pathname;
    const file = path.replace(/^\/courses\/ml\//, "") || "index.html";
    asked.push(file);
    const body = path.startsWith("/courses/ml/") && served && !missing.has(file) ? await readFile(join(served, file)).catch(() => null) : null;
    if (!body) return response.writeHead(404).end();
    if (spoilt.has(file)) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  site = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/courses/ml/`;
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** @param {string} version */
const serve = (version) => {
  served = version && join(folder, version);
  missing.clear();
  spoilt.clear();
};

/** @param {import("playwright-core").BrowserContext} context */
async function visit(context, search = "", ready = "#table-decode") {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(site + search);
  await page.waitForSelector(ready);
  return page;
}
/** @param {import("playwright-core").Page} page */
const versionOf = async (page) => /Version ([\d.]+), build (commit-[\d.]+)/.exec(await page.innerText("footer"))?.slice(1).join(" ");
/** The first visit has ended when the worker is there for the second. @param {import("playwright-core").Page} page */
const keptBy = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; });
/** @param {import("playwright-core").Page} page */
const caches = (page) => page.evaluate(async () => (await globalThis.caches.keys()).filter((name) => name.startsWith("crossover")));

test("the second visit needs no network: every page of the site, its lazily loaded parts and the whole engine", async () => {
  serve("1.0.1");
  const context = await browser.newContext();
  const first = await visit(context);
  await keptBy(first);
  await first.close();
  serve("");
  asked.length = 0;
  for (const [search, ready] of [["", "#table-decode"], ["?page=lesson", "#step-10"], ["?page=lab&view=speedup", "crossover-lab svg.chart"], ["?page=links", "#table-links"]]) {
    const page = await visit(context, search, ready);
    assert.equal(await versionOf(page), "1.0.1 commit-1.0.1", search);
    await page.close();
  }
  assert.deepEqual(asked.filter((file) => file !== "service-worker.js"), [], "the server is asked for nothing");
  await context.close();
});

test("an update never mixes versions: the open page stays what it is, the next visit is new in all its parts", async () => {
  serve("1.0.1");
  const context = await browser.newContext();
  await keptBy(await visit(context));
  await context.pages()[0]?.close();
  const old = await visit(context);
  serve("1.0.2");
  await old.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  await old.waitForSelector("text=A newer version of this page is ready");
  // Parts of the old version that only it knows: the server no longer has them.
  await old.getByRole("navigation").getByRole("link", { name: "The lab" }).click();
  await old.waitForSelector("crossover-lab svg.chart");
  const beside = await visit(context, "?page=lesson", "#step-10");
  assert.equal(await versionOf(beside), "1.0.1 commit-1.0.1", "while the old version is open, another tab gets it too");
  assert.equal((await caches(old)).length, 2);
  await beside.close();
  await old.close();
  // The browser lets the waiting worker take over when the last page is gone, in a moment of its own.
  let next = await visit(context);
  for (let tries = 0; tries < 20 && (await versionOf(next)) !== "1.0.2 commit-1.0.2"; tries++) {
    await next.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    next = await visit(context);
  }
  assert.equal(await versionOf(next), "1.0.2 commit-1.0.2");
  await keptBy(next);
  serve("");
  await next.getByRole("navigation").getByRole("link", { name: "The lab" }).click();
  await next.waitForSelector("crossover-lab svg.chart");
  assert.equal((await caches(next)).length, 1, "the old version's files are gone");
  await context.close();
});

test("half an update is none: a file that is missing or not the build's leaves the old version in place", async () => {
  serve("1.0.1");
  const context = await browser.newContext();
  const page = await visit(context);
  await keptBy(page);
  for (const [set, file] of /** @type {[Set<string>, string][]} */ ([[missing, "style.css"], [spoilt, "main.js"]])) {
    serve("1.0.2");
    set.add(file);
    const result = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const coming = registration.installing;
      if (coming) await new Promise((resolve) => coming.addEventListener("statechange", () => resolve(undefined)));
      return coming?.state;
    });
    assert.equal(result, "redundant", file);
    assert.equal((await caches(page)).length, 1, file);
  }
  await page.close();
  serve("");
  assert.equal(await versionOf(await visit(context)), "1.0.1 commit-1.0.1");
  await context.close();
});

test("?offline=off forgets what was kept, and keeps nothing", async () => {
  serve("1.0.1");
  const context = await browser.newContext();
  const page = await visit(context);
  await keptBy(page);
  assert.equal((await caches(page)).length, 1);
  await page.close();
  const off = await visit(context, "?offline=off");
  await off.waitForFunction(async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await globalThis.caches.keys()).length);
  await off.close();
  serve("");
  const again = await context.newPage();
  await assert.rejects(again.goto(site), /HTTP_RESPONSE_CODE_FAILURE/, "it is the server that answers");
  await context.close();
});

test("the manifest makes it installable: a name, a start within its scope, icons that are what they say", async () => {
  serve("1.0.1");
  const context = await browser.newContext();
  const page = await visit(context);
  const manifest = JSON.parse(await readFile(join(served, "manifest.webmanifest"), "utf8"));
  assert.deepEqual([manifest.start_url, manifest.scope], ["./", "./"]);
  for (const { src, sizes, type } of manifest.icons) {
    const [width, natural] = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, site + src);
    if (sizes !== "any") assert.deepEqual(`${width}x${natural}`, sizes, src);
    assert.equal(types[extname(src)], type);
  }
  const session = await context.newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
  await context.close();
});

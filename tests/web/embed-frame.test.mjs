// embed.html in an <iframe>, in Chromium: sandboxed, without an origin, without storage; and who may tell whom what.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { engine } from "../wasm/engine.mjs";
import { embedViews } from "../../web/embed/views.js";
import { readFrameMessage, readHostMessage } from "../../web/embed/messages.js";
import { serve } from "./browser.mjs";
import { authorSite, dist, page } from "./embed-host.mjs";

/** @type {Awaited<ReturnType<typeof authorSite>>} */
let site;
/** The figures' own host: another origin than the author's. */
/** @type {Awaited<ReturnType<typeof serve>>} */
let elsewhere;

const embedScript = `<script src="crossover/embed.js" async></script>`;
const remember = `<script>addEventListener("message", (event) => (window.heard ??= []).push({ data: event.data, origin: event.origin }))</script>`;
/** @param {string} src @param {string} [more] */
const frame = (src, more = `data-crossover sandbox="allow-scripts"`) => `<iframe ${more} src="${src}" title="A figure" width="700" height="200"></iframe>`;
const decode = "embed.html?view=decode&model=llama-3.1-70b&hardware=a100-80gb";

before(async () => {
  elsewhere = await serve(dist);
  site = await authorSite({
    "sandbox.html": page(remember + frame(`crossover/${decode}`) + embedScript),
    "cross.html": page(remember + frame(`${elsewhere.origin}/${decode}`, "data-crossover") + embedScript),
    "set.html": page(remember + frame("crossover/embed.html?view=crossover&host=ORIGIN") + frame("crossover/embed.html?view=crossover") + embedScript),
    "bad.html": page(remember + frame("crossover/embed.html?view=none&model=nobody&batch=lots&host=notanorigin&%00=1&__proto__=2&constructor=3&theme=dark") + embedScript),
    "child.html": page(`${frame("evil.html")}${frame("crossover/embed.html?view=bytes", `id="good" data-crossover sandbox="allow-scripts"`)}<iframe src="evil.html" title="a stranger"></iframe>
      <script>for (const type of ["ready", "error", "change", "height"]) addEventListener("crossover-" + type, (event) => (window.passed ??= []).push(type))</script>${embedScript}`),
    "evil.html": `<script>
      const all = [null, 1, "height", [], {}, { crossover: 1 }, { crossover: 1, type: "height" }, { crossover: 1, type: "height", height: -5 }, { crossover: 1, type: "height", height: 1e9 },
        { crossover: 1, type: "height", height: "500px; position: fixed" }, { crossover: 1, type: "height", height: NaN }, { crossover: 2, type: "height", height: 900 }, { crossover: 1, type: "__proto__" },
        { crossover: 1, type: "constructor" }, { crossover: 1, type: "change", parameters: "x", search: {} }, { crossover: 1, type: "ready", view: {}, version: 1 }];
      setInterval(() => {
      for (const message of all) parent.postMessage(message, "*");
      for (let i = 0; i < parent.length; i++) for (const message of all) parent[i].postMessage(message, "*");
      parent.postMessage({ crossover: 1, type: "height", height: 333 }, "*");
      for (let i = 0; i < parent.length; i++) parent[i].postMessage({ crossover: 1, type: "set", parameters: { view: "crossover" } }, "*");
      }, 100);
    </script>`,
  });
});
after(async () => {
  await site.close();
  await elsewhere.close();
});

/** @param {import("playwright-core").Page} it @param {number} [index] */
async function figure(it, index = 0) {
  const inner = it.frameLocator("iframe").nth(index);
  await inner.locator("crossover-view .embed-foot").waitFor();
  return inner;
}
/** @param {import("playwright-core").Page} it @param {number} [index] */
const heightOf = (it, index = 0) => it.locator("iframe").nth(index).evaluate((found) => found.clientHeight);
/** @param {import("playwright-core").FrameLocator} inner */
const inside = (inner) => inner.locator("crossover-view").evaluate((view) => Math.ceil(view.getBoundingClientRect().height));

test("embed.html takes at most 300 KB over the wire, and names nothing that it would have to fetch", async () => {
  const html = await readFile(join(dist, "embed.html"));
  assert.ok(brotliCompressSync(html).length <= 300_000, `${brotliCompressSync(html).length} bytes`);
  assert.match(html.toString().slice(0, 1200), /script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval'; style-src 'sha256-/);
  assert.ok((await readFile(join(dist, "embed.js"))).length < 4096);
});

test("sandboxed without an origin it computes what the engine says, asks for nothing, and the frame gets its height", async () => {
  const opened = await site.visit("sandbox.html");
  const inner = await figure(opened.page);
  const rows = engine.table("decode", { model: "llama-3.1-70b", hardware: "a100-80gb" }).rows;
  const text = await inner.locator("table").innerText();
  for (const row of rows) assert.ok(text.includes(`${(Number(row["itl_s"]) * 1000).toFixed(2)} ms`), text);
  await opened.page.waitForFunction(() => /** @type {any} */ (document.querySelector("iframe")).clientHeight > 300);
  assert.equal(await heightOf(opened.page), await inside(inner));
  assert.deepEqual(opened.requests.filter((url) => !/^data:/.test(url)).map((url) => new URL(url).pathname).sort(), ["/crossover/embed.html", "/crossover/embed.js", "/sandbox.html"]);
  assert.deepEqual([opened.messages, opened.errors], [[], []]);
  const heard = await opened.page.evaluate(() => /** @type {any} */ (globalThis).heard);
  assert.ok(heard.every((/** @type {any} */ one) => one.origin === "null" && readFrameMessage(one.data)), JSON.stringify(heard));
  assert.deepEqual([...new Set(heard.map((/** @type {any} */ one) => one.data.type))].sort(), ["height", "ready"]);
  await opened.close();
});

test("the height follows the figure, up and down, without running away", async () => {
  const opened = await site.visit("sandbox.html");
  const inner = await figure(opened.page);
  await opened.page.waitForTimeout(400);
  const before = await heightOf(opened.page);
  await inner.getByText("Change the inputs").click();
  await opened.page.waitForFunction((low) => /** @type {any} */ (document.querySelector("iframe")).clientHeight > low + 100, before);
  await inner.getByText("Change the inputs").click();
  await opened.page.waitForFunction((low) => /** @type {any} */ (document.querySelector("iframe")).clientHeight === low, before);
  await opened.page.waitForTimeout(400);
  assert.equal(await heightOf(opened.page), before);
  await opened.close();
});

test("a prediction locks with storage and clipboard denied, and says that nothing is kept", async () => {
  const opened = await site.visit("sandbox.html");
  await opened.page.locator("iframe").evaluate((found) => { /** @type {any} */ (found).src = "crossover/embed.html?view=predict-decode"; });
  const inner = await figure(opened.page);
  await inner.getByRole("textbox", { name: /INT8/ }).fill("2");
  await inner.getByRole("textbox", { name: /INT4/ }).fill("4");
  await inner.getByRole("button", { name: "Lock my prediction" }).click();
  await inner.locator(".reveal").waitFor();
  assert.ok(await inner.getByText("Nothing is kept here").isVisible());
  assert.deepEqual([opened.messages, opened.errors], [[], []]);
  await opened.close();
});

test("every view computes in the sandbox", async () => {
  const opened = await site.visit("sandbox.html");
  for (const name of Object.keys(embedViews)) {
    await opened.page.locator("iframe").evaluate((found, view) => { /** @type {any} */ (found).src = `crossover/embed.html?view=${view}`; }, name);
    await opened.page.frameLocator("iframe").locator(`crossover-view .embed[data-view="${name}"] .embed-foot`).waitFor();
  }
  assert.deepEqual([opened.messages, opened.errors], [[], []]);
  await opened.close();
});

test("from another origin the height comes too, and the lab's link leads to the whole page there with the same state", async () => {
  const opened = await site.visit("cross.html");
  const inner = await figure(opened.page);
  await opened.page.waitForFunction(() => /** @type {any} */ (document.querySelector("iframe")).clientHeight > 300);
  const link = new URL(String(await inner.getByRole("link", { name: "Open all tables" }).getAttribute("href")));
  assert.equal(link.origin, elsewhere.origin);
  assert.deepEqual(Object.fromEntries(link.searchParams), { model: "llama-3.1-70b", hardware: "a100-80gb" });
  await opened.close();
});

test("parameters are taken from the origin that host= names, and from no other", async () => {
  const opened = await site.visit("set.html", {
    before: (it) => it.route("**/set.html", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace("ORIGIN", new URL(answer.url()).origin) });
    }),
  });
  const named = await figure(opened.page, 0);
  const unnamed = await figure(opened.page, 1);
  await opened.page.evaluate(() => {
    for (const frame of document.querySelectorAll("iframe")) {
      frame.dispatchEvent(new CustomEvent("crossover-set", { bubbles: true, detail: { parameters: { hardware: "a100-80gb", theme: "dark", host: "https://evil.example", nobody: "x" } } }));
    }
  });
  await named.locator(".view-about", { hasText: "A100" }).waitFor();
  assert.equal(await named.locator(".embed").getAttribute("data-theme"), "dark");
  assert.match(await unnamed.locator(".view-about").innerText(), /H100/);
  await opened.page.evaluate(() => document.querySelector("iframe")?.dispatchEvent(new CustomEvent("crossover-set", { bubbles: true, detail: { parameters: { batch: "many", hardware: null } } })));
  await named.locator(".notice", { hasText: "batch=many" }).waitFor();
  assert.match(await named.locator(".view-about").innerText(), /H100/);
  await opened.page.evaluate(() => { /** @type {any} */ (globalThis).heard = []; });
  await named.getByText("Change the inputs").click();
  await named.getByRole("slider", { name: /Batch/ }).first().press("End");
  await opened.page.waitForFunction(() => /** @type {any} */ (globalThis).heard.some((/** @type {any} */ one) => one.data.type === "change"));
  const change = (await opened.page.evaluate(() => /** @type {any} */ (globalThis).heard)).find((/** @type {any} */ one) => one.data.type === "change");
  assert.equal(change.data.parameters.batch, 4096);
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("an address full of nonsense is explained in the figure", async () => {
  const opened = await site.visit("bad.html");
  const inner = await figure(opened.page);
  const notice = await inner.locator(".notice").innerText();
  for (const word of ["none", "nobody", "lots", "notanorigin", "constructor"]) assert.match(notice, new RegExp(word));
  assert.deepEqual([opened.messages, opened.errors], [[], []]);
  await opened.close();
});

test("a hostile child moves nothing but its own frame, and a hostile neighbour nothing at all", async () => {
  const opened = await site.visit("child.html");
  const { page: it } = opened;
  const good = await figure(it, 1);
  await it.waitForTimeout(500);
  const heights = await it.locator("iframe").evaluateAll((all) => all.map((one) => one.clientHeight));
  assert.equal(heights[0], 333, "what is well-formed and from a frame that the author marked is believed of that frame");
  assert.equal(heights[2], 150, "a frame that was not marked is not heard");
  assert.equal(heights[1], await inside(good));
  assert.equal(await good.locator(".embed").getAttribute("data-view"), "bytes");
  assert.ok((await it.evaluate(() => /** @type {any} */ (globalThis).passed)).every((/** @type {string} */ type) => ["height", "ready"].includes(type)));
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("a hostile page around the figure can break nothing: wrong shapes, wrong origin, floods", async () => {
  const opened = await site.visit("set.html", {});
  const inner = await figure(opened.page, 1);
  await opened.page.evaluate(() => {
    const child = /** @type {HTMLIFrameElement} */ (document.querySelectorAll("iframe")[1]).contentWindow;
    const wrong = [undefined, null, 0, "x", [], {}, { crossover: 1, type: "set" }, { crossover: 1, type: "set", parameters: [] }, { crossover: 1, type: "set", parameters: { batch: {} } },
      { crossover: 1, type: "set", parameters: { view: "crossover", hardware: "t4" } }, { crossover: 1, type: "toString" }, new Error("x"), new Map([["type", "set"]]), new Uint8Array(1e6)];
    for (let i = 0; i < 50; i++) for (const message of wrong) child?.postMessage(message, "*");
  });
  await opened.page.waitForTimeout(300);
  assert.match(await inner.locator(".view-about").innerText(), /H100/);
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("a book on a disk can frame it: a file in a file, without a network", async () => {
  const opened = await site.visit("", { path: pathToFileURL(join(site.directory, "sandbox.html")).href, offline: true });
  await figure(opened.page);
  await opened.page.waitForFunction(() => /** @type {any} */ (document.querySelector("iframe")).clientHeight > 300);
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("opened from a disk its link leads to the page as one file, in the same state", async () => {
  const opened = await site.visit("", { path: `${pathToFileURL(join(dist, "embed.html")).href}?view=roofline&batch=4`, offline: true });
  const link = opened.page.getByRole("link", { name: "Open in the lab" });
  await link.waitFor();
  const [lab] = await Promise.all([opened.page.context().waitForEvent("page"), link.click()]);
  await lab.waitForSelector("crossover-lab svg.chart");
  const address = new URL(lab.url());
  assert.match(address.pathname, /\/crossover\.html$/);
  assert.deepEqual(Object.fromEntries(address.searchParams), { page: "lab", view: "roofline", batch: "4" });
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("messages are read by shape alone: what is not one of ours is null", () => {
  assert.equal(readFrameMessage({ crossover: 1, type: "height", height: 20_001 }), null);
  assert.equal(readFrameMessage({ crossover: 1, type: "height", height: Infinity }), null);
  assert.deepEqual(readFrameMessage({ crossover: 1, type: "height", height: 12.5 })?.type, "height");
  assert.equal(readFrameMessage({ crossover: 1, type: "set", parameters: {} }), null, "a frame sets nothing");
  assert.equal(readHostMessage({ crossover: 1, type: "set", parameters: { a: [] } }), null);
  assert.equal(readHostMessage({ crossover: 1, type: "set", parameters: null }), null);
  assert.equal(readHostMessage({ crossover: 1, type: "set", parameters: { batch: 4, model: "x", own: null } })?.type, "set");
});

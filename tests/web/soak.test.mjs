// The page plays itself at random, and holds: 500 interactions here, 10,000 in script/soak. The embedded element comes and goes, and holds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { embedViews } from "../../web/embed/views.js";
import { randomFrom } from "../../web/fuzz.js";
import { openBrowser, silent } from "./browser.mjs";
import { authorSite, page, script } from "./embed-host.mjs";
import { launchScales, noteEngines, playUntil, unharmed, weigh } from "./soak.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser({ launch: launchScales }); });
after(() => browser.close());

/** The page that was left last may be on its way out when it is weighed; 250 interactions turn several pages. */
const leaving = { nodes: 2000, listeners: 200 };

test("500 random interactions leave no error, and no objects, nodes, listeners or engine memory behind", async (context) => {
  const opened = await browser.open("?fuzz=2026&page=lab", { ready: null, before: noteEngines });
  await playUntil(opened.page, 250);
  const early = await weigh(opened.page);
  await playUntil(opened.page, 500);
  const late = await weigh(opened.page);
  await unharmed(opened);
  context.diagnostic(JSON.stringify({ early: { ...early, kinds: undefined }, late: { ...late, kinds: undefined } }));
  assert.ok(late.heap <= early.heap * 1.1, `bytes of the heap: ${early.heap}, then ${late.heap}`);
  assert.ok(late.nodes <= early.nodes * 1.1 + leaving.nodes, `nodes: ${early.nodes}, then ${late.nodes}`);
  assert.ok(late.listeners <= early.listeners * 1.1 + leaving.listeners, `listeners: ${early.listeners}, then ${late.listeners}`);
  assert.ok(early.wasm > 0);
  assert.ok(late.wasm <= early.wasm, `memory of the engine: ${early.wasm}, then ${late.wasm}`);
  await opened.close();
});

/** A device of the author's own: its view has an engine of its own, which goes with it. */
const own = JSON.stringify([{ kind: "hardware", spec: {
  id: "own-device", name: "Own device", memory_capacity_bytes: 24e9, memory_bandwidth_bytes_per_s: 1e12, peak_flop_per_s: { fp16: 1e14 },
} }]);

test("200 times connected, put elsewhere and removed, the embedded element leaves nothing behind", async (context) => {
  const site = await authorSite({ "chapter.html": page(`${script}<section></section>`) }, { launch: launchScales });
  const opened = await site.visit("chapter.html", { before: noteEngines });
  const cycle = (/** @type {number} */ from, /** @type {number} */ to) => opened.page.evaluate(async ({ names, own, from, to }) => {
    await customElements.whenDefined("crossover-view");
    for (let turn = from; turn < to; turn++) {
      const view = document.createElement("crossover-view");
      view.setAttribute("view", String(names[turn % names.length]));
      view.setAttribute("loading", "eager");
      if (turn % 10 === 0) view.setAttribute("own", own);
      const ready = () => new Promise((resolve, reject) => {
        view.addEventListener("ready", resolve, { once: true });
        view.addEventListener("error", (event) => reject(new Error(/** @type {CustomEvent} */ (/** @type {Event} */ (event)).detail.message)), { once: true });
      });
      for (const place of ["main", "section"]) {
        const there = ready();
        document.querySelector(place)?.append(view);
        await there;
        // Its observers have had their say.
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        if (view.shadowRoot?.querySelector(".embed-foot") === null) throw new Error(`${view.getAttribute("view")} shows nothing`);
      }
      view.remove();
    }
  }, { names: Object.keys(embedViews), own, from, to });
  // Every view once: its code and words stay.
  await cycle(0, Object.keys(embedViews).length);
  await cycle(0, 20);
  const early = await weigh(opened.page);
  await cycle(20, 200);
  const late = await weigh(opened.page);
  context.diagnostic(JSON.stringify({ early: { ...early, kinds: undefined }, late: { ...late, kinds: undefined } }));
  for (const name of /** @type {const} */ (["heap", "nodes", "listeners"])) assert.ok(late[name] <= early[name] * 1.1, `${name}: ${early[name]}, then ${late[name]}`);
  assert.ok(late.wasm <= early.wasm, `memory of the engines: ${early.wasm}, then ${late.wasm}`);
  silent(opened);
  await opened.close();
  await site.close();
});

test("the same seed plays the same way, another one another", () => {
  const first = (/** @type {number} */ seed) => Array.from({ length: 5 }, randomFrom(seed));
  assert.deepEqual(first(7), first(7));
  assert.notDeepEqual(first(7), first(8));
  const many = Array.from({ length: 10_000 }, randomFrom(1));
  assert.ok(many.every((x) => x >= 0 && x < 1));
  const mean = many.reduce((sum, x) => sum + x) / many.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, `${mean}`);
});

test("play touches nothing that the reader keeps", async () => {
  const opened = await browser.open("?page=lesson", { ready: "#step-10" });
  const mine = JSON.stringify({ "decode.int4": { value: 4, at: "2026-05-01T10:00:00.000Z" } });
  await opened.page.evaluate((text) => localStorage.setItem("crossover.lesson.1", text), mine);
  await opened.page.goto(`${opened.origin}/?fuzz&page=lesson`);
  await opened.page.waitForFunction(() => Number(document.documentElement.dataset["fuzzSteps"]) >= 60);
  await opened.page.goto(`${opened.origin}/icon.svg`);
  assert.equal(await opened.page.evaluate(() => localStorage.getItem("crossover.lesson.1")), mine);
  await opened.close();
});

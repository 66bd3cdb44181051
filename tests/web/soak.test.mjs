// The page plays itself at random, and holds: 500 interactions here, 10,000 in script/soak.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomFrom } from "../../web/fuzz.js";
import { openBrowser } from "./browser.mjs";
import { noteEngines, playUntil, unharmed, weigh } from "./soak.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("500 random interactions leave no error, and no nodes, listeners or engine memory behind", async (context) => {
  const opened = await browser.open("?fuzz=2026&page=lab", { ready: null, before: noteEngines });
  await playUntil(opened.page, 250);
  const early = await weigh(opened.page);
  await playUntil(opened.page, 500);
  const late = await weigh(opened.page);
  await unharmed(opened);
  context.diagnostic(JSON.stringify({ early, late }));
  assert.ok(late.nodes <= early.nodes * 1.1, `nodes: ${early.nodes}, then ${late.nodes}`);
  assert.ok(late.listeners <= early.listeners * 1.1, `listeners: ${early.listeners}, then ${late.listeners}`);
  assert.ok(early.wasm > 0);
  assert.ok(late.wasm <= early.wasm, `memory of the engine: ${early.wasm}, then ${late.wasm}`);
  await opened.close();
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

// The page in Debian's Firefox ESR: that it computes, draws and answers there too. What it shows to the last digit is the other
// tests' business, in Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { firefoxTooOld, launchFirefox, silent, tableText } from "./browser.mjs";
import { authorSite, page, script } from "./embed-host.mjs";

/** @type {Awaited<ReturnType<typeof authorSite>>} */
let site;
const skip = firefoxTooOld();
before(async () => {
  if (skip) return;
  site = await authorSite({ "host.html": page(`${script}<crossover-view view="decode"></crossover-view>`) }, { launch: launchFirefox });
});
after(() => site?.close());

/** @param {string} search @param {string} ready */
const open = (search, ready) => site.open(search, { path: "/crossover/", ready });

/** How many curves of the chart have an extent on the screen. @param {import("playwright-core").Page} it @param {string} chart */
const curves = (it, chart) => it.locator(`${chart} svg.chart path`).evaluateAll((paths) =>
  paths.filter((path) => path.getBoundingClientRect().width > 100 && getComputedStyle(path).stroke !== "none").length);

test("the tables print the published row of FP16, and the crossover chart is drawn", { skip }, async () => {
  const opened = await open("", "#table-decode");
  const [, fp16 = []] = await tableText(opened.page, "#table-decode");
  assert.deepEqual(fp16.slice(0, 2), ["FP16", "5.19 ms"]);
  // INT8, INT4 and INT4 with an INT4 cache.
  await opened.page.waitForSelector("#crossover-chart svg.chart");
  assert.ok(await curves(opened.page, "#crossover-chart") >= 3);
  silent(opened);
  await opened.close();
});

test("the lesson takes a prediction, locks it and reveals the published speed-up", { skip }, async () => {
  const opened = await open("?page=lesson", "#step-10");
  const step = opened.page.locator("#step-2");
  await step.getByRole("textbox", { name: /INT8/ }).fill("2");
  await step.getByRole("textbox", { name: /INT4/ }).fill("4");
  assert.equal(await step.locator(".reveal").count(), 0);
  await step.getByRole("button", { name: "Lock my prediction" }).click();
  // 5.19 ms of FP16 over 1.54 ms of INT4.
  assert.equal(await step.locator(`[data-question="decode.int4"] .answer`).innerText(), "3.4x");
  silent(opened);
  await opened.close();
});

test("the lab draws its chart and follows the batch's slider", { skip }, async () => {
  const opened = await open("?page=lab&view=speedup&batch=8", "crossover-lab svg.chart");
  const { page: it } = opened;
  assert.ok(await curves(it, "crossover-lab") >= 1);
  const summary = await it.innerText(".lab-summary");
  await it.getByRole("slider", { name: /Batch/ }).first().press("ArrowRight");
  assert.equal(await it.inputValue(`crossover-lab input[name="batch"]`), "9");
  assert.notEqual(await it.innerText(".lab-summary"), summary);
  silent(opened);
  await opened.close();
});

test("<crossover-view> computes in a plain page of somebody else's", { skip }, async () => {
  const opened = await site.visit("host.html");
  const table = opened.page.locator("crossover-view table");
  await table.waitFor();
  assert.match(await table.innerText(), /FP16\s+5\.19 ms/);
  silent(opened);
  await opened.close();
});

test("the evidence is computed in its worker", { skip }, async () => {
  const opened = await open("?page=evidence", "#table-targets");
  assert.ok((await tableText(opened.page, "#table-targets")).length > 1);
  silent(opened);
  await opened.close();
});

// The page in other languages: pseudo-languages through every page and view at 320 pixels, from right to left, and how a language is
// asked for, chosen and refused.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildPage } from "../../web/build.mjs";
import { axeViolations, openBrowser, silent } from "./browser.mjs";
import { pseudoLanguages } from "./pseudo.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
let directory = "";
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "crossover-languages-"));
  await buildPage({ out: directory, plugins: [pseudoLanguages()] });
  browser = await openBrowser({ directory });
});
after(async () => {
  await browser.close();
  await rm(directory, { recursive: true, force: true });
});

/** Locks all steps and opens what the exercises have, by their place: the words are another language's. @param {Page} page */
async function revealLesson(page) {
  const skip = page.locator("crossover-step form .actions button.plain");
  while (await skip.count()) await skip.first().click();
  for (const button of await page.locator("crossover-exercise .actions button[type=button]").all()) await button.click();
}

/** Opens everything that is closed. @param {Page} page */
async function openAll(page) {
  for (const summary of await page.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
}

const lab = "?page=lab&model=llama-3.1-8b&hardware=h100-sxm&batch=64";
const places = /** @type {{name: string, search: string, ready: string, then?: (page: Page) => Promise<void>}[]} */ ([
  { name: "the tables, with a bad value", search: "?context=x", ready: "#table-decode" },
  { name: "a refusal", search: "?model=resnet-50", ready: "main .notice" },
  { name: "the lesson", search: "?page=lesson", ready: "#step-10" },
  { name: "the lesson revealed", search: "?page=lesson", ready: "#step-10", then: revealLesson },
  { name: "the links", search: "?page=links", ready: "#table-links" },
  { name: "the lab with everything open", search: lab, ready: "svg.chart", then: openAll },
  { name: "the lab where nothing fits", search: "?page=lab&model=llama-3.1-405b&hardware=t4&scheme=w4a4-fp4", ready: "main .notice, svg.chart" },
]);

/**
 * Boxes of text that reach out of the window, without those in a frame of their own that scrolls and those kept from sight.
 * @param {Page} page
 */
const tooWide = (page) =>
  page.evaluate(() => ({
    page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    parts: [...document.querySelectorAll("body *")].filter((element) => {
      if (element.closest(".scroller, .derivation, .quiet, .skip, svg") || !element.getClientRects().length) return false;
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    }).map((element) => `${element.tagName} ${element.className}: ${(element.textContent ?? "").slice(0, 60)}`),
  }));

/** @param {import("./browser.mjs").Opened} opened */
async function whole(opened) {
  const { page } = opened;
  assert.deepEqual(await tooWide(page), { page: 0, parts: [] });
  assert.deepEqual(await axeViolations(page), []);
  assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).ran), undefined, "text was taken for markup");
  assert.equal(await page.locator("main img[src=x], main script").count(), 0);
  silent(opened);
}

for (const code of ["long", "rtl", "markup"]) {
  for (const { name, search, ready, then } of places) {
    test(`${code}, 320 px: ${name}`, async () => {
      const opened = await browser.open(`${search}${search.includes("?") ? "&" : "?"}locale=${code}`, { width: 320, ready });
      await then?.(opened.page);
      await whole(opened);
      assert.equal(await opened.page.evaluate(() => document.documentElement.dir), code === "rtl" ? "rtl" : "ltr");
      await opened.close();
    });
  }

  test(`${code}, 320 px: every view of the lab`, async () => {
    const opened = await browser.open(`${lab}&locale=${code}`, { width: 320, ready: "svg.chart" });
    const tabs = opened.page.getByRole("tab");
    assert.ok((await tabs.count()) >= 11);
    for (const tab of await tabs.all()) {
      await tab.click();
      await opened.page.locator("#lab-panel details.view-table > summary").click();
      await whole(opened);
    }
    await opened.close();
  });
}

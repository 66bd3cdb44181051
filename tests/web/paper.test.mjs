// The pages on paper, A4 with ten millimetres of margin: nothing is left out that says something, nothing goes off the sheet.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** In CSS pixels, between the margins. */
const sheet = 718;

/** @param {string} search @param {string} ready */
async function printed(search, ready) {
  const opened = await browser.open(search, { width: sheet, ready });
  await opened.page.emulateMedia({ media: "print" });
  await opened.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await opened.page.waitForTimeout(300);
  return opened;
}

for (const [what, search, ready] of [
  ["the evidence's tables", "?page=evidence", "#table-crossovers"],
  ["the lesson's tables", "?page=lesson", "#step-10"],
  ["the advisor's table", "?page=lab&view=advisor&batch=16", "crossover-lab .view"],
  ["the operators' table", "?page=lab&view=breakdown&batch=16", "crossover-lab .view"],
  ["a sum of many parts", "?page=lab&quantity=speedup", ".derivation"],
]) {
  test(`${what} fit on paper`, async () => {
    const { page, close } = await printed(search, ready);
    const cut = await page.evaluate((sheet) => [...document.querySelectorAll("main :is(td, th, math)")]
      .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > sheet + 1).map((one) => one.textContent?.trim()), sheet);
    assert.deepEqual(cut, []);
    assert.deepEqual(await page.$$eval(".scroller, .derivation", (all) => all.filter((one) => getComputedStyle(one).overflowX !== "visible").length), 0);
    await close();
  });
}

test("on paper every measured curve has its name", async () => {
  const { page, close } = await printed("?page=evidence", "#table-crossovers");
  assert.equal(await page.locator("#table-series tbody th").count(), await page.locator("#table-series .pick:visible").count());
  assert.ok(!(await page.locator("main button:not(.pick):visible").count()));
  await close();
});

test("on paper the key of a stacked bar has its colours without background graphics, and a row of the comparison stays together", async () => {
  const { page, close } = await printed("?page=lab&view=memory", "crossover-lab .view");
  const exact = (/** @type {string} */ selector) => page.$eval(selector, (one) => getComputedStyle(one).getPropertyValue("-webkit-print-color-adjust"));
  assert.equal(await exact(".chart-key .dot"), "exact");
  await close();
  const lesson = await browser.open("?page=lesson", { ready: "#step-10" });
  await lesson.page.getByRole("button", { name: "Show me without predicting" }).first().click();
  await lesson.page.emulateMedia({ media: "print" });
  assert.equal(await lesson.page.$eval(".comparison > div", (row) => getComputedStyle(row).breakInside), "avoid");
  await lesson.close();
});

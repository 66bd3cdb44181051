// Everybody's page: axe-core without a violation in each state, light and dark, 320 to 1440 pixels; nothing wider than the
// window; the keyboard alone; reduced motion; print.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, openBrowser, silent, unseen } from "./browser.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** @param {Page} page */
async function revealAll(page) {
  const skip = page.getByRole("button", { name: "Show me without predicting" });
  while (await skip.count()) await skip.first().click();
}

/** @param {Page} page */
async function openMenu(page) {
  await page.getByRole("combobox", { name: "Model", exact: true }).click();
}

const states = /** @type {{name: string, search: string, ready: string, then?: (page: Page) => Promise<void>}[]} */ ([
  { name: "the tables", search: "", ready: "#table-decode" },
  { name: "the tables with a menu open", search: "", ready: "#table-decode", then: openMenu },
  { name: "the tables with bad values and a model that does not decode", search: "?context=x&model=resnet-50", ready: "main > .notice" },
  { name: "the tables where nothing fits", search: "?model=llama-3.1-405b&hardware=t4&calibration=tutorial-2026-03", ready: "#table-decode" },
  { name: "the parameters of a link", search: "?page=links", ready: "#table-links" },
  { name: "the lesson", search: "?page=lesson", ready: "#step-10" },
  { name: "the lesson revealed", search: "?page=lesson", ready: "#step-10", then: revealAll },
]);

for (const { name, search, ready, then } of states) {
  for (const [colorScheme, width] of /** @type {const} */ ([["light", 1440], ["dark", 1440], ["light", 320], ["dark", 320]])) {
    test(`axe finds nothing and nothing is wider than the window: ${name}, ${colorScheme}, ${width} px`, async () => {
      const opened = await browser.open(search, { colorScheme, width, ready });
      await then?.(opened.page);
      assert.deepEqual(await axeViolations(opened.page), []);
      const overflow = await opened.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(overflow <= 0, `the page is ${overflow} px wider than the window`);
      silent(opened);
      await opened.close();
    });
  }
}

test("the states without an engine have no violation either", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const { page, close } = await browser.open("", {
      colorScheme,
      width: 320,
      ready: "main .trouble",
      before: (page) => page.route("**/crossover-page-*.wasm", (route) => route.fulfill({ status: 404, body: "" })),
    });
    assert.deepEqual(await axeViolations(page), []);
    await close();
  }
});

test("a theme named in the address holds against the system's", async () => {
  const { page, close } = await browser.open("?theme=dark", { colorScheme: "light" });
  const [r = 255] = (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/g)?.map(Number) ?? [];
  assert.ok(r < 60);
  assert.deepEqual(await axeViolations(page), []);
  await close();
});

for (const [colorScheme, theme] of /** @type {const} */ ([["dark", "light"], ["light", "dark"]])) {
  test(`where the system's colours are forced its ${colorScheme} palette holds against the theme that the address names`, async () => {
    for (const [search, ready] of [["?page=lab&batch=16", "crossover-lab .view"], ["?page=lab&view=breakdown", "crossover-lab .view"], ["?page=lesson", "#step-10"]]) {
      const { page, close } = await browser.open(`${search}&theme=${theme}`, { ready });
      if (search === "?page=lesson") await revealAll(page);
      assert.deepEqual(await unseen(page, colorScheme), [], search);
      await close();
    }
  });
}

test("what a link's notice says is understood, and the focus goes on to the page", async () => {
  const { page, close } = await browser.open("?page=lab&batch=0", { ready: "crossover-lab .view" });
  await page.focus("main > .notice button");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("main > .notice").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "main");
  await close();
});

test("at twice the size of text nothing is cut off", async () => {
  const { page, close } = await browser.open("", { width: 1280 });
  // 200 % zoom of a 1280-pixel window is a window of 640 CSS pixels.
  await page.setViewportSize({ width: 640, height: 450 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  await close();
});

/** The focused element, as it is announced. @param {Page} page */
const focused = (page) =>
  page.evaluate(() => {
    const element = /** @type {HTMLElement | null} */ (document.activeElement);
    const labels = /** @type {HTMLInputElement} */ (element)?.labels;
    return element?.getAttribute("aria-label") ?? labels?.[0]?.innerText.trim() ?? element?.innerText?.trim() ?? "";
  });

/** Tabs on until the focused element has the name. @param {Page} page @param {RegExp} name */
async function tabTo(page, name) {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    if (name.test(await focused(page))) return;
  }
  assert.fail(`Tab never reaches ${name}`);
}

test("the tables can be worked by keyboard alone", async () => {
  const opened = await browser.open();
  const { page } = opened;
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to the content");
  await page.keyboard.press("Enter");
  await tabTo(page, /^Model$/);
  await page.keyboard.type("mixtral 8x7b");
  assert.match(await page.getByRole("status").first().innerText(), /found/);
  await page.keyboard.press("Enter");
  assert.match(await page.innerText("#table-decode-caption"), /Mixtral 8x7B/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").count(), 0);
  await tabTo(page, /^Context, slider$/);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.getByRole("textbox", { name: "Context" }).inputValue(), "2048");
  await tabTo(page, /^Constants of the tables$/);
  await page.keyboard.press("ArrowUp");
  await page.waitForURL(/calibration=/);
  silent(opened);
  await opened.close();
});

test("a step of the lesson can be predicted, locked and read by keyboard alone", async () => {
  const opened = await browser.open("?page=lesson", { ready: "#step-10" });
  const { page } = opened;
  await tabTo(page, /gigabytes in INT4/);
  await page.keyboard.type("4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await tabTo(page, /^Lock my prediction$/);
  await page.keyboard.press("Enter");
  // The focus goes where the answer is, so that a screen reader reads it next.
  assert.equal(await focused(page), "Step 1, answered");
  silent(opened);
  await opened.close();
});

test("a field says what is wrong with what was typed, and keeps the last good value", async () => {
  const { page, close } = await browser.open();
  const field = page.getByRole("textbox", { name: "Context", exact: true });
  const shown = await page.innerText("#table-decode");
  await field.fill("many");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match(await page.locator("crossover-slider").first().getByRole("alert").innerText(), /not a number/);
  assert.equal(await page.innerText("#table-decode"), shown);
  await field.fill("4096");
  assert.equal(await field.getAttribute("aria-invalid"), "false");
  assert.notEqual(await page.innerText("#table-decode"), shown);
  await close();
});

test("touch targets are at least 24 pixels high, fields and buttons 44", async () => {
  const { page, close } = await browser.open("?page=lesson", { width: 360, ready: "#step-10", touch: true });
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("main button, main input[type=text], main select, main label.option, nav a")]
      .filter((element) => element.getClientRects().length && element.getBoundingClientRect().height < (element.matches(".contents a") ? 24 : 43.5))
      .map((element) => element.textContent?.trim() || element.id),
  );
  assert.deepEqual(small, []);
  await close();
});

test("on paper there is nothing to click and the page is light", async () => {
  const { page, close } = await browser.open("", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.ok(!(await page.isVisible(".masthead nav")));
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.ok(await page.isVisible("#table-decode"));
  await close();
});

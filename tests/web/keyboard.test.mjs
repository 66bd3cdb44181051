// The whole lesson and the whole lab with Tab and a few keys: everything is reached, seen, and left again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** Far more stops than any page has: a walk that does not end is a trap. */
const most = 1500;

/**
 * What has the focus. A stop that shows no outline, or has no size, is a fault of the page.
 * @param {import("playwright-core").Page} page
 */
const stop = (page) =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at);
    const around = at.closest("label");
    const ring = (/** @type {CSSStyleDeclaration} */ one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
    // Marks in a chart show it by their stroke.
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "var(--focus)";
    const { color } = getComputedStyle(probe);
    probe.remove();
    const stroked = at instanceof SVGElement && [...at.querySelectorAll("*")].some((part) => getComputedStyle(part).stroke === color);
    const { width, height } = at.getBoundingClientRect();
    const input = at instanceof HTMLInputElement ? at : null;
    return {
      what: `${at.localName} "${(at.getAttribute("aria-label") ?? at.textContent ?? "").trim().slice(0, 40)}"`,
      ringed: stroked || ring(style) || style.boxShadow !== "none" || (around !== null && ring(getComputedStyle(around))),
      seen: width > 0 && height > 0 && style.visibility === "visible",
      type: input?.type ?? at.localName,
      inStep: at.closest("crossover-step") !== null,
      checked: input?.checked ?? false,
      empty: input?.value === "",
      text: (at.textContent ?? "").trim(),
    };
  });

/**
 * Tab from the page's beginning to its end.
 * @param {import("playwright-core").Page} page
 * @param {(at: NonNullable<Awaited<ReturnType<typeof stop>>>) => Promise<unknown>} each
 */
async function walk(page, each = async () => {}) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press("Tab");
    const at = await stop(page);
    if (at === null) return count;
    assert.ok(at.ringed, `${at.what} has the focus and does not show it`);
    assert.ok(at.seen, `${at.what} has the focus and cannot be seen`);
    await each(at);
  }
  return assert.fail(`${most} stops and no end: the focus is caught`);
}

test("every prediction of the lesson is made, locked and revealed by keyboard alone, from its first step to its end", async () => {
  const opened = await browser.open("?page=lesson", { ready: "#step-10" });
  const { page } = opened;
  const steps = await page.locator("crossover-step").count();
  await walk(page, async (at) => {
    if (!at.inStep) return;
    if (at.type === "radio" && !at.checked) await page.keyboard.press("Space");
    if ((at.type === "text" || at.type === "number") && at.empty) await page.keyboard.type("2");
    if (at.type === "g") await page.keyboard.press("ArrowUp"); // a point of the sketched line
    if (at.text === "Lock my prediction") await page.keyboard.press("Enter");
  });
  const locked = await page.locator("crossover-step").evaluateAll((all) => all.filter((one) => /** @type {any} */ (one).locked).length);
  assert.equal(locked, steps);
  assert.deepEqual([opened.messages, opened.errors], [[], []]);
  await opened.close();
});

for (const view of ["speedup", "latency", "roofline", "breakdown", "memory", "capacity", "energy", "accuracy", "sensitivity", "advisor", "compare"]) {
  test(`the lab with its ${view} view is walked by keyboard, its disclosures open, from the first link to the last`, async () => {
    const opened = await browser.open(`?page=lab&view=${view}`, { ready: "crossover-lab figure, crossover-lab table" });
    const { page } = opened;
    const stops = await walk(page, async (at) => {
      if (at.type === "summary") await page.keyboard.press("Enter");
    });
    assert.ok(stops > 20, `${stops} stops`);
    assert.deepEqual([opened.messages, opened.errors], [[], []]);
    await opened.close();
  });
}

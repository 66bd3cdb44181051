// The tables of tests/bad_input where a person can type them: the address, and JSON pasted into the lab. What the engine says of a bad
// value stands beside the field, with its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { argumentsOf, tables } from "../bad_input/table.mjs";
import { params, readParams } from "../../web/params.js";
import { openBrowser, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** @param {string} name */
const table = (name) => {
  const found = tables.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
};
const open = () => browser.open("?page=lab", { ready: "crossover-lab .view" });

/**
 * Pastes each text and compares what the page says of it.
 * @param {import("playwright-core").Page} page
 * @param {string} tool
 * @param {string} alert selector of the refusal
 * @param {{ text: string, bad: import("../bad_input/table.mjs").Case }[]} pasted
 */
async function assertRefused(page, tool, alert, pasted) {
  assert.ok(pasted.length >= 5, tool);
  for (const { text, bad } of pasted) {
    await page.fill(`${tool} textarea`, text);
    await page.click(`${tool} .primary`);
    const said = (await page.textContent(`${tool} ${alert}`)) ?? "";
    const what = `${text.slice(0, 300)}\n  says: ${said}`;
    assert.ok(said.startsWith(bad.path ? `${bad.path}: ` : ""), what);
    assert.ok(said.length > 10 && said.includes(bad.says ?? ""), what);
  }
}

test("a bad number or choice in the address is named and not used", () => {
  const address = table("evaluate-roofline").cases.flatMap(({ set = {}, code }) => {
    const [[pointer, value] = ["", null], ...others] = Object.entries(set);
    const name = pointer.replace(/^\/0\//, "");
    // Ids are looked up when the library is there (trouble.test.mjs). A number in quotes is a number in an address.
    const typed = ["number", "whole", "choice"].includes(params[name]?.type ?? "") && typeof value !== "object";
    const bad = code === "out_of_range" || code === "unknown_id" || (code === "wrong_type" && Number.isNaN(Number(value)));
    return others.length === 0 && typed && bad ? [{ name, value: String(value) }] : [];
  });
  assert.ok(address.length >= 15, `${address.length}`);
  for (const { name, value } of address) {
    const { values, problems } = readParams(`?${new URLSearchParams({ [name]: value })}`);
    assert.deepEqual(problems.map((problem) => problem.name), [name], `${name}=${value}`);
    assert.equal(values[name], params[name]?.default, `${name}=${value}`);
  }
});

test("a pasted configuration that cannot be imported is refused with its place", async () => {
  const opened = await open();
  await opened.page.click('[data-tool="import"] > summary');
  const configs = table("import");
  const pasted = configs.cases.map((bad) => ({ bad, text: JSON.stringify(argumentsOf(configs, bad)[0]) }));
  await assertRefused(opened.page, '[data-tool="import"]', ".error", pasted);
  silent(opened);
  await opened.close();
});

for (const kind of ["hardware", "model", "scheme", "kernel", "runtime"]) {
  test(`a pasted ${kind} that cannot be added is refused with its place`, async () => {
    const opened = await open();
    const { page } = opened;
    const tool = '[data-tool="own"]';
    await page.click(`${tool} > summary`);
    await page.selectOption(`${tool} select`, kind);
    await page.click(`${tool} input[name="from"]`);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.click(`${tool} button:has-text("JSON")`);
    const records = table(`addSpec-${kind}`);
    const pasted = records.cases
      .map((bad) => ({ bad, given: argumentsOf(records, bad) }))
      .filter(({ given: [of, spec] }) => of === kind && typeof spec === "object" && spec !== null && !Array.isArray(spec))
      .map(({ bad, given }) => ({ bad, text: JSON.stringify(given[1]) }));
    await assertRefused(page, tool, '[role="alert"].no-fit', pasted);
    silent(opened);
    await opened.close();
  });
}

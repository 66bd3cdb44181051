// For authors and for instructors: the pages, and the documents that say the same.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { embedViews } from "../../web/embed/views.js";
import { parametersTable } from "../../web/integrations/parameters.mjs";
import { params } from "../../web/params.js";
import { axeViolations, openBrowser, root, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

test("the table of parameters is what web/params.js says", async () => {
  const written = await readFile(join(root, "web/integrations/PARAMETERS.md"), "utf8");
  assert.equal(written, parametersTable(), "run node web/integrations/parameters.mjs");
  for (const name of Object.keys(params)) assert.ok(written.includes(`| \`${name}\` |`), name);
  assert.doesNotMatch(written, /links\./, "a parameter has no meaning in the strings");
});

test("the documents list what can be embedded, each with what it is", async () => {
  const written = await readFile(join(root, "web/integrations/PARAMETERS.md"), "utf8");
  for (const name of Object.keys(embedViews)) assert.match(written, new RegExp(`^\\| \`${name}\` \\| (Table|Chart|Advice|Where|Prediction|Exercise)`, "m"), name);
  assert.match(await readFile(join(root, "web/integrations/README.md"), "utf8"), /PARAMETERS\.md#views/);
});

test("a page that is gone to is seen from its top, masthead and all, with the focus in it", async () => {
  const opened = await browser.open("", { width: 1366, height: 900, ready: "#table-decode" });
  const { page } = opened;
  for (const [name, ready] of [["The lab", "crossover-lab svg.chart"], ["For authors", "crossover-guide h2"], ["The tables", "#table-decode"]]) {
    await page.getByRole("link", { name: String(name), exact: true }).click();
    await page.waitForSelector(String(ready));
    assert.equal(await page.evaluate(() => scrollY), 0, name);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "content", name);
  }
  silent(opened);
  await opened.close();
});

for (const [which, heading] of /** @type {const} */ ([["authors", "For authors"], ["instructors", "For instructors"]])) {
  test(`${heading}: reached from the foot of the page, accessible, 320 pixels wide, nothing said in the console`, async () => {
    const opened = await browser.open("", { width: 320, ready: "#table-decode" });
    const { page } = opened;
    await page.getByRole("contentinfo").getByRole("link", { name: heading }).click();
    await page.waitForSelector("crossover-guide h2");
    assert.equal(await page.innerText("main h1"), heading);
    assert.match(page.url(), new RegExp(`page=${which}`));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
    assert.deepEqual(await axeViolations(page), []);
    assert.doesNotMatch(await page.innerText("main"), /guide\.\w+|undefined/);
    silent(opened);
    await opened.close();
  });
}

test("for authors: every view is named, and what is copied is what is shown", async () => {
  const opened = await browser.open("?page=authors", { ready: "crossover-guide h2" });
  const { page } = opened;
  const named = await page.locator("section[aria-labelledby=guide-views] code").allInnerTexts();
  assert.deepEqual(named.filter((name) => name !== "view").sort(), Object.keys(embedViews).sort());
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy: Paste: the element" }).click();
  await page.getByText("Copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator("section[aria-labelledby=guide-element] code").last().innerText());
  assert.match(copied, new RegExp(`src="${opened.origin}/crossover-view.js"`));
  silent(opened);
  await opened.close();
});

test("the messages of the documents are those that are sent", async () => {
  const types = await readFile(join(root, "web/embed/protocol.d.ts"), "utf8");
  const readme = await readFile(join(root, "web/integrations/README.md"), "utf8");
  for (const type of ["ready", "error", "change", "height", "hello", "set"]) assert.match(types, new RegExp(`type: "${type}"`));
  for (const event of ["crossover-ready", "crossover-change", "crossover-error", "crossover-height", "crossover-set"]) {
    assert.ok(types.includes(`"${event}"`) && readme.includes(event), event);
  }
});

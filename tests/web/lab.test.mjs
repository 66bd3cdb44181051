// The lab in the built page: presets, the address, tabs from the keyboard, comparison, explanations, own records, import, calibration.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { axeViolations, openBrowser, root, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/**
 * @param {string} [search]
 * @param {import("./browser.mjs").OpenOptions} [options]
 */
const open = (search = "", options = {}) => browser.open(`?page=lab${search}`, { ready: "crossover-lab .view", ...options });

const presets = readdirSync(`${root}specs/scenarios`).map((file) => JSON.parse(readFileSync(`${root}specs/scenarios/${file}`, "utf8")));

test("there are at least twelve presets, and each opens from the menu and again from its link", async () => {
  assert.ok(presets.length >= 12);
  const opened = await open();
  const { page } = opened;
  for (const { id, name } of presets) {
    await page.selectOption(".lab-presets select", id);
    const shown = await page.textContent("#lab-panel .view-title");
    assert.ok(shown, `${name} shows a figure`);
    // The address follows within its own interval.
    await page.waitForTimeout(400);
    const link = new URL(page.url()).search;
    const again = await browser.open(link, { ready: "crossover-lab .view" });
    assert.equal(await again.page.textContent("#lab-panel .view-title"), shown, link);
    assert.equal(await again.page.$eval(".lab-presets select", (select) => /** @type {HTMLSelectElement} */ (select).value), id, link);
    silent(again);
    await again.close();
  }
  silent(opened);
  await opened.close();
});

test("the views are tabs: arrows walk them, the address names them", async () => {
  const opened = await open();
  const { page } = opened;
  await page.focus("#lab-tab-speedup");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "lab-tab-latency");
  assert.equal(await page.getAttribute("#lab-tab-latency", "aria-selected"), "true");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "lab-tab-compare");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("view") === "compare");
  silent(opened);
  await opened.close();
});

test("a scenario kept for comparison stays while the lab's own changes, up to four in all", async () => {
  const opened = await open("&view=compare&batch=4");
  const { page } = opened;
  await page.click(".actions button:has-text('Keep this scenario')");
  await page.fill('input[name="batch"]', "32");
  const items = await page.$$eval(".lab-compared li", (list) => list.map((item) => item.textContent ?? ""));
  assert.equal(items.length, 2);
  assert.match(items[1] ?? "", /Batch 4/);
  await page.click(".actions button:has-text('Keep this scenario')");
  await page.click(".actions button:has-text('Keep this scenario')");
  assert.ok(await page.isDisabled(".actions button:has-text('Keep this scenario')"));
  await page.click("#lab-panel .view-table > summary");
  assert.equal((await page.$$("#lab-panel .view-table tbody tr")).length, 4);
  assert.deepEqual(await axeViolations(page), []);
  await page.waitForTimeout(400);
  const again = await browser.open(new URL(page.url()).search, { ready: "crossover-lab .view" });
  assert.equal((await again.page.$$(".lab-compared li")).length, 4);
  await again.close();
  silent(opened);
  await opened.close();
});

test("what the engine refuses stands at the field that it names, and in the figure's place", async () => {
  const opened = await open("&kernel=awq-gemv&hardware=m3-max", { ready: "crossover-lab [role=tabpanel]" });
  const { page } = opened;
  const said = (await page.textContent("#lab-panel .notice p")) ?? "";
  assert.match(said, /awq-gemv/);
  const field = page.locator("crossover-select", { has: page.locator('input[name="kernel"]') });
  assert.equal(`kernel: ${await field.locator(".error").textContent()}`, said, "there with its path");
  assert.ok(await field.locator(".error").isVisible(), "the disclosure is open");
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("an explained number is MathML down to sourced figures, and its top is the number of the summary", async () => {
  const opened = await open("&batch=16");
  const { page } = opened;
  await page.click('[data-tool="explain"] > summary');
  await page.waitForSelector(".derivation math");
  const top = ((await page.textContent(".derivation > li > math")) ?? "").replace(/\s+/g, " ");
  const step = ((await page.textContent(".lab-summary dd")) ?? "").replace("why?", "").replace(/\s+/g, " ").trim();
  assert.ok(top.includes(step), `${top} ends in ${step}`);
  assert.ok((await page.$$(".derivation math mfrac")).length > 0);
  assert.ok((await page.$$(".derivation .source a[href^='https://']")).length > 0, "figures name their sources");
  for (const quantity of await page.$$eval('[data-tool="explain"] option', (options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value))) {
    await page.selectOption('[data-tool="explain"] select', quantity);
    assert.ok(await page.$(".derivation math"), quantity);
  }
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("every figure and every number of the summary leads to its derivation", async () => {
  const opened = await open("&batch=16&view=memory");
  const { page } = opened;
  for (const view of await page.$$eval(".lab-tabs [role=tab]", (tabs) => tabs.map((tab) => tab.id))) {
    await page.click(`#${view}`);
    assert.ok(await page.$("[data-explain]"), view);
  }
  await page.click("#lab-tab-memory");
  await page.click("[data-explain]");
  assert.equal(await page.$eval('[data-tool="explain"] select', (select) => /** @type {HTMLSelectElement} */ (select).value), "total_bytes");
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "select", "the focus goes along");
  await page.click(".lab-summary .why");
  assert.equal(await page.$eval('[data-tool="explain"] select', (select) => /** @type {HTMLSelectElement} */ (select).value), "step_s");
  assert.ok(await page.$(".derivation math"));
  silent(opened);
  await opened.close();
});

test("a device of one's own starts from the library's, says what is wrong at the field, and travels in the link", async () => {
  const opened = await open();
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.click('[data-tool="own"] input[name="from"]');
  await page.fill('[data-tool="own"] input[name="from"]', "H200");
  await page.keyboard.press("Enter");
  const bandwidth = '[id$="-memory_bandwidth_bytes_per_s"]';
  await page.fill(bandwidth, "-1");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible(`${bandwidth} ~ .error`), "the refusal stands at the bandwidth");
  assert.deepEqual(await axeViolations(page), []);
  await page.fill(bandwidth, "9.6e12");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.equal(await page.$eval('input[name="hardware"]', (input) => /** @type {HTMLInputElement} */ (input).value.startsWith("My ")), true);
  await page.waitForFunction(() => location.search.includes("own="));
  const shown = await page.textContent("#lab-panel .view-about");
  const again = await browser.open(new URL(page.url()).search, { ready: "crossover-lab .view" });
  assert.equal(await again.page.textContent("#lab-panel .view-about"), shown);
  silent(again);
  await again.close();
  silent(opened);
  await opened.close();
});

test("a record as JSON: no JSON is said at once, a good one is taken", async () => {
  const opened = await open();
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.selectOption('[data-tool="own"] select', "scheme");
  await page.click('[data-tool="own"] input[name="from"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.click('[data-tool="own"] button:has-text("JSON")');
  await page.fill('[data-tool="own"] textarea', "{ no");
  assert.ok(((await page.textContent('[data-tool="own"] [role="alert"].no-fit')) ?? "").length > 5);
  await page.fill('[data-tool="own"] textarea', JSON.stringify({ id: "w5a16", name: "Five bits", weight_bits: 5, act_format: "fp16", source: "definition" }));
  await page.click('[data-tool="own"] .primary');
  await page.waitForFunction(() => new URLSearchParams(location.search).get("scheme") === "w5a16");
  silent(opened);
  await opened.close();
});

test("a link whose records are refused is explained in the page, which still works", async () => {
  const opened = await open(`&own=${encodeURIComponent('[{"kind":"hardware","spec":{"id":"broken","name":"Broken"}}]')}`);
  assert.match((await opened.page.textContent(".notice")) ?? "", /own=/);
  assert.ok(await opened.page.$("#lab-panel svg.chart"));
  silent(opened);
  await opened.close();
});

test("a pasted Hugging Face configuration becomes the model of the scenario", async () => {
  const opened = await open();
  const { page } = opened;
  const config = {
    architectures: ["LlamaForCausalLM"], model_type: "llama", hidden_size: 2048, intermediate_size: 5632, num_hidden_layers: 22,
    num_attention_heads: 32, num_key_value_heads: 4, vocab_size: 32000, max_position_embeddings: 2048, tie_word_embeddings: false, torch_dtype: "bfloat16", _name_or_path: "me/my-llama",
  };
  await page.click('[data-tool="import"] > summary');
  await page.fill('[data-tool="import"] textarea', "not json");
  await page.click('[data-tool="import"] .primary');
  assert.ok(await page.isVisible('[data-tool="import"] .error'));
  await page.fill('[data-tool="import"] textarea', JSON.stringify(config));
  await page.click('[data-tool="import"] .primary');
  await page.waitForSelector('[data-tool="import"] [role="status"]');
  await page.waitForFunction(() => location.search.includes("own=") && location.search.includes("model="));
  assert.ok(await page.$("#lab-panel svg.chart"));
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("another configuration of the same name is another model", async () => {
  const opened = await open();
  const { page } = opened;
  const config = { architectures: ["LlamaForCausalLM"], model_type: "llama", hidden_size: 2048, intermediate_size: 5632, num_hidden_layers: 32, num_attention_heads: 32, vocab_size: 32000, _name_or_path: "acme/tiny" };
  await page.click('[data-tool="import"] > summary');
  const used = async (/** @type {number} */ layers) => {
    await page.fill('[data-tool="import"] textarea', JSON.stringify({ ...config, num_hidden_layers: layers }));
    await page.click('[data-tool="import"] .primary');
    return [await page.inputValue('input[name="model"]'), await page.innerText('[data-tool="import"] [role="status"]'), await page.innerText(".lab-summary dd >> nth=0")];
  };
  const [first, second, again] = [await used(32), await used(8), await used(32)];
  assert.notEqual(second[0], first[0]);
  assert.notEqual(second[2], first[2], "the step of eight layers is another");
  assert.ok(second[1]?.includes(String(second[0])), `${second[1]} names ${second[0]}`);
  assert.deepEqual(again, first);
  silent(opened);
  await opened.close();
});

test("bad text in a field gives way to a value from elsewhere, and usable text to how it is written", async () => {
  const opened = await open("&batch=16");
  const { page } = opened;
  const field = page.locator('input[name="batch"]');
  for (const typed of ["16.0", "0016"]) {
    await field.fill(typed);
    await field.blur();
    assert.equal(await field.inputValue(), "16", typed);
  }
  await field.fill("zz");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("crossover-slider[name=batch], .slider-row input[type=range]").first().getAttribute("aria-valuetext"), "16");
  await page.locator("#lab-panel .cursor").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), "4096");
  assert.equal(await field.getAttribute("aria-invalid"), "false");
  await field.fill("zz");
  await page.locator(".slider-row input[type=range]").first().focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await field.inputValue(), "4096", "at the end, too");
  silent(opened);
  await opened.close();
});

test("of compared scenarios the one that cannot be computed is named and left out", async () => {
  const opened = await open("&view=compare&compare=model:nosuch~hardware:a100-80gb");
  const { page } = opened;
  assert.match(await page.innerText("#lab-panel .notice"), /nosuch.* is left out: .*nosuch/);
  const names = await page.locator("#lab-panel .end-label").allTextContents();
  assert.deepEqual(names.map((name) => name[0]), ["1", "3"]);
  silent(opened);
  await opened.close();
});

test("what a link's comparison holds that can't be read is explained beside it, and the rest is compared", async () => {
  const opened = await open("&view=compare&compare=batch:x,devices:2~page:lab~context:4096~batch:4");
  const { page } = opened;
  assert.deepEqual(await page.locator("#lab-panel .notice li").allInnerTexts(), [
    "batch=x: is not a number. The page uses 1 instead.",
    "compare=page:lab: is not a field of a scenario. The page leaves it out.",
    "compare=batch:4: has more than 3 scenarios beside the lab’s own. The page leaves it out.",
  ]);
  assert.equal(await page.locator(".lab-compared li").count(), 4);
  await page.getByRole("button", { name: /^remove/ }).first().click();
  assert.equal(await page.locator("#lab-panel .notice").count(), 0, "what is written anew holds what was read");
  silent(opened);
  await opened.close();
});

test("a cache's bits that the menu does not offer are what it shows", async () => {
  const opened = await open("&kv_bits=5");
  const menu = opened.page.locator("select[name=kv_bits]");
  assert.equal(await menu.inputValue(), "5");
  await menu.selectOption("8");
  assert.deepEqual(await menu.locator("option").allTextContents(), ["As the scheme says", "16", "8", "4"]);
  silent(opened);
  await opened.close();
});

test("a scheme in JSON that the engine refuses is called as it was given, and the refusal names the field", async () => {
  const opened = await open('&scheme={"kv_bits":8}', { ready: "#lab-panel .notice" });
  assert.match(await opened.page.innerText("#lab-panel .notice"), /weight_bits: missing; a number from 1 to 32/);
  assert.doesNotMatch(await opened.page.innerText("main"), /undefined/);
  silent(opened);
  await opened.close();
});

test("where a device hour costs nothing, the figure is about energy, and the table still has the cost", async () => {
  const opened = await open("&view=energy&price_usd_per_hour=0");
  const { page } = opened;
  assert.match(await page.innerText("#lab-panel .view-title"), /^A token takes [\d.]+\sm?J under/);
  assert.equal(await page.locator("#lab-panel svg.chart").count(), 1);
  await page.locator("#lab-panel details.view-table summary").click();
  assert.match(await page.locator("#lab-panel details.view-table").innerText(), /\$0\.00/);
  silent(opened);
  await opened.close();
});

test("a view and a baseline's kernel that are none are explained, and the usual ones stand for them", async () => {
  const opened = await open("&view=zzz&baseline_kernel=nosuch");
  const { page } = opened;
  assert.match(await page.innerText("#lab-panel .notice"), /view.*zzz.*speedup, latency/s);
  assert.match(await page.innerText("main > .notice"), /baseline_kernel.*nosuch/s);
  assert.equal(await page.locator("#lab-panel crossover-view-speedup svg.chart").count(), 1);
  await page.click("#lab-tab-latency");
  assert.equal(await page.locator("#lab-panel .notice").count(), 0);
  silent(opened);
  await opened.close();
});

test("own measurements become a runtime, with its residuals beside it", async () => {
  const opened = await open("&model=llama-2-7b&hardware=a100-80gb");
  const { page } = opened;
  await page.click('[data-tool="calibrate"] > summary');
  await page.fill('[data-tool="calibrate"] textarea', "1 9.5\nfour 9.9");
  await page.click('[data-tool="calibrate"] .primary');
  assert.match((await page.textContent('[data-tool="calibrate"] .error')) ?? "", /Line 2/);
  await page.fill('[data-tool="calibrate"] textarea', "1 9.5\n4 10.4\n16 14.2\n64 29.5");
  await page.click('[data-tool="calibrate"] .primary');
  await page.waitForSelector('[data-tool="calibrate"] table');
  assert.equal((await page.$$('[data-tool="calibrate"] tbody tr')).length, 4);
  // Four constants in words, each with its unit; four points leave some of them a range.
  const constants = await page.$$eval('[data-tool="calibrate"] ul li', (items) => items.map((item) => item.textContent ?? ""));
  assert.equal(constants.length, 4);
  for (const constant of constants) assert.match(constant, /^[A-Z][a-z ]+: [\d.]+(%|\s[nµm]?s)/, constant);
  assert.ok(constants.some((constant) => / to /.test(constant)), constants.join("; "));
  await page.click('[data-tool="calibrate"] button:has-text("Use this runtime")');
  await page.waitForFunction(() => new URLSearchParams(location.search).has("runtime"));
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("the price of a device hour can be typed into the figure, and taken back", async () => {
  const opened = await open("&view=energy&batch=16");
  const { page } = opened;
  const before = await page.textContent("#lab-panel .view-title");
  await page.fill("#lab-panel .view-field input", "4");
  await page.keyboard.press("Tab");
  assert.notEqual(await page.textContent("#lab-panel .view-title"), before);
  await page.waitForFunction(() => new URLSearchParams(location.search).get("price_usd_per_hour") === "4");
  await page.fill("#lab-panel .view-field input", "");
  await page.keyboard.press("Tab");
  assert.equal(await page.textContent("#lab-panel .view-title"), before);
  silent(opened);
  await opened.close();
});

test("one scheme is compared under several kernels: added by menu, in the address, told apart by hue, shape and name", async () => {
  const opened = await open("&batch=4&hardware=a100-80gb&schemes=w4a16-g128");
  const { page } = opened;
  await page.click(".lab-schemes > summary");
  const add = async (/** @type {string} */ kernel) => {
    await page.fill('input[name="add-kernel"]', kernel);
    await page.keyboard.press("Enter");
    await page.click('.lab-schemes button:has-text("Add to the chart")');
  };
  for (const kernel of ["Marlin", "ExLlamaV2", "AWQ GEMV"]) await add(kernel);
  const marks = await page.$$eval('#lab-panel .series:has(.line:not([d=""]))', (list) => list.map((one) => `${one.getAttribute("class")} ${one.querySelector(".marker")?.getAttribute("d")}`));
  assert.equal(new Set(marks).size, 4);
  const names = await page.$$eval("#lab-panel .end-label", (list) => list.map((one) => one.textContent ?? ""));
  for (const name of ["Ideal kernel", "Marlin", "ExLlamaV2", "AWQ GEMV"]) assert.ok(names.some((one) => one.startsWith(name)), `${name} among ${names}`);
  await page.waitForFunction(() => location.search.includes("schemes=w4a16-g128@marlin,w4a16-g128@exllamav2,w4a16-g128@awq-gemv"));
  const shown = await page.textContent("#lab-panel .view-title");
  assert.deepEqual(await axeViolations(page), []);
  const again = await open(new URL(page.url()).search.replace("?page=lab", ""));
  assert.equal(await again.page.textContent("#lab-panel .view-title"), shown);
  silent(again);
  await again.close();
  // What is drawn is the engine's answer for that kernel.
  await page.click("#lab-tab-energy");
  await page.click("#lab-panel .view-table > summary");
  const rows = await page.$$eval("#lab-panel .view-table tbody tr", (list) => list.map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? "")));
  const rate = (/** @type {string} */ name) => Number(rows.find(([head]) => head?.includes(name))?.at(-1)?.replace(/[^\d.]/g, ""));
  const { loadEngine } = await import("../../wasm/engine.js");
  const engine = await loadEngine({ wasmBinary: readFileSync(`${root}build/wasm/crossover.wasm`) });
  for (const [name, kernel] of [["Marlin", "marlin"], ["AWQ", "awq-gemv"]]) {
    const { tokens_per_s } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ lens: "roofline", model: "llama-3.1-8b", hardware: "a100-80gb", scheme: "w4a16-g128", batch: 4, kernel: /** @type {string} */ (kernel) }));
    assert.ok(Math.abs(rate(/** @type {string} */ (name)) / tokens_per_s - 1) < 0.01, `${name}: ${rate(/** @type {string} */ (name))}, ${tokens_per_s}`);
  }
  await page.click("#lab-tab-speedup");
  await page.fill('input[name="add-kernel"]', "CUTLASS FP8");
  await page.keyboard.press("Enter");
  await page.click('.lab-schemes button:has-text("Add to the chart")');
  assert.match((await page.locator("crossover-select", { has: page.locator('input[name="add-kernel"]') }).locator(".error").textContent()) ?? "", /cutlass-fp8/);
  silent(opened);
  await opened.close();
});

test("what the engine refuses of a link's list is named and left out, the rest is drawn", async () => {
  const opened = await open("&schemes=w8a16,w4a16-g128@nope,w9");
  const { page } = opened;
  assert.deepEqual((await page.$$eval("#lab-panel .notice li", (list) => list.map((one) => one.textContent?.trim().split(" ")[0]))), ["w4a16-g128@nope", "w9"]);
  assert.equal((await page.$$("#lab-panel .series")).length, 2);
  assert.deepEqual(await axeViolations(page), []);
  await page.click("#lab-panel .notice button >> nth=0");
  assert.equal(await page.$("#lab-panel .notice"), null);
  silent(opened);
  await opened.close();
});

test("every number that the engine can derive stands in the list", async () => {
  const opened = await open("&batch=16");
  await opened.page.click('[data-tool="explain"] > summary');
  await opened.page.waitForSelector(".derivation math");
  const listed = await opened.page.$$eval('[data-tool="explain"] option', (options) => options.map((option) => /** @type {HTMLOptionElement} */ (option).value));
  const source = readFileSync(`${root}engine/src/explain.cpp`, "utf8");
  const known = [...(/quantities\{([^}]*)\}/.exec(source)?.[1] ?? "").matchAll(/"([a-z_]+)"/g)].map(([, name]) => name);
  assert.ok(known.length > 20);
  assert.deepEqual([...listed].sort(), [...known].sort());
  await opened.close();
});

test("a refused field behind the closed disclosure is opened, and the figure's place leads to it", async () => {
  const opened = await open("&hardware=m3-max&model=llama-3.1-8b", {});
  const { page } = opened;
  await page.click(".lab-more > summary");
  await page.fill('input[name="kernel"]', "AWQ GEMV");
  await page.keyboard.press("Enter");
  await page.click(".lab-more > summary");
  assert.equal(await page.isVisible('input[name="kernel"]'), false);
  await page.click('[data-way="kernel"]');
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).name), "kernel");
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("a refusal that comes while the disclosure is closed opens it", async () => {
  const opened = await open("&kernel=awq-gemv&hardware=a100-80gb");
  const { page } = opened;
  await page.click(".lab-more > summary");
  await page.fill('input[name="hardware"]', "M3 Max");
  await page.keyboard.press("Enter");
  assert.ok(await page.isVisible('crossover-select:has(input[name="kernel"]) .error'));
  await opened.close();
});

test("an own kernel starts from one of its kind, its lists are fields, and removing it falls back and says so", async () => {
  const opened = await open("&hardware=a100-80gb&batch=16");
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.selectOption('[data-tool="own"] select', "kernel");
  await page.fill('[data-tool="own"] input[name="from"]', "Marlin");
  await page.keyboard.press("Enter");
  assert.equal(await page.$('[id*="-fit"]'), null, "how well the library's was fitted says nothing of one's own");
  const groups = '[id$="-group_sizes"]';
  assert.equal(await page.inputValue(groups), "0, 32, 64, 128");
  await page.fill(groups, "0, many");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible(`${groups} ~ .error`), "the refusal of an item stands at its list");
  await page.fill(groups, "0, 128");
  await page.fill('[id$="].softness"]', "-1");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible('[id$="].softness"] ~ .error'));
  await page.fill('[id$="].softness"]', "4");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  await page.waitForFunction(() => new URLSearchParams(location.search).get("kernel") === "my-marlin");
  assert.deepEqual(await axeViolations(page), []);
  await page.click('[data-tool="own"] button:has-text("remove")');
  await page.waitForSelector("main > .notice");
  assert.match((await page.textContent("main > .notice")) ?? "", /kernel=my-marlin/);
  await page.waitForFunction(() => !location.search.includes("my-marlin"));
  assert.equal(await page.$('[data-tool="own"] button:has-text("remove")'), null);
  assert.match((await page.textContent('[data-tool="own"] [role="status"]:not(.quiet)')) ?? "", /removed/);
  assert.ok(await page.$("#lab-panel svg.chart"));
  silent(opened);
  await opened.close();
});

test("of a single product the titles speak of M, not of a batch", async () => {
  const opened = await open("&phase=gemm&m=16&hardware=a100-80gb");
  const { page } = opened;
  for (const view of ["speedup", "latency", "roofline", "memory", "energy"]) {
    await page.click(`#lab-tab-${view}`);
    const text = await page.$eval("#lab-panel .view", (figure) => figure.textContent ?? "");
    assert.ok(!/batch/i.test(await page.textContent("#lab-panel .view-title") ?? ""), `${view}: ${await page.textContent("#lab-panel .view-title")}`);
    if (view === "speedup" || view === "latency") assert.match(text, /M = \d/);
  }
  await opened.close();
});

test("who leaves the lab before the dialog for authors is there has no error behind", async () => {
  const opened = await open();
  const { page } = opened;
  await page.evaluate(() => {
    /** @type {HTMLElement} */ (document.querySelector('[data-embed="open"]')).click();
    /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lesson"]')).click();
  });
  await page.evaluate(() => customElements.whenDefined("crossover-embed-dialog"));
  await page.waitForSelector("crossover-lesson");
  silent(opened);
  await opened.close();
});

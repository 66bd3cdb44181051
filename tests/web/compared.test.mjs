// What the lab compares in the built page: scenarios kept beside its own, and schemes under several kernels.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { axeViolations, eventually, openBrowser, root, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/**
 * @param {string} [search]
 * @param {import("./browser.mjs").OpenOptions} [options]
 */
const open = (search = "", options = {}) => browser.open(`?page=lab${search}`, { ready: "crossover-lab .view", ...options });

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
  const rows = await page.$$eval("#lab-panel .view-table tbody tr", (all) => all.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent?.trim())));
  assert.deepEqual(rows.slice(0, 4).map(([, batch]) => batch), ["32", "4", "32", "32"]);
  // The lines' own numbers, at each power of two from 1 to 4,096.
  assert.equal(rows.length, 4 + 4 * 13);
  assert.deepEqual(await axeViolations(page), []);
  await eventually(async () => {
    const again = await browser.open(new URL(page.url()).search, { ready: "crossover-lab .view" });
    assert.equal((await again.page.$$(".lab-compared li")).length, 4);
    await again.close();
  });
  silent(opened);
  await opened.close();
});

/** The page says what happened, where it is not seen. @param {import("playwright-core").Page} page */
const told = (page) => page.textContent("crossover-lab > [role=status]");

/** @param {import("playwright-core").Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent?.trim());

test("keeping and removing scenarios is said, each button has a name of its own, and the focus stays near", async () => {
  const opened = await open("&view=compare&batch=4");
  const { page } = opened;
  const own = (await page.textContent(".lab-compared li"))?.trim() ?? "";
  const keep = page.getByRole("button", { name: "Keep this scenario" });
  for (const batch of ["4", "8", "16"]) {
    await page.fill('input[name="batch"]', batch);
    await keep.focus();
    await page.keyboard.press("Enter");
  }
  assert.equal(await told(page), `${own} is added.`);
  assert.equal(await focused(page), `Remove: ${own}`);
  const names = await page.$$eval(".lab-compared button", (all) => all.map((one) => one.getAttribute("aria-label")));
  assert.equal(new Set(names).size, 3);
  for (let left = 3; left > 0; left--) {
    await page.focus(".lab-compared li:last-child button");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "Keep this scenario");
  }
  assert.equal(await told(page), `${own}, Batch 4 is removed.`);
  silent(opened);
  await opened.close();
});

test("adding schemes and taking them away is said, and the focus stays near", async () => {
  const opened = await open("&schemes=foo,w8a16");
  const { page } = opened;
  await page.focus("#lab-panel .notice button");
  await page.keyboard.press("Enter");
  assert.equal(await told(page), "foo is removed.");
  assert.match(await focused(page) ?? "", /^Schemes drawn/);
  await page.keyboard.press("Enter");
  await page.focus(".lab-schemes li:last-child button");
  await page.keyboard.press("Enter");
  assert.equal(await told(page), "W8A16 is removed.");
  assert.equal(await focused(page), "Add to the chart");
  const add = page.locator('.lab-schemes button:has-text("Add to the chart")');
  for (const scheme of ["w8a8-int8", "w4a4-int4", "w4a4-fp4", "w4a8-g128", "w3a16-g128", "w2a16-g128", "w8a16", "w8a8-fp8"]) {
    if (!(await add.count())) break;
    await page.fill('input[name="add-scheme"]', scheme);
    await page.keyboard.press("Enter");
    await add.focus();
    await page.keyboard.press("Enter");
  }
  assert.equal(await add.count(), 0, "eight are drawn");
  const last = (await page.textContent(".lab-schemes li:last-child"))?.trim().replace(/\s+take away$/, "");
  assert.equal(await focused(page), `take away: ${last}`);
  assert.equal(await told(page), `${last} is added.`);
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

test("of compared scenarios none wins that does not fit or is of another phase, and one without a line is named", async () => {
  const opened = await open("&view=compare&batch=4096&compare=scheme:w8a16~phase:train,batch:8~phase:gemm");
  const { page } = opened;
  assert.match(await page.innerText("#lab-panel .view-title"), /^Most tokens a second, \d+, with W8A16, .*, Batch 1$/);
  const notes = await page.locator("#lab-panel .notice li").allInnerTexts();
  assert.deepEqual(notes.map((note) => note.replace(/^.*, /, "")), [
    "so its tokens a second are not compared.", "so its tokens a second are not compared.", "and so no line here."]);
  assert.match(notes[0] ?? "", /Phase training step: its phase is another \(training step\)/);
  assert.match(notes[2] ?? "", /GEMM 4,096\s×\s4,096, .*80GB: a single matrix product/);
  await page.focus("#lab-panel .cursor");
  await page.keyboard.press("End");
  assert.equal((await page.innerText("#lab-panel .chart-readout")).match(/\(does not fit\)/g)?.length, 3);
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
  for (const [search, said] of /** @type {[string, RegExp][]} */ ([
    ["&batch=4096&compare=batch:2048", /^No scenario of this phase fits/], ["&compare=phase:gemm", /^The other scenarios do another kind of work/],
    ["&phase=gemm&compare=phase:gemm,m:64,hardware:a100-80gb", /^Shortest step, [\d.]+\sµs, with W4A16 g128, GEMM 4,096\s×\s4,096, NVIDIA H100/],
    ["&phase=prefill&compare=model:resnet-50,phase:prefill", /^The other scenarios do another kind of work/],
    ["&phase=prefill&model=resnet-50&compare=model:resnet-50,phase:prefill,batch:64", /^Most inputs a second, [\d,]+, with /]])) {
    const other = await open(`&view=compare${search}`);
    assert.match(await other.page.innerText("#lab-panel .view-title"), said);
    await other.close();
  }
});

test("what a compared scenario has different stands in words and with its unit, and only what its phase reads", async () => {
  const opened = await open("&view=compare&context=512&compare=memory_utilization:0.8,memory_reserve_bytes:2000000000,bandwidth_bytes_per_s:2000000000000,power_w:350,price_usd_per_hour:2.345,kernel:marlin,kv_bits:4,baseline_scheme:w8a16~phase:train,lora_rank:16,optimizer:sgd");
  const labels = (await opened.page.locator(".lab-compared li").allTextContents()).map((label) => label.replace(/\s+/g, " ").trim());
  assert.match(labels[1] ?? "", /80GB, Context 2,048, Kernel Marlin, Bits of the KV cache 4, Baseline W8A16, Memory that may be filled 80.0%, Taken by the runtime 2 GB, Memory bandwidth 2 TB\/s, Power 350 W, Price of a device hour \$2.345 remove$/);
  assert.match(labels[2] ?? "", /80GB, Phase training step, Optimizer SGD, LoRA rank 16 remove$/);
  silent(opened);
  await opened.close();
});

test("a prompt is said only of a model that reads one, and the baseline's kernel like every other field", async () => {
  const opened = await open("&view=compare&phase=prefill&prompt=512&kernel=marlin&baseline_kernel=ideal&compare=model:resnet-50,phase:prefill~phase:prefill,kernel:marlin");
  const { page } = opened;
  const labels = async () => (await page.locator(".lab-compared li").allTextContents()).map((label) => label.replace(/\s+/g, " ").trim());
  assert.doesNotMatch((await labels())[1] ?? "", /Prompt/);
  assert.match((await labels())[2] ?? "", /Prompt 2,048, Kernel of the baseline As fits the scheme’s: ideal or cuBLAS remove$/);
  assert.equal(await page.inputValue('input[name="baseline_kernel"]'), "Ideal kernel");
  await page.getByRole("button", { name: "Keep this scenario" }).click();
  await page.waitForFunction(() => /baseline_kernel:ideal$/.test(new URLSearchParams(location.search).get("compare") ?? ""));
  await page.fill('input[name="baseline_kernel"]', "as fits");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !new URLSearchParams(location.search).has("baseline_kernel"));
  assert.match((await labels())[3] ?? "", /Kernel of the baseline Ideal kernel remove$/);
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
  await page.click("#lab-tab-speedup");
  assert.equal(await page.locator("#lab-panel .notice li").count(), 3, "in every view");
  await page.click("#lab-tab-compare");
  await page.getByRole("button", { name: /^Remove/ }).first().click();
  assert.equal(await page.locator("#lab-panel .notice").count(), 0, "what is written anew holds what was read");
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

test("beside the baseline as the scheme the last one drawn stays, and a list of the baseline alone is the usual one", async () => {
  const opened = await open("&scheme=fp16");
  const { page } = opened;
  await page.click(".lab-schemes > summary");
  const away = page.locator('.lab-schemes button:has-text("take away")');
  while (await away.count()) await away.first().click();
  assert.match(await page.innerText("#lab-panel .view-title"), /^W4A16 g128 \+ KV4 /);
  silent(opened);
  await opened.close();
  for (const view of ["speedup", "latency", "capacity"]) {
    const alone = await open(`&view=${view}&scheme=fp16&schemes=fp16`);
    assert.match(await alone.page.innerText("#lab-panel .view-title"), /W4A16 g128/);
    await alone.close();
  }
  const refused = await open("&view=capacity&scheme=fp16&schemes=nope");
  assert.equal(await refused.page.innerText("#lab-panel .view-title"), "No scheme serves more than FP16 in this memory");
  assert.equal(await refused.page.locator("#lab-panel .notice li").count(), 1);
  await refused.close();
});

test("of a link's list too long to draw, what is left out is named", async () => {
  const opened = await open("&schemes=w8a16,int8,int4,nf4,fp8,w8a8-int8,w4a8-g128,w4a4-fp4,w4a4-int4");
  assert.deepEqual(await opened.page.locator("#lab-panel .notice li").allInnerTexts(), ["w4a4-fp4", "w4a4-int4"].map((id) => `${id} is not drawn: No more than 8 are drawn at once.`));
  await opened.page.click("#lab-panel .notice button >> nth=0");
  assert.equal(await opened.page.locator("#lab-panel .notice").count(), 0);
  await opened.close();
});

test("what the engine refuses of a link's list is named and left out, the rest is drawn", async () => {
  const opened = await open("&schemes=w8a16,w4a16-g128@nope,w9");
  const { page } = opened;
  assert.deepEqual((await page.$$eval("#lab-panel .notice li", (list) => list.map((one) => one.textContent?.trim().split(" ")[0]))), ["w4a16-g128@nope", "w9"]);
  assert.match(await page.innerText("#lab-panel .notice li >> nth=0"), /not drawn: kernel: /);
  assert.match(await page.innerText("#lab-panel .notice li >> nth=1"), /not drawn: scheme: /);
  assert.equal((await page.$$("#lab-panel .series")).length, 2);
  assert.deepEqual(await axeViolations(page), []);
  await page.click("#lab-panel .notice button >> nth=0");
  assert.equal(await page.$("#lab-panel .notice"), null);
  silent(opened);
  await opened.close();
});

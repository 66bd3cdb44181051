// The lab in the built page: presets, the address, tabs from the keyboard, explanations, refusals, calibration, the price.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
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
    await eventually(async () => {
      const link = new URL(page.url()).search;
      const again = await browser.open(link, { ready: "crossover-lab .view" });
      assert.equal(await again.page.textContent("#lab-panel .view-title"), shown, link);
      assert.equal(await again.page.$eval(".lab-presets select", (select) => /** @type {HTMLSelectElement} */ (select).value), id, link);
      silent(again);
      await again.close();
    });
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

test("a source that has a record's id is a source: named, linked, and its estimates marked", async () => {
  const opened = await open("&hardware=reference-cpu&quantity=tokens_per_s");
  const { page } = opened;
  await page.waitForSelector(".derivation math");
  assert.match((await page.textContent(".derivation math")) ?? "", /^tokens\sper\ss/, "what is per second says so");
  assert.ok((await page.locator(".derivation .source").allTextContents()).some((source) => /^A desktop CPU .*\(estimate\)$/.test(source)));
  assert.match((await page.textContent("crossover-lab .notes")) ?? "", /reference-cpu: its figures are estimates/);
  silent(opened);
  await opened.close();
});

test("a single product is not calibrated, and a baseline of few bits is not called unquantized", async () => {
  const opened = await open("&phase=gemm");
  const { page } = opened;
  await page.click('[data-tool="calibrate"] > summary');
  assert.match(await page.innerText("crossover-calibrate"), /^A single matrix product cannot be calibrated/);
  assert.equal(await page.locator("crossover-calibrate textarea").count(), 0);
  await opened.close();
  const other = await open("&baseline_scheme=w8a16");
  await other.page.click('[data-tool="calibrate"] > summary');
  assert.match(await other.page.innerText("crossover-calibrate p >> nth=0"), /^Measure the baseline \(W8A16\)/);
  await other.close();
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
  assert.match(await page.innerText("#lab-panel .view-title"), /^Energy of a token: [\d.]+\sm?J under/);
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

test("the same fault of measurements is said again when they are tried again", async () => {
  const { page, close } = await open();
  await page.click('[data-tool="calibrate"] > summary');
  await page.fill('[data-tool="calibrate"] textarea', "1 9.5\nfour 9.9");
  await page.click('[data-tool="calibrate"] .primary');
  const said = page.locator('[data-tool="calibrate"] [role="alert"]');
  await said.evaluate((alert) => new MutationObserver((changes) => (document.body.dataset["said"] = String(changes.length))).observe(alert, { childList: true }));
  await page.click('[data-tool="calibrate"] .primary');
  await page.waitForFunction(() => document.body.dataset["said"]);
  assert.match(await said.innerText(), /Line 2/);
  await close();
});

test("the summary's numbers change at once, and are told by name once changing pauses", async () => {
  const opened = await open("&batch=1");
  const { page } = opened;
  assert.equal(await page.locator("[aria-live]").count(), 0);
  const status = page.locator("crossover-lab > [role=status]");
  await status.evaluate((status) => new MutationObserver(() => (document.body.dataset["told"] = `${document.body.dataset["told"] ?? ""}|${status.textContent}`))
    .observe(status, { childList: true, characterData: true, subtree: true }));
  const { before, at, told } = await page.evaluate(() => {
    const shown = () => [...document.querySelectorAll(".lab-summary dd")].map((one) => one.textContent);
    const field = /** @type {HTMLInputElement} */ (document.querySelector('input[name="batch"]'));
    const before = shown();
    // As fast as nobody types: no pause between the two.
    for (const value of ["16", "164"]) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return { before, at: shown(), told: document.body.dataset["told"] };
  });
  assert.notDeepEqual(at, before);
  assert.equal(told, undefined);
  await page.waitForFunction(() => document.body.dataset["told"]);
  assert.match(await page.evaluate(() => document.body.dataset["told"] ?? ""), /^\|Time of a step: [\d.]+\sms\. Speed-up: [\d.]+x\. Memory: [\d.]+\sGB of [\d.]+\sGB$/);
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
  // What can't be used stays, with its message, and changes nothing; the device's own price stands faintly in the empty field.
  for (const [typed, why] of /** @type {const} */ ([["abc", /not a number|number/i], ["5000000", /1000000|1,000,000/]])) {
    await page.fill("#lab-panel .view-field input", typed);
    assert.match(await page.innerText("#lab-panel .view-field .error"), why);
    assert.equal(await page.textContent("#lab-panel .view-title"), before);
  }
  await page.fill("#lab-panel .view-field input", "");
  assert.match((await page.getAttribute("#lab-panel .view-field input", "placeholder")) ?? "", /^\d+\.\d+$/);
  silent(opened);
  await opened.close();
});

test("a price is typed as the page's language writes it", async () => {
  const opened = await open("&view=energy&locale=es");
  const { page } = opened;
  await page.fill("#lab-panel .view-field input", "2,5");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("price_usd_per_hour") === "2.5");
  silent(opened);
  await opened.close();
});

test("where no scheme is cheaper than the baseline, the title says so once", async () => {
  const opened = await open("&view=energy&phase=train&model=llama-3.2-1b");
  assert.match(await opened.page.innerText("#lab-panel .view-title"), /^Cost of a million tokens: no scheme that fits is below FP16’s \$/);
  await opened.close();
});

test("what does not fit has no price in the title, and says so at its bar, in the table and in the CSV", async () => {
  const opened = await open("&view=energy&batch=4096");
  const { page } = opened;
  const title = () => page.innerText("#lab-panel .view-title");
  assert.match(await title(), /^Nothing fits: batch 4,096 is too much/);
  const bars = await page.locator("#lab-panel svg.chart").first().textContent();
  assert.equal(bars?.match(/\(does not fit\)/g)?.length, 4);
  await page.click("#lab-panel .view-table > summary");
  const cells = await page.$$eval("#lab-panel .view-table tr", (rows) => rows.map((row) => row.children[1]?.textContent?.trim()));
  assert.deepEqual(cells, ["Fits", "no", "no", "no", "no"]);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-export="csv"]')]);
  assert.match(readFileSync(await download.path(), "utf8"), /^scheme,fits,.*\r\nFP16,false,/m);
  silent(opened);
  await opened.close();
  const one = await open("&view=energy&model=llama-3.1-70b");
  assert.match(await one.page.innerText("#lab-panel .view-title"), /^Cost of a million tokens: \S+ under W4A16 g128 \+ KV4, \S+ under FP16 \(does not fit\), at batch 1$/);
  await one.close();
});

test("the line under the title is of what was computed: the cache's bits where they are set, and tokens only of models that take them", async () => {
  for (const [search, said] of /** @type {[string, RegExp][]} */ ([
    ["", /decode · 2,048 tokens in the cache · ideal/],
    ["&kv_bits=4", /2,048 tokens in the cache · KV cache at 4 bits/],
    ["&kv_bits=4&phase=train", /training step · 2,048 tokens of prompt · ideal/],
    ["&model=resnet-50", /ResNet-50 · NVIDIA H100 SXM 80GB · forward pass · ideal/],
    ["&model=mobilenet-v2&phase=train&kv_bits=4", /MobileNetV2 1.0 · NVIDIA H100 SXM 80GB · training step · ideal/],
    ["&model=bert-base", /forward pass · 512 tokens an input/],
  ])) {
    const opened = await open(`&view=memory${search}`);
    assert.match((await opened.page.textContent("#lab-panel .view-about")) ?? "", said);
    await opened.close();
  }
});

test("an id that is none is told the ones of its kind", async () => {
  const opened = await open("&model=nosuch&runtime=vlm");
  const said = await opened.page.innerText("main > .notice");
  assert.match(said, /model=nosuch.*alexnet/);
  assert.match(said, /runtime=vlm.*did you mean "vllm"/);
  assert.doesNotMatch(said, /a100/);
  await opened.close();
});

test("a link that goes further than the slider is drawn to its end", async () => {
  const opened = await open("&batch=5000&view=speedup");
  const { page } = opened;
  assert.match(await page.innerText("#lab-panel .chart-readout"), /Batch 5,000/);
  assert.match((await page.textContent("#lab-panel .here text")) ?? "", /5,000/);
  await page.focus("main input[type=range]");
  await page.keyboard.press("ArrowLeft");
  assert.ok(Number(await page.inputValue("input[name=batch]")) < 5000);
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

test("a copied link says so where a record of one's own that it needs is not in it", async () => {
  const opened = await open();
  const { page } = opened;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const said = async () => {
    await page.click('[data-export="link"]');
    return page.innerText(".lab-exports [role=status]:not(:empty)");
  };
  assert.equal(await said(), "Link copied.");
  await page.click('[data-tool="own"] > summary');
  await page.selectOption('[data-tool="own"] select', "scheme");
  await page.click('[data-tool="own"] input[name="from"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.click('[data-tool="own"] button:has-text("JSON")');
  const add = async (/** @type {Record<string, unknown>} */ spec) => {
    await page.fill('[data-tool="own"] textarea', JSON.stringify({ weight_bits: 5, act_format: "fp16", source: "definition", ...spec }));
    await page.click('[data-tool="own"] .primary');
  };
  await add({ id: "short", name: "Short" });
  assert.equal(await said(), "Link copied.");
  await add({ id: "long", name: "Long", notes: "long ".repeat(1000) });
  assert.equal(await said(), "Link copied. Your own records are too long for it: the JSON file has them.");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-export="json"]')]);
  assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).own_specs[0].spec.id, "long");
  silent(opened);
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

test("where there is room the inputs stay in sight beside the figure; on a narrower screen they stand above it", async () => {
  const opened = await open("&batch=16", { width: 1366, height: 640 });
  const { page } = opened;
  const box = async (/** @type {string} */ selector) => {
    const found = await page.locator(selector).first().boundingBox();
    assert.ok(found, selector);
    return found;
  };
  const inSight = async (/** @type {string} */ selector) => {
    const { y, height } = await box(selector);
    assert.ok(y > -1 && y + height < 641, `${selector} from ${y} to ${y + height}`);
  };
  const [slider, chart] = ["main input[type=range]", "#lab-panel svg.chart"];
  await page.evaluate(() => document.querySelector("#lab-panel .view-title")?.scrollIntoView());
  await inSight(slider);
  await inSight(chart);
  await inSight("crossover-lab-inputs summary");
  assert.ok((await box(slider)).x + (await box(slider)).width < (await box(chart)).x);
  await page.focus(slider);
  await page.keyboard.press("End");
  await inSight(chart);
  assert.match((await page.textContent("#lab-panel svg.chart .here text")) ?? "", /4,096/);
  // A long list of inputs stays where it was opened, and scrolls by itself: its end can be reached beside the chart.
  await page.click("crossover-lab-inputs summary");
  await inSight("crossover-lab-inputs summary");
  await page.locator("crossover-lab-inputs [role=combobox]").last().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await inSight("crossover-lab-inputs .active");
  await inSight(chart);
  await page.keyboard.press("Escape");
  // Beside the figure, not over what comes below it.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const covered = await page.$$eval(".lab-tool > summary", (all) => all.filter((summary) => {
    const { x, y, height } = summary.getBoundingClientRect();
    return document.elementFromPoint(x + 20, y + height / 2)?.closest("summary") !== summary;
  }).length);
  assert.equal(covered, 0);

  await page.setViewportSize({ width: 1199, height: 640 });
  assert.ok((await box("crossover-lab-inputs")).y + (await box("crossover-lab-inputs")).height <= (await box("#lab-panel")).y);
  silent(opened);
  await opened.close();
});

test("a scheme in the link that the engine refuses leaves the tabs at work, once the evidence has come, too", async () => {
  for (const scheme of ['{"weight_bits":99}', '{"id":1}', '{"weight_bits":4,"id":{}}']) {
    const opened = await open(`&view=speedup&scheme=${encodeURIComponent(scheme)}`, { ready: "crossover-lab [role=tabpanel]" });
    const { page } = opened;
    await page.waitForLoadState("networkidle");
    for (const view of ["latency", "memory", "roofline", "advisor", "compare"]) {
      await page.click(`#lab-tab-${view}`);
      assert.equal(await page.getAttribute(`#lab-tab-${view}`, "aria-selected"), "true");
      assert.match(await page.innerText("#lab-panel"), /scheme\.(weight_bits|id)/, `${scheme}, ${view}`);
    }
    silent(opened);
    await opened.close();
  }
});

test("Tab goes from an open menu to the next field, and a menu never shows what is not so", async () => {
  const opened = await open();
  const { page } = opened;
  await page.focus('input[name="model"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).name), "hardware");
  await page.selectOption(".lab-presets select", "gpt2-on-t4");
  await page.selectOption(".lab-presets select", "");
  assert.equal(await page.inputValue(".lab-presets select"), "gpt2-on-t4");
  await opened.close();
});

test("what was pasted and which tools are open outlive another language and another page", async () => {
  const opened = await open();
  const { page } = opened;
  const typed = { calibrate: "1 12.9", import: "{}" };
  for (const [tool, text] of Object.entries(typed)) {
    await page.click(`[data-tool="${tool}"] > summary`);
    await page.fill(`[data-tool="${tool}"] textarea`, text);
  }
  await page.selectOption("select[name=locale]", "es");
  await page.waitForFunction(() => document.documentElement.lang === "es");
  for (const [tool, text] of Object.entries(typed)) assert.equal(await page.inputValue(`[data-tool="${tool}"] textarea`), text);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lesson"]')).click());
  await page.waitForSelector("crossover-step");
  await page.goBack();
  for (const [tool, text] of Object.entries(typed)) assert.equal(await page.inputValue(`[data-tool="${tool}"] textarea`), text);
  silent(opened);
  await opened.close();
});

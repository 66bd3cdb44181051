// The lab's views in the built page: each shows the engine's numbers, can be read by pointer, touch and keyboard alike, and is
// accessible in both themes and at 320 pixels.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { loadEngine } from "../../wasm/engine.js";
import { axeViolations, openBrowser, root, silent } from "./browser.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
/** @type {import("../../wasm/engine.js").Engine} */
let engine;
before(async () => {
  browser = await openBrowser();
  engine = await loadEngine({ wasmBinary: readFileSync(`${root}build/wasm/crossover.wasm`) });
});
after(() => browser.close());

const views = ["speedup", "latency", "roofline", "breakdown", "memory", "capacity", "energy", "accuracy", "sensitivity", "advisor", "compare"];
const scenario = { lens: /** @type {const} */ ("roofline"), model: "llama-3.1-8b", hardware: "h100-sxm", scheme: "w4a16-g128", batch: 16 };
const lab = "?page=lab&model=llama-3.1-8b&hardware=h100-sxm&scheme=w4a16-g128&batch=16";

/**
 * @param {string} search
 * @param {import("./browser.mjs").OpenOptions} [options]
 */
const open = (search, options = {}) => browser.open(search, { ready: "crossover-lab .view", ...options });

/** @param {Page} page */
const title = async (page) => ((await page.textContent("#lab-panel .view-title")) ?? "").replace(/\s+/g, " ").trim();

for (const view of views) {
  test(`the ${view} view shows a takeaway, a figure and its table, silently and without an accessibility violation in light and dark`, async () => {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      const opened = await open(`${lab}&view=${view}`, { colorScheme });
      const { page } = opened;
      assert.ok((await title(page)).length > 12);
      await page.click("#lab-panel .view-table > summary");
      assert.ok((await page.$$("#lab-panel .view-table tbody tr")).length > 0, "the table has rows");
      assert.deepEqual(await axeViolations(page), []);
      silent(opened);
      await opened.close();
    }
  });

  test(`the ${view} view fits a screen of 320 pixels`, async () => {
    const opened = await open(`${lab}&view=${view}`, { width: 320, height: 700 });
    assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(await axeViolations(opened.page), []);
    await opened.close();
  });
}

test("the speed-up chart's crossings are those of the engine, in the title, the notes and the words", async () => {
  const opened = await open(lab);
  const { page } = opened;
  const [first] = engine.crossovers({ scenario, schemes: ["w4a16-g128"], thresholds: [2] });
  assert.ok(first?.batch);
  assert.match(await title(page), new RegExp(`W4A16 g128 pays less than 2x from batch ${first.batch}\\b`));
  const notes = await page.$$eval("#lab-panel svg.chart .note text", (texts) => texts.map((text) => text.textContent));
  assert.ok(notes.some((note) => note?.replace(/\s+/g, " ") === `W4A16 g128 below 2x from batch ${first.batch}`), notes.join("; "));
  assert.ok(((await page.textContent("#lab-panel .crossings")) ?? "").replace(/\s+/g, " ").includes(`Below 2x from batch ${first.batch} on`));
  await opened.close();
});

test("the range in which the baseline does not fit is hatched from the engine's own batch on", async () => {
  const opened = await open("?page=lab&model=llama-3.1-8b&hardware=h100-sxm");
  const { page } = opened;
  const most = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ ...scenario, scheme: "fp16" })).max_batch;
  assert.match(await title(page), new RegExp(`FP16 does not fit from batch ${(most ?? 0) + 1}$`));
  assert.equal((await page.$$("#lab-panel .hatched rect")).length, 1);
  await opened.close();
});

test("pointer and keyboard read the same words of a point, and Escape lets go", async () => {
  const opened = await open(lab);
  const { page } = opened;
  const readout = async () => ((await page.textContent("#lab-panel .chart-readout")) ?? "").replace(/\s+/g, " ").trim();
  await page.focus("#lab-panel .cursor");
  await page.keyboard.press("End");
  const atEnd = await readout();
  assert.match(atEnd, /^Batch 4,096/);
  await page.keyboard.press("Home");
  const atStart = await readout();
  assert.match(atStart, /^Batch 1\b/);
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  const box = await (await page.$("#lab-panel svg.chart"))?.boundingBox();
  assert.ok(box);
  const left = await page.$eval("#lab-panel .axes .axis", (axis) => Number(axis.getAttribute("x1")));
  await page.mouse.move(box.x + left + 1, box.y + box.height / 2);
  assert.equal(await readout(), atStart);
  await opened.close();
});

test("a chart is walked with the arrow keys, and each step says its value to a screen reader", async () => {
  const opened = await open(lab);
  const { page } = opened;
  const cursor = () => page.$eval("#lab-panel .cursor", (element) => ({
    label: element.getAttribute("aria-label"), now: Number(element.getAttribute("aria-valuenow")), text: element.getAttribute("aria-valuetext")?.replace(/\s+/g, " "),
  }));
  await page.focus("#lab-panel .cursor");
  await page.keyboard.press("Home");
  assert.equal((await cursor()).now, 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const third = await cursor();
  assert.equal(third.now, 2);
  assert.match(third.text ?? "", /^Batch 3: W4A16 g128 \d\.\d\dx$/);
  const series = engine.sweep({ scenario, axis: "batch", from: 3, to: 3, schemes: ["w4a16-g128"] }).series[0];
  assert.ok(third.text?.includes(`${series?.speedup[0]?.toFixed(2)}x`));
  await page.keyboard.press("PageUp");
  assert.equal((await cursor()).now, 10);
  await page.keyboard.press("ArrowDown");
  assert.notEqual((await cursor()).label, third.label, "down goes to the next series");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "slider", "the focus stays through redraws");
  await opened.close();
});

test("the roofline's axes and its path stay where they are while the batch goes up; its operators move", async () => {
  const opened = await open("?page=lab&model=llama-3.1-8b&hardware=h100-sxm&scheme=w4a16-g128&batch=1&view=roofline");
  const { page } = opened;
  const drawn = () => page.$eval("#lab-panel svg.chart", (svg) => ({
    fixed: [...svg.querySelectorAll(".axes text, .roof path, .series.hue-int4 path")].map((part) => part.textContent || part.getAttribute("d")),
    // The marker of an operator stands where the engine's intensity and rate are.
    operators: [...svg.querySelectorAll(".series.hue-ink .marker")].map((part) => part.getAttribute("transform")),
  }));
  const first = await drawn();
  assert.ok(first.fixed.length > 10);
  for (const batch of [2, 64, 4096]) {
    await page.fill('main input[name="batch"]', String(batch));
    await page.keyboard.press("Enter");
    const { operators } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ ...scenario, batch }));
    const now = await drawn();
    assert.deepEqual(now.fixed, first.fixed, `batch ${batch}`);
    assert.equal(now.operators.length, operators.filter(({ intensity, flop_per_s: rate }) => intensity && rate).length);
    assert.notDeepEqual(now.operators, first.operators);
  }
  silent(opened);
  await opened.close();
});

test("where the reader is, each chart over batch reads just that batch as the engine has it, and is walked from there", async () => {
  const batch = 59;
  const here = { ...scenario, batch };
  const [one] = engine.sweep({ scenario: here, axis: "batch", from: batch, to: batch, schemes: ["w4a16-g128"] }).series;
  const { step_s: baseline } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ ...here, scheme: "fp16" }));
  const expected = {
    speedup: `W4A16 g128 ${one.speedup[0].toFixed(2)}x`, compare: `${one.speedup[0].toFixed(2)}x`,
    latency: `FP16 ${Number((baseline * 1e3).toPrecision(3))} ms`, roofline: `${Number(one.intensity[0].toPrecision(3))} FLOP/byte`,
  };
  for (const [view, value] of Object.entries(expected)) {
    const opened = await open(`${lab.replace("batch=16", `batch=${batch}`)}&view=${view}`);
    const { page } = opened;
    const plain = async (/** @type {string} */ selector) => ((await page.textContent(selector)) ?? "").replace(/\s+/g, " ").trim();
    const said = async () => ((await page.getAttribute("#lab-panel .cursor", "aria-valuetext")) ?? "").replace(/\s+/g, " ");
    assert.match(await plain("#lab-panel .chart-readout"), /^Batch 59 /, view);
    assert.ok((await plain("#lab-panel .chart-readout")).includes(value), `${view}: ${await plain("#lab-panel .chart-readout")}`);
    assert.match(await said(), /^Batch 59: /, view);
    if (await page.$("#lab-panel .here")) {
      const [ring, line] = await Promise.all([page.getAttribute("#lab-panel .cursor-ring", "cx"), page.getAttribute("#lab-panel .here line", "x1")]);
      assert.equal(ring, line, "the ring stands on the line");
    }
    if (view === "latency") assert.match(await title(page), /^At batch 59, /);
    await page.focus("#lab-panel .cursor");
    assert.match(await said(), /^Batch 59: /, "the focus alone moves nothing");
    await page.keyboard.press("ArrowRight");
    assert.match(await said(), /^Batch 64: /, view);
    silent(opened);
    await opened.close();
  }
});

test("a figure of one batch that its title does not name says which above the picture, and in what is exported", async () => {
  for (const view of ["breakdown", "sensitivity"]) {
    const opened = await open(`${lab}&view=${view}`);
    const { page } = opened;
    assert.match((await page.textContent("#lab-panel .view-about")) ?? "", / · batch 16$/);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-export="svg"]')]);
    assert.match(readFileSync(await download.path(), "utf8"), / · batch 16</);
    await opened.close();
  }
});

test("touch reads a point like the pointer does", async () => {
  const opened = await open(lab, { touch: true, width: 390, height: 800 });
  const { page } = opened;
  const chart = await page.$("#lab-panel svg.chart");
  await chart?.scrollIntoViewIfNeeded();
  const box = await chart?.boundingBox();
  assert.ok(box);
  await page.touchscreen.tap(box.x + box.width * 0.6, box.y + box.height / 2);
  assert.doesNotMatch((await page.textContent("#lab-panel .chart-readout")) ?? "", /Batch\s16\b/);
  await opened.close();
});

test("dragging the marker of the batch changes the batch, and the address follows", async () => {
  const opened = await open(lab);
  const { page } = opened;
  const grip = await page.$("#lab-panel .here-target");
  await grip?.scrollIntoViewIfNeeded();
  const box = await grip?.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 12, { steps: 4 });
  await page.mouse.up();
  const batch = await page.$eval('input[name="batch"]', (input) => Number(/** @type {HTMLInputElement} */ (input).value));
  assert.ok(batch > 16, String(batch));
  await page.waitForFunction((value) => new URLSearchParams(location.search).get("batch") === String(value), batch);
  await opened.close();
});

test("the marker of the batch is moved from the keyboard with Enter on a point", async () => {
  const opened = await open(lab);
  const { page } = opened;
  await page.focus("#lab-panel .cursor");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  assert.equal(await page.$eval('input[name="batch"]', (input) => /** @type {HTMLInputElement} */ (input).value), "4096");
  await opened.close();
});

test("each view's summary numbers are the engine's", async () => {
  const opened = await open(`${lab}&view=memory`);
  const { page } = opened;
  const result = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(scenario));
  const summary = ((await page.textContent(".lab-summary")) ?? "").replace(/\s+/g, " ");
  assert.ok(summary.includes(`${Number((result.step_s * 1e3).toPrecision(3))} ms`), summary);
  assert.ok(summary.includes(`${result.speedup.toFixed(2)}x`), summary);
  assert.ok(summary.includes(`${Number((result.total_bytes / 1e9).toPrecision(3))} GB`), summary);
  await opened.close();
});

test("the accuracy view names the sources of measurements by title and links them", async () => {
  const opened = await open(`${lab}&view=accuracy`);
  await opened.page.click("#lab-panel .view-table > summary");
  const shown = await opened.page.$$eval("#lab-panel .view-table tbody tr", (rows) => rows.map((row) => {
    const cell = row.lastElementChild;
    return { text: cell?.textContent, url: cell?.querySelector("a")?.getAttribute("href") ?? null };
  }));
  const expected = engine.accuracy(scenario).map(({ source }) => {
    const { title, url } = /** @type {{ title: string, url?: string }} */ (engine.describe(source));
    return { text: title, url: url ?? null };
  });
  assert.deepEqual(shown, expected);
  assert.ok(shown.filter(({ url }) => url).length > 5);
  await opened.close();
});

test("the accuracy view says of the scheme, not of the model, that nothing was measured", async () => {
  for (const scheme of ["w4a16-g128-kv4", "w3a16-g128"]) {
    const opened = await open(`?page=lab&view=accuracy&scheme=${scheme}`);
    assert.match(await title(opened.page), /no measured change of this model under this scheme is at hand$/);
    assert.match(await opened.page.innerText("#lab-panel .notice"), /what this scheme changes in this model/);
    await opened.close();
  }
  const opened = await open("?page=lab&view=accuracy&scheme=w8a16");
  assert.match(await title(opened.page), /^Measured: .* at 8 bits changes perplexity/, "what is drawn is in the title");
  await opened.close();
});

test("in the accuracy view's table the rule and what was measured have a column each, as each has a unit of its own", async () => {
  const opened = await open(`${lab}&view=accuracy`);
  await opened.page.click("#lab-panel .view-table > summary");
  const [, rule, measured] = await opened.page.$$eval("#lab-panel .view-table tr", (rows) => rows.map((row) => [...row.children].slice(-3, -1).map((cell) => cell.textContent?.trim())));
  assert.deepEqual(rule, ["—", "−2.5%"]);
  assert.match(String(measured?.[0]), /^[+−]?[\d.]+$/);
  assert.equal(measured?.[1], "—");
  await opened.close();
});

test("schemes of one size and one rule are one point, which has the name of the reader's own and says the others", async () => {
  const inline = JSON.stringify({ weight_bits: 4, group_size: 128, kv_bits: 4 });
  for (const [scheme, name] of /** @type {[string, string][]} */ ([["w4a16-g128", "W4A16 g128"], ["w8a16", "W8A16"], ["nf4", "NF4"], [inline, "W4A16 g128 + KV4"]])) {
    const opened = await open(`?page=lab&view=accuracy&scheme=${encodeURIComponent(scheme)}`);
    const { page } = opened;
    const chart = page.locator("#lab-panel crossover-line-chart");
    const labels = await chart.locator(".note text").allTextContents();
    assert.ok(labels.includes(name), `${name} among ${labels}`);
    assert.match((await chart.locator("p.quiet").first().textContent()) ?? "", /W8A8 INT8, FP8, and W8A16: 9.08\sGB, −0.2%/);
    await opened.close();
  }
});

test("the speed-up's title speaks of a scheme given inline where that is drawn", async () => {
  const opened = await open(`?page=lab&scheme=${encodeURIComponent('{"weight_bits":4,"group_size":64,"kv_bits":4}')}`);
  assert.match(await title(opened.page), /^W4A16 g64 \+ KV4 /);
  silent(opened);
  await opened.close();
});

test("where the most tokens are the baseline's to every digit shown, nothing gains", async () => {
  const opened = await open("?page=lab&view=capacity&phase=prefill&prompt=131072");
  assert.equal(await title(opened.page), "No scheme serves more than FP16 in this memory");
  await opened.close();
});

test("of a model that reads no tokens, inputs are counted and a batch is no sequences", async () => {
  const opened = await open("?page=lab&model=resnet-50&hardware=a100-80gb&phase=prefill&scheme=w8a8-int8&batch=16&view=memory");
  const { page } = opened;
  assert.ok((await page.$$eval(".lab-summary dt", (list) => list.map((item) => item.textContent))).includes("Inputs a second"));
  assert.doesNotMatch(await title(page), /sequences/);
  assert.match((await page.textContent(".notes")) ?? "", /its inputs \(images\) are counted/);
  await opened.close();
});

test("what a scheme serves at the baseline's largest batch is no matter of the batch, and a larger one that serves as much no loss", async () => {
  const opened = await open("?page=lab&view=capacity&model=resnet-50&hardware=a100-80gb&phase=prefill&scheme=w8a8-int8");
  assert.match(await title(opened.page), /^At the same batch of [\d,]+, W8A8 INT8 serves 2.00x as much as FP16$/);
  assert.match((await opened.page.textContent("#lab-panel svg.chart")) ?? "", /Inputs a second at the largest batch/);
  await opened.close();
  const flat = await open("?page=lab&view=capacity&model=convnext-base&hardware=a100-80gb&phase=prefill");
  assert.equal(await title(flat.page), "No scheme serves more than FP16 in this memory");
  await flat.close();
  const energy = await open("?page=lab&view=energy&model=resnet-50&hardware=a100-80gb&phase=prefill&scheme=w8a8-int8");
  assert.match(await title(energy.page), /^Cost of a million inputs: \S+ under W8A8 INT8/);
  assert.doesNotMatch((await energy.page.textContent("#lab-panel figure")) ?? "", /token/i);
  await energy.close();
});

test("where nothing known grows with the batch, the largest one is unknown and everything fits", async () => {
  const search = "?page=lab&model=yolov8n&hardware=a100-80gb&phase=prefill&scheme=w8a8-int8";
  const capacity = await open(`${search}&view=capacity`);
  assert.match(await title(capacity.page), /is not known: no largest batch/);
  assert.doesNotMatch((await capacity.page.textContent("#lab-panel")) ?? "", /does not fit/);
  await capacity.close();
  const memory = await open(`${search}&view=memory`);
  assert.match(await title(memory.page), /^Everything fits/);
  await memory.close();
});

test("a step lumped into one operator is not said to be of an unknown shape", async () => {
  const opened = await open(`${lab}&lowering=lumped`);
  const notes = (await opened.page.textContent(".notes")) ?? "";
  assert.match(notes, /The whole step is one operator/);
  assert.doesNotMatch(notes, /shape is not known/);
  await opened.close();
});

test("on a page from right to left the axes still run from left to right", async () => {
  const opened = await open(lab);
  const { page } = opened;
  await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  const [first, last] = await page.$$eval("#lab-panel .line:not(.is-faint)", ([line]) => {
    const numbers = line.getAttribute("d")?.match(/-?[\d.]+/g)?.map(Number) ?? [];
    return [numbers[0], numbers[numbers.length - 2]];
  });
  assert.ok(Number(first) < Number(last));
  assert.equal(await page.$eval("#lab-panel svg.chart", (chart) => getComputedStyle(chart).direction), "ltr");
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  await opened.close();
});

test("on paper the figure and its table are there, and nothing to click is", async () => {
  const opened = await open(lab);
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(await page.isVisible("#lab-panel svg.chart"));
  assert.ok(await page.isVisible("#lab-panel table.data"));
  for (const selector of [".lab-tabs", ".lab-exports", "#lab-panel .chart-readout"]) assert.ok(!(await page.isVisible(selector)), selector);
  await opened.close();
});

test("a chart fills the width that it gets, at once and later, and no observer of it troubles the window", async () => {
  for (const search of ["?page=lab", "?page=lab&view=breakdown"]) {
    const opened = await browser.open(search, {
      ready: "svg.chart",
      before: (page) => page.addInitScript(() => {
        const faults = /** @type {any} */ (globalThis).faults = /** @type {string[]} */ ([]);
        addEventListener("error", ({ message }) => faults.push(message));
      }),
    });
    for (const width of [1280, 500, 900]) {
      await opened.page.setViewportSize({ width, height: 800 });
      await opened.page.waitForFunction(() => {
        const chart = document.querySelector("svg.chart");
        return chart && Number(chart.getAttribute("width")) === Math.floor(/** @type {HTMLElement} */ (chart.closest("figure *:has(> svg.chart)")).getBoundingClientRect().width);
      });
    }
    assert.deepEqual(await opened.page.evaluate(() => /** @type {any} */ (globalThis).faults), []);
    silent(opened);
    await opened.close();
  }
});

test("the advisor lists the reader's own scheme under its own name, and each kernel that is not the scenario's", async () => {
  const inline = { weight_bits: 16, act_bits: 16, kv_bits: 8 };
  const opened = await browser.open(`?page=lab&view=advisor&scheme=${encodeURIComponent(JSON.stringify(inline))}&kernel=marlin`, { ready: "crossover-lab .view" });
  const items = await opened.page.locator(".advice li").allInnerTexts();
  const own = items.filter((text) => text.includes("W16A16 + KV8"));
  assert.equal(own.length, 1, items.join("\n"));
  const scenario = /** @type {import("../../wasm/engine.js").RooflineScenario} */ ({ lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", scheme: "w4a16-g128", kernel: "marlin" });
  const quantized = engine.advise(scenario).find(({ scheme }) => scheme === "w3a16-g128");
  const name = engine.describe(`kernel/${quantized?.kernel}`)["name"];
  assert.notEqual(quantized?.kernel, "marlin");
  assert.ok(items.some((text) => text.includes(`W3A16 g128 · ${name}`)), items.join("\n"));
  silent(opened);
  await opened.close();
});

test("where to invest speaks of no largest batch for a single matrix product", async () => {
  const opened = await browser.open("?page=lab&view=sensitivity&phase=gemm&kernel=marlin&m=16&hardware=a100-80gb", { ready: "crossover-lab .view" });
  assert.equal(await opened.page.locator("#lab-panel .view-part").count(), 0);
  assert.equal(await opened.page.locator("#lab-panel svg.chart").count(), 1);
  silent(opened);
  await opened.close();
});

test("a speed-up that passes a threshold more than once says so in the title", async () => {
  for (const [search, scheme, given] of /** @type {const} */ ([
    ["&model=vit-b16&phase=prefill&scheme=w8a8-int8", "w8a8-int8", { model: "vit-b16", phase: "prefill" }],
    ["&hardware=a100-80gb&kernel=marlin&scheme=w4a16-g128", "w4a16-g128", { hardware: "a100-80gb", kernel: "marlin" }],
  ])) {
    const opened = await open(`?page=lab${search}`);
    const passed = engine.crossovers({ scenario: { ...scenario, scheme, ...given }, schemes: [scheme], thresholds: [2, 1.5, 1], from: 1, to: 4096 })
      .filter(({ batch }) => batch !== null);
    const { threshold } = passed.find(({ direction }) => direction === "down") ?? passed[0];
    const [first, ...more] = passed.filter((crossing) => crossing.threshold === threshold);
    const last = more.at(-1);
    const again = last?.direction === first.direction ? "for good" : "and at least that again";
    if (last) assert.match(await title(opened.page), new RegExp(`pays less than ${threshold}x from batch ${first.batch}, ${again} from batch ${last.batch}`), search);
    else assert.match(await title(opened.page), new RegExp(`from batch ${first.batch}\\b`), search);
    await opened.close();
  }
});

test("the latency view's fastest is one that fits, and what does not fit is called that", async () => {
  const opened = await open("?page=lab&view=latency&model=llama-3.1-70b&hardware=h100-sxm&batch=1");
  assert.match(await title(opened.page), /^At batch 1, [^()]+ needs [\d.]+ ms a step where FP16 needs [\d.]+ ms \(does not fit\)$/);
  await opened.close();
});

test("what is not as the device or the page has it stands under the title", async () => {
  for (const [search, what] of /** @type {const} */ ([
    ["&bandwidth_bytes_per_s=5e12&peak_factor=2&lowering=lumped&new_tokens=4", /memory at 5 TB\/s · peak rates × 2 · decode · 2,048 tokens in the cache · 4 new tokens a step · one lump/],
    ["&phase=prefill&cached_prefix=1024&chunk=512", /prefill · 2,048 tokens of prompt · 1,024 tokens cached before it · in chunks of 512/],
    ["&phase=train&lora_rank=16", /LoRA, rank 16/],
    ["", /^Llama 3\.1 8B · NVIDIA H100 SXM[^·]* · decode · 2,048 tokens in the cache · ideal kernel and runtime$/],
  ])) {
    const opened = await open(`?page=lab${search}`);
    assert.match(((await opened.page.textContent("#lab-panel .view-about")) ?? "").replace(/\s+/g, " ").trim(), what);
    await opened.close();
  }
});

test("the tables of the roofline and of the breakdown have the whole steps that are drawn, too", async () => {
  const opened = await open(`${lab}&view=breakdown`);
  const { page } = opened;
  const model = () => page.$eval("#lab-panel > :last-child", (view) => /** @type {any} */ (view).model.table.rows);
  const { bound_s: bound } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(scenario));
  const whole = (await model()).filter((/** @type {any} */ row) => row.operator === "whole step, W4A16 g128");
  assert.deepEqual(whole.map((/** @type {any} */ row) => row.time_s).sort(), Object.values(bound).filter((seconds) => seconds > 0).sort());
  await page.click("#lab-tab-roofline");
  const { values, series: [series] } = engine.sweep({ scenario, axis: "batch", from: 1, to: 4096, points: 13, schemes: ["w4a16-g128"] });
  const steps = (await model()).filter((/** @type {any} */ row) => row.operator.startsWith("whole step"));
  assert.deepEqual(steps.map((/** @type {any} */ row) => row.operator), [...values].map((batch) => `whole step, batch ${batch.toLocaleString("en")}`));
  assert.deepEqual(steps.map((/** @type {any} */ row) => row.intensity), [...series.intensity]);
  assert.deepEqual(steps.map((/** @type {any} */ row) => row.time_s), [...series.step_s]);
  await opened.close();
});

test("a chart's slider says what its keys do, and a number's field its unit", async () => {
  const opened = await open(lab);
  const described = (/** @type {string} */ selector) => opened.page.$eval(selector, (element) =>
    (element.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent?.trim()).join(" "));
  assert.match(await described("#lab-panel .cursor"), /Left and right.* Up and down.* Enter/s);
  await opened.page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  assert.match(await described('input[name="bandwidth_bytes_per_s"]'), /GB\/s/);
  assert.match(await described('input[name="context"]:not([type=range])'), /tokens/);
  await opened.close();
});

test("a scheme of the baseline's name with a cache or a kernel of its own is drawn beside the baseline, with its own numbers", async () => {
  for (const [given, name] of /** @type {const} */ ([
    [{ scheme: "fp16", kv_bits: 4, hardware: "h100-sxm" }, "FP16 + KV4"],
    [{ scheme: "w4a16-g128", baseline_scheme: "w4a16-g128", kernel: "marlin", baseline_kernel: "exllamav2", hardware: "a100-80gb" }, "W4A16 g128 MARLIN"],
  ])) {
    const asked = { ...scenario, batch: 32, ...given };
    const result = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(asked));
    assert.ok(result.speedup > 1.3);
    const search = new URLSearchParams(Object.entries(given).map(([key, value]) => [key, String(value)]));
    const opened = await open(`?page=lab&batch=32&view=speedup&${search}`);
    const { page } = opened;
    assert.match(await page.innerText("#lab-panel .chart-readout"), new RegExp(`${name.replace("+", "\\+")} ${result.speedup.toFixed(2)}x`));
    assert.match(await page.innerText(".lab-summary"), new RegExp(`${result.speedup.toFixed(2)}x`));
    await page.click("#lab-tab-latency");
    const rows = await page.$eval("#lab-panel > :last-child", (view) => /** @type {any} */ (view).model.table.rows);
    const at32 = rows.find((/** @type {any} */ row) => row.batch === 32);
    assert.deepEqual([at32.fp16_step_s, at32[Object.keys(at32).filter((key) => key.endsWith("_step_s"))[1] ?? ""]], [result.baseline_step_s, result.step_s]);
    await page.click("#lab-tab-breakdown");
    assert.match(await title(page), new RegExp(`${name.replace("+", "\\+")}: ${(100 * result.bound_share[result.regime]).toFixed(1)}%`));
    await page.click("#lab-tab-roofline");
    assert.match(await title(page), new RegExp(`${name.replace("+", "\\+")} .* ${(100 * result.mfu).toFixed(1)}% of the peak`));
    silent(opened);
    await opened.close();
  }
});

test("the bars of a quantized baseline are those of its own kernel", async () => {
  const given = { scheme: "w8a16", baseline_scheme: "w4a16-g128", kernel: "marlin", baseline_kernel: "exllamav2", hardware: "a100-80gb" };
  const { baseline_step_s } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate({ ...scenario, batch: 32, ...given }));
  const opened = await open(`?page=lab&batch=32&view=breakdown&${new URLSearchParams(given)}`);
  const rows = await opened.page.$eval("#lab-panel > :last-child", (view) => /** @type {any} */ (view).model.table.rows);
  const whole = rows.filter((/** @type {any} */ row) => row.operator === "whole step, W4A16 g128").map((/** @type {any} */ row) => row.time_s);
  assert.ok(Math.abs(whole.reduce((/** @type {number} */ sum, /** @type {number} */ time) => sum + time, 0) / baseline_step_s - 1) < 1e-9);
  await opened.close();
});

test("an axis says what a step is, and a batch of what", async () => {
  for (const [search, axes] of /** @type {const} */ ([
    ["&model=resnet-50", ["Batch: inputs in a step", "Time of a forward pass"]],
    ["&model=bert-base", ["Batch: sequences in a step", "Time of a forward pass"]],
    ["&new_tokens=4", ["Batch: sequences in a step", "Time of a step: 4 tokens for every sequence"]],
    ["", ["Batch: sequences in a step", "Time of a step: one token for every sequence"]],
  ])) {
    const opened = await open(`?page=lab&view=latency${search}`);
    assert.deepEqual(await opened.page.$$eval("#lab-panel .axis-label", (all) => all.map((one) => one.textContent?.trim())), axes);
    await opened.close();
  }
});

test("what is worth just as much is not said to be worth more", async () => {
  const equal = await open("?page=lab&view=speedup&batch=2&baseline_scheme=w4a16-g128&scheme=fp16");
  assert.match(await title(equal.page), /^FP16 pays at least 1x only from batch \d+/);
  await equal.close();
  const hardly = await open("?page=lab&view=capacity&model=llama-2-7b&phase=train&hardware=rtx-4090&lora_rank=16&scheme=nf4&prompt=512");
  assert.match(await title(hardly.page), /^No scheme serves much more than FP16/);
  await hardly.close();
});

test("the chart stays where it is while it is read, on a phone too", async () => {
  const opened = await open(`${lab}&view=speedup`, { width: 390, height: 844 });
  const { page } = opened;
  const top = async () => (await page.locator("#lab-panel svg.chart").boundingBox())?.y;
  const box = await page.locator("#lab-panel svg.chart").boundingBox();
  assert.ok(box);
  const tops = new Set([await top()]);
  for (let i = 0; i < 30; i += 1) {
    await page.mouse.move(box.x + 30 + (i * (box.width - 60)) / 30, box.y + 120);
    tops.add(await top());
  }
  assert.equal(tops.size, 1);
  await page.focus("#lab-panel .cursor");
  const [crossing] = engine.crossovers({ scenario, schemes: ["w4a16-g128"], thresholds: [2] });
  for (let i = 0; i < 80 && !(await page.locator("#lab-panel .chart-note").count()); i += 1) await page.keyboard.press("ArrowRight");
  assert.match(await page.innerText("#lab-panel .chart-note"), new RegExp(`Below 2x from batch ${crossing?.batch} on`));
  await opened.close();
});

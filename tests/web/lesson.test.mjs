// The lesson in Chromium: each step is predicted, locked and revealed; what it reveals is the engine's own answer, asked for here
// through the facade and not read from the page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { engine } from "../wasm/engine.mjs";
import { openBrowser, silent } from "./browser.mjs";
import { answer, outcome, predict, step } from "./lesson-page.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** @type {import("../../wasm/engine.js").RooflineScenario} */
const decode = { lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", context: 2048 };
/** @type {import("../../wasm/engine.js").RooflineScenario} */
const prefill = { lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", phase: "prefill", prompt: 2048 };

/** @param {import("../../wasm/engine.js").RooflineScenario} scenario */
const roofline = (scenario) => /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(scenario));
/** @param {import("../../wasm/engine.js").TableName} name @param {string} row @param {string} key */
const fromTable = (name, row, key) => Number(engine.table(name).rows.find((candidate) => candidate["precision"] === row)?.[key]);
/** @param {number} ratio */
const x = (ratio) => `${(Math.round(ratio * 10) / 10).toFixed(1)}x`;
/** @param {number} gain */
const verdict = (gain) => (gain >= 1.1 ? "faster" : gain <= 1 / 1.1 ? "slower" : "about the same");

const openLesson = () => browser.open("?page=lesson", { ready: "#step-10" });

test("nothing is revealed before a prediction is locked, and a step locks only when it is complete", async () => {
  const opened = await openLesson();
  const { page } = opened;
  assert.equal(await page.locator(".reveal").count(), 0);
  const lock = step(page, 2).getByRole("button", { name: "Lock my prediction" });
  assert.ok(await lock.isDisabled());
  const open = step(page, 2).getByText(/^Not answered yet/);
  assert.equal(await open.innerText(), "Not answered yet: 2 of 2.");
  await step(page, 2).getByRole("textbox", { name: /INT8/ }).fill("2");
  assert.ok(await lock.isDisabled());
  assert.equal(await open.innerText(), "Not answered yet: 1 of 2.");
  await step(page, 2).getByRole("textbox", { name: /INT4/ }).fill("4");
  assert.equal(await open.count(), 0);
  await lock.click();
  assert.equal(await page.locator(".reveal").count(), 1);
  assert.equal(await step(page, 2).getByRole("textbox", { name: /INT/ }).count(), 0, "a locked number cannot be edited");
  silent(opened);
  await opened.close();
});

test("step 1 reveals the weights in INT4 and the ceiling of one token", async () => {
  const { page, close } = await openLesson();
  await predict(page, 1, { "gigabytes in INT4": "4.015", "What does it wait for": "The arithmetic" });
  assert.equal(fromTable("bytes_per_parameter", "int4", "weight_bytes"), 4.015e9);
  assert.equal(await answer(page, "bytes.int4"), "4.02 GB");
  assert.equal(await outcome(page, "bytes.int4"), "same");
  assert.equal(roofline(decode).memory_bound, true);
  assert.equal(await answer(page, "bytes.ceiling"), "Fetching the weights from memory");
  assert.equal(await outcome(page, "bytes.ceiling"), "other");
  assert.match(await step(page, 1).innerText(), new RegExp(`could do ${Math.round(roofline(decode).ridge ?? 0)} operations`));
  await close();
});

test("a prediction that reads as the engine’s answer does is as predicted, whatever digits follow", async () => {
  const { page, close } = await openLesson();
  await predict(page, 1, { "gigabytes in INT4": "4.02", "What does it wait for": "The arithmetic" });
  const [int8, int4] = ["int8", "int4"].map((precision) => x(fromTable("decode", precision, "speedup")).slice(0, -1));
  await predict(page, 2, { INT8: String(int8), INT4: String(int4) });
  for (const question of ["bytes.int4", "decode.int8", "decode.int4"]) assert.match(await page.locator(`[data-question="${question}"]`).innerText(), /As predicted\./, question);
  await close();
});

test("no step tells the answer of another one, and what to take away has a figure once its step is revealed", async () => {
  const { page, close } = await openLesson();
  assert.doesNotMatch(await step(page, 2).innerText(), /wait/);
  const takeaways = page.getByRole("region", { name: "What to take away" });
  const notWhen = page.getByRole("region", { name: "When not to quantize" });
  const [one, many] = [x(fromTable("decode", "int4", "speedup")), x(fromTable("training", "int4", "speedup"))];
  const crossing = engine.crossovers({ scenario: decode, schemes: ["int4-g128"], thresholds: [2] }).find(({ direction }) => direction === "down")?.batch;
  assert.match(await takeaways.innerText(), /weights give \[step 2\] when .* and \[step 3\] when .* INT8 gives \[step 3\].*\n.*from batch \[step 6\]/);
  assert.match(await takeaways.innerText(), /users to \[step 9\]/);
  assert.match(await notWhen.innerText(), /gives \[step 5\] there at best, \[step 5\] with Marlin/);
  await predict(page, 2, { INT8: "2", INT4: "4" });
  assert.match(await takeaways.innerText(), new RegExp(`weights give ${one} when .* and \\[step 3\\] when`));
  const skip = page.getByRole("button", { name: "Show me without predicting" });
  while (await skip.count()) await skip.first().click();
  // Each figure stands in the reveal of the step that it waits for.
  for (const [number, figure] of /** @type {const} */ ([[2, one], [3, many], [6, `from batch ${crossing}`]])) {
    assert.ok((await takeaways.innerText()).includes(figure), figure);
    assert.ok((await step(page, number).innerText()).replace(/\s+/g, " ").includes(figure), `step ${number}: ${figure}`);
  }
  for (const [number, section] of /** @type {const} */ ([[5, notWhen], [9, takeaways]])) {
    const figure = number === 5 ? roofline({ ...prefill, scheme: "int4-g128", kernel: "marlin" }).speedup.toFixed(2)
      : String(roofline({ ...decode, hardware: "rtx-4090", context: 4096, scheme: "int4-g128-kv4" }).max_batch);
    assert.ok((await section.innerText()).includes(figure), figure);
    assert.ok((await step(page, number).innerText()).includes(figure), `step ${number}: ${figure}`);
  }
  assert.doesNotMatch(`${await takeaways.innerText()} ${await notWhen.innerText()}`, /\[step/);
  await close();
});

test("step 2 reveals the speed-ups of decode and what is left when the overhead is taken away", async () => {
  const { page, close } = await openLesson();
  await predict(page, 2, { INT8: "2", INT4: "4" });
  assert.equal(await answer(page, "decode.int8"), x(fromTable("decode", "int8", "speedup")));
  assert.equal(await answer(page, "decode.int4"), x(fromTable("decode", "int4", "speedup")));
  assert.equal(await outcome(page, "decode.int4"), "high");
  const text = await step(page, 2).innerText();
  /** @param {string} precision */
  const free = (precision) => /** @type {any} */ (engine.evaluate({ lens: "tutorial", question: "serving", model: "Llama3_8B", hardware: "H100", precision: /** @type {any} */ (precision), layer_overhead_s: 0 })).itl_s;
  assert.match(text, new RegExp(`the gain is ${x(free("fp16") / free("int4"))}: exactly the bytes`));
  assert.match(text, new RegExp(`the gain without any overhead is ${x(roofline({ ...decode, scheme: "int4-g128" }).speedup)} instead of ${x(free("fp16") / free("int4"))}\\.`));
  await step(page, 2).getByRole("combobox").selectOption("tutorial-2026-03");
  assert.match(await page.innerText("#lesson-decode"), /8\.35 ms/);
  assert.match(await step(page, 2).innerText(), /fitted, not published/);
  await close();
});

test("step 3 reveals that INT8 alone helps, and the toggle takes the tensor cores away", async () => {
  const opened = await openLesson();
  const { page } = opened;
  await predict(page, 3, { "Which formats": "INT8 only; INT4 is back where FP16 is" });
  assert.ok(fromTable("training", "int8", "speedup") > 1.1 && fromTable("training", "int4", "speedup") < 1.1);
  assert.equal(await outcome(page, "training.pattern"), "same");
  assert.match(await page.innerText("#lesson-training"), /65995 img\/s/);
  await step(page, 3).getByRole("switch").click();
  const cells = await page.locator("#lesson-training tbody tr:nth-child(2) td").allInnerTexts();
  // Without INT8 units the arithmetic takes as long as FP16's; the traffic is halved all the same.
  assert.deepEqual(cells.slice(0, 3), ["7.24 ms", "35343 img/s", "1.0x"]);
  assert.match(await step(page, 3).locator("[data-note=fallback_fp16_peak]").innerText(), /INT8 because it is switched off here/);
  assert.equal(cells[4], "0.33 ms");
  assert.match(await step(page, 3).innerText(), /counts a forward pass/);
  // What the text says in words is the engine's: half of the peak, and an overhead beside it.
  const counted = /** @type {import("../../wasm/engine.js").StepResult} */ (engine.evaluate({ lens: "tutorial", question: "step", model: "ResNet50_4p1G", hardware: "A100", batch: 256 }));
  assert.equal(Number(counted.ridge_at_efficiency) / Number(counted.ridge), 0.5);
  assert.match(await step(page, 3).innerText(), new RegExp(`at half of the peak.*${(counted.overhead_s * 1e3).toFixed(2)} ms of overhead`));
  const full = roofline({ lens: "roofline", model: "resnet-50", hardware: "a100-80gb", phase: "train", batch: 256, scheme: "w8a8-int8" });
  assert.match(await page.innerText("#lesson-training-full"), new RegExp(`${(full.step_s * 1000).toFixed(2)} ms`));
  // The engine trains integers at 16 bits: the table shows no gain, and the text below it says why.
  assert.ok(full.assumptions.includes("integers_trained_wide"));
  assert.equal(x(full.speedup), "1.0x");
  assert.match(await step(page, 3).innerText(), /multiplies in FP16; this step waits for the arithmetic/);
  silent(opened);
  await opened.close();
});

test("step 4 reveals who notices twice the bandwidth", async () => {
  const { page, close } = await openLesson();
  await predict(page, 4, { "Who notices": "Both" });
  const twice = 2 * Number(engine.describe("h100-sxm")["memory_bandwidth_bytes_per_s"]);
  assert.ok(roofline(decode).step_s / roofline({ ...decode, bandwidth_bytes_per_s: twice }).step_s > 1.1);
  assert.equal(await answer(page, "regimes.bandwidth"), "The model that writes tokens");
  const train = /** @type {const} */ ({ lens: "roofline", model: "resnet-50", hardware: "a100-80gb", phase: "train", batch: 256 });
  const lifted = roofline({ ...train, peak_factor: 2 });
  assert.ok(lifted.memory_bound, "with twice the arithmetic, training waits for memory");
  assert.match(await step(page, 4).innerText(), new RegExp(`ridge at ${Math.round(Number(lifted.ridge))}, above the training step’s ${Math.round(Number(lifted.intensity))}, and it stops at ${(lifted.step_s * 1000).toFixed(2)} ms`));
  const now = roofline(train);
  assert.ok(Number(now.intensity) > Number(now.ridge) && Number(lifted.intensity) < Number(lifted.ridge));
  assert.match(await page.innerText("#lesson-regimes-investments tbody tr:nth-child(2)"), new RegExp(`\\s${Math.round(Number(now.intensity))}\\s`));
  // What the two traffics of training count is as the text says: a tenth of the weights an image, once; the network's own, in each of three passes.
  const table = /** @type {import("../../wasm/engine.js").StepResult} */ (engine.evaluate({ lens: "tutorial", question: "step", model: "ResNet50_4p1G", hardware: "A100", batch: 256 }));
  assert.ok(Math.abs(table.memory_s * now.bandwidth_bytes_per_s / (table.footprint_bytes * (1 + 0.1 * 256)) - 1) < 1e-9);
  const own = 256 * Number(engine.describe("resnet-50")["activation_bytes_per_input"]);
  assert.deepEqual(now.operators.filter(({ activation_bytes: bytes }) => bytes).map(({ activation_bytes: bytes }) => bytes / own), [3]);
  // Decode without overhead takes less here than in the tables, by the first layer, of which a token needs one row.
  const whole = /** @type {import("../../wasm/engine.js").ServingResult} */ (engine.evaluate({ lens: "tutorial", question: "serving", model: "Llama3_8B", hardware: "H100", precision: "fp16", layer_overhead_s: 0 }));
  assert.ok(roofline(decode).step_s < whole.itl_s);
  assert.match(await page.locator("#lesson-regimes-investments-caption").innerText(), /Of the first layer only the rows in use are read/);
  await close();
});

test("step 5 reveals that INT4 weights help decode and not prefill", async () => {
  const { page, close } = await openLesson();
  await predict(page, 5, { "prompt get read": "3", "token get written": "3" });
  assert.equal(await answer(page, "phases.prefill"), x(roofline({ ...prefill, scheme: "int4-g128" }).speedup));
  assert.equal(await answer(page, "phases.decode"), x(roofline({ ...decode, scheme: "int4-g128" }).speedup));
  assert.equal(await outcome(page, "phases.decode"), "close");
  await close();
});

test("step 6 takes a line drawn with the pointer, reveals the curve, and its slider moves the shares", async () => {
  const opened = await openLesson();
  const { page } = opened;
  const sketch = step(page, 6).locator("svg.sketch");
  await sketch.scrollIntoViewIfNeeded();
  const box = await sketch.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.6, { steps: 12 });
  await page.mouse.up();
  const handles = await step(page, 6).locator("[role=slider]").evaluateAll((all) => all.map((handle) => Number(handle.getAttribute("aria-valuenow"))));
  assert.ok((handles[0] ?? 0) > (handles[8] ?? 0), "the line falls as it was drawn");
  await step(page, 6).getByRole("textbox", { name: /From which batch/ }).fill("100");
  await step(page, 6).getByRole("button", { name: "Lock my prediction" }).click();
  const below = engine.crossovers({ scenario: decode, schemes: ["int4-g128"], thresholds: [2] }).find(({ direction }) => direction === "down");
  assert.equal(await answer(page, "crossover.below"), String(below?.batch));
  assert.equal(await step(page, 6).locator("path.answer").count(), 1);
  const field = step(page, 6).getByRole("textbox", { name: "Batch" });
  await field.fill("8");
  assert.match(await step(page, 6).innerText(), /At batch 8 most of the INT4 step is still reading weights/);
  await field.fill("128");
  const at = roofline({ ...decode, scheme: "int4-g128", batch: 128 });
  assert.match(await step(page, 6).innerText(), new RegExp(`At batch 128 the INT4 step spends ${Math.round((100 * at.bound_s.kv) / at.step_s)}% of its time reading caches`));
  // What the cache took and what the arithmetic took: the same step with a hundred times the peak.
  const said = step(page, 6).locator("p[aria-live]");
  for (const [size, text] of /** @type {const} */ ([[64, /all the same\. It is not the arithmetic/], [256, /the arithmetic took the rest.*FP16 does not fit here/s], [1000, /would not fit/]])) {
    await field.fill(String(size));
    const free = roofline({ ...decode, scheme: "int4-g128", batch: size, peak_factor: 100 }).speedup.toFixed(2);
    assert.match(await said.innerText(), new RegExp(`Were the arithmetic free, it would be ${free}x`));
    assert.match(await said.innerText(), text);
  }
  assert.equal(await step(page, 6).locator("svg.sketch").getAttribute("aria-label"), "Your line, dashed, and the engine’s.");
  assert.match(await step(page, 6).locator("crossover-sketch .quiet").innerText(), /You said: batch 1: .*The engine says: batch 1: 3\.1x, .*batch 256: 1\.0x/);
  silent(opened);
  await opened.close();
});

test("step 6 can be drawn with the keyboard alone", async () => {
  const { page, close } = await openLesson();
  const handle = step(page, 6).getByRole("slider", { name: "Speed-up at batch 1", exact: true });
  await handle.focus();
  const was = Number(await handle.getAttribute("aria-valuenow"));
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(Number(await handle.getAttribute("aria-valuenow")), was + 0.55);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Speed-up at batch 2");
  await close();
});

test("step 7 reveals what the kernels do at batch 16", async () => {
  const { page, close } = await openLesson();
  await predict(page, 7, { ExLlamaV2: "faster", bitsandbytes: "slower" });
  const base = /** @type {const} */ ({ lens: "roofline", model: "llama-2-7b", hardware: "a100-80gb", context: 512, batch: 16 });
  assert.equal(await answer(page, "kernels.exllama"), verdict(roofline({ ...base, kernel: "exllamav2", scheme: "int4-g128" }).speedup));
  assert.equal(await answer(page, "kernels.bitsandbytes"), verdict(roofline({ ...base, kernel: "bitsandbytes-nf4", scheme: "nf4" }).speedup));
  const marlin = roofline({ ...base, kernel: "marlin", scheme: "int4-g128" }).speedup;
  assert.match(await page.innerText("#lesson-kernels tbody tr:nth-child(2)"), new RegExp(`${marlin.toFixed(2)}x`));
  // What the words say of the kernels is the engine's: at one user all win, and AWQ's GEMM waits for its own unpacking beyond.
  const made = /** @type {const} */ ([["marlin", "int4-g128"], ["exllamav2", "int4-g128"], ["awq-gemv", "int4-g128"], ["bitsandbytes-nf4", "nf4"]]);
  const gains = made.map(([kernel, scheme]) => roofline({ ...base, kernel, scheme }).speedup);
  for (const [kernel, scheme] of made) assert.ok(roofline({ ...base, kernel, scheme, batch: 1 }).speedup > 1.1, kernel);
  for (const batch of [16, 64, 256]) assert.equal(roofline({ ...base, kernel: "awq-gemv", scheme: "int4-g128", batch }).regime, "dequant");
  assert.match(await step(page, 7).locator("figure h3").innerText(), new RegExp(`at batch 16: ${Math.max(...gains).toFixed(2)}x with Marlin, ${Math.min(...gains).toFixed(2)}x with AWQ`));
  // Which kernel takes which path up to which batch is its record's; beyond it, both write what they unpack, and recover.
  for (const [kernel, scheme, name] of /** @type {const} */ ([["exllamav2", "int4-g128", "ExLlamaV2"], ["bitsandbytes-nf4", "nf4", "bitsandbytes"]])) {
    const [first, second] = /** @type {{path: string, up_to_tokens?: number}[]} */ (engine.describe(kernel)["segments"]);
    assert.deepEqual([first?.path, second?.path], ["vector", "dequantize"]);
    assert.match(await step(page, 7).innerText(), new RegExp(`Vector kernels \\(.*${name} up to (batch )?${first?.up_to_tokens}\\b`));
    const after = Number(first?.up_to_tokens) + 1;
    assert.ok(roofline({ ...base, kernel, scheme, batch: 1024 }).speedup > roofline({ ...base, kernel, scheme, batch: after }).speedup, kernel);
  }
  assert.match(await step(page, 7).innerText(), /Dequantizing kernels \(ExLlamaV2 and bitsandbytes beyond that\)/);
  await step(page, 7).locator('input[name="kernel_batch"]').first().fill("100");
  await page.keyboard.press("Enter");
  const read = (await step(page, 7).locator(".chart-readout").innerText()).replace(/\s+/g, " ");
  assert.match(read, /^batch 100 /);
  assert.ok(read.includes(`Marlin ${roofline({ ...base, kernel: "marlin", scheme: "int4-g128", batch: 100 }).speedup.toFixed(2)}x`), read);
  // The crosses are of the kernels in the table.
  await step(page, 7).locator(".near details summary").click();
  assert.doesNotMatch(await step(page, 7).locator(".near").innerText(), /vLLM AWQ/);
  await close();
});

test("step 8 reveals whose bits matter where, and what stands in for a missing format", async () => {
  const { page, close } = await openLesson();
  await predict(page, 8, { "decode on": "Both", "prompt of": "The activations’", "has no INT4": "FP16" });
  assert.equal(await answer(page, "schemes.decode"), "The weights’");
  assert.equal(await answer(page, "schemes.prefill"), "The activations’");
  assert.equal(roofline({ ...prefill, scheme: "w4a4-int4" }).compute_format, "int8");
  assert.equal(await answer(page, "schemes.missing"), "INT8, the next wider format it has");
  assert.match(await step(page, 8).innerText(), /computed in INT8/);
  // A format that is missing falls to the next wider one of its own kind: FP4 passes by the A100's INT8.
  assert.equal(roofline({ ...prefill, hardware: "a100-80gb", scheme: "w4a4-fp4" }).compute_format, "fp16");
  assert.equal(roofline({ ...prefill, hardware: "a100-80gb", scheme: "w8a8-int8" }).compute_format, "int8");
  assert.match(await step(page, 8).innerText(), /W4A4 in FP4 on NVIDIA A100.*: computed in FP16, the next wider one of its kind/);
  // FP4 is behind in decode for its scales: the most for its weights.
  const groups = ["w4a4-fp4", "w4a16-g128"].map((scheme) => Number(engine.describe(scheme)["group_size"]));
  assert.ok(Number(groups[0]) < Number(groups[1]));
  assert.ok(roofline({ ...decode, scheme: "w4a4-fp4" }).speedup < roofline({ ...decode, scheme: "w4a16-g128" }).speedup);
  await close();
});

test("step 9 reveals how many users fit and what the full device writes", async () => {
  const { page, close } = await openLesson();
  const asked = await step(page, 9).innerText();
  await predict(page, 9, { "How many users": "30", "more tokens a second": "2" });
  const base = /** @type {const} */ ({ lens: "roofline", model: "llama-3.1-8b", hardware: "rtx-4090", context: 4096, memory_utilization: 0.9 });
  const [fp16, int4] = [roofline({ ...base, scheme: "fp16" }), roofline({ ...base, scheme: "int4-g128" })];
  assert.equal(await answer(page, "capacity.users"), String(int4.max_batch));
  // What is needed to answer by hand stands above the question, and gives the engine's answer.
  const [filled = 0, capacity = 0, stored = 0, cache = 0] = [/Fill (\d+)%/, /which is ([\d.]+) GB/, /INT4: ([\d.]+) GB. Not a quarter/, /([\d.]+) GB each/]
    .map((pattern) => Number(asked.match(pattern)?.[1]));
  assert.equal(Math.floor((filled / 100 * capacity - stored) / cache), int4.max_batch);
  assert.equal(await answer(page, "capacity.gain"), x((int4.capacity_tokens_per_s ?? 0) / (fp16.capacity_tokens_per_s ?? 1)));
  // Full both times, a step takes as long: the gain is users.
  const [before, after] = [fp16, int4].map((result, i) => roofline({ ...base, scheme: i ? "int4-g128" : "fp16", batch: result.max_batch ?? 1 }).step_s * 1e3);
  assert.match(await step(page, 9).innerText(), new RegExp(`${before?.toFixed(2)} ms in FP16, ${after?.toFixed(2)} ms with INT4 weights.*${int4.max_batch} of them instead of ${fp16.max_batch}`));
  // With the cache in INT4, too, so many fit that the arithmetic takes longer than the weights: the step takes longer, and the text says so.
  const cached = roofline({ ...base, scheme: "int4-g128-kv4" });
  const full = roofline({ ...base, scheme: "int4-g128-kv4", batch: cached.max_batch ?? 1 });
  assert.ok(full.bound_s.compute > full.bound_s.weights);
  assert.match(await step(page, 9).innerText(), new RegExp(`${cached.max_batch} users fit.*a step takes ${(full.step_s * 1e3).toFixed(2)} ms`));
  await close();
});

test("step 10 reveals that rounding costs less than pruning at one size", async () => {
  const { page, close } = await openLesson();
  await predict(page, 10, { "keeps more": "Quantizing to 8 bits", "percentage points": "6" });
  assert.equal(await outcome(page, "accuracy.method"), "same");
  const pruned = /** @type {import("../../wasm/engine.js").CompressionResult} */ (
    engine.evaluate({ lens: "tutorial", question: "compression", model: "Llama3_8B", hardware: "H100", method: "pruning", sparsity: 0.9 }));
  const linked = await page.$$eval("#lesson-measured tbody td:last-child a", (links) => links.map((link) => [link.textContent, link.getAttribute("href")]));
  assert.equal(linked.length, await page.locator("#lesson-measured tbody tr").count());
  const known = new Map(engine.catalog("source").map(({ id }) => engine.describe(id)).map(({ title, url }) => [title, url]));
  for (const [title, url] of linked) assert.equal(url, known.get(title));
  assert.equal(await answer(page, "accuracy.heavy"), `${(-100 * pruned.delta).toFixed(1)} points`);
  const rounded = /** @type {import("../../wasm/engine.js").CompressionResult} */ (
    engine.evaluate({ lens: "tutorial", question: "compression", model: "Llama3_8B", hardware: "H100", method: "quantization", bits: 8 }));
  assert.match(await step(page, 10).locator("figure h3").innerText(), new RegExp(`: −${(-100 * rounded.delta).toFixed(1)}% by rounding to 8 bits, −`));
  // The text beside the measurements says perplexity: every value in the table is one.
  const perplexities = new Set(engine.accuracy({ lens: "roofline", model: "llama-2-7b", hardware: "a100-80gb", scheme: "w4a16-g128" })
    .filter(({ kind, metric }) => kind === "measured" && metric === "perplexity").map(({ value }) => Number(value).toFixed(2)));
  for (const value of await page.locator("#lesson-measured tbody td:nth-child(4)").allInnerTexts()) assert.ok(perplexities.has(value), value);
  // Neither 50% nor 75% pruned: rounding keeps more at the same size.
  const chart = step(page, 10).locator("crossover-line-chart");
  assert.equal(await chart.locator(".end-label").textContent(), "the frontier");
  for (const hue of ["int4", "fp16"]) assert.equal(await chart.locator(`.series.hue-${hue} .marker`).count(), 3, hue);
  await close();
});

test("each exercise has a hint, refuses a wrong answer and accepts the engine's", async () => {
  const opened = await openLesson();
  const { page } = opened;
  const large = engine.table("decode", { model: "Llama3_70B", hardware: "H100", context: 2048 });
  /** @param {number} limit */
  const below = (limit) => engine.crossovers({ scenario: { ...decode, context: 4096 }, schemes: ["int4-g128"], thresholds: [limit] }).find(({ direction }) => direction === "down")?.batch;
  const numbers = { larger: Number(large.rows[2]?.["speedup"]).toFixed(1), below2: String(below(2)), below1_5: String(below(1.5)) };
  await step(page, 6).getByRole("button", { name: "Show me without predicting" }).click();
  for (const [id, right] of Object.entries(numbers)) {
    if (id !== "larger") assert.doesNotMatch(await step(page, 6).innerText(), new RegExp(`from batch ${right}\\b`), "step 6 has no answer of an exercise");
    const exercise = page.locator(`[data-exercise=${id}]`);
    const check = exercise.getByRole("button", { name: "Check" });
    await check.click();
    assert.match(await exercise.locator(".verdict").innerText(), /Enter an answer that can be checked/);
    await exercise.getByRole("textbox").fill("7");
    await check.click();
    assert.equal(await exercise.locator(".verdict").innerText(), "Not yet.", id);
    await exercise.getByRole("textbox").fill(id === "larger" ? (Number(right) * 1.1).toFixed(1) : String(Number(right) + 1));
    await check.click();
    assert.equal(await exercise.locator(".verdict").innerText(), "Not yet, but near.", id);
    assert.equal(await exercise.locator(".solution").count(), 0);
    await exercise.getByRole("button", { name: "A hint" }).click();
    assert.ok((await exercise.locator(".hint").innerText()).length > 20);
    await exercise.getByRole("textbox").fill(right);
    await exercise.getByRole("textbox").press("Enter");
    assert.match(await exercise.locator(".verdict").innerText(), /^Right\.$/, id);
    assert.ok(await exercise.locator(".solution").isVisible());
  }
  for (const [id, wrong, right] of /** @type {const} */ ([["frontier", "8 bits", "75% pruned"], ["selfcheck", "compute", "memory"]])) {
    const exercise = page.locator(`[data-exercise=${id}]`);
    await exercise.getByText(wrong, { exact: true }).click();
    await exercise.getByRole("button", { name: "Check" }).click();
    assert.match(await exercise.locator(".verdict").innerText(), /Not yet/, id);
    await exercise.getByText(right, { exact: true }).click();
    await exercise.getByRole("button", { name: "Check" }).click();
    assert.match(await exercise.locator(".verdict").innerText(), /^Right\.$/, id);
  }
  silent(opened);
  await opened.close();
});

test("the lesson comes from the top down, a step a frame, and says that it is busy; a link into it, or who comes back, finds it whole", async () => {
  const watched = (/** @type {string} */ search) => browser.open(search, {
    ready: "#step-10",
    before: (page) => page.addInitScript(() => {
      const seen = /** @type {any} */ (globalThis).seen = /** @type {[number, boolean][]} */ ([]);
      new MutationObserver(() => {
        const lesson = document.querySelector("crossover-lesson");
        const steps = document.querySelectorAll("crossover-step section").length;
        if (lesson && steps && seen.at(-1)?.[0] !== steps) seen.push([steps, lesson.hasAttribute("aria-busy")]);
      }).observe(document, { childList: true, subtree: true });
    }),
  });
  const seenBy = (/** @type {import("playwright-core").Page} */ page) => page.evaluate(() => /** @type {[number, boolean][]} */ (/** @type {any} */ (globalThis).seen));
  const opened = await watched("?page=lesson");
  const seen = await seenBy(opened.page);
  const steps = seen.map(([count]) => count);
  assert.ok(steps.length > 2, `it came as ${steps}`);
  assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
  assert.ok(seen[0]?.[1], "busy at first");
  assert.equal(await opened.page.locator("crossover-lesson[aria-busy]").count(), 0);
  await opened.page.getByRole("link", { name: "Tables" }).click();
  await opened.page.evaluate(() => (/** @type {any} */ (globalThis).seen = []));
  assert.deepEqual(await opened.page.evaluate(() => {
    /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lesson"]')).click();
    return document.querySelectorAll("crossover-step section").length;
  }), 10);
  await opened.close();
  const linked = await watched("?page=lesson&step=7");
  assert.deepEqual(await seenBy(linked.page), [[10, false]]);
  await linked.close();
});

test("a link leads to a step, and the contents do", async () => {
  const { page, close } = await browser.open("?page=lesson&step=7", { ready: "#step-10" });
  assert.ok(await step(page, 7).evaluate((section) => Math.abs(section.getBoundingClientRect().top) < 200));
  await page.getByRole("navigation", { name: "Steps of the lesson" }).getByRole("link", { name: "The accuracy tax" }).click();
  await page.waitForURL(/step=10/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "step-10-title", "the keyboard goes on from there");
  await close();
});

test("no number of the lesson's prose stands in the strings: all of them are the engine's", async () => {
  const [steps, asked, end] = await Promise.all(["lesson", "lesson-exercises", "lesson-end"].map(async (name) => JSON.parse(await readFile(new URL(`../../web/strings/en.${name}.json`, import.meta.url), "utf8"))));
  /** @param {any} node @param {string} path @returns {[string, string][]} */
  const texts = (node, path) => (typeof node === "string" ? [[path, node]] : Object.entries(node).flatMap(([key, value]) => texts(value, `${path}.${key}`)));
  for (const [path, text] of [...texts(steps.lesson, "lesson"), ...texts(asked.exercises, "exercises"), ...texts(end["lesson_end"], "lesson_end")]) {
    // Names of formats and products have digits, and the options of an exercise name its points.
    const rest = text.replace(/\b(INT|FP|W|A|ExLlamaV)\d+(A\d+)?\b/g, "").replace(/\{[^}]*\}/g, "");
    if (!path.startsWith("exercises.frontier.options")) assert.doesNotMatch(rest, /\d/, path);
  }
});

test("a finger on a point of the line draws, straight up too; beside the points it scrolls the page", async () => {
  const opened = await browser.open("?page=lesson&step=6", { width: 390, height: 800, ready: "#step-6 svg.sketch" });
  const { page } = opened;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
  const handle = step(page, 6).getByRole("slider").nth(4);
  await handle.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(300);
  /** @param {number} x @param {number} y */
  const up = async (x, y) => {
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (let i = 1; i <= 8; i += 1) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y - 8 * i }] });
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await page.waitForTimeout(300);
  };
  const centre = async () => {
    const box = await handle.boundingBox();
    assert.ok(box);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const scrolled = () => page.evaluate(() => scrollY);
  const [before, { x, y }] = [await scrolled(), await centre()];
  await up(x, y);
  const drawn = Number(await handle.getAttribute("aria-valuenow"));
  assert.ok(drawn > 2.5, `${drawn}`);
  assert.equal(await scrolled(), before);
  // The line has moved away: where it was there is no point now.
  await up(x, y + 20);
  assert.ok((await scrolled()) > before);
  assert.equal(Number(await handle.getAttribute("aria-valuenow")), drawn, "nothing was drawn by scrolling");
  silent(opened);
  await opened.close();
});

// The page of tables in Chromium: the published rows to the printed digit, and every input answered at once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { openBrowser, root, silent, tableText } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/**
 * The rows of a table as records of its own headings.
 * @param {string[][]} text
 */
function records(text) {
  const [head = [], ...rows] = text;
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index] ?? "", cell])));
}

/** @param {string[][]} text @param {string[]} headings */
const columns = (text, headings) => records(text).map((row) => headings.map((heading) => row[heading]));

test("decode at batch 1 prints the rows published in May 2026", async () => {
  const opened = await browser.open();
  const text = await tableText(opened.page, "#table-decode");
  assert.deepEqual(columns(text, ["Precision", "ITL", "Weights", "Speed-up"]), [
    ["FP16", "5.19 ms", "16.06 GB", "1.0x"],
    ["INT8", "2.76 ms", "8.03 GB", "1.9x"],
    ["INT4", "1.54 ms", "4.02 GB", "3.4x"],
  ]);
  silent(opened);
  await opened.close();
});

test("training at batch 256 prints the rows published in May 2026 and says that they count a forward pass", async () => {
  const { page, close } = await browser.open();
  const text = await tableText(page, "#table-training");
  assert.deepEqual(columns(text, ["Step", "Throughput", "Speed-up", "Bound by"]), [
    ["7.24 ms", "35343 img/s", "1.0x", "compute"],
    ["3.88 ms", "65995 img/s", "1.9x", "compute"],
    ["7.24 ms", "35343 img/s", "1.0x", "compute"],
  ]);
  assert.deepEqual(text.slice(1).map(([name]) => name), ["FP16", "INT8", "INT4†"]);
  assert.match(await page.innerText("#training ~ figure"), /forward pass only/);
  assert.match(await page.innerText("#training ~ figure"), /no rate for this format/);
  await close();
});

test("the calibration of March 2026 prints its published rows and says that a constant of it is fitted", async () => {
  const { page, close } = await browser.open("?calibration=tutorial-2026-03");
  assert.deepEqual(columns(await tableText(page, "#table-decode"), ["ITL", "Speed-up"]), [
    ["8.35 ms", "1.0x"], ["5.78 ms", "1.4x"], ["4.49 ms", "1.9x"],
  ]);
  assert.deepEqual(columns(await tableText(page, "#table-training"), ["Step", "Throughput", "Speed-up"]), [
    ["11.74 ms", "21800 img/s", "1.0x"], ["8.38 ms", "30552 img/s", "1.4x"], ["11.74 ms", "21800 img/s", "1.0x"],
  ]);
  for (const section of ["decode", "training", "regimes"]) {
    assert.match(await page.innerText(`#${section} ~ figure`), /fitted, not published/, section);
  }
  assert.match(await page.innerText("crossover-choice"), /fitted, not published/);
  await close();
});

test("compression prints the published rows, the same under both calibrations, and names FP32 as the baseline", async () => {
  for (const search of ["", "?calibration=tutorial-2026-03"]) {
    const { page, close } = await browser.open(search);
    const text = await tableText(page, "#table-compression");
    assert.deepEqual(columns(text, ["Method", "Weights", "Ratio", "Accuracy", "Saved"]).slice(0, 3), [
      ["Quantized, 16 bit", "16.06 GB", "2.0x", "+0.0%", "50.0%"],
      ["Quantized, 8 bit", "8.03 GB", "4.0x", "−0.2%", "75.0%"],
      ["Quantized, 4 bit", "4.02 GB", "8.0x", "−2.5%", "87.5%"],
    ]);
    assert.match(await page.innerText("#table-compression-caption"), /against the weights in FP32/);
    await close();
  }
});

test("bytes per parameter and the two regimes stand in the page", async () => {
  const { page, close } = await browser.open();
  assert.deepEqual(columns(await tableText(page, "#table-bytes"), ["Precision", "Bits", "Bytes per parameter", "Weights"]), [
    ["FP32", "32", "4", "32.12 GB"], ["FP16", "16", "2", "16.06 GB"], ["INT8", "8", "1", "8.03 GB"], ["INT4", "4", "0.5", "4.02 GB"],
  ]);
  const [groups, , ...rows] = await tableText(page, "#table-regimes");
  assert.deepEqual(groups, ["", "Decode, batch 1", "Training step"]);
  // Below the ridge the memory is the ceiling, above it the arithmetic is: 1.05 against 295, 771 against 153.
  assert.deepEqual(rows[0], ["FP16", "1.0x", "memory", "1.05", "295", "1.0x", "compute", "771", "153"]);
  await close();
});

test("the crossover chart marks where INT4 falls below 2x and 1.5x, and its table has the same numbers", async () => {
  const { page, close } = await browser.open();
  const figure = page.locator("crossover-view-speedup");
  assert.match(await figure.innerText(), /INT4 g128 .*less than 2(×|x) from batch 21/);
  assert.match(await figure.innerText(), /Below 1\.5(×|x) from batch 59/);
  assert.ok(await figure.locator("table").isVisible());
  const rows = await tableText(page, "crossover-view-speedup table");
  assert.equal(rows[1]?.[0], "1");
  assert.match(rows[1]?.[2] ?? "", /^3\.10/);
  await close();
});

test("choosing another model changes the tables, the chart and the address in one frame", async () => {
  const opened = await browser.open();
  const { page } = opened;
  const before = { decode: await tableText(page, "#table-decode"), chart: await page.innerText("crossover-view-speedup figcaption") };
  const field = page.getByRole("combobox", { name: "Model", exact: true });
  await field.click();
  await field.fill("llama 3.1 70b");
  await field.press("Enter");
  assert.notDeepEqual(await tableText(page, "#table-decode"), before.decode);
  assert.notEqual(await page.innerText("crossover-view-speedup figcaption"), before.chart);
  await page.waitForURL(/model=llama-3\.1-70b/);
  assert.match(await page.innerText("#table-decode"), /does not fit/);
  assert.match(await page.innerText("#decode ~ figure .notes"), /more memory than the device has/);
  silent(opened);
  await opened.close();
});

test("of a model's several records the menu has the names, and they can be searched", async () => {
  const opened = await browser.open();
  const { page } = opened;
  const field = page.getByRole("combobox", { name: "Model in training", exact: true });
  const record = JSON.parse(readFileSync(`${root}specs/models/resnet-50.json`, "utf8"));
  const names = record.tutorial.map((/** @type {{name: string}} */ one) => one.name);
  assert.ok(names.includes(await field.inputValue()), await field.inputValue());
  await field.click();
  await field.fill("resnet-50");
  const found = await page.locator("[role=option]").allInnerTexts();
  for (const name of names) assert.ok(found.includes(name), `${name} among ${found}`);
  assert.ok(found.every((text) => text !== ""));
  await field.press("Escape");
  silent(opened);
  await opened.close();
});

test("who changes something and turns the page at once comes back to what was changed", async () => {
  const opened = await browser.open();
  const { page } = opened;
  await page.evaluate(() => {
    const field = /** @type {HTMLInputElement} */ (document.querySelector("crossover-slider input[type=text]"));
    field.value = "512";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lesson"]')).click();
  });
  await page.waitForSelector("crossover-lesson h2");
  await page.goBack();
  await page.waitForSelector("#table-decode");
  assert.equal(new URL(page.url()).search, "?context=512");
  assert.equal(await page.getByRole("textbox", { name: "Context", exact: true }).inputValue(), "512");
  silent(opened);
  await opened.close();
});

test("an input's answer stands in the document before the input's event is over", async () => {
  const { page, close } = await browser.open();
  const [before, after] = await page.evaluate(() => {
    const table = /** @type {HTMLElement} */ (document.querySelector("#table-decode"));
    const slider = /** @type {HTMLInputElement} */ (document.querySelector("crossover-slider input[type=range]"));
    const was = table.innerText + document.querySelector("crossover-view-speedup svg")?.innerHTML;
    slider.value = "200";
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return [was, table.innerText + document.querySelector("crossover-view-speedup svg")?.innerHTML];
  });
  assert.notEqual(before, after);
  await close();
});

test("a drag writes the address once, when it pauses, and the page's links carry what it says", async () => {
  const opened = await browser.open();
  const { page } = opened;
  await page.evaluate(() => {
    const written = (/** @type {any} */ (globalThis).written = /** @type {string[]} */ ([]));
    const replace = history.replaceState.bind(history);
    history.replaceState = (/** @type {unknown} */ data, /** @type {string} */ unused, /** @type {string} */ url) => {
      written.push(url);
      replace(data, unused, url);
    };
  });
  const slider = page.locator("crossover-slider input[type=range]").first();
  await slider.focus();
  for (let i = 0; i < 20; i += 1) await page.keyboard.press("ArrowRight");
  await page.waitForURL(/context=/);
  const context = await page.getByRole("textbox", { name: "Context", exact: true }).inputValue();
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (globalThis).written), [`/?context=${context}`]);
  const carried = await page.$$eval(".masthead nav a, .foot-links a", (links) => links.map((link) => link.getAttribute("href") ?? ""));
  assert.ok(carried.length >= 7, String(carried.length));
  for (const href of carried) assert.equal(new URLSearchParams(href).get("context"), context, href);
  silent(opened);
  await opened.close();
});

test("the address restores the state, and going back does too", async () => {
  const { page, origin, close } = await browser.open("?model=gpt2-small&hardware=t4&context=1024&training_batch=8");
  assert.equal(await page.getByRole("combobox", { name: "Model", exact: true }).inputValue(), "GPT-2 small (124M)");
  assert.equal(await page.getByRole("textbox", { name: "Context", exact: true }).inputValue(), "1024");
  assert.match(await page.innerText("#training"), /^8 images at once/);
  const shown = await tableText(page, "#table-decode");
  await page.getByRole("link", { name: "The lesson" }).first().click();
  await page.waitForSelector("crossover-lesson h2");
  assert.match(page.url(), /page=lesson/);
  assert.ok(page.url().startsWith(origin));
  await page.goBack();
  await page.waitForSelector("#table-decode");
  assert.deepEqual(await tableText(page, "#table-decode"), shown);
  assert.equal(new URL(page.url()).search, "?model=gpt2-small&hardware=t4&context=1024&training_batch=8");
  await close();
});

test("a model that the question has no answer for gets an explanation in the figure's place", async () => {
  const opened = await browser.open("?model=resnet-50");
  assert.match(await opened.page.innerText("#decode ~ .notice"), /transformer|decode/i);
  assert.ok(await opened.page.isVisible("#table-compression"));
  silent(opened);
  await opened.close();
});

test("a first view asks for half of the engine, the lab for the other half once", async () => {
  const opened = await browser.open();
  // The evidence's worker asks for one of its own when the lab has nothing else to do.
  const modules = () => opened.requests.filter((url) => url.endsWith(".wasm")).map((url) => url.slice(opened.origin.length).replace(/-[A-Z0-9]{8}/, "")).filter((name) => name !== "/chunks/crossover.wasm");
  assert.deepEqual(modules(), ["/chunks/crossover-page.wasm"]);
  await opened.page.getByRole("link", { name: "The lab" }).click();
  await opened.page.waitForSelector("crossover-lab-inputs");
  assert.deepEqual(modules(), ["/chunks/crossover-page.wasm", "/chunks/crossover-lab.wasm"]);
  await opened.page.getByRole("link", { name: "The tables" }).click();
  await opened.page.waitForSelector("#table-decode");
  assert.equal(modules().length, 2);
  silent(opened);
  await opened.close();
});

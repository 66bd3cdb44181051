// What leaves the lab, saved by a real click and read back: every format says what it is a picture of.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { readText } from "../../web/lab/png-text.js";
import { openBrowser, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

const search = "?page=lab&batch=16&hardware=a100-80gb";

/**
 * @param {import("playwright-core").Page} page
 * @param {string} way
 */
async function saved(page, way) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-export="${way}"]`)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** @param {any} about */
function describesTheScenario(about) {
  assert.match(about.crossover, /^\d+\.\d+\.\d+/);
  assert.equal(about.scenario.hardware, "a100-80gb");
  assert.equal(about.scenario.batch, 16);
  assert.equal(about.scenario.lens, "roofline");
  assert.equal(about.scenario.context, 2048, "what was left to a default is said, too");
}

test("the chart as SVG is well-formed, stands alone, and carries scenario and version", async () => {
  const opened = await browser.open(search, { ready: "crossover-lab .view" });
  const { page } = opened;
  const { name, bytes } = await saved(page, "svg");
  assert.equal(name, "crossover-speedup.svg");
  // The page's own policy turns no text into markup.
  const elsewhere = await page.context().newPage();
  const parsed = await elsewhere.evaluate((text) => {
    const found = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      broken: found.querySelector("parsererror") !== null, title: found.querySelector("title")?.textContent, metadata: found.querySelector("metadata")?.textContent,
      description: found.querySelector("desc")?.textContent ?? "", lines: found.querySelectorAll("path").length,
      dependent: [...found.querySelectorAll("*")].filter((element) => element.hasAttribute("class") || element.hasAttribute("style") || /var\(/.test(element.getAttribute("fill") ?? "")).length,
    };
  }, bytes.toString("utf8"));
  assert.equal(parsed.broken, false);
  assert.equal(parsed.dependent, 0, "nothing in it needs the page's style");
  assert.equal(parsed.title?.replace(/\s+/g, " "), (await page.textContent("#lab-panel .view-title"))?.replace(/\s+/g, " "));
  assert.ok(parsed.description.length > 80);
  assert.ok(parsed.lines > 6);
  describesTheScenario(JSON.parse(parsed.metadata ?? ""));
  silent(opened);
  await opened.close();
});

test("the chart as PNG decodes at twice the size, is not blank, and carries scenario and version", async () => {
  const opened = await browser.open(search, { ready: "crossover-lab .view" });
  const { page } = opened;
  const { bytes } = await saved(page, "png");
  describesTheScenario(JSON.parse(readText(new Uint8Array(bytes), "crossover") ?? ""));
  const seen = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: new Uint8ClampedArray() };
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4 * 97) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return { width: image.width, chart: Number(document.querySelector("#lab-panel svg.chart")?.getAttribute("width")), colours: colours.size };
  }, bytes.toString("base64"));
  assert.equal(seen.width, (seen.chart + 40) * 2);
  assert.ok(seen.colours > 8, String(seen.colours));
  silent(opened);
  await opened.close();
});

test("the table as CSV holds the numbers of the table in full", async () => {
  const opened = await browser.open(search, { ready: "crossover-lab .view" });
  const { page } = opened;
  const { bytes } = await saved(page, "csv");
  const lines = bytes.toString("utf8").trimEnd().split("\r\n");
  const comments = Object.fromEntries(lines.filter((line) => line.startsWith("# ")).map((line) => [line.slice(2, line.indexOf(":")), line.slice(line.indexOf(": ") + 2)]));
  describesTheScenario({ crossover: comments["crossover"], scenario: JSON.parse(comments["scenario"] ?? "") });
  const [head, ...rows] = lines.filter((line) => !line.startsWith("# ")).map((line) => line.split(","));
  assert.equal(head?.[0], "batch");
  await page.click("#lab-panel .view-table > summary");
  const shown = await page.$$eval("#lab-panel .view-table tbody tr", (list) => list.map((row) => [...row.children].map((cell) => cell.textContent?.trim())));
  assert.equal(rows.length, shown.length);
  rows.forEach((row, i) => assert.equal(`${Number(row[1]).toFixed(2)}x`, shown[i]?.[1], `row ${i}`));
  silent(opened);
  await opened.close();
});

test("the table as Markdown is a table with scenario and version below", async () => {
  const opened = await browser.open(`${search}&view=memory`, { ready: "crossover-lab .view" });
  const { name, bytes } = await saved(opened.page, "markdown");
  assert.equal(name, "crossover-memory.md");
  const lines = bytes.toString("utf8").split("\n");
  const rows = lines.filter((line) => line.startsWith("| "));
  const columns = rows[0]?.split(" | ").length;
  assert.ok(rows.length >= 4 && rows.every((row) => row.split(" | ").length === columns));
  const said = Object.fromEntries(lines.flatMap((line) => [...line.matchAll(/^- (\w+): `(.*)`$/g)].map(([, key, value]) => [key, value])));
  describesTheScenario({ ...said, scenario: JSON.parse(said["scenario"] ?? "") });
  await opened.close();
});

test("scenario and results as JSON are the engine's, and the scenario computes to the same again", async () => {
  const opened = await browser.open(search, { ready: "crossover-lab .view" });
  const { bytes } = await saved(opened.page, "json");
  const file = JSON.parse(bytes.toString("utf8"));
  describesTheScenario(file);
  assert.equal(file.result.batch, 16);
  assert.ok(file.result.step_s > 0 && file.table.length > 8 && file.address.includes("a100-80gb"));
  const { readFileSync } = await import("node:fs");
  const { loadEngine } = await import("../../wasm/engine.js");
  const engine = await loadEngine({ wasmBinary: readFileSync(new URL("../../build/wasm/crossover.wasm", import.meta.url)) });
  assert.deepEqual(engine.evaluate(file.scenario), file.result);
  await opened.close();
});

test("a picture of several charts holds them all", async () => {
  const opened = await browser.open(`${search}&view=breakdown`, { ready: "crossover-lab .view" });
  const { bytes } = await saved(opened.page, "svg");
  assert.equal(bytes.toString("utf8").match(/<svg/g)?.length, 3, "the page of the picture and two charts");
  await opened.close();
});

test("a picture of compared scenarios says what each number stands for", async () => {
  const opened = await browser.open("?page=lab&view=compare&hardware=a100-80gb&compare=scheme:w8a16,batch:8", { ready: "crossover-lab .view" });
  const { bytes } = await saved(opened.page, "svg");
  const words = bytes.toString("utf8");
  for (const line of ["1: W4A16 g128 · Llama 3.1 8B · NVIDIA A100 SXM 80GB · decode · ", "2: W8A16, Llama 3.1 8B, NVIDIA H100 SXM 80GB, Batch 8<"]) assert.ok(words.includes(`>${line}`), line);
  await opened.close();
});

test("where a view has no chart, saving one says so", async () => {
  const opened = await browser.open(`${search}&view=advisor`, { ready: "crossover-lab .view" });
  await opened.page.click('[data-export="png"]');
  await opened.page.waitForFunction(() => document.querySelector(".lab-exports [role=status]")?.textContent?.includes("no chart"));
  await opened.close();
});

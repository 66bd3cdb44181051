// A few figures as they are drawn, reviewed by eye once and kept as SVG beside this file, coordinates rounded to whole pixels. A
// chart has a fixed width here, whatever frame the lab gives it. A difference writes <name>-changed.svg next to the kept one: look at
// both; where the new one is right, rename it over the old one and say why in the commit. Ideal kernels and runtimes only: constants that are fitted would change pictures that nobody broke.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/** What is drawn, and how wide in CSS pixels. */
const figures = /** @type {Record<string, { search: string, width?: number }>} */ ({
  "speedup-llama-8b-h100": { search: "&batch=16" },
  "speedup-llama-8b-h100-phone": { search: "&batch=16", width: 328 },
  "speedup-70b-does-not-fit": { search: "&model=llama-3.1-70b" },
  "speedup-prefill": { search: "&phase=prefill&batch=1&prompt=8192" },
  "latency-llama-8b-h100": { search: "&view=latency&batch=16" },
  "roofline-llama-8b-h100": { search: "&view=roofline&batch=16" },
  "breakdown-llama-8b-h100": { search: "&view=breakdown&batch=16" },
  "memory-70b-one-h100": { search: "&view=memory&model=llama-3.1-70b" },
  "capacity-llama-8b-h100": { search: "&view=capacity&batch=16" },
  "sensitivity-llama-8b-h100": { search: "&view=sensitivity&batch=16" },
});

/**
 * The exported picture without what changes from release to release: one element a line, whole pixels.
 * @param {string} text
 */
function reviewable(text) {
  return `${text
    .replace(/<metadata>.*?<\/metadata>/s, "")
    .replace(/ font-family="[^"]*"/g, "")
    .replace(/url\(&quot;#[^)]*\)|url\('#[^)]*\)|url\(#[^)]*\)/g, "url(#hatch)")
    .replace(/ id="hatch-\d+"/g, ' id="hatch"')
    .replace(/ (x|y|x1|x2|y1|y2|cx|cy|d|transform|width|height|viewBox)="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number)) + 0)))
    .replace(/></g, ">\n<")}\n`;
}

for (const [name, { search, width = 880 }] of Object.entries(figures)) {
  test(`the figure ${name} is drawn as reviewed`, async () => {
    const opened = await browser.open(`?page=lab&scheme=w4a16-g128${search}${search.includes("&model=") ? "" : "&model=llama-3.1-8b"}&hardware=h100-sxm`, { ready: "crossover-lab .view" });
    await opened.page.evaluate((pixels) => {
      for (const chart of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("crossover-line-chart, crossover-bar-chart"))) chart.style.width = `${pixels}px`;
    }, width);
    await opened.page.waitForFunction((pixels) => [...document.querySelectorAll("#lab-panel svg.chart")].every((chart) => chart.getAttribute("width") === String(pixels)), width);
    const [download] = await Promise.all([opened.page.waitForEvent("download"), opened.page.click('[data-export="svg"]')]);
    const drawn = reviewable(await readFile(await download.path(), "utf8"));
    await opened.close();
    const kept = new URL(`./snapshots/${name}.svg`, import.meta.url);
    const changed = new URL(`./snapshots/${name}-changed.svg`, import.meta.url);
    if (existsSync(kept) && (await readFile(kept, "utf8")) === drawn) return rm(changed, { force: true });
    await writeFile(changed, drawn);
    assert.fail(`${name} is not drawn as kept: compare tests/web/snapshots/${name}-changed.svg`);
  });
}

// The evidence page in Chromium: the figures are those that the engine gives script/evidence, filters narrow the list, every chart
// has its table, and everybody can read it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { loadCauses, loadOptions, loadSpeed } from "../../specs/measurements/load.mjs";
import { causeOf } from "../../specs/measurements/causes.mjs";
import { loadEngine } from "../../wasm/engine.js";
import { axeViolations, openBrowser, root, silent, tableText } from "./browser.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
/** @type {import("../../wasm/engine.js").EvidenceReport} */
let report;
before(async () => {
  browser = await openBrowser();
  const engine = await loadEngine({ wasmBinary: readFileSync(`${root}build/wasm/crossover.wasm`) });
  report = engine.evidence(loadSpeed(), loadOptions());
});
after(() => browser.close());

/** @param {number} share As script/evidence prints it, without its space. */
const percent = (share) => `${(100 * share).toFixed(1)}%`;
/** @param {import("./browser.mjs").OpenOptions} [options] */
const open = (options = {}) => browser.open("?page=evidence", { ready: "#table-targets", ...options });
/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, " ").trim();

test("evidence.html leads to the evidence, and keeps what else its address carries", async () => {
  const opened = await browser.open("?theme=dark", { path: "/evidence.html", ready: "#table-targets" });
  assert.equal(await opened.page.innerText("h1"), "How wrong are the predictions?");
  const url = new URL(opened.page.url());
  assert.deepEqual([url.pathname, url.searchParams.get("page"), url.searchParams.get("theme")], ["/index.html", "evidence", "dark"]);
  await opened.page.getByRole("link", { name: "The tables" }).click();
  await opened.page.waitForSelector("#table-decode");
  await opened.page.reload();
  await opened.page.waitForSelector("#table-decode");
  silent(opened);
  await opened.close();
});

test("the targets stand with what was found, and with a plain verdict", async () => {
  const opened = await open();
  const rows = (await tableText(opened.page, "#table-targets")).slice(1);
  assert.equal(rows.length, report.targets.length);
  const words = { met: /^Met/, missed: /^Missed/, no_rows: /^No rows/ };
  report.targets.forEach((target, i) => {
    const [, verdict = "", count, median = "", , , coverage = ""] = rows[i] ?? [];
    assert.match(verdict, words[target.verdict], target.class);
    assert.equal(count, String(target.rows));
    for (const { figure, found, limit } of target.checks) {
      if (figure === "median") assert.equal(median, `${percent(Number(found))} at most ${percent(limit)}`);
      if (figure === "coverage") assert.equal(coverage, `${percent(Number(found))} at least ${percent(limit)}`);
      if (figure === "every_point") assert.ok(verdict.includes(percent(Number(found))), verdict);
      if (figure === "kendall_tau") assert.ok(verdict.includes(Number(found).toFixed(2)), verdict);
    }
  });
  silent(opened);
  await opened.close();
});

test("each protocol has its own errors by class, with coverage beside them, of speed-ups and of times", async () => {
  const { page, close } = await open();
  for (const protocol of ["kernel", "calibrated", "datasheet"]) {
    await page.selectOption('crossover-evidence select[name="protocol"]', protocol);
    for (const figure of ["speedup", "time"]) {
      await page.selectOption('crossover-evidence select[name="figure"]', figure);
      const expected = report.classes
        .filter((c) => c.protocol === protocol && c.quantity === figure && c.flag === "unflagged")
        .map((c) => [String(c.rows), percent(c.median), percent(c.p90), percent(c.max), c.coverage === null ? "—" : percent(c.coverage)]);
      const shown = (await tableText(page, "#table-classes")).slice(1, expected.length + 1)
        .map(([, , rows, median, p90, max, , coverage]) => [rows, median, p90, max, coverage]);
      assert.deepEqual(shown, expected, `${protocol}, ${figure}`);
    }
  }
  await close();
});

test("the histogram and its table count the rows of each band", async () => {
  const { page, close } = await open();
  await page.selectOption('crossover-evidence select[name="class"]', "gemm_vector");
  await page.click("crossover-error-distribution .view-table > summary");
  const rows = (await tableText(page, "crossover-error-distribution table")).slice(1);
  const of = (/** @type {string} */ role) => report.classes.find((c) =>
    c.class === "gemm_vector" && c.protocol === "kernel" && c.quantity === "speedup" && c.role === role && c.flag === "unflagged")?.histogram.map(String);
  assert.deepEqual(rows.map(([, judged]) => judged), of("judged"));
  assert.deepEqual(rows.map(([, , fit]) => fit), of("fit"));
  assert.equal(rows.length, 2 * report.bands.length + 1);
  const bars = await page.$$("crossover-error-distribution .bar");
  assert.equal(bars.length, rows.length);
  await close();
});

test("the ten worst are the engine's, the worst first, each with its cause; flagged ones follow", async () => {
  const opened = await open();
  const { page } = opened;
  const items = (await page.locator("#worst-series > li").allInnerTexts()).map(plain);
  const worst = [...report.series].sort((a, b) => (b.kernel_aware?.median ?? 0) - (a.kernel_aware?.median ?? 0)).slice(0, 10);
  assert.equal(items.length, 10);
  worst.forEach((series, i) => {
    assert.ok(items[i]?.includes(`Off by ${percent(series.kernel_aware?.median ?? 0)} in the median`), items[i]);
    assert.ok(items[i]?.includes(causeOf(loadCauses(), series) ?? "No single cause is known."), items[i]);
  });
  assert.match(items[0] ?? "", /BitBLAS/);
  const flagged = (await page.locator("#worst-flagged > li").allInnerTexts()).join(" ");
  assert.match(flagged, /bitsandbytes .* decode/);
  assert.match(flagged, /The host sets the pace/);
  await page.locator("#worst-series summary").first().click();
  // Drawn once it is open.
  await page.locator("#worst-series > li").first().locator("svg.chart .marker").nth(5).waitFor({ state: "attached" });
  silent(opened);
  await opened.close();
});

test("filters narrow the list of curves, and a chosen curve is drawn with its measured points", async () => {
  const opened = await open();
  const { page } = opened;
  const all = [...report.series, ...report.flagged_series].filter((series) => series.kernel_aware);
  const shown = async () => (await page.$$("#table-series tbody tr")).length;
  assert.equal(await shown(), all.length);
  await page.selectOption('crossover-series-list select[name="kernel"]', "marlin");
  assert.equal(await shown(), all.filter(({ kernel }) => kernel === "marlin").length);
  await page.selectOption('crossover-series-list select[name="hardware"]', "a10");
  const found = all.filter(({ kernel, hardware }) => kernel === "marlin" && hardware === "a10");
  assert.equal(await shown(), found.length);
  assert.match(await page.innerText("crossover-series-list [role=status]"), new RegExp(`^${found.length} curves? of ${all.length}$`));
  await page.selectOption('crossover-series-list select[name="role"]', "in_sample");
  assert.equal(await shown(), 0);
  await page.selectOption('crossover-series-list select[name="role"]', "");
  await page.locator("#table-series button").first().focus();
  await page.keyboard.press("Enter");
  const [first] = found;
  const rows = report.rows.filter((row) => row.series === first?.series && row.flag === first.flag && row.measured_speedup !== null);
  const figure = page.locator("crossover-evidence > crossover-measured-series");
  await figure.locator(".view-table > summary").click();
  const table = (await figure.locator("tbody tr").allInnerTexts()).map((line) => line.split(/\t/).map(plain));
  assert.deepEqual(table.map(([position, measured]) => [position, measured]),
    rows.sort((a, b) => a.position - b.position).map((row) => [String(row.position), `${row.measured_speedup?.toFixed(2)}x`]));
  assert.equal(await figure.locator("svg.chart .hue-ink .marker").count(), rows.length);
  silent(opened);
  await opened.close();
});

test("who chooses a curve with the keyboard is at the curve, in sight, and finds the way back", async () => {
  const opened = await browser.open("?page=evidence", { ready: "#table-targets", width: 1366, height: 900 });
  const { page } = opened;
  // A curve that is drawn elsewhere on the page is not the one.
  await page.locator("#worst-series summary").first().click();
  const focused = () => page.evaluate(() => {
    const one = /** @type {HTMLElement} */ (document.activeElement);
    const { top, bottom } = one.getBoundingClientRect();
    return { text: one.innerText ?? "", seen: top >= 0 && bottom <= innerHeight, figure: one.closest("figure")?.innerText ?? "" };
  });
  for (const index of [3, 20]) {
    const curve = page.locator("#table-series button").nth(index);
    const name = plain(await curve.textContent() ?? "");
    await curve.focus();
    await page.keyboard.press("Enter");
    const there = await focused();
    assert.match(there.text, /off by/);
    assert.ok(there.seen, "the heading is in sight");
    assert.ok(there.figure.includes(name), there.figure);
    for (let i = 0; i < 5 && !(await focused()).text.startsWith("Back to"); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const back = await focused();
    assert.deepEqual([back.text, back.seen], [name, true]);
  }
  await page.getByRole("button", { name: "Back to the list" }).focus();
  await page.selectOption('crossover-series-list select[name="role"]', "in_sample");
  await page.getByRole("button", { name: "Back to the list" }).press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "select", "a curve that is no longer listed");
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("crossovers, order, sources and what is left out are the engine's", async () => {
  const { page, close } = await open();
  const text = plain(await page.innerText("main"));
  assert.ok(text.includes(`Of the ${report.crossovers.judged} crossings on curves that judge, ${percent(Number(report.crossovers.judged_within_half_octave))}`));
  assert.ok(text.includes(`τ ${report.order.judged.kendall_tau?.toFixed(2)} over ${report.order.judged.pairs} pairs`));
  assert.equal((await page.$$("#table-crossovers tbody tr")).length, report.crossovers.list.filter(({ protocol }) => protocol === "kernel").length);
  const left = (await tableText(page, "#table-left-out")).slice(1);
  assert.deepEqual(left.map(([reason, rows]) => [reason, rows]), report.coverage.left_out.map(({ reason, rows }) => [reason, String(rows)]));
  const links = await page.$$eval("#table-sources a", (all) => all.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
  assert.equal(links.length, (await tableText(page, "#table-sources")).length - 1);
  for (const link of links) assert.match(link, /^https:\/\//);
  await close();
});

test("the first view asks neither for the measurements nor for what computes them", async () => {
  const { requests, close } = await browser.open();
  assert.ok(!requests.some((url) => /measurements|evidence|crossover\.wasm/.test(url)), requests.join(" "));
  await close();
});

test("where the measurements do not arrive the page says so and can try again", async () => {
  let missing = true;
  const opened = await open({
    ready: "crossover-evidence .trouble",
    before: (page) => page.route("**/evidence-worker.js*", (route) => (missing ? route.fulfill({ status: 404, body: "not here" }) : route.continue())),
  });
  missing = false;
  await opened.page.getByRole("button", { name: "Try again" }).click();
  await opened.page.waitForSelector("#table-targets");
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

for (const [colorScheme, width] of /** @type {const} */ ([["light", 1440], ["dark", 360], ["light", 320]])) {
  test(`axe finds nothing, no key shows and nothing is wider than the window: ${colorScheme}, ${width} px`, async () => {
    const opened = await open({ colorScheme, width });
    for (const summary of await opened.page.locator("crossover-evidence > * > .view > .view-table > summary").all()) await summary.click();
    assert.deepEqual(await axeViolations(opened.page), []);
    assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    const text = await opened.page.innerText("main");
    assert.doesNotMatch(text, /\{\w+\}|\bevidence\.[a-z_]+|\bviews\.[a-z_]+|\b(undefined|NaN|null|Infinity|\[object)\b/);
    silent(opened);
    await opened.close();
  });
}

/** LMDeploy's Llama 2 7B: seven batches, a cache of 257 tokens halfway through the generation. */
const lmdeploy = "?page=lab&model=llama-2-7b&hardware=a100-80gb&scheme=w4a16-g128&kernel=turbomind&runtime=turbomind&context=512";

for (const [view, of] of /** @type {const} */ ([["speedup", "measured_speedup"], ["latency", "measured_s"]])) {
  test(`the lab's ${view} chart shows the measurements near its scenario as points, and the errors of their class`, async () => {
    const opened = await browser.open(`${lmdeploy}&view=${view}`, { ready: ".near" });
    const { page } = opened;
    const rows = report.rows.filter((row) => row.project === "InternLM/lmdeploy" && row.kernel === "turbomind" && row.model === "llama-2-7b" && row[of] !== null);
    assert.equal(rows.length, 7);
    const errors = report.classes.find((c) => c.class === "decode" && c.protocol === "kernel" && c.role === "judged" && c.quantity === "speedup" && c.flag === "unflagged");
    const text = plain(await page.innerText(".near"));
    assert.ok(text.startsWith("Measured nearby 7 published measurements are near this prediction, at batches 1 to 128."), text);
    assert.ok(text.includes(`within ${percent(errors?.median ?? 0)} of what was measured, and nine in ten within ${percent(errors?.p90 ?? 0)}`), text);
    assert.equal(await page.locator("#lab-panel svg.chart .hue-ink .marker").count(), 7);
    // Points are read like lines: the series above the first is the last.
    await page.focus("#lab-panel .cursor");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    assert.match(plain(await page.textContent("#lab-panel .chart-readout") ?? ""), /^Batch 1 *Measured: A100-80GB/);
    assert.deepEqual(await axeViolations(page), []);
    silent(opened);
    await opened.close();
  });
}

test("measurements of much shorter sequences are told of and not drawn, and where there are none the lab says so", async () => {
  const long = await browser.open(lmdeploy.replace("context=512", "context=16384"), { ready: ".near" });
  assert.match(plain(await long.page.innerText(".near")), /No published measurement .* 7 more have sequences of quite another length\./);
  assert.equal(await long.page.locator("#lab-panel svg.chart .hue-ink .marker").count(), 0);
  await long.close();
  const none = await browser.open("?page=lab&model=llama-3.1-8b&hardware=mi300x", { ready: ".near" });
  assert.match(plain(await none.page.innerText(".near")), /^Measured nearby No published measurement/);
  silent(none);
  await none.close();
});

test("an input of the lab is answered at once while the measurements are on their way and after", async () => {
  const { page, close } = await browser.open(`${lmdeploy}&view=speedup`, { ready: "#lab-panel svg.chart" });
  const answered = () => page.evaluate(() => {
    const slider = /** @type {HTMLInputElement} */ (document.querySelector("crossover-lab input[type=range]"));
    const before = document.querySelector(".lab-summary")?.textContent;
    slider.value = String(Number(slider.value) + 60);
    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return document.querySelector(".lab-summary")?.textContent !== before;
  });
  assert.ok(await answered());
  await page.waitForSelector(".near");
  assert.ok(await answered());
  await close();
});

test("the lesson's kernels show what was measured of their model on their device", async () => {
  const opened = await browser.open("?page=lesson&step=7", { ready: "#step-7" });
  const { page } = opened;
  assert.ok(!opened.requests.some((url) => url.includes("evidence-worker")));
  await page.locator("#step-7").getByRole("button", { name: "Show me without predicting" }).click();
  await page.waitForSelector("#step-7 .near");
  const shown = await page.locator("#step-7 svg.chart .series.hue-ink").last().locator(".marker").count();
  // One of a row that has a speed-up; of kernels that the step shows, Marlin and AWQ among them.
  const told = Number(/(\d+) published measurements are near this prediction/.exec(plain(await page.innerText("#step-7 .near")))?.[1]);
  assert.ok(shown > 10 && shown <= told, `${shown} of ${told}`);
  assert.match(await page.textContent("#step-7 .near") ?? "", /Marlin.*TinyChat/s);
  const [, series, points] = /(\d+) measured series with (\d+) points/.exec(await page.innerText("#step-7 .near summary")) ?? [];
  assert.equal(Number(points), told);
  const lines = await page.locator("#step-7 .near li").allTextContents();
  assert.ok(lines.length > 1 && lines.length < Number(series), "one for each kernel and source");
  assert.equal(lines.reduce((sum, line) => sum + Number(/: (\d+) points?,/.exec(line)?.[1]), 0), told);
  assert.deepEqual([...new Set(lines.map((line) => plain(line).split(",")[0]))], ["Marlin", "AWQ GEMV / GEMM"]);
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

// What people paste, and what others send them: through the address, the text fields, files. Nothing executes, nothing breaks, and what
// cannot be used is said where it stands. The storage's part is in adversity.test.mjs, the engine's own in tests/wasm.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { engine, wasmBinary } from "../wasm/engine.mjs";
import { loadEngine } from "../../wasm/engine.js";
import { addFromLink, readOwn, writeOwn } from "../../web/lab/own-specs.js";
import { readComparison, writeComparison } from "../../web/lab/comparison.js";
import { readMeasurements } from "../../web/lab/measurements.js";
import { createProgress } from "../../web/lesson/progress.js";
import { parseNumber } from "../../web/controls/number.js";
import { defaults, params, readParams, writeParams } from "../../web/params.js";
import { fieldNames } from "../../web/lab/fields.js";
import { attempt } from "../../web/attempt.js";
import { openBrowser } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const big = 1_000_000;
/** Name → text. @type {[string, string][]} */
const hostile = [
  ["markup", "<img src=x onerror=\"globalThis.executed = 1\"><script>globalThis.executed = 1</script>"],
  ["a template", "${globalThis.executed = 1}{{constructor.constructor('globalThis.executed=1')()}}"],
  ["right-to-left marks", "\u202e\u2066\u200fdecoy\u2069"],
  ["a megabyte", "a".repeat(big)],
  ["a megabyte of digits", "9".repeat(big)],
  ["the prototype", "__proto__"],
  ["a lone surrogate", "\ud800"],
  ["a null character", "a\u0000b"],
  ["not a number", "NaN"], ["its other spelling", "-nan(0x1)"], ["infinity", "-Infinity"], ["beyond a double", "1e400"],
  ["nesting", "[".repeat(100_000)],
  ["closed nesting", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ["nested objects", `${"{\"a\":".repeat(20_000)}1${"}".repeat(20_000)}`],
];
/** The same within what the fields expect. @type {[string, string][]} */
const inside = hostile.flatMap(([name, text]) => /** @type {[string, string][]} */ ([
  [`${name} as a JSON text`, JSON.stringify(text)],
  [`${name} as an id`, JSON.stringify({ id: text, name: text, model_type: text, architectures: [text] })],
  [`${name} as a key`, JSON.stringify({ [text]: 1 })],
  [`${name} as a number`, `{"hidden_size": ${/^[-\d]/.test(text) ? text : 1e308}, "batch": ${JSON.stringify(text)}}`],
  ["the prototype's own", "{\"__proto__\":{\"polluted\":1},\"constructor\":{\"prototype\":{\"polluted\":1}}}"],
]));

/** @type {(value: unknown) => string} */
const shown = (value) => String(value).slice(0, 60);
const clean = () => assert.equal(/** @type {any} */ ({})["polluted"], undefined, "the prototype of everything is as it was");
const anyText = fc.string({ unit: "binary", maxLength: 200 });
const anyJson = fc.oneof(fc.json({ maxDepth: 4 }), fc.constantFrom(...inside.map(([, text]) => text).filter((text) => text.length < 10_000)));

test("a link's records: whatever stands there, it is added or refused with its place, and never thrown", async () => {
  const own = await loadEngine({ wasmBinary });
  const specs = fc.array(fc.record({ kind: fc.constantFrom("hardware", "model", "scheme", "kernel", "runtime", "source", "__proto__"), spec: fc.anything({ withNullPrototype: true }) }), { maxLength: 3 });
  const text = fc.oneof(anyText, anyJson, specs.map((list) => JSON.stringify(list)));
  fc.assert(fc.property(text, (given) => {
    const problems = addFromLink(own, given);
    for (const { name, reason, values } of problems) {
      assert.equal(name, "own");
      assert.ok(reason === "not_own_specs" || String(values["why"]).length > 0);
    }
    if (given && !readOwn(given).length) assert.deepEqual(problems.map(({ reason }) => reason), ["not_own_specs"], shown(given));
    assert.deepEqual(readOwn(writeOwn(readOwn(given))), readOwn(given));
    clean();
  }), { seed: 3, numRuns: 400 });
});

test("an import of anything is a model or an error with a code; the engine goes on", () => {
  const config = fc.oneof(fc.object({ maxDepth: 3 }), fc.dictionary(fc.constantFrom("hidden_size", "num_hidden_layers", "num_attention_heads", "vocab_size", "model_type", "architectures", "quantization_config", "torch_dtype"), fc.anything()));
  fc.assert(fc.property(config, (given) => {
    const { value, error } = attempt(() => engine.importHuggingFace(/** @type {Record<string, unknown>} */ (given)));
    if (error) assert.ok(error.code && error.code !== "internal" && error.message, error.message);
    else assert.equal(typeof value.model, "object");
    clean();
  }), { seed: 5, numRuns: 400 });
  assert.equal(engine.table("decode").rows.length > 0, true);
});

test("measurements, numbers and stored predictions: what is read is usable, the rest is refused", () => {
  fc.assert(fc.property(fc.oneof(anyText, fc.array(fc.tuple(fc.integer(), fc.double())).map((rows) => rows.map((row) => row.join(" ")).join("\n")), fc.constantFrom(...hostile.map(([, text]) => text))), (text) => {
    const { points, wrong } = readMeasurements(text);
    assert.equal(points.length > 0, wrong === 0);
    for (const { batch, step_s } of points) assert.ok(Number.isInteger(batch) && batch >= 1 && step_s > 0 && Number.isFinite(step_s));
    const number = parseNumber(text.slice(0, 1000));
    assert.ok(Number.isNaN(number) || !/nan|inf|x/i.test(text));
  }), { seed: 13, numRuns: 500 });
  fc.assert(fc.property(fc.oneof(anyJson, anyText), (text) => {
    const progress = createProgress({ getItem: () => text, setItem: () => {} });
    for (const { at, value } of Object.values(progress.all())) assert.ok(typeof at === "string" && value !== undefined);
    assert.equal(progress.get("__proto__"), undefined);
    progress.lock("a", 1);
    assert.equal(progress.get("a")?.value, 1);
    clean();
  }), { seed: 17, numRuns: 500 });
});

test("compared scenarios and texts in the address come back as they went, letters of every kind included", () => {
  const patch = fc.dictionary(fc.constantFrom(...fieldNames.filter((name) => params[name]?.type === "text" || params[name]?.type === "whole")), fc.anything(), { maxKeys: 4 }).map((one) =>
    Object.fromEntries(Object.keys(one).map((name) => {
      const param = params[name];
      return [name, param?.type === "whole" ? param.min + 1 : `é~:,%{}"中${name}`.slice(0, 30)];
    })));
  fc.assert(fc.property(fc.array(patch.filter((one) => Object.keys(one).length > 0), { minLength: 1, maxLength: 3 }), (patches) => {
    assert.deepEqual(readComparison(writeComparison(patches)).patches, patches);
  }), { seed: 19, numRuns: 200 });
  fc.assert(fc.property(anyText, (text) => {
    assert.ok(readComparison(text).patches.length <= 3);
    // URLSearchParams writes a lone surrogate as U+FFFD, the standard's sign for it.
    const sent = Buffer.from(text, "utf8").toString("utf8");
    const { values, problems } = readParams(writeParams({ ...defaults(), compare: text }));
    assert.deepEqual([values["compare"], problems], [sent, []]);
  }), { seed: 23, numRuns: 300 });
});

/**
 * The page with the lab's tools open, and what a break would show.
 * @param {string} [search]
 * @param {string} [ready]
 */
async function openLab(search = "?page=lab", ready = "crossover-lab svg.chart") {
  const opened = await browser.open(search, { ready });
  opened.page.on("dialog", (dialog) => { opened.errors.push(`a dialog opened: ${dialog.message()}`); return dialog.dismiss(); });
  return opened;
}
/** @param {import("./browser.mjs").Opened} opened @param {string} what */
async function unbroken({ page, errors, messages }, what) {
  assert.deepEqual(errors, [], what);
  assert.deepEqual(messages, [], what);
  const state = await page.evaluate(() => ({
    executed: /** @type {any} */ (globalThis).executed,
    polluted: /** @type {any} */ ({}).polluted,
    foreign: document.querySelectorAll("main img, main script, main iframe").length,
    answer: document.querySelectorAll("crossover-lab svg.chart, crossover-lab .notice").length,
    letters: document.body.innerText.length,
  }));
  assert.deepEqual([state.executed, state.polluted, state.foreign], [undefined, undefined, 0], what);
  assert.ok(state.answer > 0, what);
  assert.ok(state.letters < 60_000, `${what}: the page does not repeat a megabyte (${state.letters} letters)`);
}

test("pasted into the lab's text fields, and from files: a message, never a break", { timeout: 240_000 }, async () => {
  const opened = await openLab();
  const { page } = opened;
  for (const tool of ["import", "calibrate"]) await page.locator(`[data-tool=${tool}] > summary`).click();
  for (const [tool, texts] of /** @type {[string, [string, string][]][]} */ ([["import", [...hostile, ...inside]], ["calibrate", hostile]])) {
    const area = page.locator(`[data-tool=${tool}]`);
    await area.locator("textarea").waitFor();
    for (const [what, text] of texts) {
      await area.locator("textarea").evaluate((field, value) => {
        /** @type {HTMLTextAreaElement} */ (field).value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }, text);
      await area.locator("button.primary").click();
      const alert = area.getByRole("alert");
      await alert.waitFor({ timeout: 15_000 }).catch(() => { throw new Error(`${tool}: ${what}: no message`); });
      const said = await alert.innerText();
      assert.ok(said.length > 5 && said.length < 2_000, `${tool}: ${what}: ${said.length} letters: ${said.slice(0, 100)}`);
      await unbroken(opened, `${tool}: ${what}`);
    }
  }
  const file = page.locator("[data-tool=import] input[type=file]");
  for (const [name, buffer] of /** @type {[string, Buffer][]} */ ([
    ["<img src=x onerror=alert(1)>.json", Buffer.from("{")], ["random.json", Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 131) & 255))], ["empty.json", Buffer.alloc(0)],
    ["utf16.json", Buffer.from("\ufeff{}", "utf16le")],
  ])) {
    await file.setInputFiles({ name, mimeType: "application/json", buffer });
    await page.locator("[data-tool=import]").getByRole("alert").waitFor();
    await unbroken(opened, name);
  }
  await opened.close();
});

test("through the address, in every parameter at once: explained, and the page computes", { timeout: 240_000 }, async () => {
  const names = Object.keys(params).filter((name) => !["page", "fuzz", "baseline_kernel"].includes(name));
  for (const [what, text] of [...hostile, ...inside.filter(([, one]) => one.length < 90)]) {
    // What servers and browsers take of an address.
    const value = text.slice(0, 90);
    const search = `?${new URLSearchParams([["page", "lab"], ...names.map((name) => [name, value])])}`;
    // A scheme may come as JSON, which only the engine can judge: its answer then stands in the chart's place.
    const opened = await openLab(search, "crossover-lab svg.chart, crossover-lab .notice");
    const notice = await opened.page.locator("main > .notice").first().innerText();
    assert.ok(notice.length > 100 && notice.length < 30_000, `${what}: ${notice.length}`);
    await unbroken(opened, what);
    await opened.close();
  }
});

test("a format that does not exist, which only the engine can tell: said in the figure's place", async () => {
  const opened = await browser.open(`?page=lab&scheme=${encodeURIComponent(JSON.stringify({ weight_bits: 4, act_format: "<img src=x onerror=alert(1)>" }))}`, { ready: "crossover-lab .notice" });
  assert.match(await opened.page.innerText("crossover-lab"), /found "<img src=x onerror=alert\(1\)>"/);
  assert.equal(await opened.page.locator("main img").count(), 0);
  assert.deepEqual([opened.errors, opened.messages], [[], []]);
  await opened.close();
});

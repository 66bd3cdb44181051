import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { accuracyLines, forPage, generate, line, minified, readLibrary, shortestNumber, withAccuracySources } from "../../specs/embed.mjs";
import { library, pathOf, sources } from "./library.mjs";

const scratch = mkdtempSync(join(tmpdir(), "crossover-specs-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A copy of the library that a test may spoil. */
function copyOfSpecs() {
  const root = join(mkdtempSync(join(scratch, "copy-")), "specs");
  cpSync(pathOf("specs"), root, { recursive: true });
  return root;
}

const entries = readLibrary(pathOf("specs"));

test("every record and every source is embedded, in order of kind and id", () => {
  assert.equal(entries.length, library.length + Object.keys(sources).length);
  const kinds = ["hardware", "model", "scheme", "kernel", "runtime", "calibration", "scenario", "source"];
  const places = entries.map(({ kind, id }) => [kinds.indexOf(kind), id]);
  for (let i = 1; i < places.length; i++) {
    const [before, here] = [places[i - 1], places[i]];
    assert.ok(before[0] < here[0] || (before[0] === here[0] && before[1] < here[1]), `${here}`);
  }
});

test("compact JSON is the same record", () => {
  for (const { record } of library) assert.deepEqual(JSON.parse(minified(record)), record);
});

test("numbers take their shortest form and keep their value", () => {
  assert.equal(shortestNumber(989e12), "989e12");
  assert.equal(shortestNumber(0.00001), "1e-5");
  assert.equal(shortestNumber(85899345920), "85899345920");
  assert.equal(shortestNumber(12), "12");
  assert.equal(shortestNumber(-0.25), "-0.25");
  for (const value of [3.35e12, 0.946, 1.0 / 3, 5e-324, 1.7976931348623157e308, 0]) {
    assert.equal(Number(shortestNumber(value)), value);
  }
});

test("the library takes less than 40 KB of the page's budget", () => {
  assert.ok(brotliCompressSync(entries.map(line).join("\n")).length < 40e3);
});

test("the page's library has every figure and its source, and no prose, scenarios, addresses or other words of the tutorial", () => {
  const short = forPage(entries);
  assert.equal(short.length, entries.filter(({ kind }) => kind !== "scenario").length);
  for (const { kind, id, record } of short) {
    const whole = entries.find((entry) => entry.kind === kind && entry.id === id)?.record ?? {};
    const gone = Object.keys(whole).filter((field) => !(field in record));
    const allowed = kind === "source" ? ["url", "checked"] : ["notes", "fit", "further_sources"];
    assert.deepEqual(gone.filter((field) => !allowed.includes(field)), [], id);
    assert.ok(!allowed.some((field) => field in record), id);
    const blocks = [[whole["tutorial"] ?? []].flat(), [record["tutorial"] ?? []].flat()];
    assert.equal(blocks[0]?.length, blocks[1]?.length, id);
    // Of several blocks the menu has the names.
    const beside = ["year", "price_usd", "other_rates_flop_per_s", ...((blocks[0]?.length ?? 0) > 1 ? [] : ["name"])];
    blocks[1]?.forEach((block, i) => {
      const figures = Object.entries(blocks[0]?.[i]).filter(([field]) => !beside.includes(field));
      assert.deepEqual(block, Object.fromEntries(figures), id);
    });
  }
});

test("every source that a published accuracy names is embedded once, with title and address, and in order", () => {
  const named = new Set(accuracyLines(pathOf("specs")).split("\n").filter((text) => text.startsWith("=\t")).map((text) => text.split("\t")[6]));
  assert.ok(named.size > 20);
  const whole = withAccuracySources(entries, pathOf("specs"));
  const listed = whole.filter(({ kind }) => kind === "source");
  for (const id of named) {
    const [source, ...more] = listed.filter((entry) => entry.id === id);
    assert.ok(source?.name && /^https:/.test(source.record["url"]) && more.length === 0, id);
  }
  assert.deepEqual(listed.map(({ id }) => id), listed.map(({ id }) => id).sort());
  assert.equal(whole.length - entries.length, [...named].filter((id) => !(id in sources)).length);
});

test("a published accuracy whose source is missing stops the build", () => {
  const root = copyOfSpecs();
  const path = join(root, "measurements", "sources.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"aqlm-zoo"', '"other"'));
  assert.throws(() => withAccuracySources(readLibrary(root), root), /"aqlm-zoo", which accuracy\.json names, is missing/);
});

test("a line holds the record: kind, id, name, aliases, the rest", () => {
  const record = { id: "a", name: "A", aliases: ["x", "y z"], weight_bits: 4, notes: 'a "b" \\ c' };
  const entry = { kind: "scheme", id: "a", name: "A", aliases: ["x", "y z"], record };
  const tab = "\t";
  const rest = String.raw`"weight_bits":4,"notes":"a \"b\" \\ c"}`;
  assert.equal(line(entry), ["2", "a", "A", '["x","y z"]', rest].join(tab));
  const plain = { kind: "source", id: "s", name: "T", aliases: [], record: { id: "s", title: "T", kind: "paper" } };
  assert.equal(line(plain), ["7", "s", "T", "", '"kind":"paper"}'].join(tab));
});

test("quotes and backslashes survive as C++", () => {
  const entry = { kind: "model", id: "a", name: "A", aliases: [], record: { id: "a", name: "A", notes: 'q"\\' } };
  assert.ok(generate([entry]).includes(String.raw`"1\ta\tA\t\t\"notes\":\"q\\\"\\\\\"}"`));
});

test("a name with a quote, which a line can't hold, stops the build", () => {
  const entry = { kind: "model", id: "a", name: 'the "A"', aliases: [], record: { id: "a", name: 'the "A"' } };
  assert.throws(() => line(entry), /model a: .* holds a quote/);
});

test("an id that is not the file's name stops the build and names the file", () => {
  const root = copyOfSpecs();
  const path = join(root, "hardware", "h100-sxm.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"id": "h100-sxm"', '"id": "h100"'));
  assert.throws(() => readLibrary(root), /h100-sxm\.json: its id is "h100"/);
});

test("an alias that two records claim stops the build", () => {
  const root = copyOfSpecs();
  const path = join(root, "hardware", "t4.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"aliases": ["T4"', '"aliases": ["H100"'));
  assert.throws(() => readLibrary(root), /hardware "H100" names both/);
});

test("broken JSON stops the build with one sentence", () => {
  const root = copyOfSpecs();
  writeFileSync(join(root, "models", "gpt2-xl.json"), "{");
  const run = spawnSync(process.execPath, [pathOf("specs/embed.mjs"), root, join(scratch, "out.cpp")], { encoding: "utf8" });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /^specs\/embed\.mjs: .*gpt2-xl\.json: .*\n$/);
});

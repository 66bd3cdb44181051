// script/evaluate, the engine as a filter of JSON lines.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { decode, engine, serving } from "./engine.mjs";

const script = fileURLToPath(new URL("../../script/evaluate", import.meta.url));

/** Runs the filter over `input`, from another directory. @param {string} input */
function filtered(input) {
  const { stdout, stderr, status } = spawnSync(script, { input, cwd: tmpdir(), encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  assert.ok(stdout === "" || stdout.endsWith("\n"));
  return stdout.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

/** @param {unknown} value */
const asJson = (value) => JSON.parse(JSON.stringify(value));

test("a scenario is evaluated, a call is called, columns become lists", () => {
  const request = { scenario: decode, axis: /** @type {const} */ ("batch"), from: 1, to: 3 };
  const [scenario, sweep, described] = filtered(
    [serving, { call: "sweep", args: [request] }, { call: "describe", args: ["h100-sxm"] }]
      .map((line) => JSON.stringify(line))
      .join("\n"),
  );
  assert.deepEqual(scenario, asJson(engine.evaluate(serving)));
  const expected = engine.sweep(request);
  assert.deepEqual(sweep.values, [1, 2, 3]);
  assert.deepEqual(sweep.series[0].speedup, [...expected.series[0].speedup]);
  assert.deepEqual(described, asJson(engine.describe("h100-sxm")));
});

test("errors are lines in their place and nothing stops", () => {
  const lines = filtered(
    [
      "{",
      '{"lens":"roofline","hardware":"h100-sxm","model":"llama-3.1-8b","batch":"x"}',
      '{"call":"nothing","args":[]}',
      '{"call":"describe","args":"h100-sxm"}',
      '{"call":"describe","args":["h100-sxm"],"more":1}',
      '{"call":"loadEngine"}',
      '{"call":"evaluate","args":[]}',
      '{"batch":1e999}',
      "[]",
      "null",
      JSON.stringify(serving),
    ].join("\n"),
  );
  const failures = lines.slice(0, -1).map(({ error }) => [error.code, error.path]);
  assert.deepEqual(failures, [
    ["invalid_json", ""],
    ["wrong_type", "batch"],
    ["unknown_id", "call"],
    ["wrong_type", "args"],
    ["unknown_field", "more"],
    ["unknown_id", "call"],
    ["missing_field", "args"],
    ["wrong_type", "batch"],
    ["wrong_type", ""],
    ["missing_field", "scenario"],
  ]);
  assert.equal(lines.at(-1).question, "serving");
});

test("blank lines, Windows line ends, a byte order mark and a missing last line end are taken", () => {
  const line = JSON.stringify(serving);
  assert.equal(filtered(`\uFEFF${line}\r\n\r\n   \n\n${line}`).length, 2);
  assert.deepEqual(filtered(""), []);
  assert.deepEqual(filtered("\n \n"), []);
});

test("a call with too few arguments names the one that is missing", () => {
  const calls = [{ call: "evaluate" }, { call: "sweep", args: [] }, { call: "explain", args: [decode] }];
  const errors = filtered(calls.map((call) => JSON.stringify(call)).join("\n")).map(({ error }) => error);
  assert.deepEqual(errors.map(({ code, path }) => [code, path]), [
    ["missing_field", "args"],
    ["missing_field", "args"],
    ["missing_field", "quantity"],
  ]);
  assert.match(errors[2].message, /explain takes more than 1 arguments/);
});

test("20,000 lines come back in order", () => {
  const batches = Array.from({ length: 20_000 }, (_, i) => 1 + ((i * 7919) % 4096));
  const lines = filtered(batches.map((batch) => JSON.stringify({ ...serving, batch })).join("\n"));
  assert.equal(lines.length, batches.length);
  const itl = new Map();
  for (const [i, batch] of batches.entries()) {
    if (!itl.has(batch)) itl.set(batch, asJson(engine.evaluate({ ...serving, batch })).itl_s);
    assert.equal(lines[i].itl_s, itl.get(batch), `line ${i}`);
  }
});

test("a line of 8 MB is too_large and the next line is answered", () => {
  const [large, next] = filtered(`${JSON.stringify({ lens: "x".repeat(8 << 20) })}\n${JSON.stringify(serving)}\n`);
  assert.equal(large.error.code, "too_large");
  assert.equal(next.question, "serving");
});

test("a program that waits for each answer gets it", async () => {
  const filter = spawn(script, { cwd: tmpdir(), stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface({ input: filter.stdout })[Symbol.asyncIterator]();
  for (const batch of [1, 2, 3]) {
    filter.stdin.write(`${JSON.stringify({ ...decode, batch })}\n`);
    const { value } = await answers.next();
    assert.equal(JSON.parse(value).phase, "decode");
  }
  filter.stdin.end();
  const [status] = await once(filter, "exit");
  assert.equal(status, 0);
});

test("a reader that stops early ends it quietly", () => {
  const lines = `${JSON.stringify(serving)}\n`.repeat(20_000);
  const { stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", `"${script}" | head -n 1`], {
    input: lines,
    encoding: "utf8",
  });
  assert.equal(JSON.parse(stdout).question, "serving");
  assert.equal(stderr, "");
});

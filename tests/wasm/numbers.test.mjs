// The module reads numbers with code of its own (wasm/numbers.cpp). Expected is what JSON.parse reads: the nearest double.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import * as glue from "#module";
import { instantiated } from "../../wasm/instantiate.js";
import { decode, freshEngine, refusal, wasmBinary } from "./engine.mjs";

const module = await instantiated(glue, "crossover.wasm", { wasmBinary });

/**
 * What the engine read from this text as a bandwidth: it returns one as it is, or says which it found out of range.
 * @param {string} text
 */
function read(text) {
  const request = JSON.stringify([{ ...decode, bandwidth_bytes_per_s: 0 }]).replace('_per_s":0', `_per_s":${text}`);
  const status = module.call("evaluate", request);
  return status.ok ? JSON.parse(status.value).bandwidth_bytes_per_s : Number(/^found (\S+); allowed/.exec(status.error.message)?.[1]);
}

test("numbers of every length and exponent are read as the nearest double", () => {
  const texts = [
    "0", "0.0", "0e5", "5e-324", "4.9e-324", "2.2250738585072014e-308", "1e-400", "0.1", "0.30000000000000004", "1e6", "1E+2", "10E-1",
    "9007199254740993e-10", "123456789012345678901234567890e-25", "0.000000000000000000000000000001",
    `0.${"0".repeat(300)}1e300`, `1${"0".repeat(300)}e-298`, "1.00000000000000011102230246251565", "999999.99999999999",
    "900719925474099.2e-9", "1e-22", "1e-23", "8.5e-22", `0.${"3".repeat(400)}`,
  ];
  for (const text of texts) assert.equal(read(text), JSON.parse(text), text);
});

test("any double survives the way in and out, however it is written", () => {
  const written = fc.double({ min: 0, max: 1e300, noNaN: true }).chain((value) =>
    fc.constantFrom(String(value), value.toExponential(), value.toPrecision(6), value.toPrecision(17), value.toPrecision(40)),
  );
  fc.assert(
    fc.property(written, (text) => assert.equal(read(text), JSON.parse(text))),
    { seed: 20261128, numRuns: 3000 },
  );
});

test("a number with digits, a point and an exponent of any size is read as JSON.parse reads it", () => {
  const digits = (/** @type {number} */ most) => fc.stringMatching(new RegExp(`^[0-9]{1,${most}}$`));
  const written = fc
    .tuple(digits(30), digits(30), fc.constantFrom("e", "E"), fc.integer({ min: -345, max: 270 }), fc.constantFrom("", "+"))
    .map(([whole, part, mark, power, sign]) => `${whole.replace(/^0+(?=.)/, "")}.${part}${mark}${power < 0 ? "" : sign}${power}`);
  fc.assert(
    fc.property(written, (text) => assert.equal(read(text), JSON.parse(text))),
    { seed: 20261128, numRuns: 3000 },
  );
});

test("characters below space survive the way into a record and a message", async () => {
  const status = module.call("describe", '["a\u0001"]');
  assert.ok(!status.ok && status.error.code === "invalid_json"); // JSON writes them as escapes
  const engine = await freshEngine();
  assert.match(refusal(() => engine.describe("a\u0001\u001f")).message, /"a\u0001\u001f"/);
  engine.addSpec("source", { id: "control", kind: "test", title: "one\u0001two\u001fthree" });
  assert.equal(/** @type {any} */ (engine.describe("control")).title, "one\u0001two\u001fthree");
});

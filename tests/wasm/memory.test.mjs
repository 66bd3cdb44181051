// Errors leak nothing: neither the module's stack nor its heap, however many there are.
import assert from "node:assert/strict";
import test from "node:test";
import * as glue from "#module";
import { instantiated } from "../../wasm/instantiate.js";
import { decode, freshEngine, refusal, wasmBinary } from "./engine.mjs";

const errors = 200_000;
const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / 2 ** 20);

/** Of the process, and of what lies outside of JavaScript's heap: above all the modules' memories. */
const held = () => {
  const { rss, external } = process.memoryUsage();
  return { rss, external };
};

/** Modules grow by pages of 64 KB; node's own buffers come and go by less. */
const page = 65536;

test(`${errors} refused calls of the facade leave memory and results as they were`, async () => {
  const engine = await freshEngine();
  const expected = JSON.stringify(engine.evaluate(decode));
  /** @param {number} count */
  const refuse = (count) => {
    for (let i = 0; i < count; ++i) {
      refusal(() => engine.evaluate({ ...decode, batch: -i }));
    }
  };
  refuse(20_000); // compiled and warm
  const before = held();
  refuse(errors);
  const after = held();
  assert.ok(after.external - before.external < page, "the module's memory grew");
  const grown = megabytes(after.rss - before.rss);
  assert.ok(grown < 48, `resident memory grew by ${grown} MB`);
  assert.equal(JSON.stringify(engine.evaluate(decode)), expected);
});

test(`${errors} texts that are no JSON are refused inside the module and leave its memory as it was`, async () => {
  const module = await instantiated(glue, "crossover.wasm", { wasmBinary });
  /** @param {number} count */
  const refuse = (count) => {
    for (let i = 0; i < count; ++i) {
      const status = module.call("evaluate", '[{"batch": 1e999}, '); // the end is missing
      assert.ok(!status.ok && status.error.code === "invalid_json");
    }
  };
  refuse(20_000);
  const before = held();
  refuse(errors);
  assert.ok(held().external - before.external < page, "the module's memory grew");
});

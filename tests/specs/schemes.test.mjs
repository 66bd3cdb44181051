import assert from "node:assert/strict";
import { test } from "node:test";

import { recordNamed, recordsOf } from "./library.mjs";

/** @param {Record<string, any>} s */
const storedBits = (s) =>
  s.weight_bits + (s.group_size ? ((s.scale_bits ?? 16) + (s.zero_point_bits ?? 0)) / s.group_size : 0);

test("stored bits of a weight are those of the formats' block layouts", () => {
  // Bytes of a block over its weights, from the layouts: Q8_0 34 bytes for 32 weights, Q4_0 18 for 32, Q6_K 210 for 256.
  const expected = {
    fp32: 32,
    fp16: 16,
    w8a16: 8,
    w4a16: 4,
    "w4a16-g128": 4 + 16 / 128,
    "w4a16-g64": 4.25,
    "w4a16-g32": 4.5,
    "w4a16-g128-zp": 4 + 20 / 128,
    "w3a16-g128": 3.125,
    "w2a16-g128": 2.125,
    nf4: 4.5,
    "nf4-dq": 4 + (8 + 32 / 256) / 64,
    "w4a4-fp4": 4.5,
    "w4a4-mxfp4": 4.25,
    "gguf-q8_0": (34 * 8) / 32,
    "gguf-q4_0": (18 * 8) / 32,
    "gguf-q6_k": (210 * 8) / 256,
  };
  for (const [id, bits] of Object.entries(expected)) assert.equal(storedBits(recordNamed("scheme", id)), bits, id);
});

test("mixed GGUF types come to the bits that llama.cpp reports for Llama-3.1 8B", () => {
  assert.ok(Math.abs(storedBits(recordNamed("scheme", "gguf-q4_k_m")) - 4.8944) < 1e-3);
  assert.ok(Math.abs(storedBits(recordNamed("scheme", "gguf-q5_k_m")) - 5.7036) < 1e-3);
});

test("every scheme stores KV at 16 bits: -kv8 and -kv4 are suffixes", () => {
  for (const scheme of recordsOf("scheme")) {
    assert.equal(scheme.kv_bits, 16, scheme.id);
    assert.doesNotMatch(scheme.id, /-kv\d+$/);
  }
});

test("the schemes of the design are all there, by id or alias", () => {
  const wanted = `fp32 tf32 fp16 bf16 fp8 w8a16 w8a8-int8 w8a8-fp8 w4a16 w4a16-g128 w4a16-g64 w4a16-g32 w4a8-g128
    w4a4-int4 w4a4-fp4 w4a4-mxfp4 w3a16-g128 w2a16-g128 nf4 gguf-q8_0 gguf-q6_k gguf-q5_k_m gguf-q4_k_m gguf-q4_0 int8
    int4`.split(/\s+/);
  const names = new Set(recordsOf("scheme").flatMap((scheme) => [scheme.id, ...(scheme.aliases ?? [])]));
  assert.deepEqual(wanted.filter((id) => !names.has(id)), []);
});

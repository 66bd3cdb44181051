// Physics over the whole library: no figure that a device of its class and year cannot have.

import assert from "node:assert/strict";
import { test } from "node:test";

import { recordNamed, recordsOf } from "./library.mjs";

const devices = recordsOf("hardware");
/** Weights live in on-chip SRAM, or a whole rack counts as one device: no bound of a single memory applies. */
const unlike = new Set(["cerebras-cs-3", "groq-lpu", "gb200-nvl72"]);
const single = devices.filter((device) => !unlike.has(device.id));

/** @typedef {[number, number]} Bounds low and high */

/**
 * @param {Record<string, any>} device
 * @param {string} field
 * @param {number | undefined} value
 * @param {Bounds} bounds
 */
function within(device, field, value, [low, high]) {
  if (value === undefined) return;
  assert.ok(value >= low && value <= high, `${device.id}: ${field} ${value} is not in ${low} to ${high}`);
}

test("bandwidth, capacity and power are those of the device's class", () => {
  /** @type {Record<string, {bandwidth: Bounds, capacity: Bounds, power: Bounds}>} */
  const bounds = {
    cloud: { bandwidth: [30e9, 10e12], capacity: [8e9, 400e9], power: [60, 1500] },
    workstation: { bandwidth: [200e9, 2e12], capacity: [20e9, 600e9], power: [50, 700] },
    edge: { bandwidth: [5e9, 300e9], capacity: [1e9, 80e9], power: [1, 100] },
    mobile: { bandwidth: [30e9, 200e9], capacity: [4e9, 32e9], power: [1, 30] },
    tiny: { bandwidth: [10e6, 200e6], capacity: [256e3, 16e6], power: [1e-3, 2] },
  };
  for (const device of single) {
    const limit = bounds[device.class];
    within(device, "bandwidth", device.memory_bandwidth_bytes_per_s, limit.bandwidth);
    within(device, "capacity", device.memory_capacity_bytes, limit.capacity);
    within(device, "power", device.tdp_w, limit.power);
  }
});

test("no device is ahead of its year", () => {
  // [last year, bandwidth, dense FP16] of the fastest single device sold until then: V100 and T4, A100, MI250X, H100,
  // MI300X, GB200.
  const fastest = [
    [2018, 0.9e12, 125e12],
    [2020, 2.04e12, 312e12],
    [2021, 3.2e12, 383e12],
    [2022, 3.35e12, 989.5e12],
    [2023, 5.3e12, 1308e12],
    [2030, 8e12, 2500e12],
  ];
  for (const device of single) {
    const [, bandwidth, fp16] = /** @type {number[]} */ (fastest.find(([year]) => device.year <= year));
    within(device, "bandwidth", device.memory_bandwidth_bytes_per_s, [0, bandwidth]);
    within(device, "fp16", device.peak_flop_per_s.fp16, [0, fp16]);
  }
});

test("a narrower format is never slower where it is native", () => {
  // Blackwell Ultra gave its INT8 units to FP4, Gaudi 3 lists FP16 on its vector engine only, and the GPUs of Apple
  // and the MI200 run narrow formats at the rate of the wider ones.
  const slowerInt8 = new Set(["b300"]);
  const chains = [
    ["fp64", "fp32", "fp16", "fp8", "fp4"],
    ["fp32", "tf32", "bf16", "fp8"],
    ["fp16", "int8", "int4"],
  ];
  for (const device of devices) {
    const peak = device.peak_flop_per_s;
    for (const chain of chains) {
      const native = chain.filter((format) => peak[format] !== undefined);
      for (let i = 1; i < native.length; i++) {
        if (native[i] === "int8" && slowerInt8.has(device.id)) continue;
        assert.ok(peak[native[i]] >= peak[native[i - 1]], `${device.id}: ${native[i]} under ${native[i - 1]}`);
      }
    }
  }
  const b300 = recordNamed("hardware", "b300");
  assert.ok(b300.peak_flop_per_s.int8 < b300.peak_flop_per_s.fp16);
});

test("no rate is a sparse one: INT8 and FP8 are at most twice FP16, INT4 and FP4 at most twice those", () => {
  // Turing, Ampere, Ada, Hopper and Blackwell double the dense rate with each halving of the width. GeForce cards run
  // INT8 without the halved FP32 accumulation, hence the factor 4; Blackwell Ultra triples FP4. GroqChip multiplies
  // INT8 at four times its FP16.
  const factor = (/** @type {Record<string, any>} */ device) =>
    device.fp16_accumulate_flop_per_s !== undefined || device.id === "groq-lpu" ? 4 : 2.03;
  for (const device of devices) {
    const peak = device.peak_flop_per_s;
    const half = peak.fp16 ?? peak.bf16;
    if (half === undefined) continue;
    const slack = device.id === "gaudi-3" ? 4 : 1;
    within(device, "int8", peak.int8, [0, half * factor(device) * slack]);
    within(device, "fp8", peak.fp8, [0, half * factor(device) * slack]);
    if (peak.int8 !== undefined) within(device, "int4", peak.int4, [0, peak.int8 * 2.01]);
    const fp4 = device.id === "b300" ? 3.2 : device.fp16_accumulate_flop_per_s === undefined ? 2.01 : 4.01;
    if (peak.fp8 !== undefined) within(device, "fp4", peak.fp4, [0, peak.fp8 * fp4]);
  }
});

test("ridge points lie where each class has them", () => {
  // FLOP/byte at which FP16 (where absent BF16, FP32 or INT8) turns compute-bound.
  /** @type {Record<string, Bounds>} */
  const bounds = {
    cloud: [15, 700],
    workstation: [20, 500],
    edge: [100, 600],
    mobile: [40, 800],
    tiny: [0.5, 40],
  };
  const exceptions = new Map([["tpu-v1", [2000, 3000]]]);  // INT8 on DDR3: the paper's own ridge is 1350 MAC/byte
  for (const device of single) {
    const peak = device.peak_flop_per_s;
    const rate = peak.fp16 ?? peak.bf16 ?? peak.int8 ?? peak.fp32;
    const limit = /** @type {Bounds} */ (exceptions.get(device.id) ?? bounds[device.class]);
    within(device, "ridge", rate / device.memory_bandwidth_bytes_per_s, limit);
  }
});

test("an NVIDIA peak is SMs x clock x a power of two", () => {
  let checked = 0;
  for (const device of devices) {
    if (device.sm_count === undefined || device.clock_hz === undefined) continue;
    const perClock = device.peak_flop_per_s.fp16 / (device.sm_count * device.clock_hz);
    const power = 2 ** Math.round(Math.log2(perClock));
    assert.ok(Math.abs(perClock / power - 1) < 0.03, `${device.id}: ${perClock} FLOP per clock and SM`);
    checked += 1;
  }
  assert.ok(checked >= 25, `${checked} devices`);
});

test("the published figures that everyone quotes", () => {
  const expected = {
    "h100-sxm": [80 * 2 ** 30, 3.35e12, 989e12],
    "a100-80gb": [80 * 2 ** 30, 2.039e12, 312e12],
    h200: [141 * 2 ** 30, 4.8e12, 989e12],
    b200: [180 * 2 ** 30, 8e12, 2250e12],
    l4: [24 * 2 ** 30, 300e9, 121e12],
    t4: [16 * 2 ** 30, 320e9, 65e12],
    "rtx-4090": [24 * 2 ** 30, 1.008e12, 165.2e12],
    "m3-max": [128 * 2 ** 30, 400e9, 14.2e12],
    "jetson-agx-orin": [64 * 2 ** 30, 204.8e9, 42.5e12],
  };
  for (const [id, [capacity, bandwidth, fp16]] of Object.entries(expected)) {
    const device = recordNamed("hardware", id);
    assert.equal(device.memory_capacity_bytes, capacity, id);
    assert.equal(device.memory_bandwidth_bytes_per_s, bandwidth, id);
    assert.equal(device.peak_flop_per_s.fp16, fp16, id);
  }
});

// The address: what is read from it, what is written into it, and that the two agree. No browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { defaults, params, readParams, writeParams } from "../../web/params.js";
import { engine } from "../wasm/engine.mjs";
import { createState, rooflineScenario, servingTable } from "../../web/state.js";

test("an empty address is the defaults, and the defaults are an empty address", () => {
  assert.deepEqual(readParams(""), { values: defaults(), problems: [] });
  assert.equal(writeParams(defaults()), "");
});

test("each kind of bad value has its own reason and falls back to the default", () => {
  const { values, problems } = readParams("?batch=x&context=-1&devices=1.5&phase=nap&model=a b&schemes=a,,b@c@d&scheme={&view=" + "v".repeat(41));
  assert.deepEqual(problems.map(({ name, reason }) => [name, reason]), [
    ["batch", "not_a_number"], ["context", "out_of_range"], ["devices", "not_whole"], ["phase", "not_a_choice"], ["model", "not_an_id"],
    ["schemes", "not_a_list"], ["scheme", "not_a_scheme"], ["view", "too_long"],
  ]);
  assert.deepEqual(values, defaults());
});

test("parameters that others add for themselves are passed over in silence, unknown ones are named", () => {
  assert.deepEqual(readParams("?utm_source=mail&fbclid=1").problems, []);
  assert.deepEqual(readParams("?colour=red").problems.map(({ name, reason }) => [name, reason]), [["colour", "unknown_parameter"]]);
});

test("reading never throws and gives a value of the right kind for every parameter", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(params), "__proto__", "constructor"), fc.string()), fc.string())), (pairs) => {
    const { values } = readParams(new URLSearchParams(pairs).toString());
    for (const [name, param] of Object.entries(params)) {
      const value = values[name];
      if (param.type === "number" || param.type === "whole") assert.ok(value === null || (Number(value) >= param.min && Number(value) <= param.max), name);
      else assert.equal(typeof value, "string", name);
    }
  }), { seed: 7, numRuns: 500 });
});

/** Values that a parameter may have. @param {import("../../web/params.js").Param} param */
function arbitraryOf(param) {
  switch (param.type) {
    case "choice": return fc.constantFrom(...param.options);
    case "whole": return fc.integer({ min: param.min, max: param.max });
    case "number": return fc.double({ min: param.min, max: param.max, noNaN: true });
    case "id": return fc.constantFrom("llama-3.1-8b", "H100", "a_b:c+d");
    case "scheme": return fc.constantFrom("w4a16-g128-kv4", "{\"weight_bits\":4,\"kv_bits\":8}");
    case "list": return fc.constantFrom("int8,int4", "w4a16-g128", "w4a16-g128@marlin,int8@ideal");
    case "origin": return fc.constantFrom("https://example.org", "http://[::1]:8080", "null");
    case "text": return fc.string({ maxLength: 30 });
  }
}

test("what is written is read back as it was", () => {
  const some = fc.record(Object.fromEntries(Object.entries(params).filter(([name]) => name !== "v").map(([name, param]) => [name, arbitraryOf(param)])), { requiredKeys: [] });
  fc.assert(fc.property(some, (given) => {
    const values = /** @type {import("../../web/params.js").ParamValues} */ ({ ...defaults(), ...given });
    const { values: read, problems } = readParams(writeParams(values));
    assert.deepEqual(problems, []);
    for (const name of Object.keys(params)) {
      const expected = values[name] === "" ? params[name]?.default : values[name];
      assert.equal(read[name], Object.is(expected, -0) ? 0 : expected, name);
    }
  }), { seed: 11, numRuns: 300 });
});

test("a scheme with a kernel of its own stands readable in the address", () => {
  assert.equal(writeParams({ ...defaults(), page: "lab", schemes: "w4a16-g128@marlin,int8" }), "?page=lab&schemes=w4a16-g128@marlin,int8");
});

test("a state tells its listeners in the same turn, only of changes, and not after they stop", () => {
  const state = createState();
  /** @type {unknown[]} */
  const heard = [];
  const stop = state.subscribe(({ batch }) => heard.push(batch));
  state.set({ batch: 8 });
  state.set({ batch: 8 });
  assert.deepEqual(heard, [8]);
  stop();
  state.set({ batch: 9 });
  assert.deepEqual(heard, [8]);
  assert.equal(state.values["batch"], 9);
});

test("the scenario of a state has the fields of its phase and leaves out the engine's own defaults", () => {
  const values = { ...defaults(), batch: 4, prompt: 512, devices: 2 };
  assert.deepEqual(rooflineScenario(values), { lens: "roofline", model: "llama-3.1-8b", batch: 4, hardware: "h100-sxm", devices: 2, scheme: "w4a16-g128" });
  assert.deepEqual(rooflineScenario({ ...values, phase: "prefill" }), {
    lens: "roofline", model: "llama-3.1-8b", batch: 4, prompt: 512, hardware: "h100-sxm", devices: 2, scheme: "w4a16-g128", phase: "prefill",
  });
  assert.deepEqual(servingTable(values), { model: "llama-3.1-8b", hardware: "h100-sxm", context: 2048, calibration: "tutorial-2026-05" });
});

test("the engine takes a number of a scenario at both ends of the range that the address has for it", () => {
  for (const [name, param] of Object.entries(params)) {
    if (param.type !== "number") continue;
    for (const end of [param.min, param.max]) {
      assert.doesNotThrow(() => {
        try {
          engine.evaluate(rooflineScenario({ ...defaults(), [name]: end }));
        } catch (fault) {
          if (/** @type {any} */ (fault).path?.includes(name)) throw fault;
        }
      }, `${name}=${end}`);
    }
  }
});

test("every parameter is documented, and nothing else is", () => {
  const { links } = JSON.parse(readFileSync(new URL("../../web/strings/en.links.json", import.meta.url), "utf8"));
  assert.deepEqual(Object.keys(links.meaning).sort(), Object.keys(params).sort());
});

// What JSON cannot hold is refused before the engine sees it, by the path of the place where it stands.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { jsonText, maxDepth } from "../../wasm/json.js";
import { call, decode, engine, functionNames, refusal, validArguments } from "./engine.mjs";

/** @param {unknown} value */
const pathOf = (value) => {
  const error = refusal(() => jsonText(value, ""));
  assert.equal(error.code, "wrong_type");
  return error.path;
};

/** @type {[string, unknown][]} */
const unholdable = [
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["undefined", undefined],
  ["a function", () => 1],
  ["a symbol", Symbol("batch")],
  ["a bigint", 10n],
  ["a date", new Date(0)],
  ["a map", new Map([["batch", 1]])],
  ["a typed array", new Float64Array(2)],
  ["a boxed number", Object(1)],
  ["an instance", new (class Batch {})()],
  ["an error", new Error("batch")],
  ["half a surrogate pair", "\ud800"],
  ["a hole in a list", [1, , 2]],
  ["a symbol as a key", { [Symbol("batch")]: 1 }],
];

test("paths name the member of an object and the index in a list", () => {
  assert.equal(pathOf({ batch: NaN }), "batch");
  assert.equal(pathOf({ scheme: { weight_bits: NaN } }), "scheme.weight_bits");
  assert.equal(pathOf({ schemes: ["fp16", "int8", undefined] }), "schemes[2]");
  assert.equal(pathOf({ schemes: [{ weight_bits: 4 }, { weight_bits: 4n }] }), "schemes[1].weight_bits");
  assert.equal(pathOf(NaN), "");
  assert.equal(refusal(() => jsonText([{ batch: NaN }], "points")).path, "points[0].batch");
});

for (const [what, value] of unholdable) {
  test(`${what} is a wrong_type with its path in every function`, () => {
    for (const name of functionNames) {
      validArguments[name].forEach((argument, i) => {
        const given = [...validArguments[name]];
        // undefined for an argument that may be left out is the same as leaving it out.
        const optional = name === "catalog" || (name === "table" && i === 1);
        if (value !== undefined || !optional) {
          given[i] = value;
          assert.equal(refusal(() => call(engine, name, given), `${name}(${what})`).code, "wrong_type");
        }
        if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return;
        for (const key of Object.keys(argument)) {
          given[i] = { ...argument, [key]: value };
          const error = refusal(() => call(engine, name, given), `${name}({${key}: ${what}})`);
          assert.equal(error.code, "wrong_type", `${name}.${key}`);
          // In a function of several arguments the path begins with the argument's name.
          assert.match(error.path, new RegExp(`^([a-z]+\\.)?${key}(\\[|$)`), `${name}: path for ${key}`);
        }
      });
    }
  });
}

test("a cycle is refused where it closes", () => {
  /** @type {any} */
  const scenario = { ...decode, scheme: { weight_bits: 4 } };
  scenario.scheme.of = scenario;
  const error = refusal(() => engine.evaluate(scenario));
  assert.equal(error.code, "wrong_type");
  assert.equal(error.path, "scheme.of");
  assert.match(error.message, /cycle/);
});

test("the same object twice, without a cycle, is no cycle", () => {
  const scheme = { weight_bits: 4 };
  assert.equal(jsonText({ scheme, baseline_scheme: scheme }, ""), '{"scheme":{"weight_bits":4},"baseline_scheme":{"weight_bits":4}}');
});

test(`${maxDepth} levels pass, one more is refused, a million do not overflow the stack`, () => {
  /** @param {number} levels */
  const nested = (levels) => {
    /** @type {unknown} */
    let value = 1;
    for (let i = 0; i < levels; ++i) value = [value];
    return value;
  };
  assert.equal(jsonText(nested(maxDepth), ""), "[".repeat(maxDepth) + "1" + "]".repeat(maxDepth));
  assert.equal(pathOf(nested(maxDepth + 1)), "[0]".repeat(maxDepth));
  pathOf(nested(1_000_000));
});

test("a getter that throws is refused, not passed on", () => {
  const scenario = {
    get batch() {
      throw new RangeError("no batch");
    },
  };
  assert.match(refusal(() => engine.evaluate(/** @type {any} */ (scenario))).message, /no batch/);
});

test("objects of another realm and objects without a prototype are plain objects", async () => {
  const { runInNewContext } = await import("node:vm");
  assert.equal(jsonText(runInNewContext("({batch: [1, {a: null}]})"), ""), '{"batch":[1,{"a":null}]}');
  assert.equal(jsonText(Object.assign(Object.create(null), { batch: 1 }), ""), '{"batch":1}');
});

test("a key named __proto__ is a key like any other", () => {
  assert.equal(jsonText(JSON.parse('{"__proto__":{"batch":1}}'), ""), '{"__proto__":{"batch":1}}');
  assert.equal(refusal(() => engine.evaluate(JSON.parse('{"__proto__":{"lens":"roofline"}}'))).code, "missing_field");
});

test("text beyond the limit is too_large and is never copied into the module", () => {
  const error = refusal(() => engine.evaluate({ ...decode, model: "x".repeat(64 << 20) }));
  assert.equal(error.code, "too_large");
  // 0.4 million three-byte characters: fewer than the limit in characters, more in bytes.
  assert.equal(refusal(() => engine.describe("語".repeat(400_000))).code, "too_large");
});

test("text of any alphabet survives the way into a message and back", () => {
  for (const id of ["größer", "量子化", "😀", "\u0000", "\u2028", '"\\', "a\u0301"]) {
    const { code, message } = refusal(() => engine.describe(id));
    assert.equal(code, "unknown_id");
    assert.ok(message.includes(id) || message.includes(JSON.stringify(id).slice(1, -1)), message);
  }
});

test("whatever JSON holds is written as JSON.stringify writes it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(jsonText(value, "")), JSON.parse(JSON.stringify(value)));
    }),
    { seed: 20261122, numRuns: 1000 },
  );
});

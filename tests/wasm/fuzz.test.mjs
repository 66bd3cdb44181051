// Random and half-right input: a result or an EngineError, never another exception and never `internal`.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { EngineError } from "../../wasm/engine.js";
import { call, freshEngine, functionNames, validArguments } from "./engine.mjs";

const seed = 20261122;
const engine = await freshEngine();

/** @param {keyof typeof validArguments} name @param {unknown[]} given */
function answers(name, given) {
  try {
    call(engine, name, given);
  } catch (fault) {
    assert.ok(fault instanceof EngineError, `${name} threw ${String(fault)}`);
    assert.notEqual(fault.code, "internal", fault.message);
  }
}

/** Numbers that code likes to stumble over, and any others. */
const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 1, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e9, 1e30, 1e300, -1e300, 5e-324),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 1, max: 5000 }),
);
const leaf = fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null), fc.constantFrom("fp16", "h100-sxm", "gemm", "train"));

/** Paths to every member of a value. @param {unknown} value @returns {(string | number)[][]} */
const places = (value) =>
  typeof value !== "object" || value === null
    ? [[]]
    : [[], ...Object.entries(value).flatMap(([key, item]) => places(item).map((rest) => [key, ...rest]))];

/** `value` with `change` at `place`. @param {any} value @param {(string | number)[]} place @param {unknown} change @returns {any} */
function changed(value, [first, ...rest], change) {
  if (first === undefined) return change;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[first] = changed(copy[first], rest, change);
  return copy;
}

for (const name of functionNames) {
  test(`${name} answers anything`, () => {
    fc.assert(
      fc.property(fc.array(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }), { maxLength: 3 }), (given) => answers(name, given)),
      { seed, numRuns: 300 },
    );
  });

  if (validArguments[name].length > 0) {
    test(`${name} answers its arguments with any two places changed`, () => {
      const everyPlace = places(validArguments[name]).filter((place) => place.length > 0);
      const change = fc.record({ place: fc.constantFrom(...everyPlace), value: leaf });
      fc.assert(
        fc.property(change, change, (one, other) => {
          const given = changed(validArguments[name], one.place, one.value);
          answers(name, given);
          const still = other.place.slice(0, -1).reduce((value, key) => value?.[key], given);
          if (typeof still === "object" && still !== null) answers(name, changed(given, other.place, other.value));
        }),
        { seed, numRuns: 300 },
      );
    });
  }
}

test("after all of that the engine still answers", () => {
  for (const name of functionNames) {
    if (name !== "addSpec") assert.ok(call(engine, name, validArguments[name]), name);
  }
});

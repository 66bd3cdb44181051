// The tables of tests/bad_input through WebAssembly and the facade: code, path and a part of the message.
import assert from "node:assert/strict";
import test from "node:test";
import { argumentsOf, tables } from "../bad_input/table.mjs";
import { choices } from "./contract.mjs";
import { call, engine, freshEngine, refusal } from "./engine.mjs";

test("there are at least 200 bad inputs, no two alike, and every error code but internal is among them", () => {
  const inputs = tables.flatMap((table) => table.cases.map((bad) => JSON.stringify([table.call, argumentsOf(table, bad)])));
  assert.ok(inputs.length >= 200, `${inputs.length}`);
  assert.equal(new Set(inputs).size, inputs.length);
  const codes = new Set(tables.flatMap(({ cases }) => cases.map(({ code }) => code)));
  // Text that is no JSON never leaves the facade, and a defect has no known input.
  assert.deepEqual([...codes].sort(), choices("ErrorCode").filter((code) => code !== "internal" && code !== "invalid_json").sort());
});

for (const table of tables) {
  test(`${table.name}: what is valid is taken, and each bad input is refused by its code and path`, async () => {
    const name = /** @type {any} */ (table.call);
    const wrong = table.cases.flatMap((bad) => {
      const given = argumentsOf(table, bad);
      const what = `${name}${JSON.stringify(given).slice(0, 200)}`;
      const error = refusal(() => call(engine, name, given), what);
      const right = error.code === bad.code && error.path === bad.path && error.message.includes(bad.says ?? "");
      return right ? [] : [`${what}\n  gives ${error.code} at "${error.path}": ${error.message}\n  not ${bad.code} at "${bad.path}" saying "${bad.says ?? ""}"`];
    });
    assert.deepEqual(wrong, [], wrong.join("\n"));
    assert.notEqual(call(await freshEngine(), name, structuredClone(table.valid)), undefined);
  });
}

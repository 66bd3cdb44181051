// The facade against its documentation, wasm/engine.d.ts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EngineError, loadEngine } from "../../wasm/engine.js";
import { choices, members } from "./contract.mjs";
import { call, engine, freshEngine, functionNames, refusal, validArguments } from "./engine.mjs";

test("the facade has exactly the members that engine.d.ts documents", () => {
  assert.deepEqual(Object.keys(engine).sort(), members("Engine").sort());
});

test("the error codes of engine.d.ts are those of the engine, each with a meaning", () => {
  const codes = engine.errorCodes();
  assert.deepEqual(codes.map(({ code }) => code), choices("ErrorCode"));
  for (const { code, meaning } of codes) assert.ok(meaning.length > 10, code);
});

test("every function answers valid arguments", async () => {
  const own = await freshEngine();
  for (const name of functionNames) assert.notEqual(call(own, name, validArguments[name]), undefined, name);
});

test("the same input gives the same output, whatever was asked in between", async () => {
  const own = await freshEngine();
  const names = functionNames.filter((name) => name !== "addSpec");
  const first = names.map((name) => JSON.stringify(call(own, name, validArguments[name])));
  refusal(() => own.evaluate(/** @type {any} */ ({ lens: "none" })));
  const second = names.map((name) => JSON.stringify(call(own, name, validArguments[name])));
  assert.deepEqual(second, first);
});

test("the kinds of specs in engine.d.ts are those of the catalog", () => {
  for (const kind of /** @type {import("../../wasm/engine.js").SpecKind[]} */ (choices("SpecKind"))) {
    for (const entry of engine.catalog(kind)) assert.equal(entry.kind, kind);
  }
  const kinds = new Set(engine.catalog().map(({ kind }) => kind));
  for (const kind of kinds) assert.ok(choices("SpecKind").includes(kind), kind);
});

test("catalog() is the lists of all kinds together, without the figures", () => {
  const all = engine.catalog();
  assert.equal(all.length, choices("SpecKind").flatMap((kind) => engine.catalog(/** @type {any} */ (kind))).length);
  for (const entry of all) assert.deepEqual(Object.keys(entry).sort(), members("CatalogEntry").sort());
});

test("every record of the library describes itself by id and by each alias", () => {
  for (const { id, kind, aliases } of engine.catalog()) {
    assert.equal(engine.describe(id).id ?? id, id, `${kind} ${id}`);
    for (const alias of aliases) assert.ok(engine.describe(alias), `${kind} ${id} as ${alias}`);
  }
});

test("bounds are listed in the order of engine.d.ts", () => {
  const { bounds } = engine.sweep(/** @type {any} */ (validArguments.sweep[0]));
  assert.deepEqual(bounds, choices("Bound"));
});

test("each table of engine.d.ts is there, its rows filled for every column", () => {
  for (const name of /** @type {import("../../wasm/engine.js").TableName[]} */ (choices("TableName"))) {
    const table = engine.table(name);
    assert.equal(table.name, name);
    assert.ok(table.rows.length > 0, name);
    for (const row of table.rows) {
      for (const { key } of table.columns) assert.notEqual(row[key], undefined, `${name}.${key}`);
    }
  }
});

test("the engine's version is the package's", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  assert.equal(engine.version, JSON.parse(text).version);
});

test("an EngineError is an Error with code, message and path", () => {
  const error = refusal(() => engine.describe("no-such-thing"));
  assert.ok(error instanceof Error && error instanceof EngineError);
  assert.equal(error.name, "EngineError");
  assert.equal(error.code, "unknown_id");
  assert.deepEqual(JSON.parse(JSON.stringify(error)), { code: error.code, message: error.message, path: error.path });
});

test("the engine is frozen and its functions need no `this`", () => {
  assert.ok(Object.isFrozen(engine));
  const { evaluate } = engine;
  const results = [validArguments.evaluate[0], validArguments.evaluate[0]].map(/** @type {any} */ (evaluate));
  assert.deepEqual(results[0], results[1]);
});

test("engines do not share what is added to them", async () => {
  const [one, other] = [await freshEngine(), await freshEngine()];
  const [kind, scheme] = /** @type {[any, any]} */ (validArguments.addSpec);
  assert.equal(one.addSpec(kind, scheme), scheme.id);
  assert.equal(one.describe(scheme.id).weight_bits, 5);
  assert.ok(one.catalog(kind).some(({ id, added }) => id === scheme.id && added));
  assert.equal(refusal(() => other.describe(scheme.id)).code, "unknown_id");
  assert.equal(refusal(() => one.addSpec(kind, scheme)).code, "duplicate_id");
});

test("a module that is none is refused with an EngineError", async () => {
  const { error, warn } = console;
  console.error = console.warn = () => {}; // the glue reports on its own, too
  try {
    await assert.rejects(loadEngine({ wasmBinary: new Uint8Array([1, 2, 3]) }), EngineError);
  } finally {
    Object.assign(console, { error, warn });
  }
});

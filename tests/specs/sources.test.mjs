import assert from "node:assert/strict";
import { test } from "node:test";

import { library, sources } from "./library.mjs";

/** Kinds whose figures carry no source: a preset is a choice, not a fact. */
const withoutSource = new Set(["scenario"]);
const facts = library.filter(({ kind }) => !withoutSource.has(kind));

/**
 * The value at a dotted path, or undefined.
 * @param {any} value
 * @param {string} path
 */
function at(value, path) {
  return path.split(".").reduce((inner, key) => inner?.[key], value);
}

test("every number has a source: the record's own, or one of its own", () => {
  for (const { file, record } of facts) {
    assert.ok(typeof record.source === "string" && record.source !== "", file);
  }
});

test("every source that a record names exists", () => {
  for (const { file, record } of facts) {
    const named = [record.source, ...(record.further_sources ?? []), ...Object.values(record.value_sources ?? {})];
    for (const id of named) assert.ok(Object.hasOwn(sources, id), `${file}: ${id}`);
  }
});

test("every source in sources.json is used", () => {
  const used = new Set(
    facts.flatMap(({ record }) => [
      record.source,
      ...(record.further_sources ?? []),
      ...Object.values(record.value_sources ?? {}),
    ]),
  );
  assert.deepEqual(Object.keys(sources).filter((id) => !used.has(id)), []);
});

test("a value's own source belongs to a field that the record has", () => {
  for (const { file, record } of facts) {
    for (const path of Object.keys(record.value_sources ?? {})) {
      assert.notEqual(at(record, path), undefined, `${file}: ${path}`);
    }
  }
});

test("the tutorial's figures are marked as the reference model's", () => {
  for (const { file, record } of facts) {
    if (record.tutorial === undefined) continue;
    assert.equal(record.value_sources?.tutorial, "mlsysim-catalog", file);
  }
});

test("what was read somewhere says where and when", () => {
  const read = ["model_card", "config", "secondary_table", "measured"];
  for (const [id, source] of Object.entries(sources)) {
    if (!read.includes(source.kind)) continue;
    assert.ok(source.url && source.checked, id);
  }
});

test("SM counts and clocks are marked as recalled, or say which page they were read on", () => {
  for (const { file, record } of facts.filter(({ kind }) => kind === "hardware")) {
    for (const field of ["sm_count", "clock_hz", "l2_bytes", "compute_capability"]) {
      if (record[field] === undefined) continue;
      const { kind } = sources[record.value_sources?.[field] ?? record.source];
      assert.ok(kind === "recalled" || kind === "web_page", `${file}: ${field}`);
    }
  }
});

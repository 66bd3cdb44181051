// Every row of the oracle, through WebAssembly: numbers within 1e-9 relative, words exactly (tests/golden/README.md).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { engine } from "./engine.mjs";

const tolerance = 1e-9;

/** @param {string} name @returns {Record<string, string>[]} */
function rows(name) {
  const text = readFileSync(new URL(`../golden/${name}`, import.meta.url), "utf8");
  const [header, ...lines] = text.trim().split("\n").map((line) => line.trim().split(","));
  return lines.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i]])));
}

/**
 * Columns that describe the case; all others are results under the same name.
 * @type {Record<string, (cell: string) => Record<string, unknown>>}
 */
const inputs = {
  id: () => ({}),
  model: (cell) => ({ model: cell }),
  hardware: (cell) => ({ hardware: cell }),
  precision: (cell) => ({ precision: cell }),
  batch: (cell) => ({ batch: Number(cell) }),
  seq_len: (cell) => (cell === "" ? {} : { context: Number(cell) }),
  efficiency: (cell) => ({ efficiency: Number(cell) }),
  layer_tax_s: (cell) => ({ layer_overhead_s: Number(cell) }),
  options: (cell) => {
    const { method, bits, sparsity, type } = Object.fromEntries(cell.split(";").map((option) => option.split("=")));
    return method === "pruning" ? { method, sparsity: Number(sparsity), pattern: type } : { method, bits: Number(bits) };
  },
};

/** @param {unknown} found @param {string} cell @param {string} where */
function agrees(found, cell, where) {
  if (cell === "true" || cell === "false") assert.equal(found, cell === "true", where);
  else if (cell === "" || Number.isNaN(Number(cell))) assert.equal(found, cell, where);
  else {
    const expected = Number(cell);
    assert.equal(typeof found, "number", where);
    const error = Math.abs(Number(found) - expected);
    assert.ok(error <= tolerance * Math.abs(expected), `${where}: ${found}, expected ${expected}`);
  }
}

for (const [question, file, count] of /** @type {const} */ ([
  ["serving", "oracle_serving.csv", 269],
  ["step", "oracle_engine.csv", 321],
  ["compression", "oracle_compression.csv", 112],
])) {
  test(`all ${count} ${question} cases of the reference model agree within 1e-9`, () => {
    const cases = rows(file);
    assert.equal(cases.length, count);
    for (const row of cases) {
      const scenario = Object.entries(row).flatMap(([column, cell]) => Object.entries(inputs[column]?.(cell) ?? {}));
      const result = /** @type {Record<string, unknown>} */ (
        /** @type {unknown} */ (
          engine.evaluate(/** @type {any} */ ({ lens: "tutorial", question, ...Object.fromEntries(scenario) }))
        )
      );
      for (const [column, cell] of Object.entries(row)) {
        if (!(column in inputs)) agrees(result[column], cell, `${file} id ${row.id} ${column}`);
      }
    }
  });
}

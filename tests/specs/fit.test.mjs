import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fitBlock, predicted, tasks } from "../../script/fit.mjs";
import { minimize } from "../../script/simplex.mjs";
import { loadSpeed } from "../../specs/measurements/load.mjs";
import { loadEngine } from "../../wasm/engine.js";
import { library } from "./library.mjs";

const engine = await loadEngine({
  wasmBinary: readFileSync(new URL("../../build/wasm/crossover.wasm", import.meta.url)),
});

test("the residuals that the specs state are those that the engine leaves", () => {
  const rows = predicted(engine, loadSpeed());
  for (const task of tasks) {
    const entry = library.find(({ kind, record }) => kind === task.kind && record.id === task.id);
    assert.ok(entry, task.id);
    assert.deepEqual(entry.record.fit, fitBlock(rows, task), task.id);
  }
});

test("a kernel or runtime says that its constants are fitted only where a fit says on what", () => {
  for (const { kind, record } of library) {
    if (kind !== "kernel" && kind !== "runtime") continue;
    assert.equal(record.source === "crossover-fit", record.fit !== undefined, `${kind} ${record.id}`);
  }
});

test("the search finds the bottom of a bowl and keeps within its limit", () => {
  let evaluations = 0;
  /** @param {number[]} at */
  const bowl = ([x, y]) => {
    evaluations += 1;
    return (x - 3) ** 2 + 2 * (y + 1) ** 2;
  };
  const best = minimize(bowl, [0, 0], { step: 0.5, limit: 200, tolerance: 1e-12 });
  assert.ok(Math.abs(best.at[0] - 3) < 1e-4 && Math.abs(best.at[1] + 1) < 1e-4);
  assert.ok(evaluations <= 203);
});

// Writes tests/golden/recorded.json: what the engine says today of fifty scenarios. Not a judge of what is right, but a bell
// that rings when something changes.
import { readFileSync, writeFileSync } from "node:fs";
import { loadEngine } from "../../wasm/engine.js";
import { scenarios } from "./requests.mjs";

const at = (/** @type {string} */ path) => new URL(`../../${path}`, import.meta.url);
const engine = await loadEngine({ wasmBinary: readFileSync(at("build/wasm/crossover.wasm")) });

const recorded = [];
for (const scenario of scenarios(engine, 400)) {
  if (recorded.length === 50) break;
  try {
    const { step_s, speedup, regime, total_bytes, flop, traffic_bytes, max_batch, energy_j } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(scenario));
    recorded.push({ scenario, result: { step_s, speedup, regime, total_bytes, flop, traffic_bytes, max_batch, energy_j } });
  } catch {
    // Refused: there is nothing to record.
  }
}
writeFileSync(at("tests/golden/recorded.json"), `[\n${recorded.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);

// The engine's lines: tests/bench natively and as WebAssembly, in turns, with their ratio, memory, and how the cost grows with the
// work; the facade as a page calls it; and the bytes of the module's editions. A busy machine makes all times longer, not the ratios.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { loadEngine } from "../wasm/engine.js";
import { quantile } from "./bench-table.mjs";

/** What else the machine does only ever adds, for seconds at a time: the best of some turns counts. */
const turns = 12;

/** @typedef {{calls: Record<string, number>, growth: Record<string, [number, number][]>, memory_bytes: number}} Measured nanoseconds */

/** @param {string} command @param {string[]} given @returns {Measured} */
const measured = (command, given) => JSON.parse(execFileSync(command, given, { encoding: "utf8" }));

/** @param {Measured[]} all @returns {Measured} */
const best = (all) => /** @type {Measured} */ ({
  calls: Object.fromEntries(Object.keys(all[0]?.calls ?? {}).map((name) => [name, Math.min(...all.map(({ calls }) => calls[name] ?? NaN))])),
  growth: Object.fromEntries(Object.entries(all[0]?.growth ?? {}).map(([name, points]) =>
    [name, points.map(([number], i) => [number, Math.min(...all.map(({ growth }) => growth[name]?.[i]?.[1] ?? NaN))])])),
  memory_bytes: Math.max(...all.map(({ memory_bytes }) => memory_bytes)),
});

/**
 * The least-squares line through points, and how much of their variance it explains.
 * @param {[number, number][]} points
 */
export function straight(points) {
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const sum = (/** @type {(point: [number, number]) => number} */ of) => points.reduce((total, point) => total + of(point), 0);
  const slope = sum(([at, value]) => (at - x) * (value - y)) / sum(([at]) => (at - x) ** 2);
  const unexplained = sum(([at, value]) => (value - y - slope * (at - x)) ** 2);
  return { slope, r2: 1 - unexplained / sum(([, value]) => (value - y) ** 2) };
}

/** @param {() => unknown} work @returns {number} median milliseconds */
function facadeTime(work) {
  const costs = [];
  for (let i = 0; i < 200; i += 1) {
    const start = performance.now();
    work();
    costs.push(performance.now() - start);
  }
  return quantile(costs, 0.5);
}

const ratioBudget = 1.3;
/** What is called in tests/bench, in words, with its budgets. @type {Record<string, [string, {ms?: number, ratio?: number}]>} */
const calls = {
  evaluate: ["evaluate", { ratio: ratioBudget }],
  evaluate_tutorial: ["evaluate, tutorial lens", { ratio: ratioBudget }],
  sweep_64: ["sweep of 64 batches, one scheme", { ratio: ratioBudget }],
  sweep_4096x8: ["sweep of 4096 batches x 8 schemes", { ms: 5, ratio: ratioBudget }],
};

/** @param {import("./bench-table.mjs").BenchTable} table */
export async function benchEngine(table) {
  /** @type {{native: Measured[], wasm: Measured[]}} */
  const found = { native: [], wasm: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    found.native.push(measured("build/native/engine_bench", []));
    found.wasm.push(measured("node", ["build/wasm/engine_bench.cjs"]));
  }
  const [native, wasm] = [best(found.native), best(found.wasm)];
  table.section("one call inside the engine");
  for (const [name, [words, budget]] of Object.entries(calls)) {
    const [slow, fast] = [wasm.calls[name] ?? NaN, native.calls[name] ?? NaN];
    table.line(`${words}, native -O3`, fast / 1e6, "ms");
    table.line(`${words}, WebAssembly`, slow / 1e6, "ms", budget.ms);
    table.line(`${words}, WebAssembly over native`, slow / fast, "x", budget.ratio);
  }
  table.line("memory, the most, native", native.memory_bytes / 1e6, "MB");
  table.line("memory, the most, WebAssembly", wasm.memory_bytes / 1e6, "MB");

  table.section("cost against work: a straight line, and how well it fits");
  for (const [side, { growth }] of /** @type {const} */ ([["native", native], ["WebAssembly", wasm]])) {
    for (const [what, points] of Object.entries(growth)) {
      const { slope, r2 } = straight(points);
      table.line(`one more of the ${what} of a sweep, ${side}`, slope / 1e3, "µs");
      table.line(`R² over ${points.length} numbers of ${what}, ${side}`, r2, "", 0.99, "least");
    }
  }

  table.section("one call of the facade in Node, with its JSON");
  const started = performance.now();
  const engine = await loadEngine({ wasmBinary: readFileSync("build/wasm/crossover.wasm") });
  table.line("loadEngine", performance.now() - started, "ms");
  const scenario = /** @type {const} */ ({ lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", scheme: "w4a16-g128", kernel: "marlin", batch: 8 });
  table.line("evaluate", facadeTime(() => engine.evaluate(scenario)), "ms");
  table.line("table decode", facadeTime(() => engine.table("decode")), "ms");
  table.line("sweep of 64 batches", facadeTime(() => engine.sweep({ scenario, axis: "batch", from: 1, to: 4096, points: 64 })), "ms");

  table.section("bytes of the engine's editions");
  for (const file of ["crossover-page.wasm", "crossover-page.mjs", "crossover-explain.wasm", "crossover-weigh.wasm", "crossover-lab.wasm", "crossover.wasm", "crossover.mjs"]) {
    const content = readFileSync(`build/wasm/${file}`);
    const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    table.line(`${file}`, content.length, "B");
    table.line(`${file}, gzip`, gzipSync(content, { level: 9 }).length, "B");
    table.line(`${file}, brotli`, brotli.length, "B");
  }
}

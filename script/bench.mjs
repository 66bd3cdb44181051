// Runs tests/bench natively and as WebAssembly, in turns, and prints both with their ratio and memory; then times the facade as a
// page calls it, and gives the sizes of the module's editions. Times are medians; a busy machine makes all of them longer.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { loadEngine } from "../wasm/engine.js";

/** Best of a few runs: what else the machine does only ever adds. */
const runs = 3;

/** @param {string} command @param {string[]} given @returns {Record<string, number>} */
const measured = (command, given) => JSON.parse(execFileSync(command, given, { encoding: "utf8" }));

/** @param {Record<string, number>[]} all @returns {Record<string, number>} */
const best = (all) => Object.fromEntries(Object.keys(all[0]).map((key) => [key, Math.min(...all.map((one) => one[key]))]));

/** @param {number} ns */
const time = (ns) => (ns < 1e5 ? `${(ns / 1e3).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`).padStart(10);

const [native, wasm] = [/** @type {Record<string, number>[]} */ ([]), /** @type {Record<string, number>[]} */ ([])];
for (let run = 0; run < runs; ++run) {
  native.push(measured("build/native/engine_bench", []));
  wasm.push(measured("node", ["build/wasm/engine_bench.cjs"]));
}
const [nativeBest, wasmBest] = [best(native), best(wasm)];
console.log(`${"one call inside the engine".padEnd(28)}${"native -O3".padStart(10)}${"wasm".padStart(12)}   wasm / native`);
const { memory_bytes: nativeMemory, ...nativeCosts } = nativeBest;
for (const name of Object.keys(nativeCosts)) {
  const ratio = (wasmBest[name] / nativeBest[name]).toFixed(2);
  console.log(`${name.padEnd(28)}${time(nativeBest[name])}  ${time(wasmBest[name])}   ${ratio}`);
}
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`.padStart(10);
console.log(`${"memory, the most".padEnd(28)}${megabytes(nativeMemory)}  ${megabytes(wasmBest.memory_bytes)}`);

const wasmBinary = readFileSync("build/wasm/crossover.wasm");
const started = performance.now();
const engine = await loadEngine({ wasmBinary });
const loaded = performance.now() - started;

/** @param {() => unknown} work */
function facadeTime(work) {
  const costs = [];
  for (let i = 0; i < 200; ++i) {
    const start = performance.now();
    work();
    costs.push(performance.now() - start);
  }
  return 1e6 * costs.sort((a, b) => a - b)[costs.length / 2];
}
const scenario = /** @type {const} */ ({ lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", scheme: "w4a16-g128", kernel: "marlin", batch: 8 });
console.log("\none call of the facade, with its JSON");
console.log(`${"loadEngine".padEnd(28)}${time(loaded * 1e6)}`);
console.log(`${"evaluate".padEnd(28)}${time(facadeTime(() => engine.evaluate(scenario)))}`);
console.log(`${"table decode".padEnd(28)}${time(facadeTime(() => engine.table("decode")))}`);
console.log(`${"sweep of 64 batches".padEnd(28)}${time(facadeTime(() => engine.sweep({ scenario, axis: "batch", from: 1, to: 4096, points: 64 })))}`);

console.log(`\n${"bytes".padEnd(28)}${"raw".padStart(10)}${"gzip".padStart(10)}${"brotli".padStart(10)}`);
for (const file of ["crossover-page.wasm", "crossover-page.mjs", "crossover-explain.wasm", "crossover-weigh.wasm", "crossover.wasm", "crossover.mjs"]) {
  const content = readFileSync(`build/wasm/${file}`);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const sizes = [content.length, gzipSync(content, { level: 9 }).length, brotli.length];
  console.log(`${file.padEnd(28)}${sizes.map((size) => String(size).padStart(10)).join("")}`);
}

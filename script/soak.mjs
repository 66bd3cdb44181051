// The long random play of script/soak.
import { openBrowser } from "../tests/web/browser.mjs";
import { noteEngines, playUntil, unharmed, weigh } from "../tests/web/soak.mjs";

const [interactions, seed] = [process.argv[2] ?? "10000", process.argv[3] ?? "1"].map(Number);
if (!Number.isInteger(interactions) || !Number.isInteger(seed) || Number(interactions) < 100 || Number(seed) < 0) {
  console.error("soak: takes the number of interactions (100 or more) and a seed, both whole.");
  process.exit(2);
}
const total = Number(interactions);
const marks = [0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(total * share));

const browser = await openBrowser();
let failed = false;
try {
  const opened = await browser.open(`?fuzz=${seed}&page=lab`, { ready: null, before: noteEngines });
  /** @type {import("../tests/web/soak.mjs").Weight | null} */
  let first = null;
  console.log("interactions   heap MB    nodes  listeners  engine MB");
  for (const mark of marks) {
    await playUntil(opened.page, mark);
    const weight = await weigh(opened.page);
    first ??= weight;
    console.log([mark, (weight.heap / 1e6).toFixed(2), weight.nodes, weight.listeners, (weight.wasm / 1e6).toFixed(1)]
      .map((cell, index) => String(cell).padStart([12, 10, 9, 11, 11][index] ?? 0)).join(""));
    for (const name of /** @type {const} */ (["heap", "nodes", "listeners", "wasm"])) {
      const ratio = weight[name] / first[name];
      // Nodes and listeners wobble by what the browser itself keeps (templates made at first use); memory of the engine may not move.
      if (ratio > (name === "wasm" ? 1 : 1.1)) {
        failed = true;
        console.error(`soak: ${name} is ${ratio.toFixed(2)} times what it was after ${marks[0]} interactions.`);
      }
    }
  }
  await unharmed(opened);
} finally {
  await browser.close();
}
if (failed) process.exit(1);
console.log(`No error in ${total} interactions of seed ${seed}.`);

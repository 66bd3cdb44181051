// The long random play of script/soak.
import { openBrowser } from "../tests/web/browser.mjs";
import { grownMost } from "../tests/web/heap.mjs";
import { launchScales, noteEngines, playUntil, unharmed, weigh } from "../tests/web/soak.mjs";

const [interactions, seed] = [process.argv[2] ?? "10000", process.argv[3] ?? "1"].map(Number);
if (!Number.isInteger(interactions) || !Number.isInteger(seed) || Number(interactions) < 100 || Number(seed) < 0) {
  console.error("soak: takes the number of interactions (100 or more) and a seed, both whole.");
  process.exit(2);
}
const total = Number(interactions);
const marks = [0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(total * share));

const columns = /** @type {const} */ ([
  ["heap", "heap MB", 1e6], ["nodes", "nodes", 1], ["listeners", "listeners", 1], ["wasm", "engine MB", 1e6],
]);
/** @typedef {import("../tests/web/soak.mjs").Weight} Weight */
/** @param {readonly (string | number)[]} cells */
const row = (cells) => console.log(cells.map((cell) => String(cell).padStart(12)).join(""));

const browser = await openBrowser({ launch: launchScales });
let failed = false;
try {
  const opened = await browser.open(`?fuzz=${seed}&page=lab`, { ready: null, before: noteEngines });
  opened.page.on("pageerror", (error) => console.error(`soak: ${error.stack}`));
  /** @type {Map<number, Weight>} */
  const weights = new Map();
  /** @param {"heap" | "nodes" | "listeners" | "wasm"} name @param {number} from @param {number} most times as much */
  const compare = (name, from, most) => {
    const [before, after] = [weights.get(from), [...weights.values()].at(-1)];
    if (!before || !after || after[name] <= before[name] * most) return;
    failed = true;
    console.error(`soak: ${name} is ${(after[name] / before[name]).toFixed(2)} times what it was after ${from} interactions.`);
    if (name === "heap") for (const line of grownMost(before.kinds, after.kinds)) console.error(`  ${line}`);
  };
  const [early = 0] = marks;
  row(["interactions", ...columns.map(([, title]) => title)]);
  for (const mark of marks) {
    await playUntil(opened.page, mark);
    const weight = await weigh(opened.page);
    weights.set(mark, weight);
    row([mark, ...columns.map(([name, , unit]) => (unit === 1 ? weight[name] : (weight[name] / unit).toFixed(2)))]);
    compare("heap", early, 1.1);
    // Nodes and listeners wobble by what the browser itself keeps (templates made at first use); memory of the engine may not move.
    compare("nodes", early, 1.1);
    compare("listeners", early, 1.1);
    compare("wasm", early, 1);
  }
  await unharmed(opened);
} finally {
  await browser.close();
}
if (failed) process.exit(1);
console.log(`No error in ${total} interactions of seed ${seed}.`);

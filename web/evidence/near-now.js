/** What was measured near a scenario, for figures that can do without it: the evidence, its words and what reads it come when asked for. */
import { addStrings } from "../strings.js";
import { nextTask } from "../next-task.js";
import { loadEvidence } from "./load.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {object} Found
 * @property {import("../views/measured.js").Measured} measured points for a chart
 * @property {() => unknown} note a template: how much was measured, by whom, and how far to trust the prediction
 */

async function everything() {
  const [{ default: english }, { nearOf }, { nearNote }, evidence] = await Promise.all([
    import("../strings/en.evidence.json"), import("./near.js"), import("./near-note.js"), loadEvidence(),
  ]);
  addStrings(english);
  await nextTask();
  return { nearOf, nearNote, evidence };
}

/** @type {Promise<void> | null} */
let asked = null;
/** @type {Awaited<ReturnType<typeof everything>> | null} null where it did not come: only the evidence's own page asks again */
let kept = null;
/** What was found for the scenario asked last: a slider asks again and again for batches of one. */
let last = { key: "", engine: /** @type {Engine | null} */ (null), found: /** @type {Found | null} */ (null) };

/**
 * Apart from who asks: what is found is kept, and would keep the asking page with it.
 * @param {Awaited<ReturnType<typeof everything>>} kept
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {readonly string[] | null} kernels
 * @returns {Found}
 */
function find({ nearOf, nearNote, evidence }, engine, scenario, kernels) {
  const near = nearOf(evidence, engine, scenario, kernels);
  return { measured: near.measured, note: () => nearNote(near, evidence) };
}

/**
 * What was measured near a scenario, whatever its batch; null until it is here.
 * @param {Engine} engine
 * @param {RooflineScenario} scenario
 * @param {() => void} arrived called when there is more to say
 * @param {readonly string[] | null} [kernels] that are predicted, where it is not the scenario's alone
 * @returns {Found | null} the same object as long as it says the same
 */
export function nearNow(engine, scenario, arrived, kernels = null) {
  if (!kept) {
    asked ??= everything().then((came) => void (kept = came), () => {});
    asked.then(() => kept && arrived());
    return null;
  }
  const { batch: _, m: __, ...fixed } = scenario;
  const key = JSON.stringify([fixed, kernels]);
  if (last.key !== key || last.engine !== engine || !last.found) {
    last = { key, engine, found: find(kept, engine, scenario, kernels) };
  }
  return last.found;
}

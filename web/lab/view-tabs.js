/** The lab's views: their names in the address, and each one's element. */
import { html } from "lit";
import "../views/accuracy.js";
import "../views/advisor.js";
import "../views/breakdown.js";
import "../views/capacity.js";
import "../views/compare.js";
import "../views/energy.js";
import "../views/latency.js";
import "../views/memory.js";
import "../views/roofline.js";
import "../views/sensitivity.js";
import "../views/speedup.js";

/**
 * @typedef {object} Shown
 * @property {import("../../wasm/engine.js").Engine} engine
 * @property {import("../../wasm/engine.js").RooflineScenario} scenario
 * @property {(string | import("../../wasm/engine.js").InlineScheme)[]} schemes
 * @property {import("./comparison.js").Compared[]} compared
 * @property {import("../views/measured.js").Measured | null} [measured]
 */

/** In the order of the tabs. @type {Record<string, (shown: Shown) => unknown>} */
const views = {
  speedup: ({ engine, scenario, schemes, measured = null }) => html`<crossover-view-speedup .engine=${engine} .scenario=${scenario} .schemes=${schemes} .measured=${measured}></crossover-view-speedup>`,
  latency: ({ engine, scenario, schemes, measured = null }) => html`<crossover-view-latency .engine=${engine} .scenario=${scenario} .schemes=${schemes} .measured=${measured}></crossover-view-latency>`,
  roofline: ({ engine, scenario, schemes }) => html`<crossover-view-roofline .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-roofline>`,
  breakdown: ({ engine, scenario, schemes }) => html`<crossover-view-breakdown .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-breakdown>`,
  memory: ({ engine, scenario, schemes }) => html`<crossover-view-memory .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-memory>`,
  capacity: ({ engine, scenario, schemes }) => html`<crossover-view-capacity .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-capacity>`,
  energy: ({ engine, scenario, schemes }) => html`<crossover-view-energy .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-energy>`,
  accuracy: ({ engine, scenario, schemes }) => html`<crossover-view-accuracy .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-accuracy>`,
  sensitivity: ({ engine, scenario, schemes }) => html`<crossover-view-sensitivity .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-sensitivity>`,
  advisor: ({ engine, scenario, schemes }) => html`<crossover-view-advisor .engine=${engine} .scenario=${scenario} .schemes=${schemes}></crossover-view-advisor>`,
  compare: ({ engine, scenario, compared }) => html`<crossover-view-compare .engine=${engine} .scenario=${scenario} .compared=${compared}></crossover-view-compare>`,
};

export const viewNames = Object.keys(views);

/** The numbers that a view shows, what it is about first, for those who ask where they come from. @type {Record<string, string[]>} */
export const quantitiesOf = {
  speedup: ["speedup"],
  latency: ["step_s", "baseline_step_s"],
  roofline: ["intensity", "ridge", "mfu"],
  breakdown: ["step_s", "traffic_bytes", "flop"],
  memory: ["total_bytes", "weight_bytes", "kv_bytes", "activation_bytes", "training_bytes", "usable_bytes", "max_batch"],
  capacity: ["capacity_tokens_per_s", "max_batch"],
  energy: ["cost_usd_per_million_tokens", "price_usd_per_hour", "energy_j_per_token", "energy_j"],
  accuracy: ["weight_bytes"],
  sensitivity: ["step_s", "capacity_tokens_per_s"],
  advisor: ["speedup", "step_s", "weight_bytes", "capacity_tokens_per_s"],
  compare: ["speedup", "step_s", "tokens_per_s", "total_bytes"],
};

/**
 * @param {string} name
 * @param {Shown} shown
 */
export function viewOf(name, shown) {
  return (views[name] ?? views["speedup"])?.(shown);
}

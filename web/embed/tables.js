/** The lesson's tables, each on its own. */
import { html } from "lit";
import "../tables/bytes.js";
import "../tables/compression.js";
import "../tables/decode.js";
import "../tables/fields.js";
import "../tables/regimes.js";
import "../tables/training.js";

/** @type {Record<string, (shown: import("./views.js").Shown) => unknown>} */
export const tables = {
  bytes: ({ engine, values }) => html`<crossover-bytes .engine=${engine} .values=${values}></crossover-bytes>`,
  decode: ({ engine, values }) => html`<crossover-decode .engine=${engine} .values=${values}></crossover-decode>`,
  training: ({ engine, state, values }) => html`<crossover-training .engine=${engine} .state=${state} .values=${values}></crossover-training>`,
  regimes: ({ engine, values }) => html`<crossover-regimes .engine=${engine} .values=${values}></crossover-regimes>`,
  compression: ({ engine, values }) => html`<crossover-compression .engine=${engine} .values=${values}></crossover-compression>`,
};

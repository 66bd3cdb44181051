/** What to take away, and when not to quantize: sentences with the engine's numbers in them. */
import { batch, threshold, times, timesExactly } from "../figures.js";
import { nameOf } from "../library.js";
import { t } from "../strings.js";
import { cell, decodeTable, decoding, int4, int4WithCache, prefilling, roofline, trainingTable } from "./cases.js";
import { steps } from "./steps/all.js";

export const takeaways = ["bytes", "ceiling", "both", "batch", "kernel", "capacity", "tax"];
export const notWhen = ["prefill", "batch", "format", "kernel", "small", "accuracy"];

const half = 2;

/** The number of the step that reveals a figure. */
const revealedIn = { int4: 2, int4_training: 3, int8_training: 3, prefill: 5, prefill_kernel: 5, crossing: 6, users4: 9 };

/**
 * Until its step is revealed, the step's number stands in a figure's place.
 * @param {import("./cases.js").Engine} engine
 * @param {import("./progress.js").Progress} progress
 */
export function closingFacts(engine, progress) {
  const decode = engine.table("decode", decodeTable);
  const train = engine.table("training", trainingTable);
  const crossing = engine.crossovers({ scenario: decoding, schemes: [int4], thresholds: [half] }).find(({ direction }) => direction === "down");
  const users = (/** @type {string} */ scheme) => roofline(engine, { ...decoding, hardware: "rtx-4090", context: 4096, scheme }).max_batch;
  /** @type {Record<string, string>} */
  const facts = {
    int4: times(Number(cell(decode, "int4", "speedup"))),
    int4_training: times(Number(cell(train, "int4", "speedup"))),
    int8_training: times(Number(cell(train, "int8", "speedup"))),
    half: threshold(half),
    crossing: batch(crossing?.batch),
    hardware: nameOf(engine, "hardware", decoding.hardware),
    prefill: times(roofline(engine, { ...prefilling, scheme: int4 }).speedup),
    prefill_kernel: timesExactly(roofline(engine, { ...prefilling, scheme: int4, kernel: "marlin" }).speedup),
    users16: batch(users("fp16")),
    users4: batch(users(int4WithCache)),
  };
  for (const [key, number] of Object.entries(revealedIn)) {
    if (!steps[number - 1]?.questions.every(({ id }) => progress.get(id))) facts[key] = t("lesson_end.at_step", { number });
  }
  return facts;
}

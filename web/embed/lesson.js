/** The lesson's predictions, each on its own. What is predicted is kept once for all of a document. */
import { html } from "lit";
import { addStrings, t } from "../strings.js";
import english from "../strings/en.lesson.json";
import { createProgress } from "../lesson/progress.js";
import "../lesson/step.js";

addStrings(english);

const progress = createProgress();

/** A page mostly shows one of them, without the code of the others. @type {Record<string, () => Promise<import("../lesson/step.js").Step>>} */
const steps = {
  bytes: async () => (await import("../lesson/steps/bytes.js")).bytes,
  decode: async () => (await import("../lesson/steps/decode.js")).decode,
  training: async () => (await import("../lesson/steps/training.js")).training,
  regimes: async () => (await import("../lesson/steps/regimes.js")).regimes,
  phases: async () => (await import("../lesson/steps/phases.js")).phases,
  crossover: async () => (await import("../lesson/steps/crossover.js")).crossover,
  kernels: async () => (await import("../lesson/steps/kernels.js")).kernelsStep,
  schemes: async () => (await import("../lesson/steps/schemes.js")).schemesStep,
  capacity: async () => (await import("../lesson/steps/capacity.js")).capacity,
  accuracy: async () => (await import("../lesson/steps/accuracy.js")).accuracy,
};

/**
 * @param {string} id
 * @param {number} number its place in the lesson
 * @returns {Promise<(shown: {engine: import("../../wasm/engine.js").Engine}) => unknown>}
 */
export async function stepOf(id, number) {
  const step = await steps[id]?.();
  return ({ engine }) => html`<crossover-step .engine=${engine} .step=${step} .number=${number} .progress=${progress} .note=${progress.kept ? "" : t("lesson.not_kept")}></crossover-step>`;
}

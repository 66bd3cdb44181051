/** The lesson's predictions, each on its own. What is predicted is kept once for all of a document. */
import { html } from "lit";
import { addStrings } from "../strings.js";
import english from "../strings/en.lesson.json";
import { createProgress } from "../lesson/progress.js";
import { steps } from "../lesson/steps/all.js";
import "../lesson/step.js";

addStrings(english);

const progress = createProgress();

/** @param {string} id @param {import("../../wasm/engine.js").Engine} engine */
export function stepOf(id, engine) {
  const index = steps.findIndex((step) => step.id === id);
  return html`<crossover-step .engine=${engine} .step=${steps[index]} .number=${index + 1} .progress=${progress}></crossover-step>`;
}

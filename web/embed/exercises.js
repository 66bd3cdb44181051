/** The lesson's exercises, each on its own. */
import { html } from "lit";
import { addStrings } from "../strings.js";
import english from "../strings/en.lesson-exercises.json";
import { exercises } from "../lesson/exercises.js";
import "../lesson/exercise.js";

addStrings(english);

/** @param {string} id @param {import("../../wasm/engine.js").Engine} engine */
export function exerciseOf(id, engine) {
  const index = exercises.findIndex((exercise) => exercise.id === id);
  return html`<crossover-exercise .engine=${engine} .exercise=${exercises[index]} .ordinal=${index + 1} .predictFirst=${true}></crossover-exercise>`;
}

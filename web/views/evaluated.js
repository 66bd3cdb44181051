/** One scenario's result. The lab's summary, its figure and a comparison ask for the same one at an input: the engine is asked once. */
import { answersOf } from "../remembered.js";

/** @typedef {import("../../wasm/engine.js").RooflineResult} RooflineResult */

const answer = answersOf(16);

/**
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {import("../../wasm/engine.js").RooflineScenario} scenario
 * @returns {RooflineResult}
 * @throws {import("../../wasm/engine.js").EngineError} what the engine refuses
 */
export const evaluated = (engine, scenario) => answer(engine, scenario, () => /** @type {RooflineResult} */ (engine.evaluate(scenario)));

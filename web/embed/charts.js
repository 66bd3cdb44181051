/** The lab's charts, each on its own. */
import { html } from "lit";
import { attempt } from "../attempt.js";
import { params } from "../params.js";
import { comparedScenarios } from "../lab/comparison.js";
import { apart, drawable, listedSchemes } from "../lab/drawn.js";
import { scenarioLabel } from "../lab/scenario-label.js";
import { viewOf } from "../lab/view-tabs.js";
import "../lab/inputs.js";

/**
 * @param {string} name
 * @param {import("./views.js").Shown & {scenario: import("../../wasm/engine.js").RooflineScenario}} shown
 */
export function chartOf(name, { engine, state, values, scenario: given }) {
  const scenario = apart(engine, given);
  const listed = listedSchemes(values, scenario);
  const refused = attempt(() => engine.evaluate(scenario)).error;
  const schemes = refused ? listed : drawable(engine, scenario, listed).schemes;
  const shown = { engine, scenario, schemes, compared: comparedScenarios(values, (one) => scenarioLabel(engine, one, values)) };
  /** @param {CustomEvent<{value: number}>} event  the marker was moved */
  const onHere = (event) => {
    const field = values["phase"] === "gemm" ? "m" : "batch";
    const param = params[field];
    const most = param?.type === "whole" ? param.max : 1;
    state.set({ [field]: Math.max(1, Math.min(most, Math.round(event.detail.value))) });
  };
  /** @param {CustomEvent<import("../params.js").ParamValues>} event  a view's own inputs */
  const onChange = (event) => state.set(event.detail);
  return html`<div @crossover-here=${onHere} @crossover-change=${onChange}>${viewOf(name === "crossover" ? "speedup" : name, shown)}</div>`;
}

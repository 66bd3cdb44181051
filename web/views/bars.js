/** What the views with bars share: one evaluation a scheme, and the bar chart's template. */
import { html } from "lit";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { evaluated } from "./evaluated.js";
import { namedSchemes, partsOf, schemeId } from "./names.js";
import { stylesFor } from "../charts/series-style.js";
import "../charts/bar-chart.js";

/**
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {import("../../wasm/engine.js").RooflineResult} RooflineResult
 */

/**
 * The scenario under each scheme. The engine gives a scheme that quantizes nothing the baseline's kernel by itself, a quantized baseline
 * may have one of its own; an override of the KV cache's precision is the schemes' only.
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {RooflineScenario} scenario
 * @param {(string | import("../../wasm/engine.js").InlineScheme)[]} schemes
 */
export function evaluateEach(engine, scenario, schemes) {
  const baseline = schemeId(scenario.baseline_scheme ?? "fp16");
  const names = namedSchemes(engine, scenario.kernel, schemes);
  const styles = stylesFor(names.map(({ id }) => id));
  return schemes.map((drawn, i) => {
    const { scheme, kernel } = partsOf(drawn);
    const { kv_bits: _, ...plain } = scenario;
    const asBaseline = { ...plain, ...(plain.baseline_kernel ? { kernel: plain.baseline_kernel } : {}) };
    const own = names[i].id === baseline ? asBaseline : kernel ? { ...scenario, kernel } : scenario;
    return { ...names[i], hue: styles[i].hue, result: evaluated(engine, { ...own, scheme }) };
  });
}

/**
 * @param {{ chart: import("../charts/bar-layout.js").BarChart, title: string, describe: string, unit: import("../charts/quantity.js").Unit }} given
 */
export function barChart({ chart, title, describe, unit }) {
  const words = chart.bars.map((bar) => t(bar.parts.length > 1 ? "views.describe_stack" : "views.describe_bar", {
    name: bar.label, text: bar.text, parts: bar.parts.filter((part) => part.value !== 0).map((part) => `${part.label} ${quantity(part.value, unit)}`).join(", "),
  }));
  return html`<crossover-bar-chart name=${title} description=${[describe, ...words].join(" ")} .chart=${chart}
    .format=${(/** @type {number} */ value) => quantity(value, unit)}></crossover-bar-chart>`;
}

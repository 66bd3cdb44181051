/**
 * <crossover-explain>: a number taken apart: the formula, each symbol with its value, unit and source, down to the specifications.
 * Everything shown is the engine's derivation; MathML comes from web/lab/formula.js. Properties: engine, scenario, quantity.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { quantities } from "../params.js";
import { t } from "../strings.js";
import { attempt, refusal } from "../attempt.js";
import { formula, leaf, toldApart, valueText } from "./formula.js";

/** @typedef {import("../../wasm/engine.js").Derivation} Derivation */

export class Explain extends CrossoverElement {
  static properties = { engine: { attribute: false }, scenario: { attribute: false }, quantity: {} };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../../wasm/engine.js").RooflineScenario | null} */
    this.scenario = null;
    this.quantity = "step_s";
    this.selectId = uniqueId("explain");
    /** @type {Map<string, Record<string, unknown>>} */
    this.sources = new Map();
  }

  /** @override */
  render() {
    const { engine, scenario, quantity } = this;
    if (!engine || !scenario) return nothing;
    const { value, error } = attempt(() => engine.explain(scenario, quantity));
    return html`
      <div class="field view-field">
        <label for=${this.selectId}>${t("lab.explain.which")}</label>
        <select id=${this.selectId} @change=${this.onQuantity}>
          ${quantities.map((name) => html`<option value=${name} .selected=${name === quantity}>${t(`lab.quantity.${name}`)}</option>`)}
        </select>
      </div>
      ${error ? refusal(error) : html`<ul class="derivation">${this.node(toldApart(value, { baseline: t("lab.explain.of_baseline"), own: t("lab.explain.of_scheme") }), 0)}</ul>`}`;
  }

  /** @param {Event} event */
  onQuantity(event) {
    const quantity = /** @type {HTMLSelectElement} */ (event.target).value;
    this.quantity = quantity;
    this.dispatchEvent(new CustomEvent("quantity-change", { detail: { quantity } }));
  }

  /**
   * @param {Derivation} node
   * @param {number} depth
   * @returns {unknown}
   */
  node(node, depth) {
    if (node.children.length === 0) return html`<li class="leaf">${leaf(node)} ${this.source(node.source)}</li>`;
    const below = html`<ul>${node.children.map((child) => this.node(child, depth + 1))}</ul>`;
    return html`<li>${depth < 2
      ? html`${formula(node)}${below}`
      : html`<details><summary><span class="quiet">${t("lab.explain.take_apart", { symbol: node.symbol, value: valueText(node) })}</span>${formula(node)}</summary>${below}</details>`}</li>`;
  }

  /** @param {string | null} id */
  source(id) {
    if (!id) return nothing;
    if (id === "scenario" || id === "definition" || id === "max_batch") return html`<span class="source">${t(`lab.explain.${id}`)}</span>`;
    const source = this.describe(id);
    const title = String(source["title"] ?? id);
    const kind = t(`lab.source_kind.${source["kind"] ?? "unknown"}`);
    return html`<span class="source">${source["url"] ? html`<a href=${String(source["url"])} rel="noreferrer">${title}</a>` : title} (${kind})</span>`;
  }

  /** @param {string} id */
  describe(id) {
    const found = this.sources.get(id) ?? attempt(() => /** @type {import("../../wasm/engine.js").Engine} */ (this.engine).describe(`source/${id}`)).value ?? {};
    this.sources.set(id, found);
    return found;
  }
}

define("crossover-explain", Explain);

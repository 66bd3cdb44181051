/**
 * <crossover-scheme-picker>: which schemes are drawn beside the scenario's own: each with a button that takes it away, and a scheme
 * and a kernel to add. What the engine refuses stands at the field that it names; what of a link it refuses, above.
 * Properties: engine, scenario, own (the scenario's, as drawn), schemes (all that are drawn), refused. Event `schemes-change`
 * {schemes, said}: those beside the own, and what happened, in words.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { inEngineWords, joined, rich, t } from "../strings.js";
import { attempt, whyOf } from "../attempt.js";
import { options } from "../library.js";
import { stylesFor } from "../charts/series-style.js";
import { swatch } from "../charts/readout.js";
import { namedSchemes, recordName, schemeId, schemeLabel } from "../views/names.js";
import "../controls/select.js";

/** @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario */

/** In all. */
export const mostSchemes = 8;

export class SchemePicker extends CrossoverElement {
  static properties = {
    engine: { attribute: false }, scenario: { attribute: false }, schemes: { attribute: false }, own: {}, refused: { attribute: false },
    open: { state: true }, chosen: { state: true }, refusal: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {RooflineScenario | null} */
    this.scenario = null;
    /** @type {(string | import("../../wasm/engine.js").InlineScheme)[]} */
    this.schemes = [];
    this.own = "";
    /** @type {import("./drawn.js").Refused[]} */
    this.refused = [];
    this.open = false;
    /** What is about to be added; what is empty is the scenario's. */
    this.chosen = { scheme: "", kernel: "" };
    /** @type {{ field: "scheme" | "kernel", message: unknown } | null} */
    this.refusal = null;
  }

  /** @override */
  render() {
    const { engine, scenario } = this;
    if (!engine || !scenario) return nothing;
    const names = namedSchemes(engine, scenario.kernel, this.schemes);
    return html`
      ${this.refused.length ? html`
        <div class="notice" role="status">
          <ul>${this.refused.map((one) => html`<li>${rich("lab.schemes.not_drawn", { scheme: one.id, why: one.error ? whyOf(one.error) : t("lab.schemes.full", { most: mostSchemes }) })}</li>`)}</ul>
          <button type="button" class="plain" @click=${() => this.change(this.extras(), t("lab.removed", { name: this.refused.map(({ id }) => id).join(", ") }))}>${t("lab.schemes.forget")}</button>
        </div>` : nothing}
      <details class="lab-schemes" @toggle=${(/** @type {Event} */ event) => (this.open = /** @type {HTMLDetailsElement} */ (event.target).open)}>
        <summary>${t("lab.schemes.title", { schemes: joined(names.map(({ label }) => label), ", ") })}</summary>
        ${this.open ? html`${this.list(names)} ${this.schemes.length < mostSchemes ? this.adding(engine, scenario) : html`<p>${t("lab.schemes.full", { most: mostSchemes })}</p>`}` : nothing}
      </details>`;
  }

  /** @param {ReturnType<typeof namedSchemes>} names */
  list(names) {
    const styles = stylesFor(names.map(({ id }) => id));
    return html`
      <ul>
        ${names.map(({ id, label }, i) => html`
          <li>${swatch(styles[i])} ${label}
            ${id === this.own || names.length === 1 ? nothing : html`<button type="button" class="plain" aria-label=${t("lab.schemes.remove", { take_away: t("lab.schemes.take_away"), scheme: label })}
              @click=${() => this.change(this.extras().filter((other) => other !== id), t("lab.removed", { name: label }))}>${t("lab.schemes.take_away")}</button>`}</li>`)}
      </ul>`;
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {RooflineScenario} scenario
   */
  adding(engine, scenario) {
    const schemes = options(engine, "scheme").flatMap((option) => [option, { ...option, id: `${option.id}-kv4`, name: t("lab.scheme_with_kv", { scheme: option.name, bits: 4 }) }]);
    const kernels = [{ id: "", name: t("lab.schemes.same_kernel", { kernel: recordName(engine, "kernel", scenario.kernel ?? "ideal") }) }, ...options(engine, "kernel")];
    const wrong = (/** @type {string} */ field) => (this.refusal?.field === field ? this.refusal.message : "");
    return html`
      <div class="fields" role="group" aria-label=${t("lab.schemes.add")} @value-change=${this.onChoose}>
        <crossover-select .name=${"add-scheme"} .label=${t("lab.schemes.scheme")} .value=${this.scheme} .options=${schemes} .error=${wrong("scheme")}></crossover-select>
        <crossover-select .name=${"add-kernel"} .label=${t("lab.schemes.kernel")} .help=${t("lab.schemes.kernel_help")} .value=${this.chosen.kernel} .options=${kernels} .error=${wrong("kernel")}></crossover-select>
      </div>
      <div class="actions"><button type="button" @click=${this.onAdd}>${t("lab.schemes.add")}</button></div>`;
  }

  /** @param {CustomEvent<{ name: string, value: string }>} event */
  onChoose(event) {
    event.stopPropagation();
    const { name, value } = event.detail;
    this.chosen = { ...this.chosen, [name === "add-kernel" ? "kernel" : "scheme"]: value };
    this.refusal = null;
  }

  /** To be added: one scheme with several kernels is what most come for. */
  get scheme() {
    return this.chosen.scheme || (typeof this.scenario?.scheme === "string" ? this.scenario.scheme : "");
  }

  onAdd() {
    const { engine, scenario, scheme } = this;
    const { kernel } = this.chosen;
    if (!engine || !scenario) return;
    const id = kernel ? `${scheme}@${kernel}` : scheme;
    if (!scheme) this.refusal = { field: "scheme", message: t("lab.schemes.choose") };
    else if (this.schemes.some((other) => schemeId(other) === id)) this.refusal = { field: "scheme", message: t("lab.schemes.there") };
    else {
      const { error } = attempt(() => engine.evaluate({ ...scenario, scheme, ...(kernel ? { kernel } : {}) }));
      this.refusal = error ? { field: error.path.startsWith("scheme") ? "scheme" : "kernel", message: inEngineWords(error.message) } : null;
    }
    if (this.refusal) return;
    this.chosen = { scheme, kernel: "" };
    this.change([...this.extras(), id], t("lab.added", { name: schemeLabel(scheme) }));
  }

  /** What is drawn beside the scenario's own. */
  extras() {
    return this.schemes.map(schemeId).filter((id) => id !== this.own);
  }

  /**
   * @param {string[]} schemes
   * @param {string} said  what happened
   */
  change(schemes, said) {
    this.dispatchEvent(new CustomEvent("schemes-change", { bubbles: true, detail: { schemes, said } }));
  }
}

define("crossover-scheme-picker", SchemePicker);

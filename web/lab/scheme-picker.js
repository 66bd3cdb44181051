/**
 * <crossover-scheme-picker>: which schemes are drawn: each with a button that takes it away, and a menu that adds one.
 * Event `schemes-change` {schemes}.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { t } from "../strings.js";
import { options } from "../library.js";
import { stylesFor } from "../charts/series-style.js";
import { swatch } from "../charts/readout.js";
import { schemeLabel } from "../views/names.js";
import "../controls/select.js";

const most = 8;

export class SchemePicker extends CrossoverElement {
  static properties = { engine: { attribute: false }, schemes: { attribute: false }, open: { state: true } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {string[]} */
    this.schemes = [];
    this.open = false;
  }

  /** @override */
  render() {
    if (!this.engine) return nothing;
    return html`
      <details class="lab-schemes" @toggle=${(/** @type {Event} */ event) => (this.open = /** @type {HTMLDetailsElement} */ (event.target).open)}>
        <summary>${t("lab.schemes.title", { schemes: this.schemes.map(schemeLabel).join(", ") })}</summary>
        ${this.open ? this.choices(this.engine) : nothing}
      </details>`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  choices(engine) {
    const styles = stylesFor(this.schemes);
    const menu = options(engine, "scheme").flatMap((option) => [option, { ...option, id: `${option.id}-kv4`, name: t("lab.scheme_with_kv", { scheme: option.name, bits: 4 }) }])
      .filter((option) => !this.schemes.includes(option.id));
    return html`
      <ul>
        ${this.schemes.map((id, i) => html`
          <li>${swatch(styles[i])} ${schemeLabel(id)}
            ${i === 0 ? nothing : html`<button type="button" class="plain" aria-label=${t("lab.schemes.remove", { scheme: schemeLabel(id) })}
              @click=${() => this.change(this.schemes.filter((other) => other !== id))}>${t("lab.schemes.take_away")}</button>`}</li>`)}
      </ul>
      ${this.schemes.length >= most ? nothing : html`
        <crossover-select .name=${"add"} .label=${t("lab.schemes.add")} .value=${""} .options=${menu} @value-change=${this.onAdd}></crossover-select>`}`;
  }

  /** @param {CustomEvent<{ value: string }>} event */
  onAdd(event) {
    event.stopPropagation();
    this.change([...this.schemes, event.detail.value]);
  }

  /** @param {string[]} schemes */
  change(schemes) {
    this.dispatchEvent(new CustomEvent("schemes-change", { bubbles: true, detail: { schemes } }));
  }
}

define("crossover-scheme-picker", SchemePicker);

/** <crossover-toggle>: on or off. Properties of Field; `value` is a boolean. */
import { html } from "lit";
import { define } from "../element.js";
import { Field } from "./field.js";

export class ToggleField extends Field {
  constructor() {
    super();
    this.value = false;
  }

  /** @override */
  render() {
    return html`<label class="switch" for=${this.inputId}>
        <input type="checkbox" role="switch" id=${this.inputId} name=${this.name} .checked=${Boolean(this.value)} ?disabled=${this.disabled}
          aria-describedby=${this.describedBy}
          @change=${(/** @type {Event} */ event) => this.give(/** @type {HTMLInputElement} */ (event.target).checked)} />
        <span>${this.label}</span>
      </label>
      ${this.explanation()}`;
  }
}
define("crossover-toggle", ToggleField);

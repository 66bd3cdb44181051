/**
 * <crossover-choice>: one of a few, as the browser's own menu. Properties of Field, and options: [{id, name}].
 * For more than about a dozen, <crossover-select> has a search.
 */
import { html } from "lit";
import { live } from "lit/directives/live.js";
import { define } from "../element.js";
import { Field } from "./field.js";

/** @typedef {{id: string, name: string, keywords?: string, note?: string}} Option */

export class ChoiceField extends Field {
  static properties = { ...Field.properties, options: { attribute: false } };

  constructor() {
    super();
    /** @type {Option[]} */
    this.options = [];
  }

  /** What is not taken shows the value again. @param {Event} event */
  chose(event) {
    this.give(/** @type {HTMLSelectElement} */ (event.target).value);
    this.requestUpdate();
  }

  /** @override */
  render() {
    return html`<label for=${this.inputId}>${this.label}</label>
      <select id=${this.inputId} name=${this.name} ?disabled=${this.disabled} aria-describedby=${this.describedBy}
        aria-invalid=${this.message ? "true" : "false"}
        @change=${this.chose}>
        ${this.options.map(
          (option) => html`<option value=${option.id} dir="auto" .selected=${live(option.id === this.value)}>${option.name}</option>`,
        )}
      </select>
      ${this.explanation()}`;
  }
}
define("crossover-choice", ChoiceField);

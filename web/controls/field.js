/**
 * What every control shares: a label, a sentence of help, a message when the value can't be used, and one event.
 *
 *   <crossover-number .name=${"context"} .label=${"Context"} .help=${"…"} .value=${2048} …></crossover-number>
 *
 * A control shows the `value` it is given and dispatches `value-change` with `detail: {name, value}` when the user gives a usable
 * one; what is not usable it explains beside the field and keeps to itself, and says so with `value-refused` {name}. `error` is the page's own message for the field, or the engine's.
 */
import { html, nothing } from "lit";
import { CrossoverElement, uniqueId } from "../element.js";

export class Field extends CrossoverElement {
  static properties = {
    name: {},
    label: {},
    help: {},
    error: {},
    value: {},
    disabled: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {string} */
    this.name = "";
    /** @type {string} */
    this.label = "";
    /** @type {unknown} text or a template */
    this.help = "";
    /** @type {unknown} text or a template, empty when there is none */
    this.error = "";
    /** @type {any} */
    this.value = "";
    /** @type {boolean} */
    this.disabled = false;
    /** @type {string} what this control finds wrong with what was typed */
    this.fault = "";
    this.inputId = uniqueId("field");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.classList.add("field");
  }

  /** @param {unknown} value */
  give(value) {
    this.dispatchEvent(new CustomEvent("value-change", { detail: { name: this.name, value }, bubbles: true }));
  }

  /** @param {string} fault */
  refuse(fault) {
    if (fault === this.fault) return;
    this.fault = fault;
    this.requestUpdate();
    this.renderNow();
    if (fault) this.dispatchEvent(new CustomEvent("value-refused", { detail: { name: this.name }, bubbles: true }));
  }

  get message() {
    return this.fault || this.error;
  }

  /** @returns {(string | false)[]} ids of what stands beside the control and belongs to it */
  get beside() {
    return [];
  }

  /** Ids for aria-describedby, or nothing. */
  get describedBy() {
    const ids = [...this.beside, this.help && `${this.inputId}-help`, this.message && `${this.inputId}-error`].filter(Boolean);
    return ids.length ? ids.join(" ") : nothing;
  }

  /** @returns {unknown} */
  explanation() {
    return html`${this.help ? html`<p class="help" id="${this.inputId}-help">${this.help}</p>` : nothing}
      <p class="error" id="${this.inputId}-error" role="alert" ?hidden=${!this.message}>${this.message}</p>`;
  }
}

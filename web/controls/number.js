/**
 * <crossover-number>: a number typed into a field. Properties of Field, and min, max, whole, unit (a word after the field),
 * optional (an empty field gives null). Typed as text, so that no wheel or locale changes it behind the user's back; arrow keys step.
 */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { t } from "../strings.js";
import { Field } from "./field.js";

/**
 * @param {string} text
 * @returns {number} NaN where it is none
 */
export function parseNumber(text) {
  const plain = text.trim().replace(/[\s\u00a0\u202f_]/g, "").replace(/,(?=\d{3}(\D|$))/g, "").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

export class NumberField extends Field {
  static properties = {
    ...Field.properties,
    min: { type: Number },
    max: { type: Number },
    whole: { type: Boolean },
    unit: {},
    optional: { type: Boolean },
    placeholder: {},
  };

  constructor() {
    super();
    this.min = -Infinity;
    this.max = Infinity;
    this.whole = false;
    /** @type {string} */
    this.unit = "";
    this.optional = false;
    /** @type {string} */
    this.placeholder = "";
    /** @type {string | null} what is being typed; null: show the value */
    this.typed = null;
  }

  /** @param {string} text */
  read(text) {
    this.typed = text;
    if (text.trim() === "" && this.optional) {
      this.refuse("");
      this.give(null);
      return;
    }
    const number = parseNumber(text);
    const fault = this.faultOf(number);
    this.refuse(fault);
    if (!fault) this.give(number);
  }

  /**
   * @param {number} number
   * @returns {string} empty where it can be used
   */
  faultOf(number) {
    if (Number.isNaN(number)) return t("control.not_a_number");
    if (this.whole && !Number.isInteger(number)) return t("control.not_whole");
    if (number < this.min || number > this.max) {
      if (!Number.isFinite(this.max)) return t("control.too_small", { min: this.min });
      return t("control.out_of_range", { min: this.min, max: this.max });
    }
    return "";
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction || typeof this.value !== "number") return;
    event.preventDefault();
    const size = this.whole ? 1 : 10 ** Math.floor(Math.log10(Math.abs(this.value) || 1) - 1);
    const next = Math.min(this.max, Math.max(this.min, Number((this.value + direction * size).toPrecision(12))));
    this.read(String(next));
    this.typed = null;
    this.requestUpdate();
  }

  leave() {
    // What could be used is shown as it is used; what could not stays, with its message.
    if (!this.fault) this.typed = null;
    this.requestUpdate();
  }

  /** @override */
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("value") && this.typed !== null && parseNumber(this.typed) !== this.value && !this.fault) this.typed = null;
  }

  /** @override */
  render() {
    const shown = this.typed ?? (this.value === null || this.value === undefined ? "" : String(this.value));
    return html`<label for=${this.inputId}>${this.label}</label>
      <span class="unit-row">
        <input type="text" inputmode="decimal" autocomplete="off" id=${this.inputId} name=${this.name} .value=${shown}
          placeholder=${this.placeholder || nothing} ?disabled=${this.disabled} aria-invalid=${this.message ? "true" : "false"}
          aria-describedby=${this.describedBy}
          @input=${(/** @type {InputEvent} */ event) => this.read(/** @type {HTMLInputElement} */ (event.target).value)}
          @keydown=${this.keyed} @blur=${this.leave} />
        ${this.unit ? html`<span class="unit">${this.unit}</span>` : nothing}
      </span>
      ${this.explanation()}`;
  }
}
define("crossover-number", NumberField);

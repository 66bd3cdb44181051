/**
 * <crossover-number>: a number typed into a field. Properties of Field, and min, max, whole, unit (a word after the field),
 * optional (an empty field gives null). Typed as text, so that no wheel or locale changes it behind the user's back; arrow keys step.
 */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { define } from "../element.js";
import { numbers } from "../format.js";
import { locale, t } from "../strings.js";
import { Field } from "./field.js";

/** Digits of Arabic and Persian, by their distance from theirs of zero. */
const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * What people type: with a point or a comma before the fraction, and whatever they put between thousands. The other language's
 * decimal sign with three digits after it could be either, 4,015 in English: thousands where only whole numbers are asked for, else
 * a fraction.
 * @param {string} text
 * @param {string} [decimalSign]
 * @param {boolean} [whole] what is asked for
 * @returns {number} NaN where it is none
 */
export function parseNumber(text, decimalSign = ".", whole = false) {
  // NFKC makes a keyboard's full-width digits plain ones.
  const western = text.normalize("NFKC").replace(easternDigits, (digit) => String(digit.charCodeAt(0) & 15)).replace("\u066b", decimalSign).replace("\u2212", "-");
  const joined = western.replace(/[\s\u066c_]/g, "");
  // Where both stand, the last one is the decimal sign.
  const [comma, point] = [joined.lastIndexOf(","), joined.lastIndexOf(".")];
  const sign = comma < 0 || point < 0 ? decimalSign : comma > point ? "," : ".";
  const english = sign === "," ? joined.replace(/[.,]/g, (each) => (each === "." ? "," : ".")) : joined;
  const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(english) && (whole || /,.*[.,]/.test(english));
  const plain = english.replace(grouped ? /,/g : ",", grouped ? "" : ".");
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
    /** What was typed last. How it was read stays there when the focus goes, or what is pressed below would move away meanwhile. */
    this.heard = "";
  }

  /** @param {string} text */
  parsed(text) {
    const plainly = (/** @type {string} */ each) => each.replace(/[\u2066-\u2069]/g, "").toLowerCase();
    const typed = plainly(text).trim();
    const unit = this.units.map(plainly).find((each) => each && typed.endsWith(each)) ?? "";
    return parseNumber(typed.slice(0, typed.length - unit.length), numbers(locale()).decimalSign, this.whole);
  }

  /** @override */
  get beside() {
    return [this.unit !== "" && `${this.inputId}-unit`];
  }

  /** What may stand after the number, in any case: the field's own unit; the page writes a ratio with an x. */
  get units() {
    return this.unit === t("control.times") || (!this.unit && !this.whole) ? [this.unit, "x", "×"] : [this.unit];
  }

  /** How a number is read that could be another one in another language. */
  get remark() {
    const { decimalSign, typed } = numbers(locale());
    return !this.fault && this.heard.includes(decimalSign === "," ? "." : ",") ? t("control.read_as", { number: typed(this.parsed(this.heard)) }) : "";
  }

  /** @override */
  explanation() {
    return html`${super.explanation()}<p class="help" role="status" ?hidden=${!this.remark}>${this.remark}</p>`;
  }

  /** What stands in the field: what is being typed, else the value. */
  get shown() {
    return this.typed ?? this.valued;
  }

  /** The value as it is typed. */
  get valued() {
    return typeof this.value === "number" ? numbers(locale()).typed(this.value) : String(this.value ?? "");
  }

  /** @param {string} text */
  read(text) {
    this.typed = this.heard = text;
    if (text.trim() === "" && this.optional) {
      this.refuse("");
      this.give(null);
      return;
    }
    const number = this.parsed(text);
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
      const { typed } = numbers(locale());
      if (!Number.isFinite(this.max)) return t("control.too_small", { min: typed(this.min) });
      return t("control.out_of_range", { min: typed(this.min), max: typed(this.max) });
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
    this.read(numbers(locale()).typed(next));
    this.typed = null;
    this.requestUpdate();
  }

  /** What was typed gives way to the value. */
  forget() {
    if (this.typed === null && !this.heard) return;
    this.heard = "";
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
    if (changed.has("value") && this.heard && this.parsed(this.heard) !== this.value) this.heard = "";
    if (!changed.has("value") || this.typed === null || this.parsed(this.typed) === this.value) return;
    // No value came of what is refused. Another one came from elsewhere: a preset, the chart, the way back.
    if (this.fault && (this.value ?? null) === null) return;
    this.typed = null;
    this.fault = "";
  }

  /** @override */
  render() {
    return html`<label for=${this.inputId}>${this.label}</label>
      <span class="unit-row">
        <input type="text" inputmode="decimal" dir="ltr" autocomplete="off" id=${this.inputId} name=${this.name} .value=${live(this.shown)}
          placeholder=${this.placeholder || nothing} ?disabled=${this.disabled} aria-invalid=${this.message ? "true" : "false"}
          aria-describedby=${this.describedBy}
          @input=${(/** @type {InputEvent} */ event) => this.read(/** @type {HTMLInputElement} */ (event.target).value)}
          @keydown=${this.keyed} @blur=${this.leave} />
        ${this.unit ? html`<span class="unit" id="${this.inputId}-unit">${this.unit}</span>` : nothing}
      </span>
      ${this.explanation()}`;
  }
}
define("crossover-number", NumberField);

/**
 * <crossover-slider>: a number by dragging, with a field for the exact one. Properties of <crossover-number>; `scale` is "log"
 * (the default: batches, contexts) or "linear"; `steps` is how many positions the slider has (default 240). In every language more
 * is to the right, as on the axes of the charts, and so are the arrow keys.
 */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { define } from "../element.js";
import { t } from "../strings.js";
import { NumberField } from "./number.js";

export class SliderField extends NumberField {
  static properties = { ...NumberField.properties, scale: {}, steps: { type: Number } };

  constructor() {
    super();
    /** @type {"log" | "linear"} */
    this.scale = "log";
    this.steps = 240;
  }

  /** @param {number} value */
  positionOf(value) {
    const [low, high, at] = this.scale === "log" ? [this.min, this.max, value].map(Math.log) : [this.min, this.max, value];
    return Math.round((((at ?? 0) - (low ?? 0)) / ((high ?? 1) - (low ?? 0))) * this.steps);
  }

  /** @param {number} position */
  valueAt(position) {
    const share = position / this.steps;
    const value =
      this.scale === "log" ? this.min * (this.max / this.min) ** share : this.min + (this.max - this.min) * share;
    return this.whole ? Math.round(value) : Number(value.toPrecision(4));
  }

  /** @param {Event} event */
  slid(event) {
    this.forget();
    this.refuse("");
    this.give(this.valueAt(Number(/** @type {HTMLInputElement} */ (event.target).value)));
  }

  /**
   * A whole number's neighbours share a position at the low end of a logarithmic scale: the keys go to the next value.
   * @param {KeyboardEvent} event
   */
  nudged(event) {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!direction || typeof this.value !== "number") return;
    event.preventDefault();
    let position = this.positionOf(this.value);
    let next = this.value;
    while (next === this.value && position + direction >= 0 && position + direction <= this.steps) {
      position += direction;
      next = this.valueAt(position);
    }
    this.forget();
    this.refuse("");
    if ((next - this.value) * direction > 0) this.give(next);
  }

  /** @override */
  render() {
    return html`<label for=${this.inputId}>${this.label}</label>
      <span class="slider-row">
        <input type="range" dir="ltr" min="0" max=${this.steps} step="1" id="${this.inputId}-slider" .value=${live(String(this.positionOf(this.value)))}
          aria-label=${t("control.slide", { label: this.label })} aria-valuetext=${this.unit ? `${this.valued} ${this.unit}` : this.valued}
          ?disabled=${this.disabled} @input=${this.slid} @keydown=${this.nudged} />
        <input type="text" inputmode="decimal" dir="ltr" autocomplete="off" id=${this.inputId} name=${this.name}
          .value=${live(this.shown)} ?disabled=${this.disabled} aria-invalid=${this.message ? "true" : "false"}
          aria-describedby=${this.describedBy}
          @input=${(/** @type {InputEvent} */ event) => this.read(/** @type {HTMLInputElement} */ (event.target).value)}
          @keydown=${this.keyed} @blur=${this.leave} />
        ${this.unit ? html`<span hidden id="${this.inputId}-unit">${this.unit}</span>` : nothing}
      </span>
      ${this.explanation()}`;
  }
}
define("crossover-slider", SliderField);

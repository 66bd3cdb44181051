/**
 * <crossover-sketch>: an empty chart on which a line is drawn: by dragging, or point by point with the keyboard (each point is a
 * slider: arrows up and down move it, Page Up and Page Down by more). Properties: frame, value (a number a batch, or undefined
 * while nothing is drawn), locked, answer (a curve laid over it once locked). Dispatches `sketch` with the numbers.
 */
import { html, nothing, svg } from "lit";
import { ChartWidth } from "../charts/chart-width.js";
import { makeScale } from "../charts/scale.js";
import { CrossoverElement, define } from "../element.js";
import { t } from "../strings.js";
import { batch, threshold, times } from "../figures.js";

/**
 * @typedef {object} SketchFrame
 * @property {number[]} batches where the line has its points
 * @property {number} top of the vertical axis; its bottom is 0
 * @property {number[]} marks horizontal lines to aim at
 *
 * @typedef {{batches: ArrayLike<number>, values: ArrayLike<number>}} Curve
 */

const widest = 640;
const narrowest = 260;
const height = 300;
const edge = { left: 46, right: 16, top: 22, bottom: 44 };
const round = (/** @type {number} */ value) => Math.round(value * 20) / 20;

/**
 * A line at the frame's batches, in words.
 * @param {SketchFrame} frame
 * @param {Curve} curve
 */
export const said = (frame, curve) => frame.batches.flatMap((at) => {
  const index = Array.prototype.indexOf.call(curve.batches, at);
  return index < 0 ? [] : [t("lesson.sketch.pair", { batch: batch(at), speedup: times(curve.values[index]) })];
}).join(", ");

export class SketchElement extends CrossoverElement {
  static properties = {
    frame: { attribute: false },
    value: { attribute: false },
    locked: { type: Boolean },
    answer: { attribute: false },
  };

  constructor() {
    super();
    /** @type {SketchFrame | null} */
    this.frame = null;
    /** @type {number[] | undefined} */
    this.value = undefined;
    this.locked = false;
    /** @type {Curve | undefined} */
    this.answer = undefined;
    /** @type {number | null} the point that was dragged last: a fast stroke fills the points that it passed */
    this.last = null;
    /** @type {number[] | undefined} what was drawn before a finger came, which may be on its way down the page */
    this.unchanged = undefined;
    this.room = new ChartWidth(this);
  }

  get width() {
    return Math.max(narrowest, Math.min(widest, this.room.width || widest));
  }

  /** @param {SketchFrame} frame */
  scales(frame) {
    const { width } = this;
    const first = frame.batches[0] ?? 1;
    const last = frame.batches[frame.batches.length - 1] ?? 1;
    return {
      x: makeScale("log", [first, last], [edge.left, width - edge.right]),
      y: makeScale("linear", [0, frame.top], [height - edge.bottom, edge.top]),
    };
  }

  /** @param {SketchFrame} frame the line to start from: flat, at the middle of the axis */
  values(frame) {
    return this.value ?? frame.batches.map(() => frame.top / 2);
  }

  /** The browser took the finger for scrolling: nothing was drawn. */
  takeBack() {
    this.give(this.unchanged);
  }

  /** @param {number[] | undefined} values */
  give(values) {
    this.dispatchEvent(new CustomEvent("sketch", { detail: values, bubbles: true }));
  }

  /** A finger on a point draws; elsewhere on the chart it may scroll the page. @param {TouchEvent} event */
  touched(event) {
    if (!this.locked && /** @type {Element} */ (event.target).closest(".handle")) event.preventDefault();
  }

  /** @param {PointerEvent} event */
  drag(event) {
    const { frame } = this;
    if (!frame || this.locked) return;
    const target = /** @type {SVGSVGElement} */ (event.currentTarget);
    if (event.type === "pointerdown") {
      target.setPointerCapture(event.pointerId);
      this.last = null;
      this.unchanged = this.value;
    } else if (!target.hasPointerCapture(event.pointerId)) return;
    event.preventDefault();
    const box = target.getBoundingClientRect();
    const { x, y } = this.scales(frame);
    const at = x.invert(((event.clientX - box.left) / box.width) * this.width);
    const drawn = Math.min(frame.top, Math.max(0, y.invert(((event.clientY - box.top) / box.height) * height)));
    const away = frame.batches.map((batch) => Math.abs(Math.log(batch / at)));
    const index = away.indexOf(Math.min(...away));
    const values = [...this.values(frame)];
    const from = this.last ?? index;
    const before = values[from] ?? drawn;
    values[index] = round(drawn);
    for (let i = Math.min(from, index) + 1; i < Math.max(from, index); i++) {
      values[i] = round(before + ((drawn - before) * (i - from)) / (index - from));
    }
    this.last = index;
    this.give(values);
  }

  /** @param {KeyboardEvent} event @param {number} index */
  key(event, index) {
    const { frame } = this;
    const step = { ArrowUp: 0.05, ArrowDown: -0.05, PageUp: 0.5, PageDown: -0.5, Home: -Infinity, End: Infinity }[event.key];
    if (!frame || step === undefined || this.locked) return;
    event.preventDefault();
    const values = [...this.values(frame)];
    values[index] = round(Math.min(frame.top, Math.max(0, (values[index] ?? 0) + step)));
    this.give(values);
  }

  /** @param {SketchFrame} frame */
  axes(frame) {
    const { width } = this;
    const { x, y } = this.scales(frame);
    const labelled = frame.batches.filter((_, index) => index % 2 === 0);
    return svg`<g class="axes" aria-hidden="true">
      ${frame.marks.map((mark) => svg`
        <line class="mark-line" x1=${edge.left} x2=${width - edge.right} y1=${y.map(mark)} y2=${y.map(mark)}></line>
        <text x=${edge.left - 8} y=${y.map(mark)} dy="0.32em" text-anchor="end">${threshold(mark)}</text>`)}
      <line class="base" x1=${edge.left} x2=${width - edge.right} y1=${y.map(0)} y2=${y.map(0)}></line>
      ${labelled.map((at) => svg`<text x=${x.map(at)} y=${height - edge.bottom + 18} text-anchor="middle">${batch(at)}</text>`)}
      <text x=${(edge.left + width - edge.right) / 2} y=${height - 6} text-anchor="middle">${t("lesson.sketch.x")}</text>
      <text x="2" y="12">${t("lesson.sketch.y")}</text>
    </g>`;
  }

  /** @param {SketchFrame} frame @param {Curve} curve */
  path(frame, { batches, values }) {
    const { x, y } = this.scales(frame);
    let path = "";
    for (let i = 0; i < batches.length; i++) {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) continue;
      path += `${path ? "L" : "M"}${x.map(batches[i] ?? 1).toFixed(1)} ${y.map(Math.min(frame.top, value)).toFixed(1)}`;
    }
    return path;
  }

  /** @override */
  render() {
    const { frame } = this;
    if (!frame) return nothing;
    const values = this.values(frame);
    const { x, y } = this.scales(frame);
    const drawn = this.value !== undefined;
    const answered = this.locked && t(drawn ? "lesson.sketch.both" : "lesson.sketch.answer");
    return html`<svg class="sketch ${this.locked ? "locked" : ""}" viewBox="0 0 ${this.width} ${height}" role="group" dir="ltr" aria-label=${answered || t("lesson.sketch.name")}
        @pointerdown=${this.drag} @pointermove=${this.drag} @pointercancel=${this.takeBack} @touchstart=${this.touched}>
        ${this.axes(frame)}
        ${this.answer ? svg`<path class="answer" d=${this.path(frame, this.answer)}></path>` : nothing}
        ${this.locked && !drawn ? nothing : svg`<path class=${drawn ? "drawn" : "drawn empty"} d=${this.path(frame, { batches: frame.batches, values })}></path>`}
        ${this.locked && !drawn ? nothing : frame.batches.map((at, index) => svg`<g class="handle" role="slider" tabindex=${this.locked ? -1 : 0}
          transform="translate(${x.map(at)} ${y.map(values[index] ?? 0)})" aria-label=${t("lesson.sketch.point", { batch: batch(at) })}
          aria-valuemin="0" aria-valuemax=${frame.top} aria-valuenow=${values[index] ?? 0} aria-valuetext=${times(values[index] ?? 0)}
          aria-orientation="vertical" aria-disabled=${this.locked ? "true" : "false"}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event, index)}>
            <circle class="reach" r="17"></circle><circle class="dot" r=${this.locked ? 3 : 6}></circle>
          </g>`)}
      </svg>
      ${this.locked ? html`<p class="quiet">${t("lesson.compare.you")}: ${drawn ? said(frame, { batches: frame.batches, values }) : t("lesson.compare.none")}.
        ${this.answer ? html`${t("lesson.compare.engine")}: ${said(frame, this.answer)}.` : nothing}</p>` : nothing}
      <p class="aside">${answered || t("lesson.sketch.help")}</p>`;
  }
}
define("crossover-sketch", SketchElement);

/**
 * <crossover-line-chart>: lines over a log axis, drawn as SVG through Lit, which changes only the attributes that differ: a
 * redraw keeps the focus and costs little. One point at a time can be read: by pointer, by touch or with the arrow keys (left
 * and right walk a series, up and down change it, Page keys jump, Home and End go to its ends), always in the same words.
 *
 * Properties: `chart` (LineChart of line-layout.js), `here` (where the reader is on x, or null), `own` (the same on the lines, or
 * null), `dots` (Dots of line-layout.js, or null: walked and read as the last series), `name` and `description` for those who
 * don't see it, `readout`.
 * Event `crossover-here` {value}: the "you are here" line was dragged, or Enter pressed on a point; `value` is on the x axis.
 */
import { html, nothing, svg } from "lit";
import { guard } from "lit/directives/guard.js";
import { define, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { fontSize, layOut, lineHeight } from "./line-layout.js";
import { nearestOn } from "./label-placement.js";
import { markerPath } from "./series-style.js";
import { readoutLine, readoutText } from "./readout.js";
import { ChartElement } from "./chart-element.js";

/**
 * @typedef {import("./line-layout.js").LineChart} LineChart
 * @typedef {import("./line-layout.js").Layout} Layout
 * @typedef {import("./readout.js").Readout} Readout
 *
 * @typedef {object} Own  what stands where the reader is, which is seldom one of the points that make the lines
 * @property {number} x
 * @property {ArrayLike<number>} y  of the first series, at least of one
 * @property {(series: number, point: number) => Readout | null} readout  of its only point
 */

const page = 8;
/** As the index of a point: the reader's own place. */
const ownPlace = -1;

/** @extends {ChartElement<LineChart, { series: number, point: number }>} */
export class LineChartElement extends ChartElement {
  static properties = { ...ChartElement.properties, here: { attribute: false }, own: { attribute: false }, dots: { attribute: false }, readout: { attribute: false } };

  constructor() {
    super();
    /** @type {import("./line-layout.js").Here | null} */
    this.here = null;
    /** @type {import("./line-layout.js").Dots | null} */
    this.dots = null;
    /** @type {Own | null} */
    this.own = null;
    /** @type {(series: number, point: number) => Readout | null} */
    this.readout = () => null;
    this.hatchId = uniqueId("hatch");
    /** @type {Layout | null} */
    this.layout = null;
  }

  /** @override */
  render() {
    const { chart } = this;
    if (!chart || this.size.width === 0) return nothing;
    const layout = layOut(chart, this.size.width, this.here, this.dots);
    this.layout = layout;
    const at = this.current();
    const read = at && this.read(at);
    return html`
      <p class="chart-readout" aria-hidden="true">${readoutLine(read)}</p>
      <svg
        class="chart" role="group" dir="ltr" width=${layout.width} height=${layout.height}
        viewBox="0 0 ${layout.width} ${layout.height}" aria-label=${this.name} aria-describedby=${this.descriptionId}
        @pointermove=${this.onPointer} @pointerdown=${this.onPointer} @pointerleave=${this.onLeave}
      >
        ${guard([layout.lines], () => svg`${this.drawHatch(layout)} ${drawAxes(layout)} ${drawThresholds(layout)} ${drawRoof(layout)}
        ${drawLines(layout.lines)} ${drawEnds(layout)}`)}
        ${guard([layout.notes], () => drawNotes(layout))} ${layout.dots ? drawLines([layout.dots]) : nothing} ${this.drawHere(layout)} ${this.drawCursor(layout, at)}
      </svg>
      ${read?.note ? html`<p class="chart-note" aria-hidden="true">${read.note}</p>` : nothing}
      <p class="quiet" id=${this.descriptionId}>${this.description}</p>
      <p hidden id="${this.descriptionId}-keys">${t("views.keys")}${this.here ? ` ${t("views.keys_here")}` : nothing}</p>
    `;
  }

  /** What can be walked. */
  get series() {
    return [...(this.chart?.series ?? []), ...(this.dots ? [this.dots.series] : [])];
  }

  /** The point that is read: the one chosen, else the first series where the reader is. */
  current() {
    const all = this.series;
    const chosen = this.at ?? { series: 0, point: ownPlace };
    const series = Math.min(chosen.series, all.length - 1);
    const line = all[series];
    if (!line?.x.length) return null;
    const at = { series, point: Math.min(chosen.point, line.x.length - 1) };
    return this.own && series < this.own.y.length ? at : { series, point: this.index(at) };
  }

  /**
   * Of the point that is read, or of the nearest to it.
   * @param {{ series: number, point: number }} at
   */
  index({ series, point }) {
    return point !== ownPlace ? point : this.own ? nearestIndex(this.series[series].x, this.own.x) : 0;
  }

  /** @param {{ series: number, point: number }} at */
  read({ series, point }) {
    return this.own && point === ownPlace ? this.own.readout(series, 0) : this.readout(series, point);
  }

  /** @param {Layout} layout */
  drawHatch(layout) {
    const { hatched, frame } = layout;
    return svg`
      <defs>
        <pattern id=${this.hatchId} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="hatch-line" x1="0" y1="0" x2="0" y2="7"></line>
        </pattern>
      </defs>
      ${hatched
        ? svg`<g class="hatched" aria-hidden="true">
            <rect x=${hatched.left} y=${frame.top} width=${hatched.right - hatched.left} height=${frame.bottom - frame.top}
              fill="url(#${this.hatchId})"></rect>
            ${hatched.label.map((line, i) => svg`<text class="hatch-label halo" text-anchor="end" x=${hatched.end} y=${hatched.baseline + i * lineHeight}>${line}</text>`)}
          </g>`
        : nothing}`;
  }

  /** @param {Layout} layout */
  drawHere({ here, frame }) {
    if (!here) return nothing;
    return svg`
      <g class="here" aria-hidden="true">
        <line x1=${here.at} x2=${here.at} y1=${frame.top - 4} y2=${frame.bottom}></line>
        <path class="here-grip" d="M${here.at - 7} ${frame.top - 14}h14l-7 10Z"></path>
        <rect class="here-target" x=${here.at - 14} y=${frame.top - 26} width="28" height="30"
          @pointerdown=${this.onGrip} @pointermove=${this.onDrag} @pointerup=${this.onDrop} @pointercancel=${this.onDrop}></rect>
        <text class="halo" x=${here.at + (here.before ? -11 : 11)} y=${frame.top - 8} text-anchor=${here.before ? "end" : "start"}
          font-size="12">${here.label}</text>
      </g>`;
  }

  /**
   * The one point that is read, which is also what takes the keyboard's focus: a slider along its series.
   * @param {Layout} layout
   * @param {{ series: number, point: number } | null} at
   */
  drawCursor(layout, at) {
    if (!at) return nothing;
    const line = layout.all[at.series];
    const own = at.point === ownPlace && this.own;
    const point = own ? { x: layout.x.map(own.x), y: layout.y.map(own.y[at.series]) } : line.points.find((candidate) => candidate.index === at.point) ?? line.end;
    const place = point && Number.isFinite(point.x + point.y) ? point : { x: layout.frame.left, y: layout.frame.bottom };
    return svg`
      <g class="cursor hue-${line.series.style.hue} ${this.at ? "is-active" : ""}" role="slider" tabindex="0"
        aria-label=${line.series.label} aria-describedby="${this.descriptionId}-keys" aria-valuemin="0" aria-valuemax=${line.series.x.length - 1} aria-valuenow=${this.index(at)}
        aria-valuetext=${readoutText(this.read(at))} @keydown=${this.onKey}
        @focus=${this.onFocus} @blur=${this.onLeave}>
        ${this.at ? svg`<line class="cursor-line" x1=${place.x} x2=${place.x} y1=${layout.frame.top} y2=${layout.frame.bottom}></line>` : nothing}
        <circle class="cursor-ring" cx=${place.x} cy=${place.y} r="8"></circle>
        ${this.at ? svg`<path class="cursor-mark" transform="translate(${place.x} ${place.y})" d=${markerPath(line.series.style.shape, 4.5)}></path>` : nothing}
      </g>`;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const all = this.series;
    const at = this.current();
    if (!at) return;
    const { x } = all[at.series];
    const last = x.length - 1;
    const count = all.length;
    const from = this.index(at);
    const along = (/** @type {number} */ point) => ({ ...at, point: Math.max(0, Math.min(last, point)) });
    const across = (/** @type {number} */ by) => ({ ...at, series: (at.series + by) % count });
    const next = /** @type {Record<string, { series: number, point: number }>} */ ({
      ArrowLeft: along(from - 1),
      ArrowRight: along(from + 1),
      ArrowUp: across(count - 1),
      ArrowDown: across(1),
      PageUp: along(from + page),
      PageDown: along(from - page),
      Home: along(0),
      End: along(last),
    })[event.key];
    if (next) {
      this.at = next;
      event.preventDefault();
    } else if (event.key === "Enter" && this.here && at.point !== ownPlace) {
      this.moveHere(x[at.point]);
    } else if (event.key === "Escape") {
      this.at = null;
    }
  }

  onFocus() {
    if (!this.at) this.at = this.current();
  }

  /** @param {PointerEvent} event */
  onPointer(event) {
    const { layout } = this;
    if (!layout) return;
    const where = this.position(event);
    if (where.x < layout.frame.left - 20) return;
    this.at = nearestPoint(layout, where) ?? this.at;
  }

  /** @param {PointerEvent} event */
  onGrip(event) {
    const target = /** @type {Element} */ (event.currentTarget);
    target.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  onDrag(event) {
    const target = /** @type {Element} */ (event.currentTarget);
    const { layout } = this;
    if (!layout || !target.hasPointerCapture(event.pointerId)) return;
    const x = Math.max(layout.frame.left, Math.min(layout.frame.right, this.position(event).x));
    this.moveHere(layout.x.invert(x));
  }

  /** @param {PointerEvent} event */
  onDrop(event) {
    /** @type {Element} */ (event.currentTarget).releasePointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  position(event) {
    const box = this.querySelector("svg.chart")?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }

  /** @param {number} value */
  moveHere(value) {
    this.dispatchEvent(new CustomEvent("crossover-here", { bubbles: true, detail: { value } }));
  }
}

/** @param {Layout} layout */
function drawAxes({ frame, xTicks, yTicks, xLabel, yLabel, xLabelAt, height }) {
  return svg`
    <g class="axes" aria-hidden="true" font-size="12">
      ${yTicks.map((tick) => svg`
        <line class="grid" x1=${frame.left} x2=${frame.right} y1=${tick.at} y2=${tick.at}></line>
        <text x=${frame.left - 8} y=${tick.at} dy="0.32em" text-anchor="end">${tick.text}</text>`)}
      ${xTicks.map((tick) => svg`
        <line class="tick" x1=${tick.at} x2=${tick.at} y1=${frame.bottom} y2=${frame.bottom + 5}></line>
        <text x=${tick.at} y=${frame.bottom + 18} text-anchor="middle">${tick.text}</text>`)}
      <line class="axis" x1=${frame.left} x2=${frame.right} y1=${frame.bottom} y2=${frame.bottom}></line>
      ${xLabel.map((line, i) => svg`<text class="axis-label" x=${xLabelAt} y=${height - 6 - (xLabel.length - 1 - i) * lineHeight} text-anchor="middle">${line}</text>`)}
      ${yLabel.map((line, i) => svg`<text class="axis-label" x="2" y=${12 + i * lineHeight}>${line}</text>`)}
    </g>`;
}

/** @param {Layout} layout */
function drawThresholds({ thresholds, frame }) {
  return svg`<g aria-hidden="true">${thresholds.map((threshold) => svg`
    <line class="threshold" x1=${frame.left} x2=${frame.right} y1=${threshold.y} y2=${threshold.y}></line>
    ${threshold.box ? svg`<text class="threshold-label halo" x=${threshold.box.left} y=${threshold.box.bottom} font-size="12">${threshold.label}</text>` : nothing}`)}</g>`;
}

/** @param {Layout} layout */
function drawRoof({ roof }) {
  if (!roof) return nothing;
  return svg`
    <g class="roof" aria-hidden="true" font-size="12">
      <path d=${roof.path}></path>
      <text class="halo" x=${roof.end} y=${roof.ridge.y - 7} text-anchor="end">${roof.label}</text>
      <text class="halo" text-anchor="middle" y="-9" transform="translate(${roof.middle.x} ${roof.middle.y}) rotate(${roof.angle})">${roof.slope}</text>
    </g>`;
}

/** @param {Layout["lines"]} lines */
function drawLines(lines) {
  return svg`<g aria-hidden="true">${lines.map(({ series, solid, faint, markers }) => svg`
    <g class="series hue-${series.style.hue}">
      <path class="line is-faint" d=${faint}></path>
      <path class="line" d=${solid} stroke-dasharray=${series.style.dash || nothing}></path>
      ${markers.map((point) => svg`<path class="marker ${series.style.dash ? "is-open" : ""} ${point.fits ? "" : "is-faint"}"
        transform="translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})" d=${markerPath(series.style.shape, 4)}></path>`)}
    </g>`)}</g>`;
}

/** @param {Layout} layout */
function drawEnds({ ends, frame }) {
  return svg`<g aria-hidden="true" font-size=${fontSize}>${ends.map((end) => svg`
    <g class="hue-${end.series.style.hue}">
      ${Math.abs(end.y - end.from) > 5
        ? svg`<path class="leader" d="M${frame.right + 3} ${end.from.toFixed(1)}L${end.x - 2} ${end.y.toFixed(1)}"></path>` : nothing}
      <text class="end-label" x=${end.x} y=${end.y.toFixed(1)} dy="0.32em">${end.text}</text>
    </g>`)}</g>`;
}

/** @param {Layout} layout */
function drawNotes({ notes, all }) {
  return svg`<g aria-hidden="true" font-size=${fontSize}>${notes.map(({ note, at, text, box }) => {
    const hue = all.find((line) => line.series.id === note.series)?.series.style.hue ?? "fp16";
    const foot = box && nearestOn(box, at);
    const before = box && box.right < at.x;
    const away = foot ? Math.hypot(foot.x - at.x, foot.y - at.y) : 0;
    // A name that stands nearer to another point would be taken for that one's.
    const nearer = box && notes.some((other) => {
      const near = nearestOn(box, other.at);
      return Math.hypot(near.x - other.at.x, near.y - other.at.y) < away;
    });
    return svg`
      <g class="note hue-${hue}">
        ${foot && (away > 12 || nearer)
          ? svg`<line class="leader" x1=${at.x} y1=${at.y} x2=${foot.x} y2=${foot.y}></line>` : nothing}
        ${note.plain ? nothing : svg`<circle class="note-ring" cx=${at.x} cy=${at.y} r="6"></circle>`}
        ${box ? svg`<text class="halo" x=${before ? box.right - 3 : box.left + 3} y=${box.bottom - 5} text-anchor=${before ? "end" : nothing}>${text}</text>` : nothing}
      </g>`;
  })}</g>`;
}

/**
 * By ratio: of positive numbers.
 * @param {ArrayLike<number>} values
 * @param {number} wanted
 */
export function nearestIndex(values, wanted) {
  const away = Array.from(values, (value) => Math.abs(Math.log(value / wanted)));
  return away.indexOf(Math.min(...away));
}

/**
 * The drawn point nearest to the pointer: along x first, as one reads a line chart; freely among single points.
 * @param {Layout} layout
 * @param {{ x: number, y: number }} where
 */
function nearestPoint(layout, where) {
  let best = null;
  let least = Infinity;
  layout.all.forEach((line, series) => {
    for (const point of line.points) {
      const weight = line.series.points ? 1 : 0.05;
      const away = Math.hypot(point.x - where.x, (point.y - where.y) * weight);
      if (away < least) {
        least = away;
        best = { series, point: point.index };
      }
    }
  });
  return best;
}

define("crossover-line-chart", LineChartElement);

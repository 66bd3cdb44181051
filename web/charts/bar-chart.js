/**
 * <crossover-bar-chart>: lying bars of named parts, read like the line chart: pointer, touch and arrow keys give the same words.
 * Up and down go from bar to bar, left and right from part to part.
 *
 * Properties: `chart` (BarChart of bar-layout.js), `name`, `description`, `readout(bar, part)`.
 */
import { html, nothing, svg } from "lit";
import { define } from "../element.js";
import { barFont, layOutBars } from "./bar-layout.js";
import { ChartElement } from "./chart-element.js";

/**
 * @typedef {import("./bar-layout.js").BarChart} BarChart
 * @typedef {import("./bar-layout.js").BarLayout} BarLayout
 */

/** @extends {ChartElement<BarChart, { bar: number, part: number }>} */
export class BarChartElement extends ChartElement {
  static properties = { ...ChartElement.properties, format: { attribute: false } };

  constructor() {
    super();
    /** @type {(value: number) => string} of a part's value */
    this.format = String;
  }

  /** @override */
  render() {
    const { chart } = this;
    if (!chart || this.size.width === 0) return nothing;
    const layout = layOutBars(chart, this.size.width);
    const at = this.current(chart);
    return html`
      ${chart.bars.some((bar) => bar.parts.length > 1) ? key(chart) : nothing}
      <p class="chart-readout" aria-hidden="true">${at ? this.words(chart, at) : nothing}</p>
      <svg class="chart" role="group" dir="ltr" width=${layout.width} height=${layout.height}
        viewBox="0 0 ${layout.width} ${layout.height}" aria-label=${this.name} aria-describedby=${this.descriptionId}
        @pointerleave=${this.onLeave}>
        ${drawAxis(layout)} ${drawLimit(layout)} ${this.drawBars(layout)} ${this.drawCursor(layout, chart, at)}
      </svg>
      <p class="quiet" id=${this.descriptionId}>${this.description}</p>
    `;
  }

  /** @param {BarChart} chart */
  current(chart) {
    const bar = Math.min(this.at?.bar ?? 0, chart.bars.length - 1);
    const part = Math.min(this.at?.part ?? 0, (chart.bars[bar]?.parts.length ?? 0) - 1);
    return bar >= 0 && part >= 0 ? { bar, part } : null;
  }

  /**
   * @param {BarChart} chart
   * @param {{ bar: number, part: number }} at
   */
  words(chart, at) {
    const bar = chart.bars[at.bar];
    const part = bar.parts[at.part];
    return html`<b>${bar.label}</b><span class="readout-item is-current"><span class="dot hue-${part.hue}"></span>
      ${part.label} <span class="number">${this.format(part.value)}</span></span>`;
  }

  /** @param {BarLayout} layout */
  drawBars({ bars, zero }) {
    return svg`<g aria-hidden="true" font-size=${barFont}>${bars.map((placed, index) => svg`
      <g class="bar ${placed.bar.faint ? "is-faint" : ""}">
        <text class="bar-name halo" x="8" y=${placed.nameAt}>${placed.bar.label}</text>
        ${placed.parts.map(({ part, left, width, named }, k) => svg`
          <g class="hue-${part.hue}" @pointermove=${() => (this.at = { bar: index, part: k })} @pointerdown=${() => (this.at = { bar: index, part: k })}>
            <rect class="bar-part" x=${left.toFixed(1)} y=${placed.top} width=${Math.max(width, 0).toFixed(1)} height=${placed.height}></rect>
            ${named ? svg`<text class="bar-part-name" x=${(left + 6).toFixed(1)} y=${placed.top + placed.height / 2} dy="0.34em">${part.label}</text>` : nothing}
          </g>`)}
        <text class="bar-text halo" x=${(Math.max(placed.end, zero) + 7).toFixed(1)} y=${placed.top + placed.height / 2} dy="0.34em">${placed.bar.text}</text>
      </g>`)}</g>`;
  }

  /**
   * @param {BarLayout} layout
   * @param {BarChart} chart
   * @param {{ bar: number, part: number } | null} at
   */
  drawCursor(layout, chart, at) {
    const placed = at && layout.bars[at.bar];
    const box = placed && placed.parts[at.part];
    if (!placed || !box) return nothing;
    const count = chart.bars.reduce((sum, bar) => sum + bar.parts.length, 0);
    const before = chart.bars.slice(0, at.bar).reduce((sum, bar) => sum + bar.parts.length, 0);
    return svg`
      <g class="cursor ${this.at ? "is-active" : ""}" role="slider" tabindex="0" aria-label=${placed.bar.label}
        aria-valuemin="0" aria-valuemax=${Math.max(0, count - 1)} aria-valuenow=${before + at.part}
        aria-valuetext="${placed.bar.label}: ${box.part.label} ${this.format(box.part.value)}"
        @keydown=${this.onKey} @focus=${() => (this.at = at)} @blur=${this.onLeave}>
        <rect class="cursor-box" x=${box.left - 1.5} y=${placed.top - 1.5} width=${box.width + 3} height=${placed.height + 3}></rect>
      </g>`;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const at = this.chart && this.current(this.chart);
    if (!this.chart || !at) return;
    const bars = this.chart.bars;
    const moves = /** @type {Record<string, { bar: number, part: number }>} */ ({
      ArrowUp: { ...at, bar: at.bar - 1 },
      ArrowDown: { ...at, bar: at.bar + 1 },
      ArrowLeft: { ...at, part: at.part - 1 },
      ArrowRight: { ...at, part: at.part + 1 },
      PageUp: { ...at, bar: 0 },
      PageDown: { ...at, bar: bars.length - 1 },
      Home: { ...at, part: 0 },
      End: { ...at, part: bars[at.bar].parts.length - 1 },
    });
    const next = moves[event.key];
    if (!next) return;
    const bar = Math.max(0, Math.min(bars.length - 1, next.bar));
    this.at = { bar, part: Math.max(0, Math.min(bars[bar].parts.length - 1, next.part)) };
    event.preventDefault();
  }
}

/**
 * What the parts are, in the order of the stack; each part of the first bar that has room carries its name besides.
 * @param {BarChart} chart
 */
function key(chart) {
  /** @type {Map<string, import("./bar-layout.js").BarPart>} */
  const parts = new Map();
  for (const bar of chart.bars) for (const part of bar.parts) if (part.value !== 0 && !parts.has(part.id)) parts.set(part.id, part);
  return html`<ul class="chart-key" aria-hidden="true">${[...parts.values()].map((part) => html`
    <li><span class="dot hue-${part.hue}"></span> ${part.label}</li>`)}</ul>`;
}

/** @param {BarLayout} layout */
function drawAxis({ ticks, frame, zero, axisLabel }) {
  return svg`
    <g class="axes" aria-hidden="true" font-size="12">
      ${ticks.map((tick) => svg`
        <line class="grid" x1=${tick.at} x2=${tick.at} y1=${frame.top} y2=${frame.bottom}></line>
        <text x=${tick.at} y=${frame.bottom + 15} text-anchor=${tick.at < 14 ? "start" : "middle"}>${tick.text}</text>`)}
      <line class="axis" x1=${zero} x2=${zero} y1=${frame.top} y2=${frame.bottom}></line>
      ${axisLabel.map((line, i) => svg`<text class="axis-label" x=${frame.left} y=${frame.bottom + 34 + i * 15}>${line}</text>`)}
    </g>`;
}

/** @param {BarLayout} layout */
function drawLimit({ limit, frame, width }) {
  if (!limit) return nothing;
  const late = limit.at > width / 2;
  return svg`
    <g class="limit" aria-hidden="true" font-size="12">
      <line x1=${limit.at} x2=${limit.at} y1=${frame.top - 6} y2=${frame.bottom}></line>
      <text class="halo" x=${limit.at + (late ? 4 : -4)} y="12" text-anchor=${late ? "end" : "start"}>${limit.label}</text>
    </g>`;
}

define("crossover-bar-chart", BarChartElement);

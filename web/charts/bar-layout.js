/**
 * From the data of a bar chart to its geometry: lying bars, each a stack of named parts, the name above the bar so that it may
 * be as long as it likes on a phone. Pure, in pixels.
 */
import { makeScale, niceDomain, ticks } from "./scale.js";
import { textWidth, wrapped } from "./text-width.js";

/**
 * @typedef {object} BarPart
 * @property {string} id
 * @property {string} label
 * @property {number} value  negative only in a bar of one part
 * @property {string} hue  of charts.css: a scheme's or a bound's
 *
 * @typedef {object} Bar
 * @property {string} id
 * @property {string} label
 * @property {BarPart[]} parts
 * @property {string} text  what stands at its end
 * @property {boolean} [faint]  does not fit, or is no option
 *
 * @typedef {object} BarChart
 * @property {string} label  of the axis, with the unit
 * @property {(value: number) => string} format  of a tick
 * @property {Bar[]} bars
 * @property {{ value: number, label: string } | null} [limit]  a line that bars should stay below
 */

const nameHeight = 18;
const barHeight = 20;
const barGap = 14;
export const barFont = 13;

/**
 * @param {BarChart} chart
 * @param {number} width
 */
export function layOutBars(chart, width) {
  const totals = chart.bars.map((bar) => sum(bar.parts.map((part) => (Number.isFinite(part.value) ? part.value : 0))));
  const domain = niceDomain("linear", [...totals, chart.limit?.value ?? 0], { zero: true });
  const room = Math.ceil(Math.max(16, ...chart.bars.map((bar) => textWidth(bar.text, barFont) + 10)));
  const frame = { left: 2, right: Math.max(80, width - Math.min(room, width * 0.72)), top: chart.limit ? 22 : 6, bottom: 0 };
  const x = makeScale("linear", domain, [frame.left, frame.right]);
  const zero = x.map(0);
  const several = new Set(chart.bars.flatMap((bar) => bar.parts.map((part) => part.id))).size > 1;
  let top = frame.top;
  const bars = chart.bars.map((bar, index) => {
    let from = 0;
    const parts = bar.parts.filter((part) => Number.isFinite(part.value)).map((part) => {
      const [a, b] = [x.map(from), x.map(from + part.value)];
      from += part.value;
      const [left, wide] = [Math.min(a, b), Math.abs(b - a)];
      return { part, left, width: wide, named: several && textWidth(part.label, 12) + 10 < wide };
    });
    const placed = { bar, parts, top: top + nameHeight, height: barHeight, nameAt: top + 13, end: Math.max(zero, x.map(totals[index])) };
    top += nameHeight + barHeight + barGap;
    return placed;
  });
  frame.bottom = top;
  const axisLabel = wrapped(chart.label, width - frame.left, (text) => textWidth(text, 12, "bold"));
  const limit = chart.limit ? { at: x.map(chart.limit.value), label: chart.limit.label } : null;
  return {
    width, height: top + 42 + (axisLabel.length - 1) * 15, frame, x, zero, bars, limit, axisLabel,
    ticks: ticks("linear", domain, Math.max(2, Math.floor((frame.right - frame.left) / 90)))
      .map((value) => ({ at: x.map(value), text: chart.format(value) })),
  };
}

/** @typedef {ReturnType<typeof layOutBars>} BarLayout */

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

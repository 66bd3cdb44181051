/** Published measurements as points beside computed lines. Pure. */
import { niceDomain } from "../charts/scale.js";
import { quantity } from "../charts/quantity.js";

/**
 * @typedef {{ x: number, y: number, label: string }} MeasuredPoint  label: who measured what
 * @typedef {{ name: string, speedup: MeasuredPoint[], time: MeasuredPoint[] }} Measured  name: of the points; each list by growing x
 * @typedef {import("../charts/line-layout.js").LineChart} LineChart
 * @typedef {(series: number, point: number) => import("../charts/readout.js").Readout | null} Read
 */

/** What was measured looks the same everywhere: no line has its shape in this hue. */
export const measuredStyle = /** @type {const} */ ({ hue: "ink", shape: "cross", dash: "" });

/**
 * @param {LineChart} chart
 * @param {Read} readout
 * @param {{ points: MeasuredPoint[], name: string, unit: import("../charts/quantity.js").Unit, heading: (x: number) => string }} measured
 * @returns {{ chart: LineChart, readout: Read }} the same where nothing was measured within the chart
 */
export function withMeasured(chart, readout, { points, name, unit, heading }) {
  const inside = points.filter(({ x }) => x >= chart.x.domain[0] && x <= chart.x.domain[1]);
  if (!inside.length) return { chart, readout };
  const { scale, domain } = chart.y;
  const own = chart.series.length;
  const x = inside.map((point) => point.x);
  const y = inside.map((point) => point.y);
  return {
    chart: {
      ...chart,
      y: { ...chart.y, domain: niceDomain(scale, [...domain, ...y], { zero: scale === "linear" }) },
      series: [...chart.series, { id: "measured", label: name, style: measuredStyle, x, y, points: true }],
      // A picture that leaves the page says what its crosses are.
      notes: [...(chart.notes ?? []), { series: "measured", x: x[x.length - 1], y: y[y.length - 1], label: name, short: name, plain: true }],
    },
    readout: (series, point) => {
      const at = inside[point];
      if (series !== own || !at) return readout(series, point);
      return { heading: heading(at.x), items: [{ label: `${name}: ${at.label}`, value: quantity(at.y, unit), style: measuredStyle, current: true }] };
    },
  };
}

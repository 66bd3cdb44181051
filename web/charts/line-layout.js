/**
 * From the data of a line chart to its geometry: scales, paths, where every label stands. Pure, in pixels, so that it is
 * tested without a browser; line-chart.js draws what stands here and nothing else.
 */
import { makeScale, ticks } from "./scale.js";
import { placeNotes, spread } from "./label-placement.js";
import { textWidth } from "./text-width.js";

/**
 * @typedef {object} Axis
 * @property {string} label  with the unit
 * @property {"log" | "linear"} scale
 * @property {2 | 10} [base]  of a log axis' ticks
 * @property {[number, number]} domain
 * @property {(value: number) => string} format  of a tick
 *
 * @typedef {object} LineSeries
 * @property {string} id
 * @property {string} label  drawn at the end of the line
 * @property {string} [short]  the same where there is little room
 * @property {import("./series-style.js").SeriesStyle} style
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y  what is not finite leaves a gap
 * @property {ArrayLike<number>} [fits]  0 where the point does not fit in memory: drawn faint
 * @property {boolean} [points]  points without a line
 * @property {boolean} [unnamed]  without a label at its end: notes name it
 *
 * @typedef {object} Note  a named place on a line
 * @property {string} series
 * @property {number} x
 * @property {number} y
 * @property {string} label
 * @property {string} short  where there is no room for the label
 *
 * @typedef {object} LineChart
 * @property {Axis} x
 * @property {Axis} y
 * @property {LineSeries[]} series
 * @property {{ value: number, label: string }[]} [thresholds]  calm lines across
 * @property {Note[]} [notes]
 * @property {{ from: number, to: number, label: string } | null} [hatched]  a range of x that does not fit
 * @property {{ value: number, label: string } | null} [here]  "you are here" on x
 * @property {{ x: number, y: number, label: string, slope: string } | null} [roof]  of a roofline, both axes log: y grows with x
 *   up to the ridge (x, y) and is level from there
 */

export const fontSize = 13;
const tickSize = 12;

/**
 * @param {LineChart} chart
 * @param {number} width  of the whole picture
 */
export function layOut(chart, width) {
  const narrow = width < 520;
  const height = Math.round(narrow ? Math.max(260, Math.min(340, width * 0.9)) : Math.min(460, Math.max(330, width * 0.52)));
  const endLabels = chart.series.filter((series) => !series.points && !series.unnamed)
    .map((series) => ({ series, text: shortened(narrow ? series.short ?? series.label : series.label, width * (narrow ? 0.31 : 0.34)) }));
  const yTicks = ticks(chart.y.scale, chart.y.domain, Math.floor((height - 70) / (narrow ? 34 : 40)), chart.y.base);
  const yTexts = yTicks.map((tick) => chart.y.format(tick));
  const frame = {
    left: Math.ceil(Math.max(...yTexts.map((text) => textWidth(text, tickSize)), 12)) + 12,
    top: chart.here ? 44 : 26,
    right: width - Math.ceil(Math.max(22, ...endLabels.map(({ text }) => textWidth(text, fontSize, "bold") + 18))),
    bottom: height - 44,
  };
  const x = makeScale(chart.x.scale, chart.x.domain, [frame.left, frame.right]);
  const y = makeScale(chart.y.scale, chart.y.domain, [frame.bottom, frame.top]);
  const xTicks = ticks(chart.x.scale, chart.x.domain, Math.max(2, Math.floor((frame.right - frame.left) / 44)), chart.x.base);

  const lines = chart.series.map((series) => lineOf(series, x, y, frame));
  const wanted = endLabels.map(({ series }) => lines[chart.series.indexOf(series)].end?.y ?? frame.bottom);
  const endYs = spread(wanted, fontSize + 4, frame.top, frame.bottom);
  const ends = endLabels.map(({ series, text }, i) => ({ series, text, x: frame.right + 12, y: endYs[i], from: wanted[i] }));

  const thresholds = (chart.thresholds ?? [])
    .filter(({ value }) => value >= chart.y.domain[0] && value <= chart.y.domain[1])
    .map(({ value, label }) => ({ label, y: y.map(value) }));
  return {
    width, height, narrow, frame, x, y, lines, ends, thresholds,
    xTicks: xTicks.map((value) => ({ at: x.map(value), text: chart.x.format(value) })),
    yTicks: yTicks.map((value, i) => ({ at: y.map(value), text: yTexts[i] })),
    notes: notesOf(chart, { x, y, lines, frame, narrow, thresholds }),
    hatched: hatchOf(chart, x, frame),
    here: hereOf(chart, x, frame),
    roof: roofOf(chart, x, y, frame),
  };
}

/** @typedef {ReturnType<typeof layOut>} Layout */

/**
 * @param {string} text
 * @param {number} room  pixels
 */
function shortened(text, room) {
  if (textWidth(text, fontSize, "bold") <= room) return text;
  let end = text.length;
  while (end > 1 && textWidth(`${text.slice(0, end)}…`, fontSize, "bold") > room) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;

/**
 * @param {LineSeries} series
 * @param {import("./scale.js").Scale} x
 * @param {import("./scale.js").Scale} y
 * @param {import("./label-placement.js").Box} frame
 */
function lineOf(series, x, y, frame) {
  /** @type {{ x: number, y: number, index: number, fits: boolean }[]} */
  const points = [];
  for (let i = 0; i < series.x.length; i++) {
    const at = { x: x.map(series.x[i]), y: y.map(series.y[i]), index: i, fits: series.fits ? series.fits[i] !== 0 : true };
    if (Number.isFinite(at.x) && Number.isFinite(at.y)) points.push(at);
  }
  let solid = "";
  let faint = "";
  for (let i = series.points ? points.length : 1; i < points.length; i++) {
    const [from, to] = [points[i - 1], points[i]];
    if (to.index !== from.index + 1) continue;
    const start = `M${round(from.x)} ${round(clip(from.y, frame))}`;
    const step = `L${round(to.x)} ${round(clip(to.y, frame))}`;
    const path = from.fits && to.fits ? solid : faint;
    const joined = path.endsWith(start.slice(1)) ? step : start + step;
    if (from.fits && to.fits) solid += joined;
    else faint += joined;
  }
  return { series, points, solid, faint, markers: series.points ? points : sparse(points.filter((point) => point.fits)), end: points[points.length - 1] ?? null };
}

/**
 * @param {number} y
 * @param {import("./label-placement.js").Box} frame
 */
function clip(y, frame) {
  return Math.max(frame.top - 2, Math.min(frame.bottom + 2, y));
}

/**
 * Markers about every 84 pixels, the last point always: enough to tell lines apart without colour.
 * @template {{ x: number }} P
 * @param {P[]} points
 * @returns {P[]}
 */
function sparse(points) {
  let next = -Infinity;
  const chosen = points.filter((point) => {
    if (point.x < next) return false;
    next = point.x + 84;
    return true;
  });
  const last = points[points.length - 1];
  if (last && chosen[chosen.length - 1] !== last) chosen.push(last);
  return chosen;
}

/**
 * @param {LineChart} chart
 * @param {{ x: import("./scale.js").Scale, y: import("./scale.js").Scale, lines: ReturnType<typeof lineOf>[],
 *   frame: import("./label-placement.js").Box, narrow: boolean, thresholds: { y: number, label: string }[] }} made
 */
function notesOf(chart, { x, y, lines, frame, narrow, thresholds }) {
  const notes = (chart.notes ?? [])
    .map((note) => ({ note, at: { x: x.map(note.x), y: y.map(note.y) } }))
    .filter(({ at }) => Number.isFinite(at.x) && Number.isFinite(at.y));
  const named = together(notes);
  const texts = named.map(({ note }) => (narrow ? note.short : note.label));
  const obstacles = lines.flatMap((line) => dense(line.points));
  const taken = thresholds.map((threshold) => ({
    left: frame.left, right: frame.left + textWidth(threshold.label, 12) + 8, top: threshold.y - 16, bottom: threshold.y + 2,
  }));
  taken.push(...notes.map(({ at }) => ({ left: at.x - 7, right: at.x + 7, top: at.y - 7, bottom: at.y + 7 })));
  const boxes = placeNotes(
    named.map(({ at }, i) => ({ at, width: textWidth(texts[i], fontSize, "bold") + 6, height: fontSize + 5 })),
    obstacles, frame, taken,
  );
  return named.map(({ note, at }, i) => ({ note, at, text: texts[i], box: boxes[i] }));
}

/**
 * Notes of one series that stand on one another, as one.
 * @param {{ note: Note, at: import("./label-placement.js").Point }[]} notes
 */
function together(notes) {
  /** @type {typeof notes} */
  const merged = [];
  for (const { note, at } of notes) {
    const same = merged.find((other) => other.note.series === note.series && Math.hypot(other.at.x - at.x, other.at.y - at.y) < 9);
    if (!same) merged.push({ note, at });
    else same.note = { ...same.note, label: `${same.note.label}, ${note.label}`, short: `${same.note.short}, ${note.short}` };
  }
  return merged;
}

/**
 * Points along a line, at most 6 pixels apart.
 * @param {{ x: number, y: number }[]} points
 */
function dense(points) {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    if (!next) return [point];
    const steps = Math.min(60, Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / 6)));
    return Array.from({ length: steps }, (_, k) => ({
      x: point.x + ((next.x - point.x) * k) / steps, y: point.y + ((next.y - point.y) * k) / steps,
    }));
  });
}

/**
 * @param {LineChart} chart
 * @param {import("./scale.js").Scale} x
 * @param {import("./label-placement.js").Box} frame
 */
function hatchOf(chart, x, frame) {
  if (!chart.hatched) return null;
  const left = Math.max(frame.left, x.map(chart.hatched.from));
  const right = Math.min(frame.right, x.map(chart.hatched.to));
  return right > left ? { left, right, label: chart.hatched.label } : null;
}

/**
 * @param {LineChart} chart
 * @param {import("./scale.js").Scale} x
 * @param {import("./label-placement.js").Box} frame
 */
function hereOf(chart, x, frame) {
  if (!chart.here) return null;
  const at = x.map(chart.here.value);
  if (!(at >= frame.left - 0.5 && at <= frame.right + 0.5)) return null;
  return { at, label: chart.here.label };
}

/**
 * @param {LineChart} chart
 * @param {import("./scale.js").Scale} x
 * @param {import("./scale.js").Scale} y
 * @param {import("./label-placement.js").Box} frame
 */
function roofOf({ roof }, x, y, frame) {
  if (!roof) return null;
  // On log axes the slope is straight; it starts where it leaves the frame, at the left or at the bottom.
  const left = Math.max(x.domain[0], (roof.x * y.domain[0]) / roof.y);
  const start = { x: x.map(left), y: y.map((roof.y * left) / roof.x) };
  const ridge = { x: x.map(roof.x), y: y.map(roof.y) };
  const along = 0.8;
  const middle = { x: start.x + (ridge.x - start.x) * along, y: start.y + (ridge.y - start.y) * along };
  const angle = (Math.atan2(ridge.y - start.y, ridge.x - start.x) * 180) / Math.PI;
  return {
    path: `M${round(start.x)} ${round(start.y)}L${round(ridge.x)} ${round(ridge.y)}H${round(frame.right)}`,
    label: roof.label, slope: roof.slope, ridge, middle, angle: round(angle),
  };
}

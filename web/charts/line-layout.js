/**
 * From the data of a line chart to its geometry: scales, paths, where every label stands. Pure, in pixels, so that it is
 * tested without a browser; line-chart.js draws what stands here and nothing else.
 */
import { makeScale, ticks } from "./scale.js";
import { covered, placeNotes, spread } from "./label-placement.js";
import { textWidth, wrapped } from "./text-width.js";

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
 * @property {boolean} [unmarked]  a line without marks: those of other series stand on it
 * @property {boolean} [unnamed]  without a label at its end: notes name it
 *
 * @typedef {object} Note  a named place on a line
 * @property {string} series
 * @property {number} x
 * @property {number} y
 * @property {string} label
 * @property {string} [brief]  where there is little room for the label
 * @property {string} short  where there is hardly any
 * @property {boolean} [plain]  without a ring: what it names has a mark already
 *
 * @typedef {object} LineChart
 * @property {Axis} x
 * @property {Axis} y
 * @property {LineSeries[]} series
 * @property {{ value: number, label: string }[]} [thresholds]  calm lines across
 * @property {Note[]} [notes]
 * @property {{ from: number, to: number, label: string, short: string } | null} [hatched]  a range of x that does not fit
 * @property {{ x: number, y: number, label: string, slope: string } | null} [roof]  of a roofline, both axes log: y grows with x
 *   up to the ridge (x, y) and is level from there
 *
 * @typedef {{ series: LineSeries, notes: Note[] }} Dots  single points over a chart that stays while they move
 *
 * @typedef {{ value: number, label: string, short: string }} Here  "you are here" on x
 */

export const fontSize = 13;
const tickSize = 12;
/** Of an axis' label that takes several lines. */
export const lineHeight = 15;
/** @param {string} text of an axis' label */
const bold = (text) => textWidth(text, tickSize, "bold");

/** @type {WeakMap<LineChart, ReturnType<typeof layOutLines>>} */
const known = new WeakMap();

/**
 * What the place of the reader and the dots change is little; the rest of a chart is laid out once for each width.
 * @param {LineChart} chart
 * @param {number} width  of the whole picture
 * @param {Here | null} [reader]
 * @param {Dots | null} [dots]
 */
export function layOut(chart, width, reader = null, dots = null) {
  let fixed = known.get(chart);
  if (fixed?.width !== width || fixed.headed !== Boolean(reader)) {
    fixed = layOutLines(chart, width, Boolean(reader));
    known.set(chart, fixed);
  }
  const here = reader && hereOf(reader, fixed);
  if (!dots) return { ...fixed, here, dots: null, all: fixed.lines, notes: notesOf(fixed, here) };
  const line = lineOf(dots.series, fixed.x, fixed.y, fixed.frame);
  const own = namesOf(dots.notes, fixed, line.points);
  const named = [...fixed.named, ...own.named];
  const notes = placed(named, [...fixed.obstacles, ...own.obstacles], fixed.frame, [...fixed.taken, ...own.taken]);
  return { ...fixed, here, dots: line, all: [...fixed.lines, line], notes };
}

/**
 * @param {LineChart} chart
 * @param {number} width
 * @param {boolean} headed  with room above for "you are here"
 */
function layOutLines(chart, width, headed) {
  const narrow = width < 520;
  const height = Math.round(narrow ? Math.max(260, Math.min(340, width * 0.9)) : Math.min(460, Math.max(330, width * 0.52)));
  const endLabels = chart.series.filter((series) => !series.points && !series.unnamed)
    .map((series) => ({ series, text: shortened(narrow ? series.short ?? series.label : series.label, width * 0.33, (text) => textWidth(text, fontSize, "bold")) }));
  const yTicks = ticks(chart.y.scale, chart.y.domain, Math.floor((height - 70) / (narrow ? 34 : 40)), chart.y.base);
  const yTexts = yTicks.map((tick) => chart.y.format(tick));
  const [xLabel, yLabel] = [chart.x, chart.y].map(({ label }) => wrapped(label, width - 4, bold));
  const frame = {
    left: Math.ceil(Math.max(...yTexts.map((text) => textWidth(text, tickSize)), 12)) + 12,
    top: (headed ? 44 : 26) + (yLabel.length - 1) * lineHeight,
    // The axis may end at a tick, with half of its number beyond.
    right: width - Math.ceil(Math.max(22, textWidth(chart.x.format(chart.x.domain[1]), tickSize) / 2 + 2, ...endLabels.map(({ text }) => textWidth(text, fontSize, "bold") + 18))),
    bottom: height - 44 - (xLabel.length - 1) * lineHeight,
  };
  const x = makeScale(chart.x.scale, chart.x.domain, [frame.left, frame.right]);
  const y = makeScale(chart.y.scale, chart.y.domain, [frame.bottom, frame.top]);
  const xTicks = ticksAcross(chart.x, x, frame);

  const lines = chart.series.map((series) => lineOf(series, x, y, frame));
  const wanted = endLabels.map(({ series }) => lines[chart.series.indexOf(series)].end?.y ?? frame.bottom);
  const endYs = spread(wanted, fontSize + 4, frame.top, frame.bottom);
  const ends = endLabels.map(({ series, text }, i) => ({ series, text, x: frame.right + 12, y: endYs[i], from: wanted[i] }));

  const drawn = lines.flatMap((line) => (line.series.points ? line.points : dense(line.points)));
  const hatched = hatchOf(chart, x, frame, drawn);
  const thresholds = (chart.thresholds ?? [])
    .filter(({ value }) => value >= chart.y.domain[0] && value <= chart.y.domain[1])
    .map(({ value, label }) => ({ label, y: y.map(value), box: alongOf(label, y.map(value), frame, drawn) }));
  const roof = roofOf(chart, x, y, frame);
  const half = Math.max(...xLabel.map(bold)) / 2;
  const names = namesOf(chart.notes ?? [], { x, y, narrow }, drawn);
  return {
    width, headed, height, narrow, frame, x, y, lines, ends, thresholds, xTicks, xLabel, yLabel, hatched, roof,
    // In the middle of its axis, unless it would be cut there.
    xLabelAt: half > width / 2 ? width / 2 : Math.max(half, Math.min(width - half, (frame.left + frame.right) / 2)),
    yTicks: yTicks.map((value, i) => ({ at: y.map(value), text: yTexts[i] })),
    named: names.named,
    obstacles: [
      ...names.obstacles, ...(roof?.line ?? []),
      ...thresholds.flatMap((threshold) => dense([{ x: frame.left, y: threshold.y }, { x: frame.right, y: threshold.y }]).map((point) => ({ ...point, weight: calm }))),
    ],
    taken: [
      ...thresholds.flatMap(({ box }) => box ?? []), ...names.taken, ...(roof?.boxes ?? []), ...(hatched ? [hatched.box] : []),
    ],
  };
}

/**
 * As many ticks as have room for what is written at them.
 * @param {Axis} axis
 * @param {import("./scale.js").Scale} x
 * @param {import("./label-placement.js").Box} frame
 */
function ticksAcross(axis, x, frame) {
  const most = Math.max(2, Math.floor((frame.right - frame.left) / 44));
  const made = (/** @type {number} */ count) => ticks(axis.scale, axis.domain, count, axis.base).map((value) => ({ at: x.map(value), text: axis.format(value) }));
  const clash = (/** @type {{ at: number, text: string }[]} */ row) => row.some(({ at, text }, i) =>
    i > 0 && at - row[i - 1].at < (textWidth(text, tickSize) + textWidth(row[i - 1].text, tickSize)) / 2 + 4);
  let row = made(most);
  for (let count = most - 1; count >= 2 && clash(row); count--) row = made(count);
  return row;
}

/** @typedef {ReturnType<typeof layOut>} Layout */

/**
 * @param {string} text
 * @param {number} room  pixels
 * @param {(text: string) => number} measure
 */
function shortened(text, room, measure) {
  if (measure(text) <= room) return text;
  let end = text.length;
  while (end > 1 && measure(`${text.slice(0, end)}…`) > room) end--;
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
  return { series, points, solid, faint, markers: series.unmarked ? [] : series.points ? points : sparse(points.filter((point) => point.fits)), end: points[points.length - 1] ?? null };
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

/** What else a note should not stand on: a calm line across covers little of it, but all along. */
const calm = 0.2;

/**
 * What is to be named, in which ways, and what the names should not stand on for it.
 * @param {Note[]} given
 * @param {{ x: import("./scale.js").Scale, y: import("./scale.js").Scale, narrow: boolean }} made
 * @param {import("./label-placement.js").Point[]} obstacles  what is drawn
 */
function namesOf(given, { x, y, narrow }, obstacles) {
  const notes = given
    .map((note) => ({ note, at: { x: x.map(note.x), y: y.map(note.y) } }))
    .filter(({ at }) => Number.isFinite(at.x) && Number.isFinite(at.y));
  const named = together(notes).map(({ note, at }) => {
    const ways = narrow ? [note.short] : [...new Set([note.label, note.brief ?? note.short, note.short])];
    return { note, at, ways, widths: ways.map((text) => textWidth(text, fontSize, "bold") + 6), height: fontSize + 5 };
  });
  return { named, obstacles, taken: notes.map(({ at }) => ({ left: at.x - 7, right: at.x + 7, top: at.y - 7, bottom: at.y + 7 })) };
}

/** @typedef {ReturnType<typeof namesOf>["named"]} Named */

/** Names of a chart without "you are here". @type {WeakMap<Named, ReturnType<typeof placed>>} */
const undisturbed = new WeakMap();

/**
 * Names make way for "you are here". Where that line strikes none of those that stand best without it, they are the best with it,
 * too: it only makes other places worse.
 * @param {ReturnType<typeof layOutLines>} lines
 * @param {ReturnType<typeof hereOf>} here
 */
function notesOf({ named, obstacles, taken, frame }, here) {
  let notes = undisturbed.get(named);
  if (!notes) undisturbed.set(named, (notes = placed(named, obstacles, frame, taken)));
  const upright = here ? dense([{ x: here.at, y: frame.top }, { x: here.at, y: frame.bottom }]) : [];
  if (notes.every(({ box }) => !box || covered(box, upright) === 0)) return notes;
  return placed(named, [...obstacles, ...upright], frame, taken);
}

/**
 * @param {Named} named
 * @param {import("./label-placement.js").Obstacle[]} obstacles
 * @param {import("./label-placement.js").Box} frame
 * @param {import("./label-placement.js").Box[]} taken
 */
function placed(named, obstacles, frame, taken) {
  const places = placeNotes(named, obstacles, frame, taken);
  return named.map(({ note, at, ways }, i) => ({ note, at, text: ways[places[i]?.way ?? 0], box: places[i]?.box ?? null }));
}

/**
 * Notes of one series that stand on one another, as one; and those of two series that say the same of one place, without a series' name.
 * @param {{ note: Note, at: import("./label-placement.js").Point }[]} notes
 */
function together(notes) {
  /** @type {typeof notes} */
  const merged = [];
  for (const { note, at } of notes) {
    const same = merged.find((other) =>
      Math.hypot(other.at.x - at.x, other.at.y - at.y) < (other.note.series === note.series ? 9 : other.note.short === note.short ? 1 : 0));
    if (!same) merged.push({ note, at });
    else if (same.note.series !== note.series) same.note = { ...same.note, label: note.brief ?? note.short };
    else {
      const { label, brief, short } = same.note;
      same.note = { ...same.note, label: `${label}, ${note.label}`, brief: `${brief ?? short}, ${note.short}`, short: `${short}, ${note.short}` };
    }
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
    const steps = Math.min(200, Math.max(1, Math.ceil(Math.hypot(next.x - point.x, next.y - point.y) / 6)));
    return Array.from({ length: steps }, (_, k) => ({
      x: point.x + ((next.x - point.x) * k) / steps, y: point.y + ((next.y - point.y) * k) / steps,
    }));
  });
}

/**
 * Where the label of a line across stands: above it, as far to the left as nothing is drawn; nowhere where there is no such place.
 * @param {string} label
 * @param {number} y
 * @param {import("./label-placement.js").Box} frame
 * @param {import("./label-placement.js").Point[]} drawn
 */
function alongOf(label, y, frame, drawn) {
  const width = textWidth(label, tickSize);
  for (let left = frame.left + 5; left + width < frame.right; left += 6) {
    const box = { left, right: left + width, top: y - 14, bottom: y - 5 };
    if (covered(box, drawn) === 0) return box;
  }
  return null;
}

/**
 * Its label stands at the foot or at the head of the frame, where it covers less.
 * @param {LineChart} chart
 * @param {import("./scale.js").Scale} x
 * @param {import("./label-placement.js").Box} frame
 * @param {import("./label-placement.js").Point[]} drawn
 */
function hatchOf(chart, x, frame, drawn) {
  if (!chart.hatched) return null;
  const left = Math.max(frame.left, x.map(chart.hatched.from));
  const right = Math.min(frame.right, x.map(chart.hatched.to));
  if (right <= left) return null;
  const measure = (/** @type {string} */ text) => textWidth(text, tickSize);
  const room = right - left - 12;
  const label = measure(chart.hatched.label) <= room ? [chart.hatched.label] : wrapped(chart.hatched.short, Math.max(room, 48), measure);
  const width = Math.max(...label.map(measure));
  const more = (label.length - 1) * lineHeight;
  const end = right - 6;
  const [foot, head] = [frame.bottom - 8 - more, frame.top + 16]
    .map((baseline) => ({ baseline, box: { left: end - width, right: end, top: baseline - 12, bottom: baseline + more + 4 } }));
  return { left, right, label, end, ...(covered(foot.box, drawn) <= covered(head.box, drawn) ? foot : head) };
}

/**
 * Its label stands within the picture, after the line where it can say as much there.
 * @param {Here} reader
 * @param {{ x: import("./scale.js").Scale, frame: import("./label-placement.js").Box, width: number }} lines
 */
function hereOf(reader, { x, frame, width }) {
  const at = x.map(reader.value);
  if (at < frame.left - 0.5 || at > frame.right + 0.5) return null;
  const ways = [reader.label, reader.short].flatMap((label) => [false, true].map((before) => ({ at, label, before })));
  return ways.find(({ label, before }) => textWidth(label, tickSize) + 12 <= (before ? at : width - at)) ?? ways[3];
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
  const length = Math.hypot(ridge.x - start.x, ridge.y - start.y) || 1;
  const along = { x: (ridge.x - start.x) / length, y: (ridge.y - start.y) / length };
  // Its upper end stays below the name of the peak, which begins left of the ridge where the chart is narrow.
  const clear = (26 * along.x) / Math.max(0.1, -along.y);
  const slope = shortened(roof.slope, Math.max(0, Math.min(0.6 * length, length - clear)), (text) => textWidth(text, tickSize));
  const half = textWidth(slope, tickSize) / 2;
  const away = Math.max(0.2 * length, half + clear);
  const middle = { x: ridge.x - along.x * away, y: ridge.y - along.y * away };
  const width = textWidth(roof.label, tickSize);
  const end = frame.right - 4;
  return {
    path: `M${round(start.x)} ${round(start.y)}L${round(ridge.x)} ${round(ridge.y)}H${round(frame.right)}`,
    label: roof.label, slope, ridge, middle, end, angle: round((Math.atan2(along.y, along.x) * 180) / Math.PI),
    line: dense([start, ridge, { x: frame.right, y: ridge.y }]),
    boxes: [
      { left: end - width, right: end, top: ridge.y - 20, bottom: ridge.y - 3 },
      ...dense([{ x: middle.x - along.x * half, y: middle.y - along.y * half }, { x: middle.x + along.x * half, y: middle.y + along.y * half }])
        .map((point) => ({ x: point.x + along.y * 14, y: point.y - along.x * 14 }))
        .map((point) => ({ left: point.x - 7, right: point.x + 7, top: point.y - 7, bottom: point.y + 7 })),
    ],
  };
}

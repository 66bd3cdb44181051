// Geometry of the charts, without a browser: scales, ticks, labels that cover nothing, and the ways out of a table.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import fc from "fast-check";
import { covered, overlap, placeNotes, spread } from "../../web/charts/label-placement.js";
import { layOutBars } from "../../web/charts/bar-layout.js";
import { layOut } from "../../web/charts/line-layout.js";
import { makeScale, niceDomain, ticks } from "../../web/charts/scale.js";
import { hueOf, stylesFor } from "../../web/charts/series-style.js";
import { toCsv, toMarkdown } from "../../web/charts/table-model.js";
import { textWidth } from "../../web/charts/text-width.js";
import { setStrings } from "../../web/strings.js";

setStrings(JSON.parse(readFileSync(new URL("../../web/strings/en.charts.json", import.meta.url), "utf8")));

test("a logarithmic scale puts a doubling at the same distance everywhere", () => {
  const { map } = makeScale("log", [1, 4096], [0, 1200]);
  assert.ok(Math.abs(map(2) - 100) < 1e-9);
  assert.ok(Math.abs(map(64) - map(32) - 100) < 1e-9);
  assert.ok(Math.abs(map(4096) - 1200) < 1e-9);
});

test("a scale's inverse finds the value again", () => {
  fc.assert(fc.property(fc.constantFrom(/** @type {const} */ ("log"), /** @type {const} */ ("linear")), fc.double({ min: 0.01, max: 1e6, noNaN: true }), (kind, value) => {
    const scale = makeScale(kind, [0.01, 1e6], [30, 900]);
    assert.ok(Math.abs(scale.invert(scale.map(value)) / value - 1) < 1e-6);
  }));
});

test("ticks of a batch axis are powers of two, thinned evenly where there is no room", () => {
  assert.deepEqual(ticks("log", [1, 4096], 20, 2), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]);
  assert.deepEqual(ticks("log", [1, 4096], 5, 2), [1, 8, 64, 512, 4096]);
});

test("ticks of a decimal logarithmic axis are 1, 2 and 5 where there is room, else decades", () => {
  assert.deepEqual(ticks("log", [0.001, 0.1], 12), [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]);
  assert.deepEqual(ticks("log", [0.001, 10], 6), [0.001, 0.01, 0.1, 1, 10]);
});

test("ticks never exceed what was allowed by more than the ends, and lie within the domain", () => {
  fc.assert(fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 1e-3, max: 1e4, noNaN: true }), fc.integer({ min: 2, max: 20 }), (low, span, most) => {
    const found = ticks("linear", [low, low + span], most);
    assert.ok(found.length <= most + 1);
    for (const tick of found) assert.ok(tick >= low - span * 1e-6 && tick <= low + span * (1 + 1e-6));
  }));
});

test("a domain ends on round numbers around its values and leaves out what is not finite", () => {
  assert.deepEqual(niceDomain("linear", [0.98, 3.376, NaN], { zero: true }), [0, 4]);
  assert.deepEqual(niceDomain("log", [0.0015, 0.4, Infinity, 0]), [0.001, 0.5]);
  assert.deepEqual(niceDomain("log", []), [1, 10]);
});

test("labels in a column keep their distance, their order and their bounds", () => {
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 }), (wanted) => {
    const placed = spread(wanted, 17, 0, 300);
    const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b).map((i) => placed[i]);
    for (let i = 1; i < order.length; i++) assert.ok(order[i] - order[i - 1] >= 17 - 1e-6);
    assert.ok(order[0] >= -1e-6 && order[order.length - 1] <= 300 + 1e-6);
  }));
});

test("a label with room around it stays exactly where it wants to be", () => {
  assert.deepEqual(spread([50, 120, 260], 17, 0, 300), [50, 120, 260]);
});

test("names of points cover neither each other nor leave the frame", () => {
  const frame = { left: 40, top: 20, right: 700, bottom: 380 };
  const point = fc.record({ x: fc.integer({ min: 50, max: 690 }), y: fc.integer({ min: 30, max: 370 }) });
  fc.assert(fc.property(fc.array(point, { maxLength: 8 }), (points) => {
    const boxes = placeNotes(points.map((at) => ({ at, widths: [150], height: 18 })), points, frame).flatMap((placed) => placed?.box ?? []);
    boxes.forEach((a, i) => {
      assert.ok(a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom);
      for (const b of boxes.slice(i + 1)) assert.ok(!overlap(a, b));
    });
  }));
});

test("a name that would be struck through by a line gives way to its short form", () => {
  const frame = { left: 0, top: 0, right: 300, bottom: 100 };
  // Three level lines, 24 pixels apart, leave no free place for 200 pixels of text; 20 fit between two points.
  const lines = [26, 50, 74].flatMap((y) => Array.from({ length: 51 }, (_, i) => ({ x: i * 6, y, weight: i > 30 && i < 40 ? 0 : 1 })));
  const note = { at: { x: 200, y: 50 }, widths: [200, 20], height: 18 };
  assert.equal(placeNotes([note], lines, frame)[0]?.way, 1);
  assert.equal(placeNotes([note], [], frame)[0]?.way, 0);
});

test("places are told apart as by a full count, though counting stops where it can't matter any more", () => {
  const point = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 60 }), weight: fc.constantFrom(0.2, 1) });
  const box = { left: 10, top: 10, right: 40, bottom: 40 };
  fc.assert(fc.property(fc.array(point, { maxLength: 60 }), fc.double({ min: 0, max: 30, noNaN: true }), (points, enough) => {
    const all = points.filter(({ x, y }) => x > 7 && x < 43 && y > 7 && y < 43).reduce((sum, { weight }) => sum + weight, 0);
    assert.equal(covered(box, points), all);
    assert.equal(covered(box, points, enough) < enough, all < enough);
  }));
});

/** @type {import("../../web/charts/line-layout.js").LineChart} */
const falling = {
  x: { label: "Batch", scale: "log", base: 2, domain: [1, 1024], format: String },
  y: { label: "Speed-up", scale: "linear", domain: [0, 4], format: String },
  series: [{ id: "int4", label: "INT4", style: stylesFor(["int4"])[0], x: [1, 4, 16, 64, 256, 1024], y: [3.5, 3.3, 3, 2, 1.3, 1] }],
  notes: [{ series: "int4", x: 64, y: 2, label: "below 2x from batch 64", short: "64" }],
};

test("a name makes way for the line of where the reader is, and stands where it stood once that has gone by", () => {
  const at = (/** @type {number} */ value) => layOut(falling, 800, { value, label: "", short: "" });
  const [left, right] = [at(1).notes[0].box, at(1024).notes[0].box];
  assert.ok(left);
  assert.deepEqual(right, left);
  const through = Array.from({ length: 101 }, (_, i) => at(1024 ** (i / 100)));
  const moved = through.filter(({ notes, here }) => {
    const box = notes[0].box;
    assert.ok(box && here);
    assert.ok(here.at < box.left || here.at > box.right, `${here.at}: ${box.left} to ${box.right}`);
    return box.left !== left.left || box.top !== left.top;
  });
  assert.ok(moved.length > 0 && moved.length < 60, `${moved.length} of 101`);
});

test("'you are here' is never cut, whatever the width, and says as much as there is room for", () => {
  for (const width of [168, 288, 328, 600]) {
    for (const value of [1, 21, 150, 400, 1024]) {
      const { here } = layOut(falling, width, { value, label: `you are here: batch ${value}`, short: `batch ${value}` });
      assert.ok(here);
      const [left, right] = here.before ? [here.at - 11 - textWidth(here.label, 12), here.at] : [here.at, here.at + 11 + textWidth(here.label, 12)];
      assert.ok(left >= 0 && right <= width, `${here.label} at ${width} pixels: ${left} to ${right}`);
      if (width === 600) assert.match(here.label, /^you are here/);
    }
  }
});

test("the label of a line across stands where no curve is, or not at all", () => {
  const level = (/** @type {number[]} */ y) => layOut({
    ...falling, notes: [], thresholds: [{ value: 1, label: "as fast as FP16" }], series: [{ ...falling.series[0], x: [1, 2, 4, 1024], y }],
  }, 600);
  const crossed = level([1.6, 1.2, 0.3, 0.2]);
  const box = crossed.thresholds[0].box;
  assert.ok(box && box.left > crossed.x.map(1.5) && box.right < crossed.frame.right);
  assert.equal(level([3, 3, 2, 2]).thresholds[0].box?.left, crossed.frame.left + 5);
  assert.equal(level([1.1, 1.1, 1.1, 1.1]).thresholds[0].box, null);
});

test("what does not fit is said within the range that does not, in several lines where that is narrow", () => {
  for (const [width, from, lines] of [[600, 16, 1], [600, 256, 1], [288, 128, 2]]) {
    const { hatched } = layOut({ ...falling, notes: [], hatched: { from, to: 1024, label: "FP16 does not fit in memory", short: "FP16 does not fit" } }, width);
    assert.ok(hatched && hatched.label.length >= lines);
    for (const line of hatched.label) assert.ok(textWidth(line, 12) <= hatched.right - hatched.left - 6, `${width} from ${from}: ${line}`);
  }
});

test("two series that cross at one place get one name for it, which is neither's", () => {
  const [one] = falling.series;
  const note = { series: "int4", x: 64, y: 2, label: "INT4 below 2x from batch 64", brief: "batch 64", short: "64" };
  const { notes } = layOut({ ...falling, series: [one, { ...one, id: "int4-kv4" }], notes: [note, { ...note, series: "int4-kv4", label: "INT4 + KV4 below 2x from batch 64" }] }, 880);
  assert.deepEqual(notes.map(({ text }) => text), ["batch 64"]);
});

test("no leader runs through another name where there is a place without", () => {
  const frame = { left: 0, top: 0, right: 300, bottom: 200 };
  const at = { x: 100, y: 100 };
  // The nearer places are taken; of those further out one lies behind the first name.
  const first = { at: { x: 106, y: 94 }, widths: [20], height: 18 };
  const taken = [{ left: 60, right: 106, top: 60, bottom: 140 }, { left: 60, right: 140, top: 104, bottom: 140 }];
  const [near, far] = placeNotes([first, { at, widths: [60], height: 18 }], [], frame, taken);
  assert.ok(near && far);
  for (let part = 0.1; part < 1; part += 0.1) {
    const foot = { x: Math.max(far.box.left, Math.min(far.box.right, at.x)), y: Math.max(far.box.top, Math.min(far.box.bottom, at.y)) };
    const on = { x: at.x + (foot.x - at.x) * part, y: at.y + (foot.y - at.y) * part };
    assert.ok(!(on.x > near.box.left && on.x < near.box.right && on.y > near.box.top && on.y < near.box.bottom));
  }
});

test("dots over a chart are drawn and named without a change of its lines, ticks and names", () => {
  const bare = layOut(falling, 800);
  for (const y of [0.5, 2, 3.5]) {
    const dots = { series: { id: "dots", label: "Dots", style: stylesFor(["int8"])[0], x: [2, 512], y: [y, y], points: true }, notes: [{ series: "dots", x: 512, y, label: "a dot", short: "dot" }] };
    const layout = layOut(falling, 800, null, dots);
    assert.equal(layout.lines, bare.lines);
    assert.deepEqual([layout.frame, layout.xTicks, layout.yTicks], [bare.frame, bare.xTicks, bare.yTicks]);
    assert.deepEqual(layout.dots?.markers.map(({ x }) => x), [layout.x.map(2), layout.x.map(512)]);
    assert.deepEqual(layout.notes.map(({ text }) => text), ["below 2x from batch 64", "a dot"]);
    const [name, dot] = layout.notes.map(({ box }) => box);
    assert.ok(name && dot && !overlap(name, dot));
  }
});

test("the name of a roofline's slope ends below the name of its peak, however narrow", () => {
  for (const width of [288, 328, 600, 880]) {
    const { roof } = layOut({
      x: { label: "", scale: "log", base: 10, domain: [0.5, 2000], format: String },
      y: { label: "", scale: "log", base: 10, domain: [1e12, 2e15], format: String },
      series: [],
      roof: { x: 295, y: 989e12, label: "FP16 peak: 989 TFLOP/s", slope: "memory bandwidth" },
    }, width);
    assert.ok(roof);
    const [peak, ...slope] = roof.boxes;
    assert.ok(slope.length > 5 && slope.every((box) => !overlap(box, peak)), `${width} pixels`);
  }
});

test("what stands at the ticks of a narrow axis does not run together", () => {
  const gigabytes = (/** @type {number} */ value) => `${value.toFixed(2)} GB`;
  const { xTicks } = layOut({
    x: { label: "", scale: "linear", domain: [0, 20], format: gigabytes }, y: { label: "", scale: "linear", domain: [0, 1], format: String }, series: [],
  }, 328);
  xTicks.slice(1).forEach(({ at, text }, i) => assert.ok(at - xTicks[i].at >= textWidth(text, 12), text));
  assert.ok(xTicks.length >= 2);
});

test("a line chart at 320 pixels keeps its lines, ticks and labels within the picture", () => {
  const x = [1, 8, 64, 512, 4096];
  const layout = layOut({
    x: { label: "Batch", scale: "log", base: 2, domain: [1, 4096], format: String },
    y: { label: "Speed-up", scale: "linear", domain: [0, 4], format: (v) => `${v}x` },
    series: ["int8", "a scheme with quite a long name of its own"].map((id, i) => ({ id, label: id, style: stylesFor([id])[0], x, y: x.map((_, k) => 3 - k / 2 + i) })),
    notes: [{ series: "int8", x: 64, y: 2, label: "int8 below 2x from batch 64", short: "64" }],
  }, 320);
  for (const end of layout.ends) assert.ok(end.x + textWidth(end.text, 13, "bold") <= 320, end.text);
  for (const tick of layout.xTicks) assert.ok(tick.at + textWidth(tick.text, 12) / 2 <= 320);
  assert.ok(layout.frame.right - layout.frame.left > 120, "the plot keeps more than a third of the width");
});

test("a point that is not finite leaves a gap, never a NaN in a path", () => {
  const layout = layOut({
    x: { label: "", scale: "log", base: 2, domain: [1, 16], format: String },
    y: { label: "", scale: "linear", domain: [0, 1], format: String },
    series: [{ id: "fp16", label: "FP16", style: stylesFor(["fp16"])[0], x: [1, 2, 4, 8, 16], y: [0.1, NaN, 0.3, Infinity, 0.5] }],
  }, 600);
  assert.doesNotMatch(layout.lines[0].solid, /NaN|Infinity/);
  assert.equal(layout.lines[0].points.length, 3);
});

test("what does not fit is drawn apart from what does", () => {
  const layout = layOut({
    x: { label: "", scale: "log", base: 2, domain: [1, 8], format: String },
    y: { label: "", scale: "linear", domain: [0, 4], format: String },
    series: [{ id: "int4", label: "INT4", style: stylesFor(["int4"])[0], x: [1, 2, 4, 8], y: [3, 3, 2, 2], fits: [1, 1, 0, 0] }],
  }, 600);
  assert.equal(layout.lines[0].solid.match(/L/g)?.length, 1);
  assert.equal(layout.lines[0].faint.match(/L/g)?.length, 2);
});

test("bars add up: the parts of a stack touch, and the longest ends within the frame", () => {
  const layout = layOutBars({
    label: "", format: String,
    bars: [{ id: "a", label: "A", text: "6", parts: [{ id: "p", label: "p", value: 2, hue: "kv" }, { id: "q", label: "q", value: 4, hue: "weights" }] }],
  }, 500);
  const [first, second] = layout.bars[0].parts;
  assert.ok(Math.abs(first.left + first.width - second.left) < 1e-9);
  assert.ok(second.left + second.width <= layout.frame.right + 1e-9);
  assert.ok(Math.abs(second.width / first.width - 2) < 1e-9);
});

test("what stands at the end of the longest bar is not cut on a phone", () => {
  const text = "28,017 tokens/s at batch 1,057";
  const layout = layOutBars({ label: "", format: String, bars: [{ id: "a", label: "A", text, parts: [{ id: "p", label: "p", value: 30, hue: "int4" }] }] }, 328);
  assert.ok(layout.bars[0].end + 7 + textWidth(text, 13) <= 328 + 7);
});

test("a scheme keeps its colour whatever it is compared with, and two of one colour differ in dash", () => {
  assert.equal(hueOf("w4a16-g128-kv4"), "int4");
  assert.equal(hueOf("w8a8-fp8"), "fp8");
  assert.equal(hueOf("w4a4-mxfp4"), "w4a4");
  assert.equal(hueOf("fp16"), "fp16");
  const styles = stylesFor(["w4a16-g128", "w4a16-g128-kv4", "nf4"]);
  assert.equal(new Set(styles.map((style) => style.hue)).size, 1);
  assert.equal(new Set(styles.map((style) => style.dash)).size, 3);
});

const table = {
  name: "speedup", caption: "Speed-up | by batch",
  columns: [
    { key: "scheme", label: "Scheme", unit: /** @type {const} */ ("text") },
    { key: "step_s", label: "Step", unit: /** @type {const} */ ("s") },
    { key: "fits", label: "Fits", unit: /** @type {const} */ ("flag") },
  ],
  rows: [{ scheme: 'W4, "mine"', step_s: 0.00154, fits: true }, { scheme: "=1+1", step_s: null, fits: false }],
};

test("a table as CSV carries full numbers, quotes what needs it, and runs nothing in a spreadsheet", () => {
  const lines = toCsv(table, { crossover: "1.0.0" }).split("\r\n");
  assert.deepEqual(lines, ["# crossover: 1.0.0", "scheme,step_s,fits", '"W4, ""mine""",0.00154,true', "'=1+1,,false", ""]);
});

test("a table as Markdown has a row a record, numbers as people read them, and bars escaped", () => {
  const lines = toMarkdown({ ...table, rows: [{ scheme: "a|b", step_s: 0.00154, fits: true }] }).split("\n");
  assert.equal(lines[2], "| Scheme | Step | Fits |");
  assert.equal(lines[4], "| a\\|b | 1.54\u00a0ms | yes |");
});

test("one scheme with several kernels: the first keeps the scheme's hue, and no two look alike in hue, shape and dash", () => {
  const styles = stylesFor(["w4a16-g128", "w8a16", "w4a16-g128@marlin", "w4a16-g128@cublaslt-fp8", "w4a16-g128-kv4@marlin"]);
  assert.equal(styles[0]?.hue, "int4");
  assert.equal(styles[1]?.hue, "int8");
  assert.equal(styles[4]?.hue, "int4", "another scheme: its own hue, dashed");
  assert.equal(new Set(styles.map(({ hue, shape, dash }) => `${hue} ${shape} ${dash}`)).size, 5);
  assert.equal(new Set(styles.slice(0, 4).map(({ hue }) => hue)).size, 4);
  assert.equal(new Set(styles.slice(0, 4).map(({ shape }) => shape)).size, 4);
  assert.equal(hueOf("w4a16-g128@cublaslt-fp8"), "int4", "a kernel's name says nothing of the scheme");
});

/**
 * How a scheme looks, everywhere: one hue and one marker shape (interface.md; Okabe and Ito). The hues themselves are custom
 * properties --scheme-* of the page, one set for each theme.
 */

/** @typedef {"fp16" | "int8" | "int4" | "w4a4" | "fp8" | "other-1" | "other-2" | "ink"} Hue  ink: no scheme */
/** @typedef {"circle" | "square" | "triangle" | "diamond" | "down" | "cross" | "star"} Shape */
/** @typedef {{ hue: Hue, shape: Shape, dash: string }} SeriesStyle  dash: as in stroke-dasharray, "" is solid */

/** @type {Record<Hue, Shape>} */
const shapes = {
  fp16: "circle", int8: "square", int4: "triangle", w4a4: "diamond", fp8: "down", "other-1": "cross", "other-2": "star", ink: "circle",
};
const dashes = ["", "7 4", "2 3", "9 3 2 3"];

/** First match wins. A scheme of the user's own that says nothing in its name is other-1. */
const rules = /** @type {[RegExp, Hue][]} */ ([
  [/^(fp32|tf32|fp16|bf16)/, "fp16"],
  [/fp8/, "fp8"],
  [/^w4a[48]|^w4a4|mxfp4/, "w4a4"],
  [/^(int8|w8)|q8_0/, "int8"],
  [/^(int4|w4)|nf4|q4/, "int4"],
  [/^(w3|w2)|q[23]/, "other-2"],
]);

/**
 * @param {string} id  a scheme's id, with or without -kv8 and -kv4, with or without @kernel
 * @returns {Hue}
 */
export function hueOf(id) {
  const scheme = id.toLowerCase().split("@")[0] ?? "";
  return rules.find(([pattern]) => pattern.test(scheme))?.[1] ?? "other-1";
}

/** What a second kernel of the same scheme is drawn in, as far as the chart's other schemes leave it. @type {Hue[]} */
const spare = ["other-2", "other-1", "ink", "w4a4", "fp8", "int8"];

/**
 * The hue of each series: its scheme's own. Where one scheme is drawn with several kernels, the first keeps it and the others take
 * what no scheme of the chart has.
 * @param {string[]} ids
 * @returns {Hue[]}
 */
function huesOf(ids) {
  const own = ids.map(hueOf);
  const free = spare.filter((hue) => !own.includes(hue));
  const seen = new Set();
  return ids.map((id, i) => {
    const scheme = id.split("@")[0];
    const again = seen.has(scheme);
    seen.add(scheme);
    return (again ? free.shift() : null) ?? own[i];
  });
}

/**
 * Styles for the series of one chart. A quantized KV cache is always dashed; further schemes of one hue get the next dash,
 * so that no two lines look alike.
 * @param {string[]} ids
 * @returns {SeriesStyle[]}
 */
export function stylesFor(ids) {
  /** @type {Map<Hue, Set<string>>} */
  const used = new Map();
  const hues = huesOf(ids);
  return ids.map((id, i) => {
    const hue = hues[i];
    const taken = used.get(hue) ?? new Set();
    const wanted = /-kv(4|8)(@|$)/.test(id) ? [...dashes.slice(1), dashes[0]] : dashes;
    const dash = wanted.find((candidate) => !taken.has(candidate)) ?? wanted[0];
    taken.add(dash);
    used.set(hue, taken);
    return { hue, shape: shapes[hue], dash };
  });
}

/**
 * A marker's outline around (0, 0), about `r` pixels in radius, all shapes of about one area.
 * @param {Shape} shape
 * @param {number} r
 * @returns {string} path data
 */
export function markerPath(shape, r) {
  const n = (/** @type {number} */ v) => Number(v.toFixed(2));
  switch (shape) {
    case "square": {
      const a = n(r * 0.88);
      return `M${-a} ${-a}H${a}V${a}H${-a}Z`;
    }
    case "triangle":
      return `M0 ${n(-1.2 * r)}L${n(1.1 * r)} ${n(0.8 * r)}H${n(-1.1 * r)}Z`;
    case "down":
      return `M0 ${n(1.2 * r)}L${n(1.1 * r)} ${n(-0.8 * r)}H${n(-1.1 * r)}Z`;
    case "diamond":
      return `M0 ${n(-1.25 * r)}L${n(1.25 * r)} 0L0 ${n(1.25 * r)}L${n(-1.25 * r)} 0Z`;
    case "cross": {
      const [a, b] = [n(r * 1.1), n(r * 0.4)];
      return `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z`;
    }
    case "star": {
      const points = Array.from({ length: 10 }, (_, i) => {
        const radius = i % 2 ? r * 0.55 : r * 1.35;
        const angle = (Math.PI * i) / 5 - Math.PI / 2;
        return `${n(radius * Math.cos(angle))} ${n(radius * Math.sin(angle))}`;
      });
      return `M${points.join("L")}Z`;
    }
    default: {
      const a = n(r);
      return `M${-a} 0A${a} ${a} 0 1 1 ${a} 0A${a} ${a} 0 1 1 ${-a} 0Z`;
    }
  }
}

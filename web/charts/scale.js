/**
 * Scales: numbers to pixels and back, and the ticks between. Pure; log axes are the rule here, because batch, time and
 * bytes all span decades.
 */

/**
 * @typedef {object} Scale
 * @property {"log" | "linear"} kind
 * @property {[number, number]} domain
 * @property {(value: number) => number} map  value to pixel
 * @property {(pixel: number) => number} invert  pixel to value
 */

/**
 * @param {"log" | "linear"} kind
 * @param {[number, number]} domain  both positive where kind is log
 * @param {[number, number]} range  pixels
 * @returns {Scale}
 */
export function makeScale(kind, domain, range) {
  const forward = kind === "log" ? Math.log : (/** @type {number} */ v) => v;
  const back = kind === "log" ? Math.exp : (/** @type {number} */ v) => v;
  const low = forward(domain[0]);
  const span = forward(domain[1]) - low || 1;
  const [start, end] = range;
  return {
    kind,
    domain,
    map: (value) => start + ((forward(value) - low) / span) * (end - start),
    invert: (pixel) => back(low + ((pixel - start) / (end - start || 1)) * span),
  };
}

/**
 * Ticks that a person would choose, at most `most` of them: powers of `base` thinned evenly; on a decimal log axis with
 * room to spare also 2 and 5; 1, 2, 5 steps on a linear one.
 * @param {"log" | "linear"} kind
 * @param {[number, number]} domain
 * @param {number} most
 * @param {number} [base]  of a log axis: 2 or 10
 * @returns {number[]}
 */
export function ticks(kind, domain, most, base = 10) {
  const [low, high] = domain;
  if (!(high > low) || most < 2) return [low];
  return kind === "log" ? logTicks(low, high, most, base) : linearTicks(low, high, most);
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @param {number} base
 */
function logTicks(low, high, most, base) {
  const first = Math.ceil(Math.log(low) / Math.log(base) - 1e-9);
  const last = Math.floor(Math.log(high) / Math.log(base) + 1e-9);
  const decades = last - first + 1;
  if (base === 10 && decades <= 1) return linearTicks(low, high, most).filter((tick) => tick > 0);
  if (base === 10 && decades * 3 <= most) {
    return range(first - 1, last).flatMap((power) => [1, 2, 5].map((digit) => decimal(digit, power)))
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
  }
  const stride = Math.max(1, Math.ceil(decades / most));
  return range(first, last).filter((power) => (power - first) % stride === 0)
    .map((power) => (base === 10 ? decimal(1, power) : base ** power));
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
function linearTicks(low, high, most) {
  const step = niceStep((high - low) / most);
  return range(Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9))
    .map((i) => Number((i * step).toPrecision(12)));
}

/**
 * The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`.
 * @param {number} rough
 */
function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 2.5, 5, 10].find((d) => d * power >= rough * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/**
 * A domain that holds all values, with ends on round numbers. Values that are not finite (or not positive, on a log axis)
 * are left out; with none left it is [0, 1] or [1, 10].
 * @param {"log" | "linear"} kind
 * @param {Iterable<number>} values
 * @param {{ zero?: boolean }} [options]  zero: a linear axis starts at 0
 * @returns {[number, number]}
 */
export function niceDomain(kind, values, options = {}) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (kind === "log" && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return kind === "log" ? [1, 10] : [0, 1];
  if (kind === "log") return [roundDown(low), roundUp(Math.max(high, low * 1.5))];
  if (options.zero) low = Math.min(low, 0);
  if (low === high) high = low + Math.abs(low || 1);
  const step = niceStep((high - low) / 6);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

/** @param {number} value  the next of 1, 2, 5 times a power of ten below */
function roundDown(value) {
  const power = Math.floor(Math.log10(value));
  const digit = [5, 2, 1].find((d) => decimal(d, power) <= value * (1 + 1e-9)) ?? 1;
  return decimal(digit, power);
}

/** @param {number} value  the next of 1, 2, 5 times a power of ten above */
function roundUp(value) {
  const power = Math.floor(Math.log10(value));
  const digit = [1, 2, 5].find((d) => decimal(d, power) >= value * (1 - 1e-9));
  return digit ? decimal(digit, power) : decimal(1, power + 1);
}

/**
 * digit · 10^power without the rounding noise of a product.
 * @param {number} digit
 * @param {number} power
 */
function decimal(digit, power) {
  return Number(`${digit}e${power}`);
}

/**
 * @param {number} first
 * @param {number} last  included
 */
function range(first, last) {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/**
 * Numbers as people read them: the one module of the page that rounds, scales and names units. What goes in is SI, what comes
 * out is text. Pure: the same value, unit and locale give the same text, in a page and in Node.
 *
 *   const { seconds, bytes, ratio } = numbers("en");
 *   seconds(0.00519415, { unit: "ms", digits: 2 })  → "5.19 ms"      bytes(4015000000, { unit: "GB", digits: 2 })  → "4.02 GB"
 *
 * Rounding is half away from zero on the decimal value: 4.015 prints 4.02, though the double nearest to 4.015 lies below it.
 * Scaling shifts the decimal point and so adds no error. A missing number (null, undefined, not finite) prints as a dash.
 *
 * Digits, signs and their order are the locale's, by Intl; the symbols of units (ms, GB, FLOP/s) are SI's and no language
 * translates them. Among words that run from right to left a number and its unit are isolated, for they run from left to right.
 */

/** What stands for a number that is not there. */
export const missing = "—";

/** @typedef {number | null | undefined} Value */
/** @typedef {"s" | "ms" | "µs" | "ns"} TimeUnit */
/** @typedef {"B" | "kB" | "MB" | "GB" | "TB" | "KiB" | "MiB" | "GiB" | "TiB"} ByteUnit */
/**
 * How many digits, and of which unit. `unit` absent: the prefix that leaves one to three digits before the point. `digits`:
 * that many after the point, always; absent: `significant` (3), trailing zeros dropped.
 * @template {string} U
 * @typedef {{ unit?: U, digits?: number, significant?: number }} Style
 */

// ---- Decimal arithmetic on text -----------------------------------------------------------------------------------------

/** Decimal digits that every double holds faithfully; the noise of a computation lies beyond them. */
const faithful = 15;

/**
 * The digits of |value| as a whole number, and its power of ten: value = digits · 10^power.
 * @param {number} value
 */
function decimal(value) {
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential(faithful - 1).split("e");
  return { digits: mantissa.replace(".", ""), power: Number(exponent) - (faithful - 1) };
}

/**
 * |value| · 10^shift as a decimal text with `places` digits after the point, rounded half away from zero.
 * @param {number} value
 * @param {number} places
 * @param {number} shift
 */
function rounded(value, places, shift) {
  const { digits, power } = decimal(value);
  const cut = -(power + shift + places);
  const kept = cut > faithful ? "" : digits.slice(0, faithful - Math.max(cut, 0));
  const up = cut > 0 && cut <= faithful && Number(digits[faithful - cut]) >= 5;
  const whole = (BigInt(kept || "0") + (up ? 1n : 0n)).toString() + "0".repeat(Math.max(-cut, 0));
  const text = whole.padStart(places + 1, "0");
  return places > 0 ? `${text.slice(0, -places)}.${text.slice(-places)}` : text;
}

/**
 * The value rounded to `places` digits after the point, half away from zero, after a shift of the decimal point: as the
 * nearest double, which prints as that decimal. Rounding to zero keeps no sign.
 * @param {number} value
 * @param {number} places
 * @param {number} [shift]
 */
export function round(value, places, shift = 0) {
  const magnitude = Number(rounded(value, places, shift));
  return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}

/**
 * Power of ten of the first digit once |value| is rounded to `significant` digits: 999.9 rounded to 3 has 3, as 1000 does.
 * @param {number} value
 * @param {number} significant
 */
function magnitude(value, significant) {
  if (value === 0) return 0;
  const first = decimal(value).power + faithful - 1;
  return Number(rounded(value, 0, significant - 1 - first)) >= 10 ** significant ? first + 1 : first;
}

// ---- Units --------------------------------------------------------------------------------------------------------------

/** Prefixes by power of ten. @type {readonly (readonly [number, string])[]} */
const prefixes = [[18, "E"], [15, "P"], [12, "T"], [9, "G"], [6, "M"], [3, "k"], [0, ""], [-3, "m"], [-6, "µ"], [-9, "n"]];

/** @type {Readonly<Record<string, number>>} */
const binary = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/**
 * Power of ten that a prefixed unit stands for: ms −3, GB 9.
 * @param {string} unit
 * @param {string} base the unit without prefix: "s", "B"
 */
function powerOf(unit, base) {
  const found = prefixes.find(([, prefix]) => prefix + base === unit);
  if (!found) throw new RangeError(`${unit} is no multiple of ${base}`);
  return found[0];
}

/**
 * The prefix with one to three digits before the point, once rounded.
 * @param {number} value
 * @param {number} significant
 * @param {boolean} small whether parts of the unit have names: milliseconds do, millibytes do not
 */
function prefixFor(value, significant, small) {
  const power = magnitude(value, significant);
  const usable = small ? prefixes : prefixes.filter(([size]) => size >= 0);
  return usable.find(([size]) => power >= size) ?? usable[value === 0 ? usable.findIndex(([size]) => size === 0) : usable.length - 1] ?? [0, ""];
}

/**
 * One unit for a whole column, so that its numbers can be compared at a glance: the smallest value still has a digit before
 * the point. Times from ns to s, bytes from B to TB.
 * @param {"s" | "B"} base
 * @param {readonly Value[]} values
 */
export function unitOfColumn(base, values) {
  const sizes = values.filter((value) => typeof value === "number" && Number.isFinite(value) && value !== 0).map((value) => Math.abs(Number(value)));
  const [, prefix] = prefixFor(sizes.length ? Math.min(...sizes) : 0, 3, base === "s");
  const unit = prefix + base;
  return /** @type {TimeUnit & ByteUnit} */ (base === "s" && powerOf(unit, base) > 0 ? "s" : unit);
}

// ---- By locale ------------------------------------------------------------------------------------------------------------

/** @type {Map<string, Numbers>} */
const known = new Map();

/**
 * The formats of a locale, a BCP 47 tag. No digit grouping, except in `count` and `money`.
 * @param {string} [locale]
 * @returns {Numbers}
 */
export function numbers(locale = "en") {
  const found = known.get(locale) ?? make(locale);
  known.set(locale, found);
  return found;
}

/** @typedef {ReturnType<typeof make>} Numbers */

/** Scripts that run from right to left, by their languages. */
const leftward = /^(ar|fa|he|ur)\b/;

/** @param {string} locale */
function make(locale) {
  const isolated = leftward.test(locale) ? (/** @type {string} */ text) => `\u2066${text}\u2069` : (/** @type {string} */ text) => text;
  const decimalSign = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";

  /** @type {Map<string, Intl.NumberFormat>} */
  const formats = new Map();

  /**
   * @param {number} value already rounded
   * @param {Intl.NumberFormatOptions} options
   */
  function write(value, options) {
    const key = JSON.stringify(options);
    const format = formats.get(key) ?? new Intl.NumberFormat(locale, { useGrouping: false, ...options });
    formats.set(key, format);
    // A hyphen is too short beside digits: the minus sign proper.
    return format.format(value).replace("-", "−");
  }

  /** @param {number} digits @returns {Intl.NumberFormatOptions} */
  const places = (digits) => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });

  /** @param {(value: number) => string} text @returns {(value: Value) => string} */
  const orMissing = (text) => (value) => (typeof value === "number" && Number.isFinite(value) ? isolated(text(value)) : missing);

  /**
   * @param {number} value
   * @param {number} significant
   * @param {number} shift
   * @param {Intl.NumberFormatOptions} [options]
   */
  function writeSignificant(value, significant, shift, options = {}) {
    const digits = Math.max(0, significant - 1 - (magnitude(value, significant) + shift));
    return write(round(value, digits, shift), { maximumFractionDigits: Math.min(digits, 20), ...options });
  }

  /**
   * A quantity of a unit that takes prefixes.
   * @param {Value} value
   * @param {string} base
   * @param {Style<string>} style
   * @param {boolean} [small]
   */
  function scaled(value, base, { unit, digits, significant = 3 }, small = true) {
    return orMissing((given) => {
      const factor = unit === undefined ? undefined : binary[unit];
      const shown = factor === undefined ? given : given / factor;
      const [power, name] = factor !== undefined ? [0, String(unit)]
        : unit !== undefined ? [powerOf(unit, base), unit]
        : withBase(prefixFor(shown, significant, small), base);
      const text = digits === undefined ? writeSignificant(shown, significant, -power) : write(round(shown, digits, -power), places(digits));
      return `${text} ${name}`;
    })(value);
  }

  return Object.freeze({
    /** What stands before the fraction. */
    decimalSign,

    /** In a field: every digit, nothing grouped, as a person would type it. @param {number} value */
    typed: (value) => String(value).replace(".", decimalSign),

    /** A plain number with `digits` after the point. @param {Value} value @param {number} digits */
    fixed: (value, digits) => orMissing((given) => write(round(given, digits), places(digits)))(value),

    /** A plain number of that many significant digits, trailing zeros dropped. @param {Value} value @param {number} [significant] */
    significant: (value, significant = 3) => orMissing((given) => writeSignificant(given, significant, 0))(value),

    /** A difference, with its sign where it is one: "+0.25", "−1.3", "0". @param {Value} value @param {number} [significant] */
    signed: (value, significant = 3) => orMissing((given) => writeSignificant(given, significant, 0, { signDisplay: "exceptZero" }))(value),

    /** The same with `digits` after the point. @param {Value} value @param {number} digits */
    signedFixed: (value, digits) => orMissing((given) => write(round(given, digits), { ...places(digits), signDisplay: given > 0 ? "always" : "auto" }))(value),

    /** Things counted: whole, digits grouped as the locale does (1,024 tokens). @param {Value} value */
    count: (value) => orMissing((given) => write(round(given, 0), { useGrouping: "auto", ...places(0) }))(value),

    /** @param {Value} value s @param {Style<TimeUnit>} [style] */
    seconds: (value, style = {}) => scaled(value, "s", atMostSeconds(value, style)),

    /** GB are 10^9 bytes, GiB 2^30. @param {Value} value bytes @param {Style<ByteUnit>} [style] */
    bytes: (value, style = {}) => scaled(value, "B", style, false),

    /** A speed-up or a compression: "3.4x". @param {Value} value @param {number} [digits] */
    ratio: (value, digits = 1) => orMissing((given) => `${write(round(given, digits), places(digits))}x`)(value),

    /** A threshold that was chosen, with the digits it was chosen with: "2x", "1.5x". @param {Value} value */
    threshold: (value) => orMissing((given) => `${write(round(given, 2), { maximumFractionDigits: 2 })}x`)(value),

    /** A change as a signed percentage: −0.025 is "−2.5%", 0 is "+0.0%". @param {Value} fraction @param {number} [digits] */
    change: (fraction, digits = 1) =>
      orMissing((given) => write(round(given, digits + 2), { style: "percent", signDisplay: "always", ...places(digits) }))(fraction),

    /** A part of a whole: 0.875 is "87.5%". @param {Value} fraction @param {number} [digits] */
    share: (fraction, digits = 1) => orMissing((given) => write(round(given, digits + 2), { style: "percent", ...places(digits) }))(fraction),

    /** A number that is in percent already: 87.5 is "87.5%". @param {Value} value @param {number} [digits] */
    percent: (value, digits = 1) => orMissing((given) => write(round(given, digits + 2, -2), { style: "percent", ...places(digits) }))(value),

    /** A throughput in whole things a second: "35343 img/s". @param {Value} value 1/s @param {string} unit the page's word, "img/s" */
    perSecond: (value, unit) => {
      const text = orMissing((given) => write(round(given, 0), places(0)))(value);
      return text === missing ? text : `${text} ${unit}`;
    },

    /** @param {Value} value FLOP/s @param {Style<string>} [style] */
    flopRate: (value, style = {}) => scaled(value, "FLOP/s", style, false),

    /** @param {Value} value FLOP @param {Style<string>} [style] */
    flop: (value, style = {}) => scaled(value, "FLOP", style, false),

    /** @param {Value} value bytes/s @param {Style<string>} [style] */
    bandwidth: (value, style = {}) => scaled(value, "B/s", style, false),

    /** @param {Value} value J @param {Style<string>} [style] */
    energy: (value, style = {}) => scaled(value, "J", style),

    /** @param {Value} value W @param {Style<string>} [style] */
    power: (value, style = {}) => scaled(value, "W", style),

    /** Cents up to $999, whole dollars above. @param {Value} value USD @param {number} [significant] */
    money: (value, significant = 3) =>
      orMissing((given) => {
        const size = magnitude(given, significant);
        const cents = size < 3 ? 2 : 0;
        const digits = Math.min(20, Math.max(cents, significant - 1 - size));
        return write(round(given, digits), { style: "currency", currency: "USD", useGrouping: "auto", minimumFractionDigits: cents, maximumFractionDigits: digits });
      })(value),
  });
}

/**
 * No kiloseconds: what is longer than a second is in seconds.
 * @param {Value} value
 * @param {Style<TimeUnit>} style
 * @returns {Style<TimeUnit>}
 */
function atMostSeconds(value, style) {
  const long = typeof value === "number" && Math.abs(value) >= 1000;
  return style.unit === undefined && long ? { ...style, unit: "s" } : style;
}

/**
 * @param {readonly [number, string]} prefix
 * @param {string} base
 * @returns {readonly [number, string]}
 */
function withBase([power, prefix], base) {
  return [power, prefix + base];
}

// Numbers as the page prints them: every published row to its last digit, and the edges of rounding. Values are worked by
// hand from the published specs, not by the engine.
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseNumber } from "../../web/controls/number.js";
import { missing, numbers, round, unitOfColumn } from "../../web/format.js";

const { bytes, change, count, fixed, flopRate, money, percent, perSecond, ratio, seconds, share, significant, threshold } = numbers("en");

/** @param {number} value */
const ms = (value) => seconds(value, { unit: "ms", digits: 2 });
/** @param {number} value */
const gb = (value) => bytes(value, { unit: "GB", digits: 2 });

// ---- Published rows -----------------------------------------------------------------------------------------------------

/** Llama-3 8B on H100, 2048 tokens, batch 1: bytes over bandwidth, and 32 layers. @param {number} bits @param {number} share of 3350 GB/s @param {number} layer s */
const decode = (bits, share, layer) => ((8.03e9 + 2 * 32 * 8 * 128 * 2048) * bits) / 8 / (3350e9 * share) + 32 * layer;
/** ResNet-50 on A100, batch 256: 4.1 GFLOP an image at half the rate, dispatch, 50 layers. @param {number} rate FLOP/s @param {number} layer s */
const step = (rate, layer) => (256 * 4.1e9) / (rate * 0.5) + 15e-6 + 50 * layer;

test("decode in May 2026 prints 5.19, 2.76 and 1.54 ms; 1.0x, 1.9x and 3.4x", () => {
  const at = (/** @type {number} */ bits) => decode(bits, 1, 1e-5);
  assert.deepEqual([16, 8, 4].map((bits) => ms(at(bits))), ["5.19 ms", "2.76 ms", "1.54 ms"]);
  assert.deepEqual([16, 8, 4].map((bits) => ratio(at(16) / at(bits))), ["1.0x", "1.9x", "3.4x"]);
});

test("decode in March 2026 prints 8.35, 5.78 and 4.49 ms; 1.0x, 1.4x and 1.9x", () => {
  const at = (/** @type {number} */ bits) => decode(bits, 0.946, 1e-4);
  assert.deepEqual([16, 8, 4].map((bits) => ms(at(bits))), ["8.35 ms", "5.78 ms", "4.49 ms"]);
  assert.deepEqual([16, 8, 4].map((bits) => ratio(at(16) / at(bits))), ["1.0x", "1.4x", "1.9x"]);
});

test("the weights print 16.06, 8.03 and 4.02 GB: 4.015 rounds up", () => {
  assert.deepEqual([2, 1, 0.5].map((each) => gb(8.03e9 * each)), ["16.06 GB", "8.03 GB", "4.02 GB"]);
});

test("the step in May 2026 prints 7.24, 3.88 and 7.24 ms; 35343, 65995 and 35343 img/s", () => {
  const times = [312e12, 624e12, 312e12].map((rate) => step(rate, 1e-5));
  assert.deepEqual(times.map(ms), ["7.24 ms", "3.88 ms", "7.24 ms"]);
  assert.deepEqual(times.map((time) => perSecond(256 / time, "img/s")), ["35343 img/s", "65995 img/s", "35343 img/s"]);
});

test("the step in March 2026 prints 11.74, 8.38 and 11.74 ms; 21800, 30552 and 21800 img/s; 1.0x, 1.4x, 1.0x", () => {
  const times = [312e12, 624e12, 312e12].map((rate) => step(rate, 1e-4));
  assert.deepEqual(times.map(ms), ["11.74 ms", "8.38 ms", "11.74 ms"]);
  assert.deepEqual(times.map((time) => perSecond(256 / time, "img/s")), ["21800 img/s", "30552 img/s", "21800 img/s"]);
  assert.deepEqual(times.map((time) => ratio(Number(times[0]) / time)), ["1.0x", "1.4x", "1.0x"]);
});

test("compression prints 2.0x, 4.0x, 8.0x; +0.0%, −0.2%, −2.5%; 50.0%, 75.0%, 87.5%", () => {
  assert.deepEqual([16, 8, 4].map((bits) => ratio(32 / bits)), ["2.0x", "4.0x", "8.0x"]);
  assert.deepEqual([0, -0.002, -0.025].map((delta) => change(delta)), ["+0.0%", "−0.2%", "−2.5%"]);
  assert.deepEqual([50, 75, 87.5].map((saved) => percent(saved)), ["50.0%", "75.0%", "87.5%"]);
  assert.equal(share(0.875), "87.5%");
});

// ---- Rounding -----------------------------------------------------------------------------------------------------------

test("halves round away from zero on the decimal value, whatever the nearest double", () => {
  // Each of these doubles lies below its decimal: Number.prototype.toFixed and Intl round them down.
  for (const [value, places, text] of /** @type {const} */ ([[4.015, 2, "4.02"], [1.005, 2, "1.01"], [8.345, 2, "8.35"], [0.285, 2, "0.29"], [2.675, 2, "2.68"]])) {
    assert.equal(fixed(value, places), text);
    assert.equal(fixed(-value, places), `−${text}`);
  }
  assert.equal(fixed(0.5, 0), "1");
  assert.equal(fixed(2.5, 0), "3");
  assert.equal(fixed(-2.5, 0), "−3");
});

test("the noise of a computation in the last digits does not decide a half", () => {
  assert.equal(fixed(0.1 + 0.2 - 0.015, 2), "0.29"); // 0.285 by hand, 0.28500000000000003 by machine
  assert.equal(fixed(1.1 * 1.15, 3), "1.265"); // 1.265, 1.2649999999999999 by machine
});

test("carries run through: 9.995 prints 10.00, 999.96 µs a whole millisecond", () => {
  assert.equal(fixed(9.995, 2), "10.00");
  assert.equal(seconds(999.96e-6), "1 ms");
  assert.equal(seconds(999.96e-6, { digits: 2 }), "1.00 ms");
  assert.equal(bytes(999.6e6), "1 GB");
});

test("what rounds to zero has no minus sign", () => {
  assert.equal(fixed(-0.001, 2), "0.00");
  assert.equal(change(-0.0001), "+0.0%");
  assert.ok(Object.is(round(-0.001, 2), 0));
});

test("rounding agrees with whole-number arithmetic for any decimal of up to 15 digits", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), (digits, point, places) => {
      // digits / 10^point, rounded by hand: add half of the unit to the magnitude and cut.
      const value = Number(`${digits}e-${point}`);
      const scale = 10n ** BigInt(point);
      const magnitude = (BigInt(Math.abs(digits)) * 10n ** BigInt(places) * 2n + scale) / (scale * 2n);
      const expected = Number(`${magnitude}e-${places}`);
      assert.equal(Math.abs(round(value, places)), expected);
      assert.equal(round(-value, places), expected === 0 ? 0 : -round(value, places));
    }),
  );
});

test("every finite double prints without exponent, NaN or surprise", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e18, max: 1e18 }), (value) => {
      assert.match(fixed(value, 3), /^−?\d+\.\d{3}$/);
      assert.match(bytes(value), /^−?\d+(\.\d+)? [kMGTPE]?B$/);
      assert.match(ratio(value), /^−?\d+\.\dx$/);
    }),
  );
});

// ---- Units ------------------------------------------------------------------------------------------------------------

test("times choose ns, µs, ms or s by magnitude, and never more than seconds", () => {
  assert.equal(seconds(0.00519415), "5.19 ms");
  assert.equal(seconds(0.0000109), "10.9 µs");
  assert.equal(seconds(2e-9), "2 ns");
  assert.equal(seconds(1.5), "1.5 s");
  assert.equal(seconds(18751), "18751 s");
  assert.equal(seconds(0), "0 s");
  assert.equal(seconds(0.00519415, { unit: "µs", digits: 0 }), "5194 µs");
  assert.equal(seconds(0.00519415, { significant: 2 }), "5.2 ms");
});

test("bytes choose B to TB by magnitude; GB is not GiB", () => {
  assert.equal(bytes(0.5), "0.5 B");
  assert.equal(bytes(7009744), "7.01 MB");
  assert.equal(bytes(16.06e9), "16.1 GB");
  assert.equal(bytes(1.342e12), "1.34 TB");
  assert.equal(bytes(85899345920, { unit: "GiB", digits: 2 }), "80.00 GiB");
  assert.equal(bytes(85899345920, { unit: "GB", digits: 2 }), "85.90 GB");
  assert.throws(() => bytes(1, { unit: /** @type {any} */ ("Gb") }), RangeError);
});

test("rates, counts, thresholds and money", () => {
  assert.equal(flopRate(989e12), "989 TFLOP/s");
  assert.equal(numbers("en").bandwidth(3.35e12), "3.35 TB/s");
  assert.equal(numbers("en").energy(0.0247), "24.7 mJ");
  assert.equal(count(65536), "65,536");
  assert.equal(threshold(2), "2x");
  assert.equal(threshold(1.5), "1.5x");
  assert.equal(significant(153.0162), "153");
  assert.equal(significant(0.98352), "0.984");
  assert.equal(money(0.0123), "$0.0123");
  assert.equal(money(2.5), "$2.50");
  assert.equal(money(30000), "$30,000");
});

test("a column shares one unit, in which its smallest number still has a digit before the point", () => {
  assert.equal(unitOfColumn("s", [0.00519, 0.00276, 0.00154]), "ms");
  assert.equal(unitOfColumn("B", [16.06e9, 4.015e9]), "GB");
  assert.equal(unitOfColumn("B", [14e6, 1.75e6, 0]), "MB");
  assert.equal(unitOfColumn("s", [20000, 5000]), "s");
  assert.equal(unitOfColumn("B", [null, undefined, NaN]), "B");
});

test("a number that is not there prints as a dash", () => {
  for (const value of [null, undefined, NaN, Infinity, -Infinity]) {
    for (const text of [seconds(value), bytes(value), ratio(value), change(value), percent(value), perSecond(value, "img/s"), count(value), fixed(value, 2), money(value)]) {
      assert.equal(text, missing);
    }
  }
});

// ---- Languages ----------------------------------------------------------------------------------------------------------

test("the locale's decimal sign and percent are used, and digits are not grouped where the published rows do not", () => {
  const german = numbers("de");
  assert.equal(german.bytes(4015000000, { unit: "GB", digits: 2 }), "4,02 GB");
  assert.equal(german.perSecond(35343.4, "Bilder/s"), "35343 Bilder/s");
  assert.equal(german.count(65536), "65.536");
  assert.match(german.change(-0.025), /^−2,5\s%$/u);
  assert.equal(numbers("en").fixed(1234567.5, 1), "1234567.5");
});

test("other digits keep their value", () => {
  assert.match(numbers("ar-EG").ratio(3.376), /٣٫٤x/u);
});

test("asking twice for a locale gives the same formats", () => {
  assert.equal(numbers("fr"), numbers("fr"));
});

// ---- Locales ------------------------------------------------------------------------------------------------------------

test("Spanish has a decimal comma, Chinese and Arabic a point; Arabic isolates what runs to the right", () => {
  const [es, zh, ar] = ["es", "zh-Hans", "ar-u-nu-latn"].map((locale) => numbers(locale));
  assert.equal(es?.seconds(0.00519415, { unit: "ms", digits: 2 }), "5,19 ms");
  assert.equal(es?.ratio(3.4), "3,4x");
  assert.equal(zh?.bytes(16.06e9, { unit: "GB", digits: 2 }), "16.06 GB");
  assert.equal(ar?.bytes(16.06e9, { unit: "GB", digits: 2 }), "\u206616.06 GB\u2069");
  assert.equal(ar?.perSecond(35343, "صورة/ث"), "\u206635343\u2069 صورة/ث");
  assert.equal(ar?.seconds(null), missing);
});

test("a signed number carries its sign with it", () => {
  const { signed, signedFixed } = numbers("en");
  assert.deepEqual([0.254, -1.3, 0].map((value) => signed(value)), ["+0.254", "−1.3", "0"]);
  assert.deepEqual([0.5, -0.25, 0].map((value) => signedFixed(value, 2)), ["+0.50", "−0.25", "0.00"]);
});

test("what a field shows is read back as the same number, in every locale", () => {
  for (const locale of ["en", "es", "zh-Hans", "ar-u-nu-latn"]) {
    const { typed, decimalSign } = numbers(locale);
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.equal(parseNumber(typed(value), decimalSign), value === 0 ? 0 : value);
    }));
  }
});

test("numbers are read as people type them: Arabic digits, full-width digits, thousands by the locale", () => {
  assert.equal(parseNumber("٢٠٤٨"), 2048);
  assert.equal(parseNumber("٣٫٥"), 3.5);
  assert.equal(parseNumber("１２．５"), 12.5);
  assert.equal(parseNumber("2,048", ".", true), 2048);
  assert.equal(parseNumber("2.048", ",", true), 2048);
  assert.equal(parseNumber("0.925", ","), 0.925);
  assert.equal(parseNumber("1.234.567,8", ","), 1234567.8);
  assert.ok(Number.isNaN(parseNumber("12a", ",")));
});

test("the other language's decimal sign with three digits after it is a fraction's, except where whole numbers are asked for", () => {
  for (const [sign, other] of [[".", ","], [",", "."]]) {
    assert.equal(parseNumber(`4${other}02`, sign), 4.02);
    assert.equal(parseNumber(`4${other}015`, sign), 4.015);
    assert.equal(parseNumber(`-4${other}015`, sign), -4.015);
    assert.equal(parseNumber(`4${other}015`, sign, true), 4015);
    for (const whole of [false, true]) {
      assert.equal(parseNumber(`4${sign}015`, sign, whole), 4.015);
      assert.equal(parseNumber(`0${other}925`, sign, whole), 0.925);
      assert.equal(parseNumber(`1${other}234${other}567`, sign, whole), 1234567);
      assert.equal(parseNumber(`1${other}234${sign}5`, sign, whole), 1234.5);
      assert.equal(parseNumber(`1${sign}234${other}5`, sign, whole), 1234.5, "where both stand, the last one is the decimal sign");
      assert.ok(Number.isNaN(parseNumber(`1${other}23${other}456`, sign, whole)));
    }
  }
});

test("what the page prints of things counted is read back as it was where whole numbers are asked for, in every locale", () => {
  for (const locale of ["en", "es", "zh-Hans", "ar-u-nu-latn"]) {
    const { count, decimalSign } = numbers(locale);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e9 }), (value) => {
      assert.equal(parseNumber(count(value).replace(/[\u2066\u2069]/g, ""), decimalSign, true), value);
    }));
  }
});

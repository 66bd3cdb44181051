/** A number in a chart or its table as text, by the unit's key: web/format.js with the digits that charts want. */
import { numbers } from "../format.js";
import { locale } from "../strings.js";

/**
 * @typedef {"s" | "bytes" | "bytes_per_s" | "flop" | "flop_per_s" | "flop_per_byte" | "tokens_per_s" | "count" | "ratio" | "crossing"
 *   | "threshold" | "share" | "change" | "signed" | "elasticity" | "j" | "w" | "usd" | "number" | "flag" | "text"} Unit
 */

/** What was written lately, in one language: a redraw writes nearly the same numbers. @type {Map<Unit, Map<number | null | undefined, string>>} */
const texts = new Map();
let language = "";
/** Of one unit; a sweep's points are fewer. */
const kept = 400;

/**
 * @param {number | null | undefined} value  SI
 * @param {Unit} unit
 * @returns {string} a number stays on one line with its unit; a dash where there is none
 */
export function quantity(value, unit) {
  if (language !== locale()) texts.clear();
  language = locale();
  let known = texts.get(unit);
  if (!known || known.size > kept) texts.set(unit, (known = new Map()));
  let text = known.get(value);
  if (text === undefined) known.set(value, (text = written(value, unit).replaceAll(" ", "\u00a0")));
  return text;
}

/**
 * @param {number | null | undefined} value
 * @param {Unit} unit
 */
function written(value, unit) {
  const format = numbers(locale());
  switch (unit) {
    case "s": return format.seconds(value);
    case "bytes": return format.bytes(value);
    case "bytes_per_s": return format.bandwidth(value);
    case "flop": return format.flop(value);
    case "flop_per_s": return format.flopRate(value);
    case "tokens_per_s": return (value ?? 0) < 1000 ? format.significant(value) : format.count(value);
    case "flop_per_byte": return format.significant(value);
    case "count": return format.count(value);
    case "ratio": return format.ratio(value, 2);
    // One more digit: at a crossing, two would round to the threshold itself.
    case "crossing": return format.ratio(value, 3);
    case "threshold": return format.threshold(value);
    case "share": return format.share(value);
    case "change": return format.change(value);
    case "signed": return format.signed(value);
    case "elasticity": return format.signedFixed(value, 2);
    case "j": return format.energy(value);
    case "w": return format.power(value);
    case "usd": return format.money(value);
    default: return format.significant(value, 4);
  }
}

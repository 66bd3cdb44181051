/** A derivation's node as MathML: symbol = formula in symbols = formula in values = value. */
import { html, mathml } from "lit";
import { numbers } from "../format.js";
import { quantity } from "../charts/quantity.js";
import { locale } from "../strings.js";

/** @typedef {import("../../wasm/engine.js").Derivation} Derivation */

/** Units of the engine that have a format of their own. @type {Record<string, import("../charts/quantity.js").Unit>} */
const written = {
  s: "s", bytes: "bytes", B: "bytes", "bytes/s": "bytes_per_s", "B/s": "bytes_per_s", flop: "flop", FLOP: "flop", "flop/s": "flop_per_s",
  "FLOP/s": "flop_per_s", J: "j", W: "w", USD: "usd",
};

/**
 * @param {Derivation} node
 * @returns {string}
 */
export function valueText(node) {
  const unit = written[node.unit];
  if (unit) return quantity(node.value, unit);
  const number = numbers(locale()).significant(node.value, 5);
  return node.unit && node.unit !== "1" ? `${number}\u00a0${node.unit}` : number;
}

/** Beyond so many parts the values are not repeated in the line: they stand one by one below it. */
const mostRepeated = 4;

/** @param {Derivation} node */
export function formula(node) {
  const values = node.children.length > mostRepeated ? "" : mathml`<mo>=</mo>${combined(node, (child) => value(child))}`;
  return html`<math dir="ltr" displaystyle="true">${mathml`<mrow>${symbol(node.symbol)}<mo>=</mo>${combined(node, (child) => symbol(child.symbol))}${values}<mo>=</mo>${value(node)}</mrow>`}</math>`;
}

/**
 * A ratio of two numbers of one name says which is whose.
 * @param {Derivation} node
 * @param {{ baseline: string, own: string }} words
 * @returns {Derivation}
 */
export function toldApart(node, { baseline, own }) {
  const [over, under] = node.children;
  if (node.op !== "quotient" || !over || !under || over.symbol !== under.symbol) return node;
  return { ...node, children: [{ ...over, symbol: baseline }, { ...under, symbol: own }, ...node.children.slice(2)] };
}

/** @param {Derivation} node */
export function leaf(node) {
  return html`<math dir="ltr">${mathml`<mrow>${symbol(node.symbol)}<mo>=</mo>${value(node)}</mrow>`}</math>`;
}

/** @param {Derivation} node */
function value(node) {
  return mathml`<mtext>${valueText(node)}</mtext>`;
}

/** A unit at the end of a field's name: the value carries it. What is per second is called so. */
const unitSuffix = /(?<!_per)_(s|j|bytes|usd)$/;

/**
 * "t_mem" is t with an index, and so are BW_x and FLOP_x; the name of an operator or a field is words.
 * @param {string} name
 */
function symbol(name) {
  const indexed = /^(\p{L}|BW|FLOP)_(.+)$/u.exec(name);
  if (!indexed) return name.length === 1 ? mathml`<mi>${name}</mi>` : mathml`<mtext>${name.replace(unitSuffix, "").replaceAll("_", "\u00a0")}</mtext>`;
  const [, stem = "", index = ""] = indexed;
  if (index === "proj") return mathml`<mtext>${stem}\u00a0${index}</mtext>`;
  return mathml`<msub>${stem.length === 1 ? mathml`<mi>${stem}</mi>` : mathml`<mtext>${stem}</mtext>`}<mtext>${index.replaceAll("_", "\u00a0")}</mtext></msub>`;
}

/**
 * @param {Derivation} node
 * @param {(child: Derivation) => unknown} show
 */
function combined(node, show) {
  const parts = node.children.map(show);
  const joined = (/** @type {string} */ operator) => parts.map((part, i) => (i ? mathml`<mo>${operator}</mo>${part}` : part));
  switch (node.op) {
    case "sum": return mathml`<mrow>${joined("+")}</mrow>`;
    case "difference": return mathml`<mrow>${joined("−")}</mrow>`;
    case "product": return mathml`<mrow>${joined("·")}</mrow>`;
    case "quotient": return mathml`<mfrac><mrow>${parts[0]}</mrow><mrow>${parts.slice(1).map((part, i) => (i ? mathml`<mo>·</mo>${part}` : part))}</mrow></mfrac>`;
    case "max":
    case "min": return mathml`<mrow><mi>${node.op}</mi><mo>(</mo>${joined(",")}<mo>)</mo></mrow>`;
    case "pnorm": {
      const p = node.exponent ?? 2;
      const powers = parts.map((part, i) => mathml`${i ? mathml`<mo>+</mo>` : ""}<msup><mrow>${part}</mrow><mn>${p}</mn></msup>`);
      return mathml`<mroot><mrow>${powers}</mrow><mn>${p}</mn></mroot>`;
    }
    case "power": return mathml`<msup><mrow>${parts[0]}</mrow><mn>${node.exponent ?? 1}</mn></msup>`;
    case "ceil": return mathml`<mrow><mo>⌈</mo>${parts[0]}<mo>⌉</mo></mrow>`;
    case "floor": return mathml`<mrow><mo>⌊</mo>${parts[0]}<mo>⌋</mo></mrow>`;
    case "one_minus": return mathml`<mrow><mn>1</mn><mo>−</mo>${parts[0]}</mrow>`;
    default: return mathml`<mrow>${joined(",")}</mrow>`;
  }
}

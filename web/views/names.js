/** What schemes and bounds are called in charts: short enough for the end of a line. */
import { nameOf, schemeEntry } from "../library.js";
import { t } from "../strings.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").InlineScheme} InlineScheme
 * @typedef {import("../../wasm/engine.js").Bound} Bound
 */

/** What is drawn where nothing is chosen: weights at 8 and 4 bits, and the KV cache with them. */
export const usualSchemes = ["int8", "int4", "int4-kv4"];

/**
 * The baseline and the schemes, each once.
 * @param {import("../../wasm/engine.js").RooflineScenario} scenario
 * @param {(string | InlineScheme)[] | null} schemes
 */
export function withBaseline(scenario, schemes) {
  const baseline = scenario.baseline_scheme ?? "fp16";
  return [baseline, ...(schemes ?? usualSchemes).filter((scheme) => schemeId(scheme) !== schemeId(baseline))];
}

/**
 * @param {string | InlineScheme} scheme
 * @returns {string} "W4A16 g128 + KV4", "INT4", "FP16", a scheme of one's own by its id
 */
export function schemeLabel(scheme) {
  if (typeof scheme !== "string") return inlineLabel(scheme);
  const [, stem, kv] = /^(.*?)(?:-kv(4|8|16))?$/.exec(scheme) ?? ["", scheme, ""];
  const parts = stem.replace(/^gguf-/, "").split("-").map((part) => (/^g\d+$/.test(part) ? part : part.toUpperCase()));
  return parts.join(" ") + (kv && kv !== "16" ? t("views.with_kv", { bits: kv }) : "");
}

/**
 * A label without the size of its groups, where the labels beside it stay different.
 * @param {string} label
 * @param {string[]} all  labels of the chart
 */
export function shortLabel(label, all) {
  const without = (/** @type {string} */ text) => text.replace(/ g\d+\b/, "");
  return all.filter((other) => without(other) === without(label)).length > 1 ? label : without(label);
}

/**
 * A scheme as it is drawn, `id` or `id@kernel`, as its parts.
 * @param {string | InlineScheme} drawn
 * @returns {{ scheme: string | InlineScheme, kernel: string | null }} kernel: null: the scenario's
 */
export function partsOf(drawn) {
  if (typeof drawn !== "string") return { scheme: drawn, kernel: null };
  const [scheme, kernel = null] = drawn.split("@");
  return { scheme, kernel };
}

/**
 * What the schemes of one chart are called: where one is drawn with several kernels, each says which is its own.
 * @param {Engine} engine
 * @param {string | undefined} kernel  the scenario's
 * @param {(string | InlineScheme)[]} drawn
 * @returns {{ id: string, label: string, line: string, short: string }[]} line: what stands at its line; short: where there is little room
 */
export function namedSchemes(engine, kernel, drawn) {
  const parts = drawn.map(partsOf);
  const several = (/** @type {string} */ id) => parts.some((part) => part.kernel !== null && schemeId(part.scheme) === id);
  const one = new Set(parts.map(({ scheme }) => schemeId(scheme))).size === 1;
  const named = parts.map((part, i) => {
    const scheme = schemeLabel(part.scheme);
    if (!several(schemeId(part.scheme))) return { id: schemeId(drawn[i]), label: scheme, kernel: null };
    const name = recordName(engine, "kernel", part.kernel ?? kernel ?? "ideal");
    return { id: schemeId(drawn[i]), label: t("views.with_kernel", { scheme, kernel: name }), kernel: name };
  });
  const labels = named.map(({ label }) => label);
  return named.map(({ id, label, kernel: name }) => {
    const short = one && name ? name : shortLabel(label, labels);
    return { id, label, line: name ? short : label, short };
  });
}

/** @param {InlineScheme} scheme */
function inlineLabel(scheme) {
  if (typeof scheme.id === "string") return schemeLabel(scheme.id);
  // What the engine refuses is called as it was given.
  if (!Number.isFinite(scheme.weight_bits)) return JSON.stringify(scheme).slice(0, 40);
  const group = scheme.group_size ? ` g${scheme.group_size}` : "";
  const kv = scheme.kv_bits && scheme.kv_bits !== 16 ? t("views.with_kv", { bits: scheme.kv_bits }) : "";
  return `W${scheme.weight_bits}A${scheme.act_bits ?? 16}${group}${kv}`;
}

/**
 * The id that a series carries: schemes given inline have none, so their label stands in.
 * @param {string | InlineScheme} scheme
 */
export function schemeId(scheme) {
  return typeof scheme === "string" ? scheme : String(scheme.id ?? schemeLabel(scheme)).toLowerCase().replaceAll(" ", "-");
}

/**
 * A scheme of the engine's list: an id that the library does not have is the engine's for a scheme given inline, the reader's own.
 * @param {Engine} engine
 * @param {import("../../wasm/engine.js").RooflineScenario} scenario
 * @param {string} id
 */
export function listedLabel(engine, scenario, id) {
  return schemeLabel(schemeEntry(engine, id) ? id : scenario.scheme ?? id);
}

/**
 * A model without shapes reads no tokens: what it does in a second are inputs.
 * @param {import("../../wasm/engine.js").RooflineResult} result
 */
export const countsInputs = (result) => result.assumptions.includes("one_operator");

/**
 * What a number of tokens is called; for such a model, a number of inputs.
 * @param {import("../../wasm/engine.js").RooflineResult} result
 * @param {"tokens_per_s" | "cost_usd_per_million_tokens" | "energy_j_per_token"} name
 */
export const quantityName = (result, name) => t(`lab.quantity.${countsInputs(result) ? name.replace("token", "input") : name}`);

/** @param {Bound} bound */
export function boundLabel(bound) {
  return t(`views.bound.${bound}`);
}

/**
 * A record's name in the library; the id itself where it is unknown, for the engine says what is wrong with it.
 * @param {Engine} engine
 * @param {import("../../wasm/engine.js").SpecKind} kind
 * @param {string | undefined} id  or alias
 */
export function recordName(engine, kind, id) {
  return id ? nameOf(engine, kind, id) : "";
}

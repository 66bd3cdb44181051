/** What the evidence's parts are called, and the links to who measured. */
import { html } from "lit";
import { nameOf } from "../library.js";
import { quantity } from "../charts/quantity.js";
import { boundLabel } from "../views/names.js";
import { t } from "../strings.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").EvidenceErrors} EvidenceErrors
 * @typedef {import("../../wasm/engine.js").EvidenceProtocol} EvidenceProtocol
 * @typedef {import("../../wasm/engine.js").EvidenceSeries} EvidenceSeries
 * @typedef {import("../../wasm/engine.js").EvidenceSpread} EvidenceSpread
 * @typedef {import("./load.js").Evidence} Evidence
 */

/** @type {EvidenceProtocol[]} */
export const protocols = ["kernel", "calibrated", "datasheet"];
/** @type {import("../../wasm/engine.js").EvidenceRole[]} */
export const roles = ["judged", "fit", "in_sample"];

/** @param {string} name of a class, crossovers or order */
export const classLabel = (name) => t(`evidence.class.${name}`);
/** @param {string} name */
export const protocolLabel = (name) => t(`evidence.protocol.${name}`);
/** @param {string} name */
export const roleLabel = (name) => t(`evidence.role.${name}`);

/** @param {number | null | undefined} share */
export const percent = (share) => quantity(share, "share");
/** Too much is +, too little −. @param {number | null | undefined} bias */
export const bias = (bias) => quantity(bias, "change");

/**
 * A curve's errors under a protocol; null where that has no prediction of it.
 * @param {EvidenceSeries} series
 * @param {EvidenceProtocol} protocol
 * @returns {EvidenceSpread | null}
 */
export const errorsOf = (series, protocol) => series[protocol === "kernel" ? "kernel_aware" : protocol];

/**
 * A curve by what was measured, in the publisher's own words; who measured stands beside it.
 * @param {{series: string}} series
 */
export const seriesLabel = ({ series }) => series.split(" | ").slice(1).filter((part) => part !== "-").join(" · ").replace(/( \d+)?-?\+-$/, "$1").trimEnd();

/**
 * @param {Evidence["sources"]} sources
 * @param {string} id
 * @param {string} [fallback] what stands where the source is not known
 */
export function sourceLink(sources, id, fallback = id) {
  const source = sources[id];
  return source ? html`<a href=${source.url} rel="noreferrer">${source.title}</a> (${source.project})` : fallback;
}

/**
 * Why a series is missed: the known cause, else what its bias and its limit say.
 * @param {Evidence} evidence
 * @param {EvidenceSeries} series
 * @param {EvidenceProtocol} protocol
 */
export function whyMissed({ causes }, series, protocol) {
  const errors = errorsOf(series, protocol);
  const cause = protocol === "datasheet" ? undefined : causes[series.series];
  if (cause || !errors) return cause ?? "";
  const key = protocol === "datasheet" ? "datasheet" : errors.bias >= 0 ? "high" : "low";
  return t(`evidence.why.${key}`, { bias: bias(errors.bias), bound: boundLabel(series.bound) });
}

/**
 * @param {Engine} engine
 * @param {string} kind
 * @param {string} id
 */
export const named = (engine, kind, id) => (kind === "hardware" || kind === "kernel" ? nameOf(engine, kind, id) : id);

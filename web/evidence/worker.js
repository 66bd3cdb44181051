/**
 * The evidence, computed beside the page so that no input waits for it: the full engine predicts every measurement once. Answers
 * with one message: what came out, or why nothing did.
 */
import full from "#wasm";
import { causeOf } from "../../specs/measurements/causes.mjs";
import { loadEngine } from "../../wasm/engine.js";

/** @typedef {import("../../wasm/engine.js").EvidenceReport} EvidenceReport */
/** @typedef {{title: string, url: string, project: string}} Source */
/**
 * @typedef {object} Evidence
 * @property {EvidenceReport} report
 * @property {Record<string, Source>} sources by id
 * @property {Record<string, string>} causes why predictions miss, where that is known, by series
 */

/** @returns {Promise<Evidence>} */
async function compute() {
  const [engine, { measurements, options, causes }] = await Promise.all([
    loadEngine({ locateFile: () => new URL(full, import.meta.url).href }), import("#measurements"),
  ]);
  const report = engine.evidence(measurements, options);
  const known = [...report.series, ...report.flagged_series].flatMap((series) => {
    const cause = causeOf(causes, series);
    return cause === null ? [] : [[series.series, cause]];
  });
  return { report, sources: measurements.sources, causes: Object.fromEntries(known) };
}

compute().then(
  (evidence) => postMessage({ evidence }),
  (fault) => postMessage({ fault: fault instanceof Error ? fault.message : String(fault) }),
);

/** @typedef {{causes: Record<string, string>[]}} Causes the content of causes.json */

/**
 * Why a series' prediction misses, where the cause is known. Pure: for scripts and for the page.
 * @param {Causes} known
 * @param {import("../../wasm/engine.js").EvidenceSeries} series
 * @returns {string | null}
 */
export function causeOf(known, series) {
  const fields = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (series));
  const found = known.causes.find(({ cause: _, named = "", ...wanted }) =>
    series.series.includes(named) && Object.entries(wanted).every(([key, value]) => fields[key] === value));
  return found?.["cause"] ?? null;
}

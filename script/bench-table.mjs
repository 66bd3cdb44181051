// The table that script/bench prints while it measures, and the same as JSON in the end.

/** @typedef {{what: string, found: number, unit: string, budget: number | null, met: boolean | null}} Line */

/** Digits that are worth comparing. @param {number} value */
const shown = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : value.toLocaleString("en", { maximumSignificantDigits: 3 }));

export function benchTable() {
  /** @type {Line[]} */
  const lines = [];
  const columns = (/** @type {string[]} */ [what = "", found = "", budget = "", verdict = ""]) =>
    console.log(`${what.padEnd(70)}${found.padStart(16)}${budget.padStart(16)}  ${verdict}`.trimEnd());
  return {
    /** @param {string} title */
    section(title) {
      console.log("");
      columns([title, "found", "budget"]);
    },
    /**
     * @param {string} what
     * @param {number} found
     * @param {string} unit
     * @param {number} [budget] of interface terms: the most that it may be; `least`: the least
     * @param {"most" | "least"} [side]
     */
    line(what, found, unit, budget, side = "most") {
      const met = budget === undefined ? null : side === "most" ? found <= budget : found >= budget;
      lines.push({ what, found, unit, budget: budget ?? null, met });
      columns([what, `${shown(found)} ${unit}`, budget === undefined ? "" : `${side === "most" ? "≤" : "≥"} ${shown(budget)} ${unit}`, met === null ? "" : met ? "met" : "missed"]);
    },
    /** All of it as one line. */
    json: () => JSON.stringify({ lines }),
  };
}

/** @typedef {ReturnType<typeof benchTable>} BenchTable */

/** @param {number[]} values @param {number} share */
export const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

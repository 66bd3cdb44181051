/** The exercises: each answer is the engine's at the moment of asking. */
import { batch, change, gigabytes, intensity, threshold, times, timesAtCrossing, tokens } from "../figures.js";
import { nameOf } from "../library.js";
import { t } from "../strings.js";
import { isBeaten } from "./beaten.js";
import { cell, decodeTable, decoding, int4 } from "./cases.js";

/** @typedef {import("./exercise.js").Exercise} Exercise */
/** @typedef {import("./cases.js").Engine} Engine */

const large = { ...decodeTable, model: "Llama3_70B" };
/** Twice what step 6 has: its answers stand in the page already. */
const longer = { ...decoding, context: 4096 };
const selfCheck = { intensity_flop_per_byte: 5, ridge_flop_per_byte: 150 };

/** @type {Exercise} */
const larger = {
  id: "larger",
  kind: "number",
  facts: (engine) => ({ small: nameOf(engine, "model", decodeTable.model), large: nameOf(engine, "model", large.model), hardware: nameOf(engine, "hardware", large.hardware), context: tokens(large.context) }),
  answer(engine) {
    const [table, small] = [engine.table("decode", large), engine.table("decode", decodeTable)];
    const gain = Number(cell(table, "int4", "speedup"));
    const bytes = gigabytes(Number(cell(table, "fp16", "total_bytes")));
    return {
      // As printed, or with every digit.
      accepted: [gain],
      values: {
        gain: times(gain),
        before: times(Number(cell(small, "int4", "speedup"))),
        fits: cell(table, "fp16", "feasible") ? t("exercises.larger.fits", { bytes }) : t("exercises.larger.no_fit"),
      },
    };
  },
};

/**
 * @param {string} id
 * @param {number} limit
 * @returns {Exercise}
 */
const below = (id, limit) => ({
  id,
  kind: "number",
  whole: true,
  tolerance: 0,
  facts: (engine) => ({
    model: nameOf(engine, "model", longer.model ?? ""), hardware: nameOf(engine, "hardware", longer.hardware), context: tokens(longer.context), limit: threshold(limit),
  }),
  answer(engine) {
    const crossing = engine.crossovers({ scenario: longer, schemes: [int4], thresholds: [limit] }).find(({ direction }) => direction === "down");
    return {
      accepted: crossing?.batch ? [crossing.batch] : [],
      values: {
        batch: batch(crossing?.batch),
        speedup: timesAtCrossing(crossing?.speedup),
        before: t(`bound.${crossing?.baseline_bound_after ?? "weights"}`),
        after: t(`bound.${crossing?.bound_after ?? "weights"}`),
      },
    };
  },
});

/** @param {import("../../wasm/engine.js").Table["rows"][number]} row */
const optionOf = (row) => (row["method"] === "quantization" ? `q${row["bits"]}` : `p${row["sparsity_pct"]}`);

/** @type {Exercise} */
const frontier = {
  id: "frontier",
  kind: "choice",
  options: ["q8", "q4", "p50", "p75", "p90"],
  facts: (engine) => ({ model: nameOf(engine, "model", decodeTable.model) }),
  answer(engine) {
    const { rows } = engine.table("compression", { model: decodeTable.model, hardware: decodeTable.hardware });
    const beaten = rows.filter((row) => isBeaten(row, rows));
    const list = beaten.map((row) => t(`exercises.frontier.options.${optionOf(row)}`)).join("; ");
    const [q8, p75] = [rows.find((row) => optionOf(row) === "q8"), rows.find((row) => optionOf(row) === "p75")];
    return {
      accepted: beaten.map(optionOf),
      values: { list, q8: change(Number(q8?.["delta"])), p75: change(Number(p75?.["delta"])), size: gigabytes(Number(q8?.["weight_bytes"])) },
    };
  },
};

/** @type {Exercise} */
const selfcheck = {
  id: "selfcheck",
  kind: "choice",
  options: ["memory", "compute"],
  facts: () => ({ intensity: intensity(selfCheck.intensity_flop_per_byte), ridge: intensity(selfCheck.ridge_flop_per_byte) }),
  answer(engine) {
    const found = /** @type {import("../../wasm/engine.js").RegimeResult} */ (engine.evaluate({ lens: "tutorial", question: "regime", ...selfCheck }));
    return { accepted: [found.bottleneck.toLowerCase()], values: { bound: t(`table.value.${found.bottleneck.toLowerCase()}`) } };
  },
};

/** @type {Exercise[]} */
export const exercises = [larger, below("below2", 2), below("below1_5", 1.5), frontier, selfcheck];

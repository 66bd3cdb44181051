/** Step 4: the two side by side: the same change, two ceilings. */
import { html } from "lit";
import { batch, intensity, milliseconds, tokens } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { engineTable } from "../../tables/engine-table.js";
import { decoding, noticeable, roofline, training, trainingTable, decodeTable } from "../cases.js";
import { smallTable } from "../small-table.js";

const doubled = 2;

/**
 * A step as it is, with twice the bandwidth, and with twice the arithmetic.
 * @param {import("../cases.js").Engine} engine
 * @param {import("../cases.js").RooflineScenario} scenario
 */
function investments(engine, scenario) {
  const bandwidth = Number(engine.describe(scenario.hardware)["memory_bandwidth_bytes_per_s"]);
  return {
    now: roofline(engine, scenario),
    bandwidth: roofline(engine, { ...scenario, bandwidth_bytes_per_s: doubled * bandwidth }),
    peak: roofline(engine, { ...scenario, peak_factor: doubled }),
  };
}

/** @type {import("../step.js").Step} */
export const regimes = {
  id: "regimes",
  intro: ["p1"],
  questions: [{ id: "regimes.bandwidth", kind: "choice", options: ["decode", "training", "both", "neither"] }],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decodeTable.model),
      hardware: nameOf(engine, "hardware", decodeTable.hardware),
      context: tokens(decodeTable.context),
      training_model: nameOf(engine, "model", training.model ?? ""),
      training_hardware: nameOf(engine, "hardware", training.hardware),
      batch: batch(trainingTable.batch),
    };
  },
  answers(engine) {
    const [decode, train] = [decoding, training].map((scenario) => {
      const { now, bandwidth } = investments(engine, scenario);
      return now.step_s / bandwidth.step_s >= noticeable;
    });
    return { "regimes.bandwidth": decode && train ? "both" : decode ? "decode" : train ? "training" : "neither" };
  },
  reveal({ engine }) {
    const facts = this.facts(engine);
    const rows = /** @type {const} */ ([["decode", decoding], ["training", training]])
      .map(([key, scenario]) => /** @type {const} */ ([key, investments(engine, scenario)]));
    const peak = rows[1]?.[1].peak;
    return html`
      ${smallTable({
        id: "lesson-regimes-investments",
        name: t("lesson.regimes.investments_name"),
        caption: rich("lesson.regimes.investments", facts),
        head: [t("lesson.regimes.case"), t("lesson.phases.intensity"), t("lesson.regimes.now"), t("lesson.regimes.bandwidth_doubled"), t("lesson.regimes.peak_doubled")],
        rows: rows.map(([key, step]) => [
          rich(`lesson.regimes.row_${key}`, facts), intensity(step.now.intensity), ...Object.values(step).map(({ step_s: seconds }) => milliseconds(seconds)),
        ]),
      })}
      <p>${rich("lesson.regimes.r1")} ${rich("lesson.regimes.r1_peak", {
        peak: milliseconds(peak?.step_s), ridge: intensity(peak?.ridge), intensity: intensity(peak?.intensity),
      })}</p>
      ${engineTable({
        table: engine.table("regimes", { ...decodeTable }),
        id: "lesson-regimes",
        caption: rich("lesson.regimes.caption", facts),
        columns: [
          "precision",
          "decode_speedup", "decode_regime", "decode_intensity", "decode_ridge",
          "training_speedup", "training_regime", "training_intensity", "training_ridge",
        ],
        groups: ["", "decode:4", "training:4"],
      })}
      <p>${rich("lesson.regimes.r2")}</p>`;
  },
};

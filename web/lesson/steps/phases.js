/** Step 5: prefill and decode of the same request. */
import { html } from "lit";
import { intensity, milliseconds, times, timesExactly, tokens } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { decoding, int4, prefilling, roofline } from "../cases.js";
import { smallTable } from "../small-table.js";

/** @param {import("../cases.js").Engine} engine */
function figures(engine) {
  const cases = /** @type {const} */ ([["prefill", prefilling], ["decode", decoding]]);
  return cases.map(([phase, scenario]) => ({
    phase,
    before: roofline(engine, { ...scenario, scheme: "fp16" }),
    ideal: roofline(engine, { ...scenario, scheme: int4 }),
    marlin: roofline(engine, { ...scenario, scheme: int4, kernel: "marlin" }),
  }));
}

/** @type {import("../step.js").Step} */
export const phases = {
  id: "phases",
  intro: ["p1", "p2"],
  questions: [
    { id: "phases.prefill", kind: "number", min: 0.01, max: 100 },
    { id: "phases.decode", kind: "number", min: 0.01, max: 100 },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decoding.model ?? ""),
      hardware: nameOf(engine, "hardware", decoding.hardware),
      prompt: tokens(prefilling.prompt ?? 0),
    };
  },
  answers(engine) {
    const [prefill, decode] = figures(engine);
    return { "phases.prefill": prefill?.ideal.speedup, "phases.decode": decode?.ideal.speedup };
  },
  show: { "phases.prefill": times, "phases.decode": times },
  reveal({ engine }) {
    const rows = figures(engine);
    const [prefill, decode] = rows;
    return html`
      ${smallTable({
        id: "lesson-phases",
        name: t("lesson.phases.name"),
        caption: rich("lesson.phases.caption", this.facts(engine)),
        head: [
          t("lesson.phases.phase"), t("lesson.phases.before"), t("lesson.phases.intensity"), t("lesson.bound_by"), t("lesson.phases.ideal"), t("lesson.phases.marlin"),
        ],
        rows: rows.map(({ phase, before, ideal, marlin }) => [
          t(`phase.${phase}`), milliseconds(before.step_s), intensity(before.intensity ?? 0), t(`bound.${before.regime}`), timesExactly(ideal.speedup), timesExactly(marlin.speedup),
        ]),
      })}
      <p>${rich("lesson.phases.r1", { ridge: intensity(prefill?.before.ridge ?? 0), prefill: intensity(prefill?.before.intensity ?? 0), decode: intensity(decode?.before.intensity ?? 0) })}</p>
      <p>${rich("lesson.phases.r2", { ...this.facts(engine), gain: times(prefill?.ideal.speedup ?? 0), marlin: timesExactly(prefill?.marlin.speedup ?? 0) })}</p>`;
  },
};

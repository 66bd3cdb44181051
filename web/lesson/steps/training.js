/** Step 3: training at a large batch, and the tensor cores that change both ceilings. */
import { html } from "lit";
import { batch, flop, flopRate, milliseconds, rate, times } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { engineTable } from "../../tables/engine-table.js";
import { cell, noticeable, roofline, training as fullStep, trainingTable } from "../cases.js";
import { smallTable } from "../small-table.js";
import "../../controls/toggle.js";

/** The device's peaks by format. @param {import("../cases.js").Engine} engine */
const rates = (engine) => /** @type {Record<string, number>} */ (engine.describe(trainingTable.hardware)["peak_flop_per_s"]);

/** The same device with the fast INT8 units taken out: only its table of rates differs. */
const plainId = "lesson-a100-without-int8";

/** What every format of the published row pays alike. @param {import("../cases.js").Engine} engine */
const overhead = (engine) => /** @type {import("../../../wasm/engine.js").StepResult} */ (engine.evaluate({ lens: "tutorial", question: "step", ...trainingTable })).overhead_s;

/** What the published row counts for an image. @param {import("../cases.js").Engine} engine */
function tableFlop(engine) {
  const records = /** @type {{key: string, flop: number}[]} */ (engine.describe(trainingTable.model)["tutorial"]);
  return records.find(({ key }) => key === trainingTable.model)?.flop ?? null;
}

/** @param {import("../cases.js").Engine} engine */
function withoutInt8(engine) {
  if (engine.catalog("hardware").some(({ id }) => id === plainId)) return plainId;
  const device = engine.describe(trainingTable.hardware);
  const left = { ...rates(engine) };
  /** @type {Record<string, any>} */
  const tutorial = { .../** @type {Record<string, any>} */ (device["tutorial"]), key: plainId };
  const tutorialRates = { ...tutorial["rates_flop_per_s"] };
  for (const format of ["int8", "int4"]) {
    delete left[format];
    delete tutorialRates[format];
  }
  tutorial["rates_flop_per_s"] = tutorialRates;
  return engine.addSpec("hardware", { ...device, id: plainId, aliases: [], peak_flop_per_s: left, tutorial });
}

/** @param {import("../../../wasm/engine.js").Table} table what the speed-ups say, as one of the choices */
function patternOf(table) {
  const int8 = Number(cell(table, "int8", "speedup")) >= noticeable;
  const int4 = Number(cell(table, "int4", "speedup")) >= noticeable;
  return int8 && int4 ? "both" : int8 ? "int8" : int4 ? "int4" : "none";
}

/** @param {import("../cases.js").Engine} engine */
const table = (engine, hardware = trainingTable.hardware) => engine.table("training", { ...trainingTable, hardware });

/** @type {import("../step.js").Step} */
export const training = {
  id: "training",
  intro: ["p1", "p2"],
  questions: [{ id: "training.pattern", kind: "choice", options: ["both", "int8", "int4", "none"] }],
  facts(engine) {
    return {
      // The published row's own record says in its name what it counts; the text says it further down.
      model: nameOf(engine, "model", fullStep.model ?? ""),
      hardware: nameOf(engine, "hardware", trainingTable.hardware),
      batch: batch(trainingTable.batch),
      int8_rate: flopRate(rates(engine)["int8"]),
      fp16_rate: flopRate(rates(engine)["fp16"]),
      full_model: nameOf(engine, "model", fullStep.model ?? ""),
      full_flop: flop(Number(engine.describe(fullStep.model ?? "")["flop_per_input"])),
      table_flop: flop(tableFlop(engine)),
      overhead: milliseconds(overhead(engine)),
    };
  },
  answers: (engine) => ({ "training.pattern": patternOf(table(engine)) }),
  controls: { tensor_cores: true },
  reveal({ engine, controls, set }) {
    const facts = this.facts(engine);
    const cores = Boolean(controls["tensor_cores"]);
    const shown = table(engine, cores ? trainingTable.hardware : withoutInt8(engine));
    const full = ["fp16", "w8a16", "w8a8-int8"].map((scheme) => ({ scheme, step: roofline(engine, { ...fullStep, scheme }) }));
    return html`
      <p>${rich("lesson.training.r1", {
        ...facts,
        compute: milliseconds(Number(cell(shown, "fp16", "compute_s"))),
        memory: milliseconds(Number(cell(shown, "fp16", "memory_s"))),
      })}</p>
      <div class="fields" @value-change=${(/** @type {CustomEvent} */ event) => set({ tensor_cores: event.detail.value })}>
        <crossover-toggle .name=${"tensor_cores"} .label=${t("lesson.training.toggle")} .value=${cores}></crossover-toggle>
      </div>
      ${engineTable({
        table: shown,
        id: "lesson-training",
        caption: rich("lesson.training.caption", facts),
        columns: ["precision", "latency_s", "throughput", "speedup", "compute_s", "memory_s", "bottleneck"],
        perSecond: "image_per_s",
        noteTexts: cores ? {} : { fallback_fp16_peak: rich("lesson.training.note_off") },
      })}
      <p aria-live="polite">${rich(cores ? "lesson.training.with" : "lesson.training.without", {
        compute16: milliseconds(Number(cell(shown, "fp16", "compute_s"))),
        compute8: milliseconds(Number(cell(shown, "int8", "compute_s"))),
        memory16: milliseconds(Number(cell(shown, "fp16", "memory_s"))),
        memory8: milliseconds(Number(cell(shown, "int8", "memory_s"))),
        int8: times(Number(cell(shown, "int8", "speedup"))),
        int4: times(Number(cell(shown, "int4", "speedup"))),
      })}</p>
      <p>${rich("lesson.training.r2", facts)}</p>
      ${smallTable({
        id: "lesson-training-full",
        name: t("lesson.training.full_name"),
        caption: rich("lesson.training.full_caption", facts),
        head: [t("lesson.scheme"), t("lesson.step_time"), t("lesson.throughput"), t("lesson.speedup"), t("lesson.bound_by")],
        rows: full.map(({ scheme, step }) => [
          t(`scheme.${scheme}`), milliseconds(step.step_s), rate(step.tokens_per_s, t("unit.image_per_s")), times(step.speedup), t(`bound.${step.regime}`),
        ]),
      })}
      <p>${rich("lesson.training.r3")}</p>`;
  },
};

/** Step 6: the crossover: drag the batch, see the gain go, and see what takes it. */
import { html, nothing } from "lit";
import { batch, gigabytes, milliseconds, share, times, timesExactly, tokens, threshold } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { cell, decodeTable, decoding, int4, int4WithCache, roofline } from "../cases.js";
import { smallTable } from "../small-table.js";
import "../../controls/slider.js";
import "../../views/speedup.js";

const last = 256;
const tutorialBatch = 256;
const batches = [1, 2, 4, 8, 16, 32, 64, 128, last];
const half = 2;
/** So many times the peak that the arithmetic takes no time. */
const unlimited = 100;

/** @param {import("../cases.js").Engine} engine */
const firstBelow = (engine) =>
  engine
    .crossovers({ scenario: decoding, schemes: [int4], thresholds: [half], from: 1, to: 4096 })
    .find((crossing) => crossing.direction === "down")?.batch ?? null;

/** @param {import("../cases.js").Engine} engine */
function curve(engine) {
  const sweep = engine.sweep({ scenario: decoding, axis: "batch", from: 1, to: last, points: 49, schemes: [int4] });
  return { batches: sweep.values, values: /** @type {import("../../../wasm/engine.js").SweepSeries} */ (sweep.series[0]).speedup };
}

/**
 * The share of a step that each bound has.
 * @param {import("../cases.js").RooflineResult} result
 * @param {import("../../../wasm/engine.js").Bound} bound
 */
const shareOf = (result, bound) => share(result.bound_share[bound]);

/**
 * What to say of a step: the cache's part and the arithmetic's are told apart by what the gain would be without the arithmetic, to the
 * digit that is shown.
 * @param {import("../cases.js").RooflineResult} step
 * @param {number} free
 */
function limiting({ regime, memory_bound: memoryBound, speedup }, free) {
  if (regime === "kv") return timesExactly(free) === timesExactly(speedup) ? "kv" : "kv_both";
  return memoryBound ? "weights" : "compute";
}

/** @type {import("../step.js").Step} */
export const crossover = {
  id: "crossover",
  intro: ["p1", "p2"],
  questions: [
    { id: "crossover.curve", kind: "sketch", frame: { batches, top: 4, marks: [1, half, 3, 4] } },
    { id: "crossover.below", kind: "number", min: 1, max: 4096, whole: true },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decoding.model ?? ""),
      hardware: nameOf(engine, "hardware", decoding.hardware),
      context: tokens(decoding.context ?? 0),
      group: tokens(Number(engine.describe(int4)["group_size"])),
      half: threshold(half),
      last: batch(last),
    };
  },
  answers: (engine) => ({ "crossover.curve": curve(engine), "crossover.below": firstBelow(engine) }),
  show: { "crossover.below": batch },
  controls: { batch: 64 },
  reveal({ engine, controls, set }) {
    const at = Number(controls["batch"]);
    const schemes = ["fp16", int4, int4WithCache];
    const steps = schemes.map((scheme) => ({ scheme, step: roofline(engine, { ...decoding, batch: at, scheme }) }));
    const [fp16, quantized] = steps;
    const free = roofline(engine, { ...decoding, batch: at, scheme: int4, peak_factor: unlimited }).speedup;
    const tutorial = (/** @type {number} */ size) => Number(cell(engine.table("decode", { ...decodeTable, batch: size }), "int4", "speedup"));
    return html`
      <p>${rich("lesson.crossover.r1", { weights16: gigabytes(fp16?.step.weight_bytes), weights4: gigabytes(quantized?.step.weight_bytes) })}</p>
      <div class="fields" @value-change=${(/** @type {CustomEvent} */ event) => set({ batch: event.detail.value })}>
        <crossover-slider .name=${"lesson_batch"} .label=${t("lesson.batch")} .value=${at} .min=${1} .max=${4096} .whole=${true}></crossover-slider>
      </div>
      ${smallTable({
        id: "lesson-crossover",
        name: t("lesson.crossover.name"),
        caption: rich("lesson.crossover.caption", { ...this.facts(engine), batch: batch(at) }),
        head: [t("lesson.scheme"), t("lesson.step_time"), t("lesson.speedup"), t("bound.weights"), t("bound.kv"), t("bound.compute"), t("lesson.fits")],
        rows: steps.map(({ scheme, step }) => [
          t(`scheme.${scheme}`), milliseconds(step.step_s), times(step.speedup), shareOf(step, "weights"), shareOf(step, "kv"), shareOf(step, "compute"),
          t(step.fits ? "lesson.yes" : "lesson.no"),
        ]),
      })}
      <p aria-live="polite">${rich(`lesson.crossover.bound_${quantized ? limiting(quantized.step, free) : "weights"}`, {
        batch: batch(at),
        gain: timesExactly(quantized?.step.speedup ?? 0),
        free: timesExactly(free),
        kv: quantized ? shareOf(quantized.step, "kv") : "",
        kv16: fp16 ? shareOf(fp16.step, "kv") : "",
      })} ${quantized?.step.fits ? (fp16?.step.fits ? nothing : t("lesson.crossover.unfit_baseline")) : t("lesson.crossover.unfit")}</p>
      <crossover-view-speedup .engine=${engine} .scenario=${{ ...decoding, scheme: int4, batch: at }} .schemes=${[int4, int4WithCache]} .thresholds=${[half, 1.5]}
        @crossover-here=${(/** @type {CustomEvent} */ event) => set({ batch: Math.max(1, Math.round(event.detail.value)) })}></crossover-view-speedup>
      <p>${rich("lesson.crossover.r2", { batch: batch(tutorialBatch), one: times(tutorial(1)), many: times(tutorial(tutorialBatch)) })}</p>`;
  },
};

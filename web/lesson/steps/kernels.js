/** Step 7: the same four bits in different hands: kernels, and what unpacking costs. */
import { html, nothing } from "lit";
import { batch, timesExactly, tokens } from "../../figures.js";
import { attempt } from "../../attempt.js";
import { nearNow } from "../../evidence/near-now.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { schemeLabel } from "../../views/names.js";
import { noticeable, roofline } from "../cases.js";
import { kernelChart } from "../kernel-chart.js";
import { smallTable } from "../small-table.js";
import "../../controls/slider.js";

/** @type {import("../cases.js").RooflineScenario} */
const base = { lens: "roofline", model: "llama-2-7b", hardware: "a100-80gb", context: 512 };
const asked = { alone: 1, many: 16 };
const batches = [1, 4, 16, 64, 256];
/** Each with the scheme that it is made for. */
const kernels = /** @type {const} */ ([
  ["ideal", "int4-g128"], ["marlin", "int4-g128"], ["exllamav2", "int4-g128"], ["awq-gemv", "int4-g128"], ["bitsandbytes-nf4", "nf4"],
]);

/** @param {import("../cases.js").Engine} engine @param {string} kernel @param {string} scheme @param {number} size */
const speedup = (engine, kernel, scheme, size) => attempt(() => roofline(engine, { ...base, kernel, scheme, batch: size }).speedup).value;

/** The most tokens for which a kernel takes its first path. @param {import("../cases.js").Engine} engine @param {string} kernel */
const firstPath = (engine, kernel) => batch(/** @type {{up_to_tokens: number}[]} */ (engine.describe(kernel)["segments"])[0]?.up_to_tokens);

/** @param {number | null} gain */
const verdict = (gain) => (gain === null ? "same" : gain >= noticeable ? "faster" : gain <= 1 / noticeable ? "slower" : "same");

/** @type {import("../step.js").Step} */
export const kernelsStep = {
  id: "kernels",
  intro: ["p1", "p2"],
  questions: [
    { id: "kernels.exllama", kind: "choice", options: ["faster", "same", "slower"] },
    { id: "kernels.bitsandbytes", kind: "choice", options: ["faster", "same", "slower"] },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", base.model ?? ""),
      hardware: nameOf(engine, "hardware", base.hardware),
      many: batch(asked.many),
      context: tokens(base.context ?? 0),
    };
  },
  answers(engine) {
    return {
      "kernels.exllama": verdict(speedup(engine, "exllamav2", "int4-g128", asked.many)),
      "kernels.bitsandbytes": verdict(speedup(engine, "bitsandbytes-nf4", "nf4", asked.many)),
    };
  },
  controls: { batch: asked.many },
  reveal({ engine, controls, set }) {
    const at = Number(controls["batch"]);
    const near = nearNow(engine, { ...base, scheme: "int4-g128" }, () => set({}), kernels.map(([kernel]) => kernel));
    const columns = [...new Set([...batches, at])].sort((a, b) => a - b);
    const ideal = roofline(engine, { ...base, kernel: "ideal", scheme: "int4-g128", batch: at });
    const real = kernels.slice(1).map(([kernel, scheme]) => ({ name: nameOf(engine, "kernel", kernel), gain: speedup(engine, kernel, scheme, at) ?? NaN }))
      .sort((a, b) => a.gain - b.gain);
    const fp16 = roofline(engine, { ...base, scheme: "fp16", batch: 1 });
    const from = (fp16.max_batch ?? Infinity) + 1;
    const [worst, best] = [real[0], real[real.length - 1]];
    const title = t("lesson.kernels.chart", {
      batch: batch(at), best: best?.name, gain: timesExactly(best?.gain), worst: worst?.name, loss: timesExactly(worst?.gain),
    });
    return html`
      <div class="fields" @value-change=${(/** @type {CustomEvent} */ event) => set({ batch: event.detail.value })}>
        <crossover-slider .name=${"kernel_batch"} .label=${t("lesson.batch")} .value=${at} .min=${1} .max=${1024} .whole=${true}></crossover-slider>
      </div>
      ${smallTable({
        id: "lesson-kernels",
        name: t("lesson.kernels.name"),
        caption: rich("lesson.kernels.caption", this.facts(engine)),
        head: [t("lesson.kernels.kernel"), ...columns.map((size) => (size === at ? html`<em>${t("lesson.at_batch", { batch: batch(size) })}</em>` : t("lesson.at_batch", { batch: batch(size) })))],
        rows: kernels.map(([kernel, scheme]) => [
          nameOf(engine, "kernel", kernel),
          ...columns.map((size) => {
            const gain = speedup(engine, kernel, scheme, size);
            const text = gain === null ? "–" : timesExactly(gain);
            return gain !== null && gain < 1 ? html`<span class="loses">${text}</span>` : text;
          }),
        ]),
      })}
      <figure @crossover-here=${(/** @type {CustomEvent} */ event) => set({ batch: Math.max(1, Math.round(event.detail.value)) })}>
        <figcaption><h3>${title}</h3></figcaption>
        ${kernelChart(engine, base, kernels, { at, from, baseline: schemeLabel("fp16") }, title, near?.measured ?? null)}
      </figure>
      ${near?.note()}
      <p aria-live="polite">${rich("lesson.kernels.r1", {
        batch: batch(at), ideal: timesExactly(ideal.speedup), worst: worst?.name, gain: timesExactly(worst?.gain),
      })}</p>
      ${Number.isFinite(from) ? html`<p>${rich("lesson.kernels.beyond", { from: batch(from), hardware: nameOf(engine, "hardware", base.hardware) })}</p>` : nothing}
      <p>${rich("lesson.kernels.r2", {
        exllama: firstPath(engine, "exllamav2"), bnb: firstPath(engine, "bitsandbytes-nf4"),
      })}</p>
      <p>${rich("lesson.kernels.r3")}</p>`;
  },
};

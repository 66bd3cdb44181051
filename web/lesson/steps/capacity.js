/** Step 9: more users in the same memory. */
import { html } from "lit";
import { batch, gibibytes, gigabytes, milliseconds, rate, share, times, tokens } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { int4, int4WithCache, roofline } from "../cases.js";
import "../../views/capacity.js";
import { smallTable } from "../small-table.js";

/** @type {import("../cases.js").RooflineScenario} */
const base = { lens: "roofline", model: "llama-3.1-8b", hardware: "rtx-4090", context: 4096, memory_utilization: 0.9 };
const schemes = ["w8a16", int4, int4WithCache];

/** What fits, and what the full device then writes: FP16 first. @param {import("../cases.js").Engine} engine */
const rowsOf = (engine) => engine.capacity({ scenario: base, schemes });

/** @type {import("../step.js").Step} */
export const capacity = {
  id: "capacity",
  intro: ["p1", "p2"],
  questions: [
    { id: "capacity.users", kind: "number", min: 0, max: 100_000, whole: true },
    { id: "capacity.gain", kind: "number", min: 0.01, max: 1000 },
  ],
  facts(engine) {
    const alone = roofline(engine, { ...base, scheme: "fp16" });
    return {
      model: nameOf(engine, "model", base.model ?? ""),
      hardware: nameOf(engine, "hardware", base.hardware),
      context: tokens(base.context ?? 0),
      users: batch(alone.max_batch ?? 0),
      capacity: gibibytes(alone.capacity_bytes),
      capacity_gb: gigabytes(alone.capacity_bytes),
      filled: share(base.memory_utilization),
      weights: gigabytes(alone.weight_bytes),
      weights4: gigabytes(roofline(engine, { ...base, scheme: int4 }).weight_bytes),
      cache: gigabytes(alone.kv_bytes),
    };
  },
  answers(engine) {
    const quantized = rowsOf(engine).find(({ scheme }) => scheme === int4);
    return { "capacity.users": quantized?.max_batch, "capacity.gain": quantized?.speedup };
  },
  show: { "capacity.users": batch, "capacity.gain": times },
  reveal({ engine }) {
    const rows = rowsOf(engine);
    const [before] = rows;
    const after = rows.find(({ scheme }) => scheme === int4);
    const cached = rows.find(({ scheme }) => scheme === int4WithCache);
    return html`
      ${smallTable({
        id: "lesson-capacity",
        name: t("lesson.capacity.name"),
        caption: rich("lesson.capacity.caption", this.facts(engine)),
        head: [
          t("lesson.scheme"), t("table.column.weight_bytes"), t("lesson.capacity.max"), t("lesson.capacity.rate"), t("lesson.capacity.over"), t("lesson.capacity.alone"),
        ],
        rows: rows.map((row) => [
          t(`scheme.${row.scheme}`), gigabytes(row.weight_bytes), batch(row.max_batch), rate(row.tokens_per_s, t("unit.token_per_s")), times(row.speedup),
          milliseconds(row.step_s),
        ]),
      })}
      <p>${rich("lesson.capacity.r1", {
        before: milliseconds(before?.step_s), after: milliseconds(after?.step_s), few: batch(before?.max_batch), many: batch(after?.max_batch), cache: times(cached?.speedup),
        most: batch(cached?.max_batch), cache_step: milliseconds(cached?.step_s),
      })}</p>
      <crossover-view-capacity .engine=${engine} .scenario=${{ ...base, scheme: int4 }} .schemes=${schemes}></crossover-view-capacity>
      <p>${rich("lesson.capacity.r2")}</p>`;
  },
};

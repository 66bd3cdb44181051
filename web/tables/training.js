/** Section 3: a batch of images at once. */
import { html, nothing } from "lit";
import { attempt } from "../attempt.js";
import { define } from "../element.js";
import { batch, milliseconds, times } from "../figures.js";
import { nameOf, options, variants } from "../library.js";
import { params } from "../params.js";
import { trainingTable } from "../state.js";
import { rich, t } from "../strings.js";
import { TableSection } from "./section.js";
import "../controls/select.js";
import "../controls/slider.js";

class TrainingSection extends TableSection {
  /** @param {CustomEvent<{name: string, value: string | number}>} event */
  changed(event) {
    this.state?.set({ [event.detail.name]: event.detail.value });
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  fields(engine) {
    const { values } = this;
    return html`<div class="fields" role="group" aria-label=${t("tables.training.fields")} @value-change=${this.changed}>
      <crossover-select .name=${"training_model"} .label=${t("param.training_model.label")} .value=${String(values["training_model"])}
        .options=${variants(engine, options(engine, "model"), String(params["training_model"]?.default))}></crossover-select>
      <crossover-select .name=${"training_hardware"} .label=${t("param.training_hardware.label")} .value=${String(values["training_hardware"])}
        .options=${options(engine, "hardware")}></crossover-select>
      <crossover-slider .name=${"training_batch"} .label=${t("param.training_batch.label")} .value=${values["training_batch"]} .min=${1} .max=${4096}
        .whole=${true}></crossover-slider>
    </div>`;
  }

  /** @override @type {TableSection["section"]} */
  section(engine) {
    const scenario = trainingTable(this.values);
    const described = attempt(() => engine.describe(scenario.model ?? "")).value ?? {};
    const kind = /image/.test(String(described["input_unit"] ?? "")) ? "images" : "inputs";
    const words = {
      model: nameOf(engine, "model", scenario.model ?? ""),
      hardware: nameOf(engine, "hardware", scenario.hardware ?? ""),
      batch: batch(scenario.batch),
      "batch#": scenario.batch,
    };
    return html`<section aria-labelledby="training">
      <h2 id="training">${t(`tables.training.title.${kind}`, words)}</h2>
      <p>${rich(`tables.training.text.${kind}`)}</p>
      ${this.fields(engine)}
      ${this.figure("training", scenario, {
        id: "table-training",
        caption: rich("tables.training.caption", words),
        columns: ["precision", "latency_s", "throughput", "speedup", "compute_s", "memory_s", "bottleneck"],
        perSecond: kind === "images" ? "image_per_s" : "input_per_s",
        words,
      }, takeaway)}
    </section>`;
  }
}

/** @param {import("./engine-table.js").Rows} rows */
function takeaway(rows) {
  const row = (/** @type {string} */ precision) => rows.find((candidate) => candidate["precision"] === precision);
  const [fp16, int8, int4] = [row("fp16"), row("int8"), row("int4")];
  if (!fp16 || !int8 || !int4) return nothing;
  const bound = fp16["bottleneck"] === "Compute";
  const key = !bound ? "memory" : Number(int4["speedup"]) < Number(int8["speedup"]) ? "compute_int4_falls_back" : "compute";
  return html`<p class="takeaway">${rich(`tables.training.takeaway.${key}`, {
    compute: milliseconds(Number(fp16["compute_s"])),
    memory: milliseconds(Number(fp16["memory_s"])),
    int8: times(Number(int8["speedup"])),
    int4: times(Number(int4["speedup"])),
  })}</p>`;
}
define("crossover-training", TrainingSection);

/** <crossover-view-sensitivity>: what one per cent more of each resource would change: where to invest. */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { aboutHere } from "./batch-sweep.js";
import { barChart } from "./bars.js";
import { schemeLabel } from "./names.js";
import { View } from "./view.js";

/** A parameter's hue: that of the bound it moves. */
const hues = /** @type {Record<string, string>} */ ({
  bandwidth: "weights", peak: "compute", capacity: "ink", weight_bits: "weights", kv_bits: "kv", overhead: "overhead", link: "link",
});

export class SensitivityView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const rows = engine.sensitivity(scenario);
    // Of the memory's size the engine gives what it does to the largest batch: the step itself does not change with it.
    const ofStep = rows.flatMap(({ parameter, elasticity }) => (parameter === "capacity" || elasticity === null ? [] : [{ parameter, elasticity }]));
    const ofCapacity = rows.filter((row) => row.capacity_elasticity !== null);
    const strongest = [...ofStep]
      .sort((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity))[0];
    const title = t(strongest && strongest.elasticity !== 0 ? `views.sensitivity.title_${strongest.elasticity < 0 ? "more" : "less"}` : "views.sensitivity.title_none", {
      scheme: schemeLabel(scenario.scheme ?? "fp16"), parameter: t(`views.sensitivity.parameter.${strongest?.parameter}`),
      change: quantity(Math.abs(strongest?.elasticity ?? 0) / 100, "share"),
    });
    return {
      title,
      about: aboutHere(engine, scenario),
      chart: html`
        ${bars(ofStep.map((row) => ({ parameter: row.parameter, value: row.elasticity })), {
          title, describe: t("views.sensitivity.describe"), axis: t("views.sensitivity.axis"), label: t("views.sensitivity.elasticity") })}
        ${ofCapacity.length === 0 ? nothing : html`
          <h4 class="view-part">${t("views.sensitivity.at_capacity")}</h4>
          ${bars(ofCapacity.map((row) => ({ parameter: row.parameter, value: row.capacity_elasticity ?? 0 })), {
            title: t("views.sensitivity.at_capacity"), describe: t("views.sensitivity.describe_capacity"), axis: t("views.sensitivity.capacity_axis"), label: t("views.sensitivity.capacity_elasticity") })}`}`,
      table: {
        name: "sensitivity",
        caption: t("views.sensitivity.table"),
        columns: [
          { key: "parameter", label: t("views.sensitivity.what"), unit: "text" },
          { key: "elasticity", label: t("views.sensitivity.elasticity"), unit: "elasticity" },
          { key: "capacity_elasticity", label: t("views.sensitivity.capacity_elasticity"), unit: "elasticity" },
          { key: "max_batch_elasticity", label: t("views.sensitivity.max_batch_elasticity"), unit: "elasticity" },
        ],
        rows: rows.map((row) => ({
          parameter: t(`views.sensitivity.parameter.${row.parameter}`), capacity_elasticity: row.capacity_elasticity,
          elasticity: row.parameter === "capacity" ? null : row.elasticity, max_batch_elasticity: row.parameter === "capacity" ? row.elasticity : null,
        })),
      },
    };
  }
}

/**
 * @param {{ parameter: string, value: number }[]} rows
 * @param {{ title: string, describe: string, axis: string, label: string }} words
 */
function bars(rows, { title, describe, axis, label }) {
  return barChart({
    title, describe, unit: "elasticity",
    chart: {
      label: axis, format: (v) => quantity(v, "elasticity"),
      bars: rows.map(({ parameter, value }) => ({
        id: parameter, label: t(`views.sensitivity.parameter.${parameter}`), text: quantity(value, "elasticity"),
        parts: [{ id: "elasticity", label, value, hue: hues[parameter] ?? "ink" }],
      })),
    },
  });
}

define("crossover-view-sensitivity", SensitivityView);

/** <crossover-view-sensitivity>: what one per cent more of each resource would change: where to invest. */
import { define } from "../element.js";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { about } from "./batch-sweep.js";
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
    const strongest = [...rows].filter((row) => row.parameter !== "capacity")
      .sort((a, b) => Math.abs(b.elasticity) - Math.abs(a.elasticity))[0];
    const title = t(strongest && strongest.elasticity !== 0 ? `views.sensitivity.title_${strongest.elasticity < 0 ? "more" : "less"}` : "views.sensitivity.title_none", {
      scheme: schemeLabel(scenario.scheme ?? "fp16"), parameter: t(`views.sensitivity.parameter.${strongest?.parameter}`),
      change: quantity(Math.abs(strongest?.elasticity ?? 0) / 100, "share"),
    });
    return {
      title,
      about: about(engine, scenario),
      chart: barChart({
        title, describe: t("views.sensitivity.describe"), unit: "elasticity",
        chart: {
          label: t("views.sensitivity.axis"), format: (v) => quantity(v, "elasticity"),
          bars: rows.map((row) => ({
            id: row.parameter, label: t(`views.sensitivity.parameter.${row.parameter}`), text: quantity(row.elasticity, "elasticity"),
            parts: [{ id: "elasticity", label: t("views.sensitivity.elasticity"), value: row.elasticity, hue: hues[row.parameter] ?? "ink" }],
          })),
        },
      }),
      table: {
        name: "sensitivity",
        caption: t("views.sensitivity.table"),
        columns: [
          { key: "parameter", label: t("views.sensitivity.what"), unit: "text" },
          { key: "elasticity", label: t("views.sensitivity.elasticity"), unit: "elasticity" },
          { key: "capacity_elasticity", label: t("views.sensitivity.capacity_elasticity"), unit: "elasticity" },
        ],
        rows: rows.map((row) => ({ ...row, parameter: t(`views.sensitivity.parameter.${row.parameter}`) })),
      },
    };
  }
}

define("crossover-view-sensitivity", SensitivityView);

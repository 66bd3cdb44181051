/** <crossover-view-capacity>: how many sequences fit, and the throughput there: what more users in the same memory are worth. */
import { define } from "../element.js";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { hueOf } from "../charts/series-style.js";
import { about } from "./batch-sweep.js";
import { barChart } from "./bars.js";
import { schemeLabel, usualSchemes } from "./names.js";
import { View } from "./view.js";

export class CapacityView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const rows = engine.capacity({ scenario, schemes: this.schemes ?? usualSchemes });
    const ordered = [...rows.filter((row) => row.baseline), ...rows.filter((row) => !row.baseline)];
    const baseline = ordered[0];
    const best = [...ordered].sort((a, b) => (b.tokens_per_s ?? 0) - (a.tokens_per_s ?? 0))[0];
    const values = {
      scheme: schemeLabel(best.scheme), baseline: schemeLabel(baseline.scheme), ratio: quantity(best.speedup, "ratio"),
      batch: quantity(best.max_batch, "count"), baseline_batch: quantity(baseline.max_batch, "count"),
    };
    const key = best.tokens_per_s === null ? "none" : best === baseline ? "baseline" : baseline.tokens_per_s === null ? "alone" : "best";
    const title = t(`views.capacity.title_${key}`, values);
    const text = (/** @type {typeof best} */ row) => (row.tokens_per_s === null ? t("views.capacity.nothing_fits")
      : t("views.capacity.bar", { tokens: quantity(row.tokens_per_s, "tokens_per_s"), batch: quantity(row.max_batch, "count") }));
    return {
      title,
      about: about(engine, scenario),
      chart: barChart({
        title, describe: t("views.capacity.describe"), unit: "tokens_per_s",
        chart: {
          label: t("views.capacity.axis"), format: (v) => quantity(v, "tokens_per_s"),
          bars: ordered.map((row) => ({
            id: row.scheme, label: schemeLabel(row.scheme), text: text(row), faint: row.tokens_per_s === null,
            parts: [{ id: "tokens", label: t("views.capacity.tokens"), value: row.tokens_per_s ?? 0, hue: hueOf(row.scheme) }],
          })),
        },
      }),
      table: {
        name: "capacity",
        caption: t("views.capacity.table"),
        columns: [
          { key: "scheme", label: t("views.scheme"), unit: "text" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
          { key: "tokens_per_s", label: t("views.capacity.tokens"), unit: "tokens_per_s" },
          { key: "speedup", label: t("views.capacity.over", { baseline: schemeLabel(baseline.scheme) }), unit: "ratio" },
          { key: "step_s", label: t("views.step"), unit: "s" },
          { key: "weight_bytes", label: t("views.weights"), unit: "bytes" },
          { key: "kv_bytes_per_sequence", label: t("views.capacity.kv_per_sequence"), unit: "bytes" },
        ],
        rows: ordered.map(({ baseline: _, scheme, ...row }) => ({ scheme: schemeLabel(scheme), ...row })),
      },
    };
  }
}

define("crossover-view-capacity", CapacityView);

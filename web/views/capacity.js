/** <crossover-view-capacity>: how many sequences fit, and the throughput there: what more users in the same memory are worth. */
import { define } from "../element.js";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { about } from "./batch-sweep.js";
import { barChart } from "./bars.js";
import { evaluated } from "./evaluated.js";
import { namedSchemes, quantityName, usualSchemes } from "./names.js";
import { View } from "./view.js";

export class CapacityView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const rows = engine.capacity({ scenario, schemes: this.schemes ?? usualSchemes });
    const baseline = rows.filter((row) => row.baseline)[0];
    const ordered = [baseline, ...rows.filter((row) => row.scheme !== baseline.scheme)];
    const rate = quantityName(evaluated(engine, scenario), "tokens_per_s");
    const axis = t("views.capacity.axis", { quantity: rate });
    const names = namedSchemes(engine, scenario.kernel, ordered.map((row) => row.scheme));
    const styles = stylesFor(names.map(({ id }) => id));
    const nameOf = (/** @type {typeof baseline} */ row) => names[ordered.indexOf(row)].label;
    const best = [...ordered].sort((a, b) => (b.tokens_per_s ?? 0) - (a.tokens_per_s ?? 0))[0];
    const values = {
      scheme: nameOf(best), baseline: nameOf(baseline), ratio: quantity(best.speedup, "ratio"),
      batch: quantity(best.max_batch, "count"), baseline_batch: quantity(baseline.max_batch, "count"),
    };
    // What is a gain, or a loss, in no digit that is shown is none.
    const alike = (/** @type {typeof best} */ row) => quantity(row.speedup, "ratio") === quantity(1, "ratio");
    const wider = ordered.some((row) => (row.max_batch ?? 0) > (baseline.max_batch ?? 0) && !alike(row));
    const unknown = baseline.max_batch === null;
    const key = unknown ? "unknown" : best.tokens_per_s === null ? "none" : best === baseline && wider ? "baseline" : baseline.tokens_per_s === null ? "alone"
      : alike(best) ? (quantity(best.tokens_per_s, "tokens_per_s") === quantity(baseline.tokens_per_s, "tokens_per_s") ? "same" : "hardly") : values.batch === values.baseline_batch ? "faster" : "best";
    const title = t(`views.capacity.title_${key}`, values);
    const text = (/** @type {typeof best} */ row) => (row.tokens_per_s === null ? t(unknown ? "views.capacity.unknown" : "views.capacity.nothing_fits")
      : t("views.capacity.bar", { tokens: quantity(row.tokens_per_s, "tokens_per_s"), batch: quantity(row.max_batch, "count") }));
    return {
      title,
      about: about(engine, scenario),
      chart: barChart({
        title, describe: t("views.bar_each", { quantity: axis }), unit: "tokens_per_s",
        chart: {
          label: axis, format: (v) => quantity(v, "tokens_per_s"),
          bars: ordered.map((row, i) => ({
            id: row.scheme, label: nameOf(row), text: text(row), faint: row.tokens_per_s === null,
            parts: [{ id: "tokens", label: rate, value: row.tokens_per_s ?? 0, hue: styles[i].hue }],
          })),
        },
      }),
      table: {
        name: "capacity",
        caption: t("views.capacity.table"),
        columns: [
          { key: "scheme", label: t("views.scheme"), unit: "text" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
          { key: "tokens_per_s", label: rate, unit: "tokens_per_s" },
          { key: "speedup", label: t("views.capacity.over", { baseline: nameOf(baseline) }), unit: "ratio" },
          { key: "step_s", label: t("views.step"), unit: "s" },
          { key: "weight_bytes", label: t("views.weights"), unit: "bytes" },
          { key: "kv_bytes_per_sequence", label: t("views.capacity.kv_per_sequence"), unit: "bytes" },
        ],
        rows: ordered.map((row) => ({ ...row, scheme: nameOf(row) })),
      },
    };
  }
}

define("crossover-view-capacity", CapacityView);

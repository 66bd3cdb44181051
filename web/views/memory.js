/** <crossover-view-memory>: what is stored on a device under each scheme, against what it holds. */
import { define } from "../element.js";
import { locale, t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { about, ownPlace } from "./batch-sweep.js";
import { barChart, evaluateEach } from "./bars.js";
import { withBaseline } from "./names.js";
import { View } from "./view.js";

/** What is stored, in the order of the stack, with its hue. */
const stored = /** @type {const} */ ([
  ["weight_bytes", "weights"], ["kv_bytes", "kv"], ["activation_bytes", "activations"], ["training_bytes", "ink"], ["reserve_bytes", "overhead"],
]);

export class MemoryView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const each = evaluateEach(engine, scenario, withBaseline(scenario, this.schemes));
    const { capacity_bytes: capacity, usable_bytes: usable } = each[0].result;
    const fitting = each.filter(({ result }) => result.fits);
    const batch = ownPlace(scenario);
    const most = [...each].sort((a, b) => (b.result.max_batch ?? 0) - (a.result.max_batch ?? 0))[0];
    const values = {
      batch, baseline: each[0].label, scheme: most.label, most: quantity(most.result.max_batch, "count"),
      baseline_most: quantity(each[0].result.max_batch, "count"), fitting: listed(fitting.map(({ label }) => label)), unfitting: listed(each.filter(({ result }) => !result.fits).map(({ label }) => label)),
    };
    const key = fitting.length === 0 ? "none" : fitting.length < each.length ? "some" : most.result.max_batch === each[0].result.max_batch ? "all" : "room";
    const title = t(`views.memory.title_${key}`, values);
    return {
      title,
      about: about(engine, scenario),
      chart: barChart({
        title, describe: t("views.memory.describe", { usable: quantity(usable, "bytes"), capacity: quantity(capacity, "bytes") }), unit: "bytes",
        chart: {
          label: t("views.memory.axis"), format: (v) => quantity(v, "bytes"),
          limit: { value: usable, label: t("views.memory.limit", { usable: quantity(usable, "bytes") }) },
          bars: each.map(({ id, label, result }) => ({
            id, label, text: quantity(result.total_bytes, "bytes") + (result.fits ? "" : t("views.unfit_suffix")), faint: !result.fits,
            parts: stored.filter(([field]) => result[field] > 0).map(([field, hue]) => ({ id: field, label: t(`views.memory.${field}`), value: result[field], hue })),
          })),
        },
      }),
      table: {
        name: "memory",
        caption: t("views.memory.table", { batch }),
        columns: [
          { key: "scheme", label: t("views.scheme"), unit: "text" },
          ...stored.map(([field]) => ({ key: field, label: t(`views.memory.${field}`), unit: /** @type {const} */ ("bytes") })),
          { key: "total_bytes", label: t("views.memory.total"), unit: "bytes" },
          { key: "capacity_bytes", label: t("views.memory.capacity"), unit: "bytes" },
          { key: "fits", label: t("views.fits"), unit: "flag" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
        ],
        rows: each.map(({ label, result }) => ({
          scheme: label, weight_bytes: result.weight_bytes, kv_bytes: result.kv_bytes, activation_bytes: result.activation_bytes,
          training_bytes: result.training_bytes, reserve_bytes: result.reserve_bytes, total_bytes: result.total_bytes,
          capacity_bytes: result.capacity_bytes, fits: result.fits, max_batch: result.max_batch,
        })),
      },
    };
  }
}

/** @param {string[]} names */
const listed = (names) => new Intl.ListFormat(locale(), { type: "conjunction" }).format(names);

define("crossover-view-memory", MemoryView);

/** <crossover-view-breakdown>: where the step's time goes, by what limits it and by operator. */
import { html } from "lit";
import { define } from "../element.js";
import { inEngineWords, rich, t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { aboutHere } from "./batch-sweep.js";
import { barChart, evaluateEach } from "./bars.js";
import { boundLabel, schemeId, schemeLabel, withBaseline } from "./names.js";
import { View } from "./view.js";

/** The order of a stack. */
export const bounds = /** @type {const} */ (["weights", "kv", "activations", "compute", "dequant", "link", "overhead"]);

export class BreakdownView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const own = scenario.scheme ?? scenario.baseline_scheme ?? "fp16";
    const listed = withBaseline(scenario, this.schemes);
    const schemes = listed.some((scheme) => schemeId(scheme) === schemeId(own)) ? listed : [...listed, own];
    const each = evaluateEach(engine, scenario, schemes);
    const { result } = each.find(({ id }) => id === schemeId(own)) ?? each[0];
    const title = t("views.breakdown.title", { scheme: schemeLabel(own), bound: boundLabel(result.regime), share: quantity(result.bound_share[result.regime], "share") });
    const operators = [...result.operators].sort((a, b) => b.time_s - a.time_s);
    const longest = operators.slice(0, 12);
    return {
      title,
      about: aboutHere(engine, scenario),
      chart: html`
        ${barChart({
          title, describe: t("views.breakdown.describe"), unit: "s",
          chart: {
            label: t("views.breakdown.axis"), format: (v) => quantity(v, "s"),
            bars: each.map(({ id, label, result: one }) => ({
              id, label, text: quantity(one.step_s, "s"), faint: !one.fits,
              parts: bounds.filter((bound) => one.bound_s[bound] > 0)
                .map((bound) => ({ id: bound, label: boundLabel(bound), value: one.bound_s[bound], hue: bound })),
            })),
          },
        })}
        <h4 class="view-part">${t("views.breakdown.operators", { scheme: schemeLabel(own) })}</h4>
        ${barChart({
          title: t("views.breakdown.operators", { scheme: schemeLabel(own) }), describe: "", unit: "s",
          chart: {
            label: t("views.breakdown.operator_axis"), format: (v) => quantity(v, "s"),
            bars: longest.map((operator) => ({
              id: operator.name, label: t("views.breakdown.operator", { name: operator.name, count: operator.count }),
              text: quantity(operator.time_s, "s"),
              parts: [{ id: operator.bound, label: boundLabel(operator.bound), value: operator.time_s, hue: operator.bound }],
            })),
          },
        })}`,
      words: result.fallback ? html`<p class="aside">${rich("views.breakdown.fallback", { format: result.compute_format.toUpperCase(), reason: inEngineWords(result.fallback) })}</p>` : undefined,
      table: {
        name: "breakdown",
        caption: t("views.breakdown.table", { scheme: schemeLabel(own) }),
        columns: [
          { key: "operator", label: t("views.operator"), unit: "text" },
          { key: "count", label: t("views.count"), unit: "count" },
          { key: "time_s", label: t("views.time"), unit: "s" },
          { key: "bound", label: t("views.limited_by"), unit: "text" },
          { key: "flop", label: t("views.flop"), unit: "flop" },
          { key: "weight_bytes", label: t("views.weights"), unit: "bytes" },
          { key: "kv_bytes", label: t("views.kv"), unit: "bytes" },
          { key: "activation_bytes", label: t("views.activations"), unit: "bytes" },
          { key: "intensity", label: t("views.intensity"), unit: "flop_per_byte" },
          { key: "format", label: t("views.format"), unit: "text" },
          { key: "kernel", label: t("views.kernel"), unit: "text" },
        ],
        rows: [
          ...operators.map((operator) => ({ ...operator, operator: operator.name, bound: boundLabel(operator.bound) })),
          ...each.flatMap(({ label, result: { bound_s } }) => bounds.filter((bound) => bound_s[bound] > 0)
            .map((bound) => ({ operator: t("views.breakdown.whole", { scheme: label }), time_s: bound_s[bound], bound: boundLabel(bound) }))),
        ],
      },
    };
  }
}

define("crossover-view-breakdown", BreakdownView);

/** <crossover-view-advisor>: which scheme, by what one cares for; a table in the order of an aim, the dominated ones set back. */
import { html, nothing } from "lit";
import { define, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { stylesFor } from "../charts/series-style.js";
import { swatch } from "../charts/readout.js";
import { nameOf } from "../library.js";
import { aboutHere } from "./batch-sweep.js";
import { boundLabel, listedLabel, schemeId, schemeLabel } from "./names.js";
import { View } from "./view.js";

/** @typedef {import("../../wasm/engine.js").Advice} Advice */
/** @typedef {keyof Advice["rank"]} Aim */

const aims = /** @type {Aim[]} */ (["latency", "capacity", "memory", "accuracy", "energy", "cost"]);

/** Listed at most, besides the scenario's own scheme. */
const most = 8;

export class AdvisorView extends View {
  static properties = { ...View.properties, aim: { state: true } };

  constructor() {
    super();
    /** @type {Aim} */
    this.aim = "latency";
    this.selectId = uniqueId("aim");
  }

  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const advice = engine.advise(scenario);
    const aim = this.aim;
    const place = (/** @type {Advice} */ one) => one.rank[aim] ?? Infinity;
    const ordered = [...advice].sort((a, b) => place(a) - place(b));
    const best = ordered.find((one) => one.fits) ?? ordered[0];
    const labelOf = (/** @type {string} */ id) => listedLabel(engine, scenario, id);
    const title = best
      ? t(best.fits ? `views.advisor.title_${aim}` : "views.advisor.title_none", { scheme: labelOf(best.scheme), speedup: quantity(best.speedup, "ratio"), baseline: schemeLabel(schemeId(scenario.baseline_scheme ?? "fp16")), time: quantity(best.step_s, "s") })
      : t("views.advisor.title_none");
    const own = schemeLabel(scenario.scheme ?? "fp16");
    const listed = ordered.filter((one, i) => i < most || labelOf(one.scheme) === own);
    // The fastest kernel of a scheme need not be the scenario's.
    const kernelOf = (/** @type {Advice} */ one) => (one.kernel === (scenario.kernel ?? "ideal") ? "" : ` · ${nameOf(engine, "kernel", one.kernel)}`);
    const styles = stylesFor(listed.map((one) => one.scheme));
    return {
      title,
      about: aboutHere(engine, scenario),
      chart: html`
        <div class="field view-field">
          <label for=${this.selectId}>${t("views.advisor.aim")}</label>
          <select id=${this.selectId} @change=${(/** @type {Event} */ event) => (this.aim = /** @type {Aim} */ (/** @type {HTMLSelectElement} */ (event.target).value))}>
            ${aims.map((name) => html`<option value=${name} ?selected=${name === aim}>${t(`views.advisor.aims.${name}`)}</option>`)}
          </select>
        </div>
        <ol class="advice">
          ${listed.map((one, i) => html`
            <li class=${one.dominated_by || !one.fits ? "is-set-back" : ""}>
              <b>${swatch(styles[i])} ${labelOf(one.scheme)}</b>${kernelOf(one)}
              <span class="number">${quantity(one.step_s, "s")}, ${quantity(one.speedup, "ratio")}</span>
              <span class="why">${reasonOf(one, labelOf(one.scheme))}${one.dominated_by ? ` ${t("views.advisor.dominated", { scheme: labelOf(one.dominated_by) })}` : nothing}</span>
            </li>`)}
        </ol>`,
      table: {
        name: "advisor",
        caption: t("views.advisor.table"),
        columns: [
          { key: "scheme", label: t("views.scheme"), unit: "text" },
          { key: "kernel", label: t("views.kernel"), unit: "text" },
          { key: "runtime", label: t("views.runtime"), unit: "text" },
          { key: "step_s", label: t("views.step"), unit: "s" },
          { key: "speedup", label: t("views.advisor.speedup"), unit: "ratio" },
          { key: "fits", label: t("views.fits"), unit: "flag" },
          { key: "weight_bytes", label: t("views.weights"), unit: "bytes" },
          { key: "max_batch", label: t("views.max_batch"), unit: "count" },
          { key: "capacity_tokens_per_s", label: t("lab.quantity.tokens_per_s"), unit: "tokens_per_s" },
          { key: "accuracy_delta", label: t("views.advisor.accuracy"), unit: "change" },
          { key: "energy_j_per_token", label: t("lab.quantity.energy_j_per_token"), unit: "j" },
          { key: "cost_usd_per_million_tokens", label: t("lab.quantity.cost_usd_per_million_tokens"), unit: "usd" },
          { key: "dominated_by", label: t("views.advisor.dominated_by"), unit: "text" },
        ],
        rows: ordered.map(({ rank: _, reason: __, ...one }) => ({
          ...one, scheme: labelOf(one.scheme), dominated_by: one.dominated_by && labelOf(one.dominated_by),
        })),
      },
    };
  }
}

/** @param {Advice} one @param {string} scheme its label */
function reasonOf(one, scheme) {
  const { key, bound, share, ...rest } = one.reason;
  return t(`views.advisor.reason.${key}`, {
    ...rest,
    scheme,
    bound: typeof bound === "string" ? boundLabel(/** @type {import("./names.js").Bound} */ (bound)) : "",
    share: typeof share === "number" ? quantity(share, "share") : "",
  });
}

define("crossover-view-advisor", AdvisorView);

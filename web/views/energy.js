/**
 * <crossover-view-energy>: energy and cost of a million tokens under each scheme. The price of a device hour can be changed here.
 * Event `crossover-change` {price_usd_per_hour}.
 */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { numbers } from "../format.js";
import { params } from "../params.js";
import { locale, t } from "../strings.js";
import { quantity } from "../charts/quantity.js";
import { about, ownPlace } from "./batch-sweep.js";
import { barChart, evaluateEach } from "./bars.js";
import { quantityName, withBaseline } from "./names.js";
import { View } from "./view.js";
import "../controls/number.js";

/** USD for an hour of one device, as an address may have it. */
const mostPrice = params["price_usd_per_hour"]?.type === "number" ? params["price_usd_per_hour"].max : Infinity;

export class EnergyView extends View {
  /** @override @type {View["compute"]} */
  compute(engine, scenario) {
    const each = evaluateEach(engine, scenario, withBaseline(scenario, this.schemes));
    const costs = each.every(({ result }) => result.cost_usd_per_million_tokens !== null);
    const energies = each.every(({ result }) => result.energy_j_per_token !== null);
    // Where the hour is free, what is left is energy.
    const byCost = costs && !(energies && each[0].result.price_usd_per_hour === 0);
    /** @typedef {"cost_usd_per_million_tokens" | "energy_j_per_token"} Field */
    const field = byCost ? "cost_usd_per_million_tokens" : "energy_j_per_token";
    const nameOf = (/** @type {Field} */ name) => quantityName(each[0].result, name);
    const value = (/** @type {(typeof each)[number]} */ one) => one.result[field] ?? 0;
    const baseline = each[0];
    const unfit = (/** @type {(typeof each)[number]} */ { result }) => (result.fits ? "" : t("views.unfit_suffix"));
    const cheapest = each.filter(({ result }) => result.fits).sort((a, b) => value(a) - value(b))[0];
    const key = !byCost && !energies ? "none" : cheapest === baseline ? "baseline" : "least";
    const title = cheapest || key === "none" ? t(`views.energy.title_${key}`, {
      quantity: nameOf(field), scheme: cheapest?.label, baseline: baseline.label + unfit(baseline), batch: ownPlace(scenario),
      value: quantity(value(cheapest ?? baseline), byCost ? "usd" : "j"), baseline_value: quantity(value(baseline), byCost ? "usd" : "j"),
    }) : t("views.memory.title_none", { batch: ownPlace(scenario) });
    const bars = (/** @type {Field} */ field, /** @type {"usd" | "j"} */ unit, title = nameOf(field)) => barChart({
      title, describe: t("views.bar_each", { quantity: nameOf(field) }), unit,
      chart: {
        label: nameOf(field), format: (v) => quantity(v, unit),
        bars: each.map((one) => ({
          id: one.id, label: one.label, text: quantity(one.result[field], unit) + unfit(one), faint: !one.result.fits,
          parts: [{ id: field, label: nameOf(field), value: one.result[field] ?? 0, hue: one.hue }],
        })),
      },
    });
    return {
      title,
      about: about(engine, scenario),
      chart: html`
        ${this.priceField(each[0].result, listPrice(engine, scenario.hardware))}
        ${byCost ? bars(field, "usd", title) : nothing}
        ${energies ? html`<h4 class="view-part">${nameOf("energy_j_per_token")}</h4>${bars("energy_j_per_token", "j")}` : nothing}`,
      words: html`<p class="aside">${t("views.energy.how")}</p>`,
      table: {
        name: "energy",
        caption: t("views.energy.table"),
        columns: [
          { key: "scheme", label: t("views.scheme"), unit: "text" },
          { key: "fits", label: t("views.fits"), unit: "flag" },
          { key: "energy_j_per_token", label: nameOf("energy_j_per_token"), unit: "j" },
          { key: "energy_j", label: t("lab.quantity.energy_j"), unit: "j" },
          { key: "cost_usd_per_million_tokens", label: nameOf("cost_usd_per_million_tokens"), unit: "usd" },
          { key: "tokens_per_s", label: quantityName(each[0].result, "tokens_per_s"), unit: "tokens_per_s" },
        ],
        rows: each.map(({ label, result }) => ({
          scheme: label, fits: result.fits, energy_j_per_token: result.energy_j_per_token, energy_j: result.energy_j,
          cost_usd_per_million_tokens: result.cost_usd_per_million_tokens, tokens_per_s: result.tokens_per_s,
        })),
      },
    };
  }

  /**
   * @param {import("../../wasm/engine.js").RooflineResult} result
   * @param {{ price: string, source: string }} list
   */
  priceField(result, list) {
    const source = result.price_source ?? "none";
    const price = result.price_usd_per_hour;
    return html`
      <div class="view-field" @value-change=${this.onPrice}>
        <crossover-number .name=${"price"} .label=${t("views.energy.price")} .help=${t(`views.energy.price_${source}`, list)} .min=${0} .max=${mostPrice} .optional=${true}
          .value=${source === "scenario" ? price : null} .placeholder=${source === "scenario" || price === null ? "" : numbers(locale()).typed(Number(price.toPrecision(4)))}></crossover-number>
      </div>`;
  }

  /** @param {CustomEvent<{ value: number | null }>} event */
  onPrice(event) {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent("crossover-change", { bubbles: true, detail: { price_usd_per_hour: event.detail.value } }));
  }
}

/**
 * The device's list price and where it stands.
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {string} hardware
 */
function listPrice(engine, hardware) {
  const record = /** @type {{ price_usd?: number, source?: string, value_sources?: Record<string, string> }} */ (engine.describe(`hardware/${hardware}`));
  const source = record.value_sources?.["price_usd"] ?? record.source;
  return { price: quantity(record.price_usd ?? null, "usd"), source: source ? String(engine.describe(`source/${source}`)["title"] ?? source) : "" };
}

define("crossover-view-energy", EnergyView);

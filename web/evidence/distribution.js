/** <crossover-error-distribution>: how many predictions are how far off, too low and too high apart. Properties: errors, bands, about. */
import { html } from "lit";
import { define } from "../element.js";
import { quantity } from "../charts/quantity.js";
import { t } from "../strings.js";
import { View } from "../views/view.js";
import { percent, roleLabel } from "./words.js";
import "../charts/bar-chart.js";

/** @typedef {import("../../wasm/engine.js").EvidenceErrors & {role: import("../../wasm/engine.js").EvidenceRole}} RoleErrors */

export class ErrorDistribution extends View {
  static properties = { ...View.properties, errors: { attribute: false }, bands: { attribute: false }, about: {} };

  constructor() {
    super();
    /** @type {RoleErrors[]} of one class, a role each: those that judge first */
    this.errors = [];
    /** @type {number[]} */
    this.bands = [];
    this.about = "";
  }

  /** @override */
  render() {
    const [first] = this.errors;
    if (!first) return html`<p class="notice">${t("evidence.distribution.none")}</p>`;
    this.model = distribution(this.errors, this.bands, this.about);
    return this.figure(this.model);
  }
}

/**
 * @param {RoleErrors[]} errors
 * @param {number[]} bands
 * @param {string} about
 * @returns {import("../views/view.js").ViewModel}
 */
function distribution(errors, bands, about) {
  const [first] = /** @type {[RoleErrors]} */ (errors);
  const labels = bandLabels(bands);
  const title = t("evidence.distribution.title", { role: roleLabel(first.role), median: percent(first.median), p90: percent(first.p90) });
  const counts = (/** @type {number} */ band) => errors.map(({ role, histogram }) => `${quantity(histogram[band], "count")} ${roleLabel(role)}`).join(", ");
  return {
    title,
    about,
    chart: html`<crossover-bar-chart name=${title}
      description=${labels.map((label, band) => t("evidence.distribution.describe", { band: label, counts: counts(band) })).join(" ")}
      .format=${(/** @type {number} */ value) => quantity(value, "count")}
      .chart=${{
        label: t("evidence.distribution.axis"),
        format: (/** @type {number} */ value) => quantity(value, "count"),
        bars: labels.map((label, band) => ({
          id: String(band), label,
          parts: errors.map(({ role, histogram }) => ({ id: role, label: roleLabel(role), value: histogram[band] ?? 0, hue: role })),
          text: errors.map(({ histogram }) => quantity(histogram[band], "count")).join(" + "),
        })),
      }}></crossover-bar-chart>`,
    table: {
      name: "error-distribution",
      caption: about,
      columns: [
        { key: "band", label: t("evidence.distribution.band"), unit: "text" },
        ...errors.map(({ role }) => ({ key: role, label: roleLabel(role), unit: /** @type {const} */ ("count") })),
      ],
      rows: labels.map((band, i) => ({ band, ...Object.fromEntries(errors.map(({ role, histogram }) => [role, histogram[i] ?? 0])) })),
    },
  };
}

/**
 * A name for each band, from far too low over right to far too high.
 * @param {number[]} bands upper ends
 */
function bandLabels(bands) {
  const side = (/** @type {"low" | "high"} */ way) => bands.map((end, i) => {
    const next = bands[i + 1];
    return t(next === undefined ? `evidence.band.${way}_more` : `evidence.band.${way}`, {
      from: quantity(end * 100, "count"), to: quantity((next ?? 0) * 100, "count"),
    });
  });
  return [...side("low").reverse(), t("evidence.band.right", { to: quantity((bands[0] ?? 0) * 100, "count") }), ...side("high")];
}

define("crossover-error-distribution", ErrorDistribution);

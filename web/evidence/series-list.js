/**
 * <crossover-series-list>: every measured curve, narrowed by device, scheme, kernel, class and role. Properties: engine, evidence,
 * protocol, shown (the curve that is drawn). Event `series-choose` {series}.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { quantity } from "../charts/quantity.js";
import { smallTable } from "../lesson/small-table.js";
import { schemeLabel } from "../views/names.js";
import { t } from "../strings.js";
import { bias, classLabel, errorsOf, named, percent, protocolLabel, roleLabel, seriesLabel } from "./words.js";
import "../controls/choice.js";

/** @typedef {import("../../wasm/engine.js").EvidenceSeries} EvidenceSeries */
/** @typedef {"hardware" | "scheme" | "kernel" | "class" | "role"} Filter */

/** @type {Filter[]} */
const filters = ["hardware", "scheme", "kernel", "class", "role"];

export class SeriesList extends CrossoverElement {
  static properties = { engine: { attribute: false }, evidence: { attribute: false }, protocol: {}, shown: { attribute: false }, chosen: { state: true } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("./load.js").Evidence | null} */
    this.evidence = null;
    /** @type {import("../../wasm/engine.js").EvidenceProtocol} */
    this.protocol = "kernel";
    /** @type {EvidenceSeries | null} */
    this.shown = null;
    /** @type {Partial<Record<Filter, string>>} */
    this.chosen = {};
  }

  /** @override */
  render() {
    const { engine, evidence, protocol } = this;
    if (!engine || !evidence) return nothing;
    const { series, flagged_series: flagged } = evidence.report;
    const all = [...series, ...flagged].filter((one) => errorsOf(one, protocol));
    const found = all.filter((one) => filters.every((filter) => !this.chosen[filter] || one[filter] === this.chosen[filter]));
    return html`
      <div class="fields" role="group" aria-label=${t("evidence.list.filters")} @value-change=${this.onFilter}>
        ${filters.map((filter) => html`
          <crossover-choice .name=${filter} .label=${t(`evidence.column.${filter}`)} .value=${this.chosen[filter] ?? ""}
            .options=${[{ id: "", name: t("evidence.list.all") }, ...this.optionsOf(engine, all, filter)]}></crossover-choice>`)}
      </div>
      <p role="status">${t("evidence.list.found", { count: found.length, all: all.length })}</p>
      <div class="tall">${smallTable({
        id: "table-series",
        name: t("evidence.series.heading"),
        caption: t("evidence.list.caption", { protocol: protocolLabel(protocol) }),
        head: ["series", "kernel", "role", "rows", "median", "max", "bias"].map((key) => t(`evidence.column.${key}`)),
        texts: [1, 2],
        rows: found.map((one) => this.row(engine, one)),
      })}</div>`;
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {EvidenceSeries} series
   */
  row(engine, series) {
    const errors = errorsOf(series, this.protocol);
    const choose = () => this.dispatchEvent(new CustomEvent("series-choose", { bubbles: true, detail: { series } }));
    return [
      html`<button type="button" class="plain pick" aria-pressed=${series === this.shown ? "true" : "false"} @click=${choose}>${seriesLabel(series)}</button>`,
      named(engine, "kernel", series.kernel), series.flag ? `${roleLabel(series.role)}, ${t("evidence.flagged")}` : roleLabel(series.role),
      quantity(errors?.rows, "count"), percent(errors?.median), percent(errors?.max), bias(errors?.bias),
    ];
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {EvidenceSeries[]} series
   * @param {Filter} filter
   */
  optionsOf(engine, series, filter) {
    const label = (/** @type {string} */ id) =>
      filter === "class" ? classLabel(id) : filter === "role" ? roleLabel(id) : filter === "scheme" ? schemeLabel(id) : named(engine, filter, id);
    return [...new Set(series.map((one) => one[filter]))].map((id) => ({ id, name: label(id) })).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @param {CustomEvent<{name: Filter, value: string}>} event */
  onFilter(event) {
    this.chosen = { ...this.chosen, [event.detail.name]: event.detail.value };
    this.renderNow();
  }
}

define("crossover-series-list", SeriesList);

/**
 * <crossover-worst-series>: the ten curves that a protocol misses most, each with its figure and with what the model misses; below
 * them, those whose source says itself that something else set the pace. Properties: engine, evidence, protocol.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { t } from "../strings.js";
import { bias, errorsOf, percent, roleLabel, seriesLabel, sourceLink, whyMissed } from "./words.js";
import "./series-figure.js";

/**
 * @typedef {import("../../wasm/engine.js").EvidenceSeries} EvidenceSeries
 * @typedef {import("../../wasm/engine.js").EvidenceProtocol} EvidenceProtocol
 */

const shown = 10;

/**
 * The worst first, by the median error under one protocol.
 * @param {EvidenceSeries[]} series
 * @param {EvidenceProtocol} protocol
 */
export function worstOf(series, protocol) {
  const median = (/** @type {EvidenceSeries} */ one) => errorsOf(one, protocol)?.median ?? -1;
  return series.filter((one) => errorsOf(one, protocol)).sort((a, b) => median(b) - median(a)).slice(0, shown);
}

export class WorstSeries extends CrossoverElement {
  static properties = { engine: { attribute: false }, evidence: { attribute: false }, protocol: {} };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("./load.js").Evidence | null} */
    this.evidence = null;
    /** @type {EvidenceProtocol} */
    this.protocol = "kernel";
    /** @type {Set<string>} curves that are drawn */
    this.open = new Set();
  }

  /** @override */
  render() {
    const { evidence, protocol } = this;
    if (!evidence) return nothing;
    return html`
      <p>${t("evidence.worst.text")}</p>
      ${this.list(evidence, worstOf(evidence.report.series, protocol), "worst-series")}
      <h3>${t("evidence.worst.flagged")}</h3>
      <p>${t("evidence.worst.flagged_text")}</p>
      ${this.list(evidence, worstOf(evidence.report.flagged_series, protocol), "worst-flagged")}`;
  }

  /**
   * @param {import("./load.js").Evidence} evidence
   * @param {EvidenceSeries[]} series
   * @param {string} id
   */
  list(evidence, series, id) {
    return html`<ol id=${id} class="worst">${series.map((one) => this.item(evidence, one))}</ol>`;
  }

  /**
   * @param {import("./load.js").Evidence} evidence
   * @param {EvidenceSeries} series
   */
  item(evidence, series) {
    const errors = errorsOf(series, this.protocol);
    if (!errors) return nothing;
    const open = this.open.has(series.series + series.flag);
    return html`<li>
      <b>${seriesLabel(series)}</b>
      <p>${t("evidence.worst.errors", { median: percent(errors.median), max: percent(errors.max), bias: bias(errors.bias), role: roleLabel(series.role) })}
        ${series.flag ? t("evidence.series.flag", { flag: series.flag }) : nothing}</p>
      <p>${whyMissed(evidence, series, this.protocol)}</p>
      <p class="aside">${sourceLink(evidence.sources, series.source, series.project)}</p>
      <details class="view-table" @toggle=${(/** @type {Event} */ event) => this.onToggle(series, event)}>
        <summary>${t("evidence.worst.curve")}</summary>
        ${open ? html`<crossover-measured-series .evidence=${evidence} .series=${series} .protocol=${this.protocol}></crossover-measured-series>` : nothing}
      </details>
    </li>`;
  }

  /**
   * A curve is drawn when it is asked for.
   * @param {EvidenceSeries} series
   * @param {Event} event
   */
  onToggle(series, event) {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.target !== details) return;
    const key = series.series + series.flag;
    if (details.open) this.open.add(key);
    else this.open.delete(key);
    this.requestUpdate();
  }
}

define("crossover-worst-series", WorstSeries);

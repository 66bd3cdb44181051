/**
 * <crossover-evidence>: predictions against published measurements, computed while you look. The protocol chosen at the top holds for
 * everything below: two protocols never share a figure. It is a document: written in English, and not translated. Properties: engine (for names).
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { quantity } from "../charts/quantity.js";
import { Parts } from "../parts.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.evidence.json";
import { loadEvidence } from "./load.js";
import { calibrationsTable, classesTable, crossoversTable, leftOutTable, orderList, sourcesTable, targetsTable } from "./tables.js";
import { classLabel, errorsOf, percent, protocolLabel, protocols, roles } from "./words.js";
import "../controls/choice.js";
import "./distribution.js";
import "./series-figure.js";
import "./series-list.js";
import "./worst.js";

addStrings(english);

/** @typedef {import("./load.js").Evidence} Evidence */

export class EvidencePage extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    evidence: { state: true },
    fault: { state: true },
    protocol: { state: true },
    figure: { state: true },
    class: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {Evidence | null} */
    this.evidence = null;
    this.fault = "";
    /** @type {import("../../wasm/engine.js").EvidenceProtocol} */
    this.protocol = "kernel";
    /** @type {"speedup" | "time"} */
    this.figure = "speedup";
    this.class = "";
    /** @type {import("../../wasm/engine.js").EvidenceSeries | null} */
    this.shown = null;
    this.parts = new Parts(this, 1);
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.fault = "";
    try {
      this.evidence = await loadEvidence();
    } catch (fault) {
      this.fault = fault instanceof Error ? fault.message : String(fault);
    }
  }

  /** @override */
  render() {
    const { engine, evidence } = this;
    if (!engine) return nothing;
    return html`
      <h1>${t("evidence.title")}</h1>
      <p class="lede">${t("evidence.lede")}</p>
      ${this.fault
        ? html`<div class="notice trouble" role="alert"><h2>${t("evidence.fault")}</h2><p><code>${this.fault}</code></p>
            <button type="button" @click=${this.load}>${t("trouble.retry")}</button></div>`
        : evidence ? this.content(engine, evidence) : html`<p class="notice" role="status">${t("evidence.computing")}</p>`}`;
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {Evidence} evidence
   */
  content(engine, evidence) {
    const { report } = evidence;
    return this.parts.shown([
      () => html`
        <p>${rich("evidence.intro", { rows: quantity(report.coverage.rows, "count") })}</p>
        <p>${rich("evidence.split")}</p>
        <h2>${t("evidence.targets.title")}</h2>
        ${targetsTable(report)}`,
      () => html`
        <h2>${t("evidence.protocols.title")}</h2>
        <ul>${protocols.map((protocol) => html`<li><b>${protocolLabel(protocol)}</b>: ${rich(`evidence.protocols.${protocol}`)}</li>`)}</ul>
        <div class="fields" role="group" aria-label=${t("evidence.protocols.title")} @value-change=${this.onChoice}>
          <crossover-choice .name=${"protocol"} .label=${t("evidence.column.protocol")} .value=${this.protocol} .help=${t("evidence.protocols.help")}
            .options=${protocols.map((id) => ({ id, name: protocolLabel(id) }))}></crossover-choice>
          <crossover-choice .name=${"figure"} .label=${t("evidence.figure.label")} .value=${this.figure}
            .options=${["speedup", "time"].map((id) => ({ id, name: t(`evidence.figure.${id}`) }))}></crossover-choice>
        </div>
        ${classesTable(report, this.protocol, this.figure)}`,
      () => html`
        <h2>${t("evidence.distribution.heading")}</h2>
        ${this.distribution(report)}`,
      () => html`
        <h2>${t("evidence.worst.title")}</h2>
        <crossover-worst-series .engine=${engine} .evidence=${evidence} .protocol=${this.protocol}></crossover-worst-series>`,
      () => html`
        <h2>${t("evidence.series.heading")}</h2>
        <div @series-choose=${this.onSeries}>
          <crossover-series-list .engine=${engine} .evidence=${evidence} .protocol=${this.protocol} .shown=${this.shownSeries(report)}></crossover-series-list>
        </div>`,
      () => html`<crossover-measured-series .evidence=${evidence} .series=${this.shownSeries(report)} .protocol=${this.protocol}></crossover-measured-series>
        ${this.shown ? html`<p><button type="button" class="plain" data-way="list" @click=${this.toList}>${t("evidence.series.back")}</button></p>` : nothing}`,
      () => html`
        <h2>${t("evidence.crossovers.title")}</h2>
        <p>${t("evidence.crossovers.text", {
          judged: quantity(report.crossovers.judged, "count"), judged_share: percent(report.crossovers.judged_within_half_octave),
          counted: quantity(report.crossovers.counted, "count"), share: percent(report.crossovers.within_half_octave),
          datasheet: percent(report.crossovers.datasheet_within_half_octave), idle: quantity(report.crossovers.idle, "count"),
        })}</p>
        <div class="tall">${crossoversTable(report, this.protocol)}</div>`,
      () => html`
        <h2>${t("evidence.order.title")}</h2>
        <p>${t("evidence.order.text")}</p>
        ${orderList(report)}`,
      () => html`
        <h2>${t("evidence.sources.title")}</h2>
        ${sourcesTable(evidence, this.protocol, this.figure)}`,
      () => html`
        <h2>${t("evidence.calibrations.title")}</h2>
        ${calibrationsTable(report, engine)}
        <h2>${t("evidence.left_out.title")}</h2>
        ${leftOutTable(report)}`,
    ]);
  }

  /** @param {import("../../wasm/engine.js").EvidenceReport} report */
  distribution({ classes, bands }) {
    const asked = classes.filter((c) => c.protocol === this.protocol && c.quantity === this.figure && c.flag === "unflagged");
    const names = [...new Set(asked.map((c) => c.class))];
    const chosen = names.find((name) => name === this.class) ?? (names.includes("decode") ? "decode" : names[0]) ?? "decode";
    const errors = roles.flatMap((role) => asked.filter((c) => c.class === chosen && c.role === role));
    return html`
      <div class="fields" @value-change=${this.onChoice}>
        <crossover-choice .name=${"class"} .label=${t("evidence.column.class")} .value=${chosen} .options=${names.map((id) => ({ id, name: classLabel(id) }))}></crossover-choice>
      </div>
      <crossover-error-distribution .errors=${errors} .bands=${bands}
        .about=${t("evidence.distribution.about", { class: classLabel(chosen), protocol: protocolLabel(this.protocol), figure: t(`evidence.figure.${this.figure}`) })}></crossover-error-distribution>`;
  }

  /** The curve that is drawn: the one chosen, else the worst that judges. @param {import("../../wasm/engine.js").EvidenceReport} report */
  shownSeries({ series }) {
    return this.shown ?? series.find((one) => one.role === "judged" && errorsOf(one, this.protocol)) ?? null;
  }

  /** @param {CustomEvent<{name: "protocol" | "figure" | "class", value: string}>} event */
  onChoice({ detail: { name, value } }) {
    Object.assign(this, { [name]: value });
    this.renderNow();
  }

  /** @param {CustomEvent<{series: import("../../wasm/engine.js").EvidenceSeries}>} event */
  onSeries(event) {
    this.shown = event.detail.series;
    this.renderNow();
    const figure = this.querySelector(":scope > crossover-measured-series");
    figure?.scrollIntoView({ block: "nearest" });
    // Whoever chose by keyboard, or hears the page, is where the curve is; a button leads back.
    const title = /** @type {HTMLElement | null | undefined} */ (figure?.querySelector(".view-title"));
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  }

  /** To the curve that was chosen; filters may have taken it from the list. */
  toList() {
    const list = this.querySelector("crossover-series-list");
    /** @type {HTMLElement | null | undefined} */ (list?.querySelector("[aria-pressed=true]") ?? list?.querySelector("select"))?.focus();
  }
}

define("crossover-evidence", EvidencePage);

/**
 * What all views share: the engine and a scenario go in, a figure comes out: the takeaway as its title, the chart, what it says
 * in words, and a table of the same numbers. A view computes in one synchronous step, so that an input and its answer share a
 * frame. A refusal of the engine is a sentence in the figure's place.
 */
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { CrossoverElement, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { attempt, refusal } from "../attempt.js";
import "../charts/data-table.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../../wasm/engine.js").RooflineScenario} RooflineScenario
 * @typedef {import("../../wasm/engine.js").InlineScheme} InlineScheme
 * @typedef {import("../charts/table-model.js").TableModel} TableModel
 *
 * @typedef {object} ViewModel
 * @property {string} title  the takeaway, from the data
 * @property {string} about  what was computed: model, device, conditions
 * @property {unknown} chart  a template
 * @property {unknown} [words]  a template below the chart
 * @property {TableModel} table
 */

export class View extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    scenario: { attribute: false },
    schemes: { attribute: false },
    measured: { attribute: false },
    tableOpen: { state: true },
  };

  constructor() {
    super();
    /** @type {Engine | null} */
    this.engine = null;
    /** @type {RooflineScenario | null} */
    this.scenario = null;
    /** @type {(string | InlineScheme)[] | null}  null: the view's own choice */
    this.schemes = null;
    /** @type {import("./measured.js").Measured | null}  published measurements near the scenario, where a view shows them */
    this.measured = null;
    /** @type {ViewModel | null}  what is shown just now; exports read it */
    this.model = null;
    this.titleId = uniqueId("view-title");
    /** A closed table is not made: an input would pay for a hundred numbers that nobody sees. */
    this.tableOpen = false;
    this.openForPrint = () => this.showTable();
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    addEventListener("beforeprint", this.openForPrint);
  }

  /** @override */
  disconnectedCallback() {
    removeEventListener("beforeprint", this.openForPrint);
    super.disconnectedCallback();
  }

  /** On paper there is nothing to open: the table is there. */
  showTable() {
    this.tableOpen = true;
    this.renderNow();
  }

  /** The browser says that it opened the table a moment later; the reader's click has it there at once. @param {Event} event */
  onSummary(event) {
    event.preventDefault();
    this.tableOpen = !this.tableOpen;
    this.renderNow();
  }

  /** Opened by other means: a search within the page. @param {Event} event */
  onToggle(event) {
    this.tableOpen = /** @type {HTMLDetailsElement} */ (event.target).open;
  }

  /**
   * @param {Engine} _engine
   * @param {RooflineScenario} _scenario
   * @returns {ViewModel}
   */
  compute(_engine, _scenario) {
    throw new Error("each view computes its own figure");
  }

  /** @override */
  render() {
    const { engine, scenario } = this;
    this.model = null;
    if (!engine || !scenario) return html`<p class="notice" role="status">${t("views.waiting")}</p>`;
    const { value, error } = attempt(() => this.compute(engine, scenario));
    if (error) return refusal(error);
    this.model = value;
    return this.figure(value);
  }

  /** @param {ViewModel} model */
  figure(model) {
    return html`
      <figure class="view" aria-labelledby=${this.titleId}>
        <figcaption>
          <h3 class="view-title" id=${this.titleId}>${model.title}</h3>
          <p class="view-about">${model.about}</p>
        </figcaption>
        ${model.chart} ${guard([model.words], () => model.words ?? nothing)}
        <details class="view-table" ?open=${this.tableOpen} @toggle=${this.onToggle}>
          <summary @click=${this.onSummary}>${t("views.table")}</summary>
          ${this.tableOpen ? html`<crossover-data-table .table=${model.table}></crossover-data-table>` : nothing}
        </details>
      </figure>
    `;
  }
}

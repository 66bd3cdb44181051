/**
 * <crossover-calibrate>: the reader's own measurements of the baseline (batch and milliseconds, a line each) become a runtime, with
 * which the quantized curves are predicted. Event `specs-change`.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { attempt, whyOf } from "../attempt.js";
import { quantity } from "../charts/quantity.js";
import { schemeLabel } from "../views/names.js";
import { addUnderFreeId, forLink } from "./own-specs.js";
import { readMeasurements } from "./measurements.js";
import "../charts/data-table.js";

/** What was pasted, over another language and a look at another page. */
let pasted = "";

export class Calibrate extends CrossoverElement {
  static properties = {
    engine: { attribute: false }, state: { attribute: false }, scenario: { attribute: false },
    text: { state: true }, fault: { state: true }, result: { state: true }, said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../../wasm/engine.js").RooflineScenario | null} */
    this.scenario = null;
    this.text = pasted;
    /** @type {unknown} the page's words, or the engine's */
    this.fault = "";
    /** @type {import("../../wasm/engine.js").CalibrationResult | null} */
    this.result = null;
    /** What does not fit into the link. */
    this.said = "";
    this.stem = uniqueId("calibrate");
  }

  /** @override */
  render() {
    const { result, scenario } = this;
    if (scenario?.phase === "gemm") return html`<p>${t("tools.calibrate.gemm")}</p>`;
    return html`
      <p>${t("tools.calibrate.text", { baseline: schemeLabel(scenario?.baseline_scheme ?? "fp16") })}</p>
      <div class="field">
        <label for=${this.stem}>${t("tools.calibrate.label")}</label>
        <textarea id=${this.stem} rows="6" spellcheck="false" placeholder=${"1 12.9\n8 13.6\n32 17.1"} .value=${this.text} aria-invalid=${this.fault ? "true" : "false"}
          aria-describedby="${this.stem}-fault" @input=${(/** @type {Event} */ event) => (this.text = pasted = /** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
        <p class="error" id="${this.stem}-fault" role="alert" ?hidden=${!this.fault}>${this.fault}</p>
      </div>
      <div class="actions"><button type="button" class="primary" @click=${this.fit}>${t("tools.calibrate.fit")}</button></div>
      ${result ? this.fitted(result) : nothing}`;
  }

  /** @param {import("../../wasm/engine.js").CalibrationResult} result */
  fitted(result) {
    return html`
      <p role="status">${t("tools.calibrate.done", { median: quantity(result.median_error, "share"), worst: quantity(result.max_error, "share") })}</p>
      <crossover-data-table .table=${{
        name: "calibration", caption: t("tools.calibrate.table"),
        columns: [
          { key: "batch", label: t("views.batch"), unit: "count" }, { key: "measured_s", label: t("tools.calibrate.measured"), unit: "s" },
          { key: "fitted_s", label: t("tools.calibrate.fitted"), unit: "s" }, { key: "error", label: t("tools.calibrate.error"), unit: "share" },
        ],
        rows: result.residuals,
      }}></crossover-data-table>
      <h3>${t("tools.calibrate.constants.title")}</h3>
      <ul>${this.constants(result)}</ul>
      ${result.unidentified.length ? html`<p>${t("tools.calibrate.unidentified")}</p>` : nothing}
      <div class="actions"><button type="button" @click=${() => this.use(result)}>${t("tools.calibrate.use")}</button> <span role="status">${this.said}</span></div>`;
  }

  /**
   * What was fitted, each with its range where the points leave one.
   * @param {import("../../wasm/engine.js").CalibrationResult} result
   */
  constants({ runtime, unidentified }) {
    const layer = runtime["execution"] === "eager" ? "host_layer_s" : "layer_s";
    return ["memory_efficiency", "compute_efficiency", layer, "sequence_s"].map((name) => {
      const shown = (/** @type {number} */ value) => quantity(value, name.endsWith("_s") ? "s" : "share");
      const range = unidentified.find((one) => one.constant === name);
      const words = { constant: t(`tools.calibrate.constants.${name}`), value: shown(Number(runtime[name])) };
      return html`<li>${range ? t("tools.calibrate.range", { ...words, low: shown(range.low), high: shown(range.high) }) : t("tools.calibrate.constant", words)}</li>`;
    });
  }

  fit() {
    const { engine, scenario } = this;
    if (!engine || !scenario) return;
    this.result = null;
    this.said = "";
    const { points, wrong } = readMeasurements(this.text);
    // A node of its own: the same words in the same one would not be read again.
    this.fault = wrong ? new Text(t("tools.calibrate.wrong_line", { line: wrong })) : "";
    if (this.fault) return;
    const { value, error } = attempt(() => engine.calibrate(points, scenario));
    if (error) this.fault = whyOf(error);
    else this.result = value;
  }

  /** @param {import("../../wasm/engine.js").CalibrationResult} result */
  use(result) {
    const { engine } = this;
    if (!engine) return;
    const { id, error } = addUnderFreeId(engine, "runtime", result.runtime);
    this.fault = error ? whyOf(error) : "";
    if (!id) return;
    const link = forLink(engine);
    this.said = t("own" in link ? "tools.own.in_link" : "tools.own.too_long", { id });
    this.dispatchEvent(new CustomEvent("specs-change", { bubbles: true }));
    this.state?.set({ ...link, runtime: id });
  }
}

define("crossover-calibrate", Calibrate);

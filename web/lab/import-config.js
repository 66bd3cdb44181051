/**
 * <crossover-import-config>: a model from its Hugging Face config.json, pasted or as a file; bits from its quantization_config. What
 * means something and was not understood is listed. Event `specs-change`.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { inEngineWords, t } from "../strings.js";
import { attempt } from "../attempt.js";
import { addOwn, mostLinkLetters, ownSpecs, writeOwn } from "./own-specs.js";

export class ImportConfig extends CrossoverElement {
  static properties = { engine: { attribute: false }, state: { attribute: false }, text: { state: true }, fault: { state: true }, result: { state: true } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    this.text = "";
    /** @type {unknown} the page's words, or the engine's */
    this.fault = "";
    /** @type {import("../../wasm/engine.js").ImportResult | null} */
    this.result = null;
    this.stem = uniqueId("config");
  }

  /** @override */
  render() {
    const { result } = this;
    return html`
      <p>${t("lab.import.text")}</p>
      <div class="field">
        <label for=${this.stem}>${t("lab.import.label")}</label>
        <textarea id=${this.stem} rows="8" spellcheck="false" .value=${this.text} aria-invalid=${this.fault ? "true" : "false"}
          aria-describedby="${this.stem}-fault" @input=${(/** @type {Event} */ event) => (this.text = /** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
        <p class="error" id="${this.stem}-fault" role="alert" ?hidden=${!this.fault}>${this.fault}</p>
      </div>
      <div class="actions">
        <button type="button" class="primary" @click=${this.use}>${t("lab.import.use")}</button>
        <label class="button">${t("lab.import.file")}<input class="quiet" type="file" accept="application/json,.json" @change=${this.onFile}></label>
      </div>
      ${result ? html`
        <p role="status">${t("lab.import.done", { name: String(result.model["name"] ?? result.model["id"]) })}</p>
        ${result.unmapped.length ? html`
          <p>${t("lab.import.unmapped")}</p>
          <ul>${result.unmapped.map((one) => html`<li><code>${one.path}</code> = ${one.found}: ${inEngineWords(one.reason)}</li>`)}</ul>` : nothing}` : nothing}`;
  }

  use() {
    const { engine } = this;
    if (!engine) return;
    this.result = null;
    /** @type {unknown} the page's words, or the engine's */
    this.fault = "";
    /** @type {Record<string, unknown>} */
    let config;
    try {
      config = JSON.parse(this.text);
    } catch (fault) {
      this.fault = t("lab.import.not_json", { why: fault instanceof Error ? fault.message : "" });
      return;
    }
    const { value, error } = attempt(() => engine.importHuggingFace(config));
    if (error) {
      this.fault = inEngineWords(`${error.path ? `${error.path}: ` : ""}${error.message}`);
      return;
    }
    /** @type {Record<string, string>} */
    const chosen = {};
    for (const [kind, spec] of /** @type {const} */ ([["model", value.model], ["scheme", value.scheme]])) {
      if (!spec) continue;
      const known = ownSpecs(engine).some((own) => own.kind === kind && own.spec["id"] === spec["id"]);
      const refused = known ? null : addOwn(engine, kind, spec);
      if (refused && refused.code !== "duplicate_id") {
        this.fault = inEngineWords(refused.message);
        return;
      }
      chosen[kind] = String(spec["id"]);
    }
    this.result = value;
    const link = writeOwn(ownSpecs(engine));
    this.dispatchEvent(new CustomEvent("specs-change", { bubbles: true }));
    this.state?.set({ ...(encodeURIComponent(link).length <= mostLinkLetters ? { own: link } : {}), ...chosen });
  }

  /** @param {Event} event */
  async onFile(event) {
    const file = /** @type {HTMLInputElement} */ (event.target).files?.[0];
    if (!file) return;
    this.text = await file.text();
    this.use();
  }
}

define("crossover-import-config", ImportConfig);

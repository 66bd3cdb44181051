/**
 * <crossover-import-config>: a model from its Hugging Face config.json, pasted or as a file; bits from its quantization_config. What
 * means something and was not understood is listed. Event `specs-change`.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { inEngineWords, t } from "../strings.js";
import { attempt, whyOf } from "../attempt.js";
import { nameOf } from "../library.js";
import { addUnderFreeId, forLink } from "./own-specs.js";

/** What was pasted, over another language and a look at another page. */
let pasted = "";

export class ImportConfig extends CrossoverElement {
  static properties = { engine: { attribute: false }, state: { attribute: false }, text: { state: true }, fault: { state: true }, result: { state: true } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    this.text = pasted;
    /** @type {unknown} the page's words, or the engine's */
    this.fault = "";
    /** @type {import("../../wasm/engine.js").ImportResult | null} */
    this.result = null;
    /** @type {Record<string, string>} what the records are called that came of it */
    this.used = {};
    this.inLink = true;
    this.stem = uniqueId("config");
  }

  /** @override */
  render() {
    const { result } = this;
    return html`
      <p>${t("tools.import.text")}</p>
      <div class="field">
        <label for=${this.stem}>${t("tools.import.label")}</label>
        <textarea id=${this.stem} rows="8" spellcheck="false" .value=${this.text} aria-invalid=${this.fault ? "true" : "false"}
          aria-describedby="${this.stem}-fault" @input=${(/** @type {Event} */ event) => (this.text = pasted = /** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
        <p class="error" id="${this.stem}-fault" role="alert" ?hidden=${!this.fault}>${this.fault}</p>
      </div>
      <div class="actions">
        <button type="button" class="primary" @click=${this.use}>${t("tools.import.use")}</button>
        <label class="button">${t("tools.import.file")}<input class="quiet" type="file" accept="application/json,.json" @change=${this.onFile}></label>
      </div>
      ${result ? html`
        <p role="status">${t("tools.import.done", { name: nameOf(/** @type {import("../../wasm/engine.js").Engine} */ (this.engine), "model", this.used["model"] ?? "") })}
          ${this.inLink ? nothing : t("tools.own.too_long", { id: Object.values(this.used).join(", ") })}</p>
        ${result.unmapped.length ? html`
          <p>${t("tools.import.unmapped")}</p>
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
      this.fault = t("tools.import.not_json", { why: fault instanceof Error ? fault.message : "" });
      return;
    }
    const { value, error } = attempt(() => engine.importHuggingFace(config));
    if (error) {
      this.fault = whyOf(error);
      return;
    }
    /** @type {Record<string, string>} */
    const chosen = {};
    for (const [kind, spec] of /** @type {const} */ ([["model", value.model], ["scheme", value.scheme]])) {
      if (!spec) continue;
      const added = addUnderFreeId(engine, kind, spec);
      if (added.error) {
        this.fault = whyOf(added.error);
        return;
      }
      chosen[kind] = added.id;
    }
    this.result = value;
    this.used = chosen;
    const link = forLink(engine);
    this.inLink = "own" in link;
    this.dispatchEvent(new CustomEvent("specs-change", { bubbles: true }));
    this.state?.set({ ...link, ...chosen });
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

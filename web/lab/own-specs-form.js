/**
 * <crossover-own-specs>: a device, model, scheme, kernel or runtime of one's own, started from one of the library's and changed in a
 * form or as JSON. What the engine refuses stands at the field that it names. Added records travel in the link, or as a file.
 * Event `specs-change`.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { t } from "../strings.js";
import { download } from "../save.js";
import { options } from "../library.js";
import { leafText, leaves, withLeaf } from "./leaves.js";
import { addOwn, kinds, mostLinkLetters, ownSpecs, readOwn, writeOwn } from "./own-specs.js";
import "../controls/choice.js";
import "../controls/select.js";

/** @typedef {import("./own-specs.js").OwnKind} OwnKind */

export class OwnSpecs extends CrossoverElement {
  static properties = {
    engine: { attribute: false }, state: { attribute: false }, values: { attribute: false },
    kind: { state: true }, spec: { state: true }, refusal: { state: true }, said: { state: true }, asJson: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    /** @type {OwnKind} */
    this.kind = "hardware";
    this.from = "";
    /** @type {Record<string, unknown> | null} */
    this.spec = null;
    /** What is in the JSON field, when it is no JSON yet. */
    this.draft = "";
    /** @type {{ path: string, message: string } | null} */
    this.refusal = null;
    this.said = "";
    this.asJson = false;
    this.stem = uniqueId("own-specs");
  }

  /** @override */
  render() {
    const { engine } = this;
    if (!engine) return nothing;
    const own = ownSpecs(engine);
    return html`
      <p>${t("lab.own.text")}</p>
      <div class="fields" @value-change=${this.onStart}>
        <crossover-choice .name=${"kind"} .label=${t("lab.own.kind")} .value=${this.kind} .options=${kinds.map((id) => ({ id, name: t(`lab.own.kinds.${id}`) }))}></crossover-choice>
        <crossover-select .name=${"from"} .label=${t("lab.own.from")} .value=${this.from} .options=${options(engine, this.kind)}></crossover-select>
      </div>
      ${this.spec ? this.editor(this.spec) : nothing}
      <p role="status">${this.said}</p>
      ${own.length ? html`
        <h3>${t("lab.own.added")}</h3>
        <ul>${own.map(({ kind, spec }) => html`<li>${t(`lab.own.kinds.${kind}`)}: ${String(spec["name"] ?? spec["id"])}</li>`)}</ul>` : nothing}
      <div class="actions">
        <button type="button" ?disabled=${own.length === 0} @click=${() => download("crossover-own-specs.json", `${JSON.stringify(own, null, 2)}\n`, "application/json")}>${t("lab.own.save")}</button>
        <label class="button">${t("lab.own.load")}<input class="quiet" type="file" accept="application/json,.json" @change=${this.onFile}></label>
      </div>`;
  }

  /** @param {Record<string, unknown>} spec */
  editor(spec) {
    const { refusal } = this;
    return html`
      <div class="actions" role="group" aria-label=${t("lab.own.way")}>
        <button type="button" aria-pressed=${this.asJson ? "false" : "true"} @click=${() => (this.asJson = false)}>${t("lab.own.form")}</button>
        <button type="button" aria-pressed=${this.asJson ? "true" : "false"} @click=${() => (this.asJson = true)}>${t("lab.own.json")}</button>
      </div>
      ${this.asJson
        ? html`<div class="field">
            <label for="${this.stem}-json">${t("lab.own.json_label")}</label>
            <textarea id="${this.stem}-json" rows="14" spellcheck="false" .value=${this.draft || JSON.stringify(spec, null, 2)} @input=${this.onJson}
              aria-invalid=${refusal ? "true" : "false"} aria-describedby="${this.stem}-refusal"></textarea>
          </div>`
        : html`<div class="fields">${leaves(spec).map(({ path, value }) => this.leaf(path, value))}</div>`}
      <p class="no-fit" id="${this.stem}-refusal" role="alert">${refusal && (this.asJson || !this.isLeaf(refusal.path)) ? `${refusal.path ? `${refusal.path}: ` : ""}${refusal.message}` : ""}</p>
      <div class="actions"><button type="button" class="primary" @click=${this.onAdd}>${t("lab.own.add")}</button></div>`;
  }

  /**
   * @param {string} path
   * @param {string | number | boolean} value
   */
  leaf(path, value) {
    const id = `${this.stem}-${path}`;
    const wrong = this.refusal?.path === path ? this.refusal.message : "";
    return html`
      <div class="field">
        <label for=${id}>${path}</label>
        <input type="text" id=${id} .value=${leafText(value)} autocomplete="off" aria-invalid=${wrong ? "true" : "false"} aria-describedby="${id}-error"
          @change=${(/** @type {Event} */ event) => this.onLeaf(path, value, /** @type {HTMLInputElement} */ (event.target).value)}>
        <p class="error" id="${id}-error" role="alert" ?hidden=${!wrong}>${wrong}</p>
      </div>`;
  }

  /** @param {string} path */
  isLeaf(path) {
    return this.spec !== null && leaves(this.spec).some((one) => one.path === path);
  }

  /** @param {CustomEvent<{ name: string, value: string }>} event */
  onStart(event) {
    event.stopPropagation();
    const { name, value } = event.detail;
    if (name === "kind") {
      this.kind = /** @type {OwnKind} */ (value);
      this.from = "";
      this.spec = null;
    } else {
      this.from = value;
      const { source: _, further_sources: __, value_sources: ___, tutorial: ____, notes: _____, aliases: ______, ...spec } = this.engine?.describe(value) ?? {};
      const { id: _id, name, ...rest } = spec;
      this.spec = { id: `my-${value}`, name: t("lab.own.my", { name: String(name ?? value) }), ...rest };
    }
    this.draft = "";
    this.refusal = null;
    this.said = "";
  }

  /**
   * A field's text as what the record holds there: a number stays a number where it can be read as one, and is left to the engine
   * to refuse where not.
   * @param {string} path
   * @param {string | number | boolean} before
   * @param {string} text
   */
  onLeaf(path, before, text) {
    const number = text.trim() === "" ? NaN : Number(text);
    const value = typeof before === "number" && Number.isFinite(number) ? number : typeof before === "boolean" ? text === "true" : text;
    if (this.spec) this.spec = withLeaf(this.spec, path, value);
    if (this.refusal?.path === path) this.refusal = null;
  }

  /** @param {Event} event */
  onJson(event) {
    this.draft = /** @type {HTMLTextAreaElement} */ (event.target).value;
    try {
      const parsed = JSON.parse(this.draft);
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new SyntaxError(t("lab.own.not_an_object"));
      this.spec = parsed;
      this.refusal = null;
    } catch (fault) {
      this.refusal = { path: "", message: fault instanceof Error ? fault.message : String(fault) };
    }
  }

  onAdd() {
    if (!this.engine || !this.spec || (this.asJson && this.refusal?.path === "")) return;
    this.refusal = addOwn(this.engine, this.kind, this.spec);
    this.said = "";
    if (!this.refusal) this.taken(this.kind, String(this.spec["id"]));
  }

  /**
   * @param {OwnKind} kind
   * @param {string} id
   */
  taken(kind, id) {
    if (!this.engine) return;
    const link = writeOwn(ownSpecs(this.engine));
    const fits = encodeURIComponent(link).length <= mostLinkLetters;
    this.said = t(fits ? "lab.own.in_link" : "lab.own.too_long", { id });
    this.dispatchEvent(new CustomEvent("specs-change", { bubbles: true }));
    this.state?.set({ ...(fits ? { own: link } : {}), [kind]: id });
  }

  /** @param {Event} event */
  async onFile(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file || !this.engine) return;
    const list = readOwn(await file.text());
    input.value = "";
    this.refusal = list.length ? null : { path: "", message: t("lab.own.no_specs") };
    this.said = this.refusal ? this.refusal.message : "";
    for (const { kind, spec } of list) {
      const error = addOwn(this.engine, kind, spec);
      if (error) this.said = `${String(spec["id"])}: ${error.path} ${error.message}`;
      else this.taken(kind, String(spec["id"]));
    }
  }
}

define("crossover-own-specs", OwnSpecs);

/**
 * <crossover-own-specs>: a device, model, scheme, kernel or runtime of one's own, started from one of the library's and changed in a
 * form or as JSON. What the engine refuses stands at the field that it names. Added records travel in the link, or as a file.
 * Events `specs-change`, and `specs-remove` {kept, removed}: an engine forgets nothing, so that the page starts another.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { joined, t } from "../strings.js";
import { download } from "../save.js";
import { nameOf, options, stemOf } from "../library.js";
import { params } from "../params.js";
import { fieldAt, leafText, leafValue, leaves, withLeaf } from "./leaves.js";
import { addOwn, forLink, kinds, ownSpecs, readOwn } from "./own-specs.js";
import "../controls/choice.js";
import "../controls/select.js";

/** @typedef {import("./own-specs.js").OwnKind} OwnKind */

/** What was being made, over another language and a look at another page. @type {Partial<Pick<OwnSpecs, "kind" | "from" | "spec" | "started" | "draft" | "asJson">>} */
let left = {};

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
    /** @type {Record<string, unknown> | null} what it was at first */
    this.started = null;
    /** What is in the JSON field, when it is no JSON yet. */
    this.draft = "";
    /** @type {{ path: string, message: string } | null} */
    this.refusal = null;
    this.said = "";
    this.asJson = false;
    this.stem = uniqueId("own-specs");
    Object.assign(this, left);
  }

  /** @override */
  disconnectedCallback() {
    const { kind, from, spec, started, draft, asJson } = this;
    left = { kind, from, spec, started, draft, asJson };
    super.disconnectedCallback();
  }

  /** @override */
  render() {
    const { engine } = this;
    if (!engine) return nothing;
    const own = ownSpecs(engine);
    return html`
      <p>${t("tools.own.text")}</p>
      <div class="fields" @value-change=${this.onStart}>
        <crossover-choice .name=${"kind"} .label=${t("tools.own.kind")} .value=${this.kind} .options=${kinds.map((id) => ({ id, name: t(`tools.own.kinds.${id}`) }))}></crossover-choice>
        <crossover-select .name=${"from"} .label=${t("tools.own.from")} .value=${this.from} .options=${options(engine, this.kind)}></crossover-select>
      </div>
      ${this.spec ? this.editor(this.spec) : nothing}
      <p role="status">${this.said}</p>
      ${own.length ? html`
        <h3>${t("tools.own.added")}</h3>
        <ul>${own.map((one) => html`<li>${t(`tools.own.kinds.${one.kind}`)}: ${titleOf(one)}
          <button type="button" class="plain" aria-label=${t("tools.own.remove_name", { name: titleOf(one) })} @click=${() => this.onRemove(one)}>${t("tools.own.remove")}</button></li>`)}</ul>` : nothing}
      <div class="actions">
        <button type="button" ?disabled=${own.length === 0} @click=${() => download("crossover-own-specs.json", `${JSON.stringify(own, null, 2)}\n`, "application/json")}>${t("tools.own.save")}</button>
        <label class="button">${t("tools.own.load")}<input class="quiet" type="file" accept="application/json,.json" @change=${this.onFile}></label>
      </div>`;
  }

  /** @param {Record<string, unknown>} spec */
  editor(spec) {
    const { refusal } = this;
    return html`
      <div class="actions" role="group" aria-label=${t("tools.own.way")}>
        <button type="button" aria-pressed=${this.asJson ? "false" : "true"} @click=${() => (this.asJson = false)}>${t("tools.own.form")}</button>
        <button type="button" aria-pressed=${this.asJson ? "true" : "false"} @click=${() => (this.asJson = true)}>${t("tools.own.json")}</button>
      </div>
      ${this.asJson
        ? html`<div class="field">
            <label for="${this.stem}-json">${t("tools.own.json_label")}</label>
            <textarea id="${this.stem}-json" rows="14" spellcheck="false" .value=${this.draft || JSON.stringify(spec, null, 2)} @input=${this.onJson}
              aria-invalid=${refusal ? "true" : "false"} aria-describedby="${this.stem}-refusal"></textarea>
          </div>`
        : html`<div class="fields">${leaves(spec).map(({ path, value }) => this.leaf(path, value))}</div>`}
      ${this.asJson ? nothing : html`<p class="help">${t("tools.own.lists")}</p>`}
      <p class="no-fit" id="${this.stem}-refusal" role="alert">${refusal && (this.asJson || !this.isLeaf(refusal.path)) ? `${refusal.path ? `${refusal.path}: ` : ""}${refusal.message}` : ""}</p>
      <div class="actions"><button type="button" class="primary" @click=${this.onAdd}>${t("tools.own.add")}</button></div>`;
  }

  /**
   * @param {string} path
   * @param {import("./leaves.js").Leaf} value
   */
  leaf(path, value) {
    const id = `${this.stem}-${path}`;
    const wrong = this.refusal && this.spec && fieldAt(this.refusal.path, leaves(this.spec)) === path ? this.refusal.message : "";
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
    return this.spec !== null && fieldAt(path, leaves(this.spec)) !== undefined;
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
      const { name, ...rest } = without(this.engine?.describe(`${this.kind}/${value}`) ?? {});
      this.spec = { id: `my-${value}`, name: plain(t("tools.own.my", { name: String(name ?? value) })), ...rest };
      this.started = this.spec;
    }
    this.draft = "";
    this.refusal = null;
    this.said = "";
  }

  /**
   * @param {string} path
   * @param {import("./leaves.js").Leaf} before
   * @param {string} text
   */
  onLeaf(path, before, text) {
    // A field that was a number takes one again, whatever stood there in between.
    const started = leaves(this.started).find((leaf) => leaf.path === path)?.value ?? before;
    if (this.spec) this.spec = withLeaf(this.spec, path, leafValue(text, started));
    if (this.refusal && fieldAt(this.refusal.path, [{ path }])) this.refusal = null;
  }

  /** @param {Event} event */
  onJson(event) {
    this.draft = /** @type {HTMLTextAreaElement} */ (event.target).value;
    try {
      const parsed = JSON.parse(this.draft);
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new SyntaxError(t("tools.own.not_an_object"));
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
    const link = forLink(this.engine);
    this.said = t("own" in link ? "tools.own.in_link" : "tools.own.too_long", { id });
    this.dispatchEvent(new CustomEvent("specs-change", { bubbles: true }));
    this.state?.set({ ...link, [kind]: id });
  }

  /** @param {import("./own-specs.js").OwnSpec} removed */
  onRemove(removed) {
    if (!this.engine) return;
    const { kind, spec } = removed;
    const now = String(this.values[kind] ?? "");
    const used = [now, stemOf(now)].includes(String(spec["id"]));
    const instead = String(params[kind]?.default ?? "");
    if (used) this.state?.set({ [kind]: instead });
    this.said = t(used ? "tools.own.removed_used" : "lab.removed", { name: titleOf(removed), used: nameOf(this.engine, kind, instead) });
    // Its button goes with it.
    /** @type {HTMLElement | null} */ (this.querySelector("select[name=kind]"))?.focus();
    const kept = ownSpecs(this.engine).filter((one) => one !== removed);
    this.dispatchEvent(new CustomEvent("specs-remove", { bubbles: true, detail: { kept, removed } }));
  }

  /** @param {Event} event */
  async onFile(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (!file || !this.engine) return;
    const list = readOwn(await file.text());
    input.value = "";
    this.refusal = list.length ? null : { path: "", message: t("tools.own.no_specs") };
    const said = this.refusal ? [this.refusal.message] : [];
    for (const { kind, spec } of list) {
      const id = String(spec["id"]);
      const error = addOwn(this.engine, kind, spec);
      if (!error) this.taken(kind, id);
      said.push(error ? `${id}: ${error.path} ${error.message}` : this.said);
    }
    this.said = joined(said, " · ");
  }
}

/** Without the marks that keep a text's direction on the page: a record's name goes into links and files. @param {string} text */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, "");

/** @param {import("./own-specs.js").OwnSpec} own */
const titleOf = ({ spec }) => String(spec["name"] ?? spec["id"]);

/**
 * A record without what is said of the library's alone: where its figures come from and how well they were fitted.
 * @param {Record<string, unknown>} record
 */
function without(record) {
  const { id: _, source: _s, further_sources: _f, value_sources: _v, tutorial: _t, notes: _n, aliases: _a, fit: _fit, ...rest } = record;
  return rest;
}

define("crossover-own-specs", OwnSpecs);

/**
 * <crossover-embed-dialog>: what an author pastes to have the lab's figure in a book, for each tool, and the picture for print.
 * Properties: values (the page's state), view (the figure's name), save(way) → saves the picture, imageName.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { params } from "../params.js";
import { copy } from "../save.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.dialog.json";
import { site, someSite } from "./site.js";
import { formatNames, snippetFor } from "./snippets.js";

addStrings(english);

/** What is the page's and not the figure's. */
const left = ["v", "page", "step", "view", "theme", "controls", "host", "quantity", "locale"];

export class EmbedDialog extends CrossoverElement {
  static properties = {
    values: { attribute: false }, view: {}, save: { attribute: false }, imageName: { attribute: false },
    format: { state: true }, given: { state: true }, said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    this.view = "speedup";
    /** @type {(way: "svg" | "png") => void} */
    this.save = () => {};
    this.imageName = "";
    this.format = "html";
    /** @type {Record<string, string>} */
    this.given = { given_title: "", width: "", height: "520", locale: "", image: "" };
    this.said = "";
    this.id ||= uniqueId("embed-dialog");
  }

  open() {
    this.said = "";
    /** @type {HTMLDialogElement | null} */ (this.querySelector("dialog"))?.showModal();
  }

  close() {
    /** @type {HTMLDialogElement | null} */ (this.querySelector("dialog"))?.close();
  }

  get snippet() {
    const { given_title, width = "", height = "", image = "", locale = "" } = this.given;
    const own = Object.entries(this.values).filter(([name, value]) => !left.includes(name) && value !== null && value !== "" && value !== params[name]?.default);
    const parameters = /** @type {Record<string, string | number>} */ ({ view: this.view, ...Object.fromEntries(own), ...(locale ? { locale } : {}) });
    // A frame without a title says nothing to those who don't see it.
    const title = given_title || t("dialog.default_title", { figure: t(`lab.view.${this.view}`) });
    return snippetFor(this.format, { site: site(), parameters, title, width: pixels(width), height: pixels(height), image });
  }

  /** @param {string} name @param {Event} event */
  enter(name, event) {
    this.given = { ...this.given, [name]: /** @type {HTMLInputElement} */ (event.target).value };
    this.said = "";
    this.renderNow();
  }

  /** @param {string} name @param {string} [inputmode] */
  field(name, inputmode = "text") {
    const id = `${this.id}-${name}`;
    return html`<div class="field"><label for=${id}>${t(`dialog.${name}`)}</label>
      <input type="text" id=${id} name=${name} inputmode=${inputmode} maxlength="200" .value=${this.given[name] ?? ""}
        @input=${(/** @type {Event} */ event) => this.enter(name, event)} /></div>`;
  }

  /** @param {string} name @param {string[]} options @param {string} value @param {(value: string) => void} take @param {(option: string) => string} label */
  choice(name, options, value, take, label) {
    const id = `${this.id}-${name}`;
    return html`<div class="field"><label for=${id}>${t(`dialog.${name}`)}</label>
      <select id=${id} name=${name} @change=${(/** @type {Event} */ event) => take(/** @type {HTMLSelectElement} */ (event.target).value)}>
        ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${label(option)}</option>`)}
      </select></div>`;
  }

  async copied() {
    this.said = t((await copy(this.snippet)) ? "dialog.copied" : "dialog.not_copied");
  }

  /** @param {"svg" | "png"} way */
  image(way) {
    this.save(way);
    this.given = { ...this.given, image: `${this.imageName}.${way}` };
    this.renderNow();
  }

  /** @override */
  render() {
    const locales = /** @type {import("../params.js").ChoiceParam} */ (params["locale"]).options;
    const title = `${this.id}-title`;
    return html`<dialog class="embed-dialog" aria-labelledby=${title}>
      <h2 id=${title}>${t("dialog.title")}</h2>
      <p>${t("dialog.text")}</p>
      <div class="fields">
        ${this.choice("format", formatNames, this.format, (value) => { this.format = value; this.said = ""; }, (name) => t(`dialog.formats.${name}`))}
        ${this.field("given_title")} ${this.field("width", "numeric")} ${this.field("height", "numeric")}
        ${this.choice("locale", ["", ...locales], this.given["locale"] ?? "", (value) => { this.given = { ...this.given, locale: value }; }, (name) => name || t("dialog.any_locale"))}
      </div>
      <div class="field">
        <label for="${this.id}-snippet">${t("dialog.snippet")}</label>
        <textarea id="${this.id}-snippet" rows="7" readonly spellcheck="false" dir="ltr" .value=${this.snippet}></textarea>
      </div>
      <p class="aside">${rich(`dialog.how.${this.format}`)}${site() === someSite ? html` ${t("dialog.no_site")}` : nothing}</p>
      <p class="aside">${t("dialog.print")}</p>
      <div class="actions">
        <button type="button" class="primary" data-embed="copy" @click=${this.copied}>${t("dialog.copy")}</button>
        ${/** @type {const} */ (["svg", "png"]).map((way) => html`<button type="button" data-embed=${way} @click=${() => this.image(way)}>${t(`dialog.${way}`)}</button>`)}
        <button type="button" class="plain" data-embed="close" @click=${this.close}>${t("dialog.close")}</button>
      </div>
      <p role="status">${this.said}</p>
    </dialog>`;
  }
}

/** @param {string} text what is no size is left out */
const pixels = (text) => (/^\d{2,4}$/.test(text.trim()) ? text.trim() : "");

define("crossover-embed-dialog", EmbedDialog);

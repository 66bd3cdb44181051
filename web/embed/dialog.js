/**
 * <crossover-embed-dialog>: what an author pastes to have the lab's figure in a book, for each tool, and the picture for print.
 * Properties: values (the page's state), view (the figure's name), imageName, save(way) → saves the picture and tells what came of it.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { params } from "../params.js";
import { copy } from "../save.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.dialog.json";
import { site, someSite } from "./site.js";
import { formatNames, framed, snippetFor } from "./snippets.js";

addStrings(english);

/** What is the page's and not the figure's. */
const left = ["v", "page", "step", "view", "theme", "controls", "host", "quantity"];

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
    /** @type {(way: "svg" | "png") => Promise<{done: boolean, said: string}>} */
    this.save = async () => ({ done: false, said: "" });
    this.imageName = "";
    this.format = "html";
    /** @type {Record<string, string>} */
    this.given = { given_title: "", width: "", height: "520", locale: "", image: "" };
    this.said = "";
    this.id ||= uniqueId("embed-dialog");
  }

  open() {
    this.said = "";
    // Whether there is a picture is not this element's to know.
    this.requestUpdate();
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
    // The picture that was saved may be another view's.
    const picture = image.startsWith(this.imageName) ? image : "";
    return snippetFor(this.format, { site: site(), parameters, title, width: pixels(width), height: pixels(height), image: picture });
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

  /** In the dialog's last line, which is below its edge where the window is low. @param {string} text */
  say(text) {
    this.said = text;
    this.renderNow();
    this.querySelector("dialog")?.scrollTo(0, 9999);
  }

  async copied() {
    this.say(t((await copy(this.snippet)) ? "dialog.copied" : "dialog.not_copied"));
  }

  /** @param {"svg" | "png"} way */
  async image(way) {
    const { done, said } = await this.save(way);
    if (done) this.given = { ...this.given, image: `${this.imageName}.${way}` };
    this.say(said);
  }

  /** @override */
  render() {
    const locales = /** @type {import("../params.js").ChoiceParam} */ (params["locale"]).options;
    const title = `${this.id}-title`;
    const inFrame = framed.includes(this.format);
    // Advice is no picture, and what was refused has none.
    const drawn = document.querySelector("#lab-panel svg.chart");
    return html`<dialog class="embed-dialog" aria-labelledby=${title}>
      <h2 id=${title}>${t("dialog.title")}</h2>
      <p>${t("dialog.text")}</p>
      <div class="fields">
        ${this.choice("format", formatNames, this.format, (value) => { this.format = value; this.said = ""; }, (name) => t(`dialog.formats.${name}`))}
        ${this.field("given_title")} ${this.field("width", "numeric")} ${this.field("height", "numeric")}
        ${inFrame ? nothing : this.choice("locale", ["", ...locales], this.given["locale"] ?? "", (value) => { this.given = { ...this.given, locale: value }; }, (name) => name || t("dialog.any_locale"))}
      </div>
      <div class="field">
        <label for="${this.id}-snippet">${t("dialog.snippet")}</label>
        <textarea id="${this.id}-snippet" rows="5" readonly spellcheck="false" dir="ltr" .value=${this.snippet}></textarea>
      </div>
      <p class="aside">${rich(`dialog.how.${this.format}`)}${inFrame ? html` ${t("dialog.in_english")}` : nothing}${site() === someSite ? html` ${t("dialog.no_site")}` : nothing}</p>
      ${drawn ? html`<p class="aside">${t("dialog.print")}</p>` : nothing}
      <div class="actions">
        <button type="button" class="primary" data-embed="copy" @click=${this.copied}>${t("dialog.copy")}</button>
        ${!drawn ? nothing : /** @type {const} */ (["svg", "png"]).map((way) => html`<button type="button" data-embed=${way} @click=${() => this.image(way)}>${t(`dialog.${way}`)}</button>`)}
        <button type="button" class="plain" data-embed="close" @click=${this.close}>${t("dialog.close")}</button>
        <span role="status">${this.said}</span>
      </div>
    </dialog>`;
  }
}

/** @param {string} text what is no size is left out */
const pixels = (text) => (/^\d{2,4}$/.test(text.trim()) ? text.trim() : "");

define("crossover-embed-dialog", EmbedDialog);

/**
 * <crossover-select>: one of many, with a search over names, ids and aliases (the combobox pattern of the ARIA practices).
 * Properties of Field, and options: [{id, name, keywords}]. Type to narrow, arrows to walk, Enter to take, Escape to go back.
 */
import { html, nothing } from "lit";
import { define } from "../element.js";
import { t } from "../strings.js";
import { Field } from "./field.js";

/** @typedef {import("./choice.js").Option} Option */

/** @param {string} text */
const folded = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, "");

/**
 * The options that hold every word of the search, those that begin with it first.
 * @param {Option[]} options
 * @param {string} search
 * @returns {Option[]}
 */
export function matching(options, search) {
  const words = search.trim().split(/\s+/).map(folded).filter(Boolean);
  if (!words.length) return options;
  const found = options.filter((option) => {
    const text = folded(`${option.name} ${option.id} ${option.keywords ?? ""}`);
    return words.every((word) => text.includes(word));
  });
  const first = words.join("");
  return [...found].sort((a, b) => Number(folded(b.name).startsWith(first)) - Number(folded(a.name).startsWith(first)));
}

export class SelectField extends Field {
  static properties = { ...Field.properties, options: { attribute: false }, open: { state: true } };

  constructor() {
    super();
    /** @type {Option[]} */
    this.options = [];
    this.open = false;
    this.search = "";
    this.active = 0;
  }

  get chosen() {
    return this.options.find((option) => option.id === this.value);
  }
  get found() {
    return matching(this.options, this.search);
  }
  get input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  show() {
    if (this.disabled || this.open) return;
    this.search = "";
    this.active = Math.max(0, this.options.findIndex((option) => option.id === this.value));
    this.open = true;
    this.refresh();
  }

  hide() {
    this.open = false;
    this.search = "";
    this.refresh();
    if (this.input) this.input.value = this.chosen?.name ?? String(this.value);
  }

  refresh() {
    this.requestUpdate();
    this.renderNow();
    this.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Option | undefined} option */
  take(option) {
    if (option && option.id !== this.value) this.give(option.id);
    this.hide();
  }

  /** @param {KeyboardEvent} event */
  keyed(event) {
    const count = this.found.length;
    const move = (/** @type {number} */ to) => {
      event.preventDefault();
      if (!this.open) return this.show();
      this.active = count ? (to + count) % count : 0;
      this.refresh();
    };
    switch (event.key) {
      case "ArrowDown":
        return move(this.active + 1);
      case "ArrowUp":
        return move(this.active - 1);
      case "PageDown":
        return move(Math.min(count - 1, this.active + 8));
      case "PageUp":
        return move(Math.max(0, this.active - 8));
      case "Enter":
        if (!this.open) return this.show();
        event.preventDefault();
        return this.take(this.found[this.active]);
      case "Escape":
        if (this.open) event.preventDefault();
        return this.hide();
      default:
        return undefined;
    }
  }

  /** @param {InputEvent} event */
  typed(event) {
    this.search = /** @type {HTMLInputElement} */ (event.target).value;
    this.active = 0;
    this.open = true;
    this.refresh();
  }

  /** @override */
  render() {
    const found = this.open ? this.found : [];
    const list = `${this.inputId}-list`;
    return html`<label for=${this.inputId}>${this.label}</label>
      <div class="combo">
        <input type="text" role="combobox" dir="auto" id=${this.inputId} name=${this.name} autocomplete="off" spellcheck="false"
          aria-autocomplete="list" aria-expanded=${this.open ? "true" : "false"} aria-controls=${list}
          aria-activedescendant=${this.open && found[this.active] ? `${list}-${this.active}` : nothing}
          aria-invalid=${this.message ? "true" : "false"} aria-describedby=${this.describedBy} ?disabled=${this.disabled}
          .value=${this.open ? this.search : (this.chosen?.name ?? String(this.value))}
          placeholder=${this.open ? (this.chosen?.name ?? nothing) : nothing}
          @click=${this.show} @input=${this.typed} @keydown=${this.keyed} @blur=${this.hide} />
        ${this.open
          ? html`<ul role="listbox" tabindex="-1" id=${list} aria-label=${this.label} @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}>
              ${found.map(
                (option, index) =>
                  html`<li role="option" id="${list}-${index}" class=${index === this.active ? "active" : ""}
                    aria-selected=${option.id === this.value ? "true" : "false"} @click=${() => this.take(option)}><bdi>${option.name}</bdi></li>`,
              )}
              ${found.length ? nothing : html`<li class="none" role="option" aria-selected="false" aria-disabled="true">${t("control.none_found")}</li>`}
            </ul>`
          : nothing}
      </div>
      <span class="quiet" role="status">${this.open && this.search ? t("control.found", { count: found.length }) : nothing}</span>
      ${this.explanation()}`;
  }
}
define("crossover-select", SelectField);

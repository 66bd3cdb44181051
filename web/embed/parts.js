/** What stands around an embedded view: its inputs, the way to the whole page, what was given wrongly. */
import { html, nothing } from "lit";
import { writeParams } from "../params.js";
import { problemItems } from "../problems.js";
import { t } from "../strings.js";
import { embedViews, placeOf } from "./views.js";

/** @typedef {import("./element.js").CrossoverViewElement} Embedded */
/** @typedef {import("./views.js").EmbedView} EmbedView */

/** Where the whole page is: set by the bundle. */
let home = "";
/** @param {string} address of the directory, or of the page */
export function setHome(address) {
  home = address;
}

/** @param {Embedded} element @param {import("../../wasm/engine.js").Engine} engine @param {EmbedView} view */
export function inputs(element, engine, view) {
  const state = element.parameters;
  const { values } = state;
  if (view.inputs === "none" || values["controls"] === "none") return nothing;
  const open = element.inputsOpen ?? values["controls"] === "open";
  const toggled = (/** @type {Event} */ event) => {
    if (event.target === event.currentTarget) element.inputsOpen = /** @type {HTMLDetailsElement} */ (event.target).open;
  };
  return html`<details class="embed-inputs" ?open=${open} @toggle=${toggled}>
    <summary>${t("embed.inputs")}</summary>
    ${!open ? nothing : view.inputs === "tables"
      ? html`<crossover-tables-fields .engine=${engine} .state=${state} .values=${values}></crossover-tables-fields>`
      : html`<crossover-lab-inputs .engine=${engine} .state=${state} .values=${values}></crossover-lab-inputs>`}
  </details>`;
}

/** @param {Embedded} element @param {EmbedView} view */
export function foot(element, view) {
  const place = placeOf(view, element.parameters.values);
  return html`<p class="embed-foot">
    <a href=${`${home}${writeParams(place) || "?"}`} target="_blank" rel="noopener">${t(`embed.open.${String(place["page"])}`)}</a>
    <span>${t("embed.credit", { version: element.engine?.version ?? "" })}</span>
  </p>`;
}

/** @param {Embedded} element */
export function warnings(element) {
  const wrong = [...element.problems.values()];
  const view = String(element.parameters.values["view"] ?? "");
  if (view && view !== element.chosen) wrong.push({ name: "view", found: view, reason: "not_a_view", values: { options: Object.keys(embedViews).join(", ") } });
  if (!wrong.length) return nothing;
  return html`<div class="notice" role="alert"><h3>${t("embed.problems", { count: wrong.length })}</h3><ul>${problemItems(wrong)}</ul></div>`;
}

/**
 * A property of each parameter, as what is shown just now.
 * @param {Embedded} prototype
 * @param {string[]} names
 */
export function defineProperties(prototype, names) {
  for (const name of names) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      /** @this {Embedded} */
      get() {
        return this.parameters.values[name];
      },
      /** @this {Embedded} @param {unknown} given */
      set(given) {
        this.take(name, given);
      },
    });
  }
}

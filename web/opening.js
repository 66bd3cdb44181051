import { html } from "lit";
import { rich, t } from "./strings.js";

/**
 * What a page begins with and needs no engine for: it is read while the rest is on its way. Undefined where all of it comes at once.
 * @param {string} page
 */
export function opening(page) {
  switch (page) {
    case "tables":
      return html`<h1>${t("page.title")}</h1><p class="lede">${t("tables.lede")}</p>`;
    case "lesson":
      return html`<h1>${t("page.opening.lesson.title")}</h1><p class="lede">${t("page.opening.lesson.lede")}</p><p>${rich("page.opening.lesson.intro")}</p>`;
    case "lab":
      return html`<h1>${t("lab.title")}</h1><p class="lede">${t("lab.lede")}</p>`;
    default:
      return undefined;
  }
}

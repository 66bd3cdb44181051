/** What of a link or an attribute could not be used, as items of a list. */
import { html } from "lit";
import { params } from "./params.js";
import { inEngineWords, rich, t } from "./strings.js";

/** @param {import("./params.js").Problem[]} problems */
export function problemItems(problems) {
  return problems.map(({ name, found, reason, values }) => {
    const fallback = Object.hasOwn(params, name) ? params[name]?.default : undefined;
    const used = fallback === undefined ? "" : fallback === null || fallback === "" ? t("problem.left_out") : t("problem.used", { value: fallback });
    const said = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, key === "why" || key === "hint" ? inEngineWords(value) : value]));
    return html`<li><code dir="ltr">${name}=${found.length > 60 ? `${found.slice(0, 60)}…` : found}</code>: ${rich(`problem.${reason}`, said)} ${used}</li>`;
  });
}

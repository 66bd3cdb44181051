/**
 * <crossover-links>: every parameter that a link may carry, from web/params.js: name, what it takes, what it is when left out, what
 * it means. Authors write links from this table; the page, the embedded views and the presets read the same names.
 */
import { html } from "lit";
import { CrossoverElement, define } from "../element.js";
import { params, writeParams, defaults } from "../params.js";
import { takes } from "./parameters.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.links.json";

addStrings(english);

const examples = /** @type {import("../params.js").ParamValues[]} */ (/** @type {unknown} */ ([
  { page: "lab", model: "llama-3.1-70b", devices: 2 },
  { page: "lab", view: "roofline", phase: "prefill", scheme: "w8a8-fp8" },
  { page: "lesson", step: 6 },
  { hardware: "t4", model: "gpt2-small", theme: "dark" },
]));

export class LinksPage extends CrossoverElement {
  /** @override */
  render() {
    return html`<h1>${t("links.title")}</h1>
      <p>${rich("links.intro")}</p>
      <ul>
        ${examples.map((example) => {
          const search = writeParams({ ...defaults(), ...example });
          return html`<li><a href=${search}><code>${decodeURIComponent(search)}</code></a></li>`;
        })}
      </ul>
      <figure class="table">
        <figcaption id="links-caption">${t("links.caption")}</figcaption>
        <div class="scroller" tabindex="0" role="region" aria-label=${t("links.caption")}>
          <table id="table-links" aria-labelledby="links-caption">
            <thead>
              <tr>${["name", "takes", "default", "meaning"].map((key) => html`<th scope="col">${t(`links.column.${key}`)}</th>`)}</tr>
            </thead>
            <tbody>
              ${Object.entries(params).map(([name, param]) => html`<tr>
                <th scope="row"><code>${name}</code></th>
                <td>${takes(param)}</td>
                <td>${param.default === null || param.default === "" ? t("links.nothing") : html`<code>${param.default}</code>`}</td>
                <td>${rich(`links.meaning.${name}`)}</td>
              </tr>`)}
            </tbody>
          </table>
        </div>
      </figure>`;
  }
}
define("crossover-links", LinksPage);

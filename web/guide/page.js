/**
 * <crossover-guide>: for authors and for instructors: what to copy, where to paste it, what stays. Properties: values (only `page` is
 * read). The words of a section stand under `guide.<page>.<section>`: title and text; what is pasted is made here.
 */
import { html, nothing } from "lit";
import { installable } from "#delivery";
import { commit, version } from "#release";
import { CrossoverElement, define } from "../element.js";
import { site, someSite } from "../embed/site.js";
import { snippetFor } from "../embed/snippets.js";
import { defaults, writeParams } from "../params.js";
import { copy } from "../save.js";
import { addStrings, rich, t } from "../strings.js";
import english from "../strings/en.guide.json";
import { sections } from "./sections.js";

addStrings(english);

const usual = { view: "crossover", model: "llama-3.1-8b", hardware: "h100-sxm" };

/** @param {Partial<import("../embed/snippets.js").Embedding>} [more] */
const embedding = (more = {}) => ({ site: site(), parameters: usual, title: t("guide.sample_title"), width: "", height: "520", image: "", ...more });

const listen = `const view = document.querySelector("crossover-view");
view.addEventListener("change", (event) => console.log(event.detail.parameters));
view.batch = 64;`;

const lmsFrame = () => snippetFor("iframe", embedding({ parameters: { view: "predict-crossover" } })).split("\n")[0];

/** @type {Record<string, () => string>} */
const samples = {
  "authors.element": () => snippetFor("html", embedding()),
  "authors.frame": () => snippetFor("iframe", embedding()),
  "authors.tools": () => ["quarto", "pandoc", "myst"].map((format) => snippetFor(format, embedding({ image: "crossover.png" }))).join("\n\n"),
  "authors.listen": () => listen,
  "authors.hosts": () => "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  "authors.cite": () => cited(),
  "instructors.link": () => `${site()}${writeParams({ ...defaults(), page: "lesson", step: 6 })}`,
  "instructors.canvas": () => String(lmsFrame()),
  "instructors.moodle": () => String(lmsFrame()),
  "instructors.cite": () => cited(),
};

const cited = () => `${t("guide.cited", { version: commit ? `${version} (${commit})` : version })} ${site()}`;

export class GuidePage extends CrossoverElement {
  static properties = { values: { attribute: false }, said: { state: true } };

  constructor() {
    super();
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    /** The section that was copied last, and what came of it. */
    this.said = { section: "", text: "" };
  }

  /** @param {string} section @param {string} text */
  async copied(section, text) {
    this.said = { section, text: t((await copy(text)) ? "guide.copied" : "guide.not_copied") };
  }

  /** @param {string} section @param {string} name @param {string} text */
  sample(section, name, text) {
    return html`<pre class="sample" dir="ltr"><code>${text}</code></pre>
      <p><button type="button" class="plain" aria-label=${t("guide.copy_what", { what: name })} @click=${() => this.copied(section, text)}>${t("guide.copy")}</button>
        <span role="status">${this.said.section === section ? this.said.text : nothing}</span></p>
      ${text.includes(someSite) ? html`<p class="aside">${t("guide.no_site")}</p>` : nothing}`;
  }

  /** @override */
  render() {
    const which = this.values["page"] === "instructors" ? "instructors" : "authors";
    // These pages are documents: they are written in English and not translated.
    return html`<div lang="en" dir="ltr"><h1>${t(`guide.${which}.title`)}</h1>
      <p class="lede">${t(`guide.${which}.lede`)}</p>
      ${sections[which].filter((section) => section !== "offline" || installable).map((section) => {
        const id = `guide-${section}`;
        const sample = samples[`${which}.${section}`];
        return html`<section aria-labelledby=${id}>
          <h2 id=${id}>${t(`guide.${which}.${section}.title`)}</h2>
          <p>${rich(`guide.${which}.${section}.text`)}</p>
          ${sample ? this.sample(section, t(`guide.${which}.${section}.title`), sample()) : nothing}
        </section>`;
      })}</div>`;
  }
}
define("crossover-guide", GuidePage);

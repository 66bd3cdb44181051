/**
 * <crossover-exports>: what is shown, to keep: the chart as SVG and PNG, the table as CSV and Markdown, scenario and results as JSON.
 * Scenario and the engine's version are inside every one of them.
 * Properties: engine, scenario, schemes, compared, view (its name), figure() → the view's element.
 */
import { html } from "lit";
import { commit, version } from "#release";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { addressNow } from "../address.js";
import { attempt } from "../attempt.js";
import { t } from "../strings.js";
import { copy, download } from "../save.js";
import { toCsv, toMarkdown } from "../charts/table-model.js";
import { ownSpecs, readOwn } from "./own-specs.js";
import { pngOf, svgOf } from "./svg-export.js";

/** @typedef {"svg" | "png" | "csv" | "markdown" | "json" | "link"} Way */

export class Exports extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    scenario: { attribute: false },
    schemes: { attribute: false },
    compared: { attribute: false },
    view: {},
    figure: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../../wasm/engine.js").RooflineScenario | null} */
    this.scenario = null;
    /** @type {(string | import("../../wasm/engine.js").InlineScheme)[]} */
    this.schemes = [];
    /** @type {import("./comparison.js").Compared[]} the lab's own first; none where only that is shown */
    this.compared = [];
    this.view = "";
    /** @type {() => import("../views/view.js").View | null} */
    this.figure = () => null;
    this.said = "";
    this.label = uniqueId("exports");
  }

  /** @override */
  render() {
    const ways = /** @type {Way[]} */ (["svg", "png", "csv", "markdown", "json", "link"]);
    return html`
      <div class="actions lab-exports" role="group" aria-labelledby=${this.label}>
        <span class="lead" id=${this.label}>${t("tools.export.label")}</span>
        ${ways.map((way) => html`<button type="button" data-export=${way} @click=${() => this.export(way)}>${t(`tools.export.${way}`)}</button>`)}
        <span role="status">${this.said}</span>
      </div>`;
  }

  /** What every export carries: with it, all that is shown can be computed again, whatever a later version takes for granted. */
  about() {
    const inFull = (/** @type {import("../../wasm/engine.js").RooflineScenario | null} */ scenario) =>
      (scenario && attempt(() => this.engine?.complete(scenario)).value) ?? scenario;
    const scenario = inFull(this.scenario);
    const asked = this.compared.length ? { scenario, compared: this.compared.map((one) => inFull(one.scenario)) } : { scenario, schemes: this.schemes };
    const text = JSON.stringify(asked);
    const own = this.engine ? ownSpecs(this.engine).filter(({ spec: { id } }) => [`"${id}"`, `"${id}-kv`, `"${id}@`, `@${id}"`].some((mention) => text.includes(mention))) : [];
    return { crossover: this.engine?.version ?? "", build: { version, commit }, view: this.view, ...asked, ...(own.length ? { own_specs: own } : {}) };
  }

  /** @param {Way} way @returns {Promise<{done: boolean, said: string}>} */
  async export(way) {
    let done = false;
    this.said = "";
    try {
      this.said = await this.make(way);
      done = true;
    } catch (fault) {
      this.said = t("tools.export.failed", { why: fault instanceof Error ? fault.message : String(fault) });
    }
    return { done, said: this.said };
  }

  /**
   * @param {Way} way
   * @returns {Promise<string>} what to say
   */
  async make(way) {
    if (way === "link") return this.copyLink();
    const shown = this.figure();
    const model = shown?.model;
    if (!shown || !model) return t("tools.export.nothing");
    const about = this.about();
    const name = `crossover-${model.table.name}`;
    if (way === "csv") download(`${name}.csv`, toCsv(model.table, about), "text/csv");
    if (way === "markdown") download(`${name}.md`, toMarkdown(model.table, about), "text/markdown");
    if (way === "json") download(`${name}.json`, this.results(model), "application/json");
    if (way === "svg" || way === "png") {
      if (!shown.querySelector("svg.chart")) return t("tools.export.no_chart");
      const svg = svgOf(shown, { title: model.title, about: model.about, metadata: about });
      if (way === "svg") download(`${name}.svg`, svg.text, "image/svg+xml");
      else download(`${name}.png`, /** @type {BlobPart} */ (/** @type {unknown} */ (await pngOf(svg, about))), "image/png");
    }
    return t("tools.export.saved", { name: `${name}.${way === "markdown" ? "md" : way}` });
  }

  async copyLink() {
    const { href, search } = addressNow();
    const carried = readOwn(new URLSearchParams(search).get("own") ?? "");
    const without = this.about().own_specs?.some(({ kind, spec }) => !carried.some((one) => one.kind === kind && one.spec["id"] === spec["id"]));
    const said = t((await copy(href)) ? "tools.export.copied" : "tools.export.not_copied");
    return without ? `${said} ${t("tools.export.link_without")}` : said;
  }

  /** @param {import("../views/view.js").ViewModel} model */
  results(model) {
    const result = this.engine && this.scenario ? this.engine.evaluate(this.scenario) : null;
    // Where the file lies on somebody's disk is nobody else's business.
    const { protocol, search, href } = addressNow();
    const address = protocol === "file:" ? search : href;
    return `${JSON.stringify({ ...this.about(), address, title: model.title, result, table: model.table.rows }, null, 2)}\n`;
  }
}

define("crossover-exports", Exports);

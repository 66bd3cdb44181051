/**
 * <crossover-app>: the masthead, the page that the state names, and what there is to say while there is no engine.
 * Properties: state (web/state.js), carried (the values that links carry: those of the address), engine (null until loaded), language
 * (the code of what is spoken), problems (of the address),
 * trouble (why there is no engine).
 * Dispatches `retry`.
 */
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { keyed } from "lit/directives/keyed.js";
import { live } from "lit/directives/live.js";
import { later, note } from "#delivery";
import { commit, version } from "#release";
import { turnTo } from "./address.js";
import { CrossoverElement } from "./element.js";
import { opening } from "./opening.js";
import { languages } from "./languages.js";
import { inEngineWords, t } from "./strings.js";
import { orient, reviewNote } from "./translate.js";
import { writeParams } from "./params.js";
import { lead, place } from "./place.js";
import { problemItems } from "./problems.js";
import "./tables/page.js";

const pages = ["tables", ...Object.keys(later)];
/** What the masthead leads to; the rest is at the foot of the page. */
const main = ["tables", "lesson", "lab", "evidence"].filter((page) => pages.includes(page));
const foot = ["links", "authors", "instructors"];

/** In index.html's first view, whose controls are off. */
const focusable = "a, [tabindex]";

export class CrossoverApp extends CrossoverElement {
  static properties = {
    state: { attribute: false },
    carried: { attribute: false },
    engine: { attribute: false },
    edition: { attribute: false },
    problems: { attribute: false },
    trouble: { attribute: false },
    newer: { attribute: false },
    language: { attribute: false },
    ready: { state: true },
  };

  constructor() {
    super();
    /** @type {import("./state.js").State | null} */
    this.state = null;
    /** @type {import("./params.js").ParamValues} */
    this.carried = {};
    /** @type {import("../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {"page" | "lab"} the engine's */
    this.edition = "page";
    /** @type {import("./params.js").Problem[]} */
    this.problems = [];
    /** @type {{kind: "blocked" | "missing" | "part", detail: string} | null} */
    this.trouble = null;
    /** a newer version of the page waits until this one is closed */
    this.newer = false;
    this.language = "en";
    /** @type {Set<string>} pages whose code is here */
    this.ready = new Set(["tables"]);
    /** @type {import("./state.js").State | null} whose changes are heard */
    this.followed = null;
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
    this.shown = "";
    /** index.html's first view (web/prerender.mjs) is there, and nothing of this element's yet */
    this.standing = false;
    /** which of those that can have the focus has it */
    this.focused = -1;
  }

  /** @override */
  createRenderRoot() {
    this.standing = this.childElementCount > 1 && document.documentElement.dataset["asked"] === "no";
    return this.standing ? this : super.createRenderRoot();
  }

  /** @override The first view stays until there is more to show than that the engine is on its way. */
  shouldUpdate() {
    return !this.standing || Boolean(this.engine || this.trouble || this.problems.length);
  }

  /** @override @param {Map<string, unknown>} changed */
  update(changed) {
    if (this.standing) {
      this.focused = [...this.querySelectorAll(focusable)].findIndex((each) => each === document.activeElement);
      this.replaceChildren();
    }
    super.update(changed);
  }

  /** @override */
  updated() {
    super.updated();
    if (this.standing) /** @type {HTMLElement | undefined} */ (this.querySelectorAll(focusable)[this.focused])?.focus({ preventScroll: true });
    this.standing = false;
  }

  get page() {
    const page = String(this.state?.values["page"] ?? "tables");
    return pages.includes(page) ? page : "tables";
  }

  /** @override @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    // The reader stays where they are.
    if (this.hasUpdated && changed.has("language")) lead(place());
    if (this.state && this.state !== this.followed) {
      this.stop?.();
      this.followed = this.state;
      this.stop = this.state.subscribe(() => {
        this.requestUpdate();
        this.renderNow();
      });
    }
    const theme = String(this.state?.values["theme"] ?? "auto");
    // Said again, the whole page would be styled anew.
    if (document.documentElement.dataset["theme"] !== theme) document.documentElement.dataset["theme"] = theme;
    orient(document.documentElement);
    if (this.dataset["page"] !== this.page) this.dataset["page"] = this.page;
    const title = this.page === "tables" ? t("page.title") : t("page.title_of", { page: t(`page.nav.${this.page}`) });
    // Said again, the browser would tell everybody who shows it.
    if (document.title !== title) document.title = title;
    // What one page lacks keeps nobody from another.
    if (this.engine && this.shown && this.shown !== this.page) this.trouble = null;
    this.shown = this.page;
    this.fetchPage();
  }

  /** The code of the page that is asked for; where it does not arrive, `trouble` says so. */
  async fetchPage() {
    const page = this.page;
    const load = later[page];
    if (!load || this.ready.has(page) || this.trouble) return;
    try {
      await load();
      this.ready = new Set([...this.ready, page]);
    } catch (fault) {
      // The reader may have gone on meanwhile.
      if (this.page === page) this.trouble = { kind: "part", detail: String(fault) };
    }
  }

  chooser() {
    const codes = Object.keys(languages);
    if (codes.length < 2) return nothing;
    return html`<label class="field language"><span class="quiet">${t("page.language")}</span>
      <select name="locale" @change=${(/** @type {Event} */ event) => this.state?.set({ locale: /** @type {HTMLSelectElement} */ (event.target).value })}>
        ${codes.map((code) => html`<option value=${code} lang=${languages[code]?.tag} .selected=${live(code === this.language)}>${languages[code]?.name}</option>`)}
      </select></label>`;
  }

  masthead() {
    return html`<header class="masthead frame">
      <p class="name">${t("page.name")}</p>
      <nav aria-label=${t("page.nav.label")}>
        <ul>
          ${main.map(
            (page) =>
              html`<li>
                <a href=${writeParams({ ...this.carried, page, step: null }) || "?"} aria-current=${page === this.page ? "page" : nothing}
                  @click=${(/** @type {MouseEvent} */ event) => turnTo(event, page)}>${t(`page.nav.${page}`)}</a>
              </li>`,
          )}
        </ul>
      </nav>
      ${this.chooser()}
    </header>`;
  }

  warnings() {
    if (!this.problems.length) return nothing;
    return html`<section class="notice" role="alert" aria-labelledby="problems">
      <h2 id="problems">${t("problem.title", { count: this.problems.length })}</h2>
      <ul>
        ${problemItems(this.problems)}
      </ul>
      <button type="button" @click=${() => {
        this.problems = [];
        // The button goes with what it was for.
        /** @type {HTMLElement | null} */ (this.querySelector("main"))?.focus({ preventScroll: true });
      }}>${t("problem.dismiss")}</button>
    </section>`;
  }

  content() {
    if (this.trouble) {
      const { kind, detail } = this.trouble;
      return html`<h1>${t("page.title")}</h1>
        <div class="notice trouble" role="alert">
          <h2>${t(`trouble.${kind}.title`)}</h2>
          <p>${t(`trouble.${kind}.text`)}</p>
          ${detail ? html`<p><code>${inEngineWords(detail)}</code></p>` : nothing}
          <button type="button" @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>${t("trouble.retry")}</button>
        </div>`;
    }
    const half = this.page === "lab" && this.edition !== "lab";
    const here = this.engine && !half && this.ready.has(this.page);
    const begun = opening(this.page);
    // One template for both: what is read stays where it is when the rest comes.
    return html`${begun} ${here ? this.rest() : html`<div class="waiting">
        ${begun ? nothing : html`<h1>${t("page.title")}</h1>`}
        <p role="status">${t("page.loading")}</p>
      </div>`}`;
  }

  rest() {
    const values = this.state?.values;
    switch (this.page) {
      case "lesson":
        return html`<crossover-lesson .engine=${this.engine} .state=${this.state} .values=${values}></crossover-lesson>`;
      case "lab":
        return html`<crossover-lab .engine=${this.engine} .state=${this.state} .values=${values}></crossover-lab>`;
      case "authors":
      case "instructors":
        return html`<crossover-guide .values=${values}></crossover-guide>`;
      case "evidence":
        return html`<crossover-evidence lang="en" dir="ltr" .engine=${this.engine}></crossover-evidence>`;
      case "links":
        return html`<crossover-links></crossover-links>`;
      default:
        return html`<crossover-tables .engine=${this.engine} .state=${this.state} .values=${values}></crossover-tables>`;
    }
  }

  /** @override */
  render() {
    return html`<a class="skip" href="#content">${t("page.skip")}</a>
      ${guard([this.carried, this.page, this.language, this.problems], () => this.masthead())}
      <main class="frame" id="content" tabindex="-1">${reviewNote()} ${this.warnings()} ${keyed(this.language, this.content())}</main>
      <footer class="colophon frame">
        <p>${t("page.colophon")}</p>
        ${note ? html`<p>${t(note)}</p>` : nothing}
        <ul class="foot-links">
          ${guard([this.carried, this.page, this.language], () => foot.map((page) => html`<li><a href=${writeParams({ ...this.carried, page, step: null })} aria-current=${this.page === page ? "page" : nothing}
            @click=${(/** @type {MouseEvent} */ event) => turnTo(event, page)}>${t(`page.nav.${page}`)}</a></li>`))}
        </ul>
        ${this.engine ? html`<p>${t(commit ? "page.version_commit" : "page.version", { version, commit, engine: this.engine.version })}</p>` : nothing}
        <p role="status">${this.newer ? t("page.newer") : nothing}</p>
      </footer>`;
  }
}

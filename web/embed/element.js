/**
 * <crossover-view>: one table, chart, prediction or derivation in another's page. Attributes and properties are the parameters of
 * web/params.js; `label`, `height` (pixels to keep free), `width` (at most) and `loading="eager"` are the element's own.
 *
 * Like an <input>, it starts from its attributes and goes on with its reader: a property is what it shows just now; an attribute
 * that is set anew takes its parameter back. Events: `ready`, `change` (the reader changed an input), `error`. What a host gives
 * wrongly is explained in the element.
 */
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { CrossoverElement, uniqueId } from "../element.js";
import { checkIds } from "../library.js";
import { params, readParam, readParams, writeParams } from "../params.js";
import { createState } from "../state.js";
import { inEngineWords, spoken, t } from "../strings.js";
import { reviewNote, speak } from "../translate.js";
import "./words.js";
import { useEngine } from "./engines.js";
import { hostTheme, watchHostTheme } from "./host-theme.js";
import { defineProperties, foot, inputs, warnings } from "./parts.js";
import { embedViews, usualView } from "./views.js";
import styles from "#embed-style";

/** @typedef {import("../params.js").Problem} Problem */

/** The parameters that an embedded view takes: all but those that choose a page. */
const names = Object.keys(params).filter((name) => !["v", "page", "step"].includes(name));
const ownAttributes = ["label", "height", "width"];
/** Started when it is this near to what is seen. */
const nearby = "400px";

/** @type {CSSStyleSheet | undefined} one for all */
let sheet;
function theSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}

export class CrossoverViewElement extends CrossoverElement {
  static properties = {
    engine: { state: true },
    template: { state: true },
    trouble: { state: true },
    inputsOpen: { state: true },
    onPaper: { state: true },
    hostIs: { state: true },
    em: { state: true },
  };

  static get observedAttributes() {
    return [...super.observedAttributes, ...names, ...ownAttributes];
  }

  constructor() {
    super();
    this.parameters = createState();
    /** @type {Map<string, Problem>} by the parameter */
    this.problems = new Map();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {((shown: import("./views.js").Shown) => unknown) | null} */
    this.template = null;
    this.trouble = "";
    /** @type {boolean | null} null: as `controls` says */
    this.inputsOpen = null;
    /** The page is being printed, which waits for nothing. */
    this.onPaper = false;
    /** @type {"light" | "dark"} */
    this.hostIs = "light";
    this.em = 16;
    this.nameId = uniqueId("embed");
    /** Whether it was near enough to be started; then it starts at once when it is put elsewhere. */
    this.started = false;
    /** What is running, so that all of it ends. @type {(() => void)[]} */
    this.running = [];
    /** @type {(() => void) | null} */
    this.releaseEngine = null;
    this.settings = "";
    /** @type {ResizeObserver | undefined} */
    this.probe = undefined;
    /** A host that sets a parameter is not told that it changed. */
    this.quiet = false;
  }

  /** The shadow root, unlike the page's own elements. @override @returns {any} */
  createRenderRoot() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [theSheet()];
    return root;
  }

  /** @override */
  attributeChangedCallback(/** @type {string} */ name, /** @type {string | null} */ before, /** @type {string | null} */ text) {
    if (names.includes(name)) this.take(name, text);
    else if (ownAttributes.includes(name)) this.requestUpdate();
    else super.attributeChangedCallback(name, before, text);
  }

  /**
   * A parameter from outside; null takes it back to its default.
   * @param {string} name
   * @param {unknown} given
   */
  take(name, given) {
    this.problems.delete(name);
    /** @type {string | number | null} */
    let value = params[name]?.default ?? null;
    if (given !== null && given !== undefined) {
      const usable = typeof given === "string" || typeof given === "number";
      const read = readParam(name, usable ? String(given) : typeof given);
      if ("value" in read && usable) value = read.value;
      else this.problems.set(name, "problem" in read ? read.problem : { name, found: typeof given, reason: "wrong_kind", values: {} });
    }
    this.assign({ [name]: value });
  }

  /** Properties that a host set before this class was there. */
  takeEarly() {
    for (const name of names.filter((one) => Object.hasOwn(this, one))) {
      const given = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      this.take(name, given);
    }
  }

  /** A whole address's query. @param {string} search */
  takeSearch(search) {
    const { values, problems } = readParams(search);
    this.problems = new Map(problems.map((problem) => [problem.name, problem]));
    this.assign(values);
  }

  /** @param {import("../params.js").ParamValues} patch */
  assign(patch) {
    this.quiet = true;
    this.parameters.set(patch);
    this.quiet = false;
    this.requestUpdate();
  }

  /** The view's name and what it is. */
  get chosen() {
    const name = String(this.parameters.values["view"] || usualView);
    return Object.hasOwn(embedViews, name) ? name : usualView;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.takeEarly();
    this.running = [
      this.parameters.subscribe(() => this.onState()),
      watchHostTheme(this, () => (this.hostIs = hostTheme(this))),
    ];
    this.hostIs = hostTheme(this);
    this.on(globalThis, "beforeprint", () => this.print(true));
    this.on(globalThis, "afterprint", () => this.print(false));
    if (this.started) this.begin();
    else if (this.getAttribute("loading") === "eager") this.start();
    else this.startWhenNear();
  }

  /** @override */
  disconnectedCallback() {
    for (const end of this.running.splice(0)) end();
    this.probe?.disconnect();
    this.probe = undefined;
    this.releaseEngine?.();
    this.releaseEngine = null;
    this.settings = "";
    super.disconnectedCallback();
  }

  /**
   * @param {EventTarget} target
   * @param {string} type
   * @param {() => void} listener
   */
  on(target, type, listener) {
    target.addEventListener(type, listener);
    this.running.push(() => target.removeEventListener(type, listener));
  }

  startWhenNear() {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.start();
    }, { rootMargin: nearby });
    observer.observe(this);
    this.running.push(() => observer.disconnect());
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.begin();
  }

  /** What was not near yet is started for the next time; on this paper it says what to do. @param {boolean} onPaper */
  print(onPaper) {
    this.start();
    this.onPaper = onPaper;
    this.renderNow();
  }

  /** Gets the engine and the code that the view needs, where they are not here yet. */
  async begin() {
    const name = this.chosen;
    const view = /** @type {import("./views.js").EmbedView} */ (embedViews[name]);
    const own = String(this.parameters.values["own"] ?? "");
    const locale = String(this.parameters.values["locale"]);
    const settings = JSON.stringify([name, own, locale]);
    if (settings === this.settings) return;
    this.settings = settings;
    this.trouble = "";
    const used = useEngine(view.edition, own);
    this.releaseEngine?.();
    this.releaseEngine = used.release;
    try {
      const [{ engine, problems }, template, arrived] = await Promise.all([used.loaded, view.load(), speak(locale)]);
      if (this.settings !== settings) return;
      if (!arrived) this.problems.set("locale", { name: "locale", found: locale, reason: "language_missing", values: {} });
      for (const problem of problems) this.problems.set(problem.name, problem);
      this.engine = engine;
      this.template = template;
      this.settle();
      this.renderNow();
      this.dispatchEvent(new CustomEvent("ready", { detail: { view: name, version: engine.version } }));
    } catch (fault) {
      if (this.settings !== settings) return;
      this.settings = "";
      this.fail(fault);
    }
  }

  /** @param {unknown} fault */
  fail(fault) {
    this.trouble = fault instanceof Error ? fault.message : String(fault);
    this.dispatchEvent(new CustomEvent("error", { detail: { message: this.trouble } }));
  }

  /** What only the engine can tell of the parameters: whether the ids that they name exist. */
  settle() {
    if (!this.engine) return;
    const { values, problems } = checkIds(this.engine, this.parameters.values);
    for (const problem of problems) this.problems.set(problem.name, problem);
    if (problems.length) this.assign(values);
  }

  onState() {
    if (this.started) this.begin();
    if (this.quiet) return;
    this.requestUpdate();
    this.renderNow();
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true, detail: { search: writeParams(this.parameters.values), parameters: this.changed() } }));
  }

  /** The parameters that are not at their defaults. */
  changed() {
    return Object.fromEntries(names.filter((name) => this.parameters.values[name] !== params[name]?.default).map((name) => [name, this.parameters.values[name]]));
  }

  /** @returns {"light" | "dark"} */
  get shownTheme() {
    const given = this.parameters.values["theme"];
    return given === "light" || given === "dark" ? given : this.hostIs;
  }

  /** @override */
  willUpdate() {
    this.settle();
  }

  /** @override */
  updated() {
    super.updated();
    const frame = /** @type {HTMLElement} */ (this.renderRoot.querySelector(".embed"));
    // Set by script: an author's page may forbid style attributes.
    frame.style.setProperty("--rem", `${this.em}px`);
    frame.style.minBlockSize = pixels(this.getAttribute("height"));
    frame.style.maxInlineSize = pixels(this.getAttribute("width"));
    this.watchFontSize();
  }

  watchFontSize() {
    if (this.probe || !this.isConnected) return;
    this.probe = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) this.em = entry.contentRect.width;
    });
    this.probe.observe(/** @type {Element} */ (this.renderRoot.querySelector(".em")));
  }

  /** @override */
  render() {
    const name = this.chosen;
    const label = this.getAttribute("label");
    return html`<span class="em" aria-hidden="true"></span>
      <section class="embed" lang=${spoken().tag} dir=${spoken().direction} data-theme=${this.shownTheme} data-view=${name} aria-label=${label || t("embed.name", { view: t(`embed.view.${name.replaceAll("-", "_")}`) })}>
        ${label ? html`<p class="embed-name">${label}</p>` : nothing}
        ${reviewNote()} ${warnings(this)} ${keyed(spoken().tag, this.content(/** @type {import("./views.js").EmbedView} */ (embedViews[name])))}
      </section>`;
  }

  /** @param {import("./views.js").EmbedView} view */
  content(view) {
    const { engine, template, parameters } = this;
    if (this.trouble) {
      return html`<div class="notice trouble" role="alert">
        <h3>${t("embed.trouble")}</h3><p>${t("embed.trouble_text")}</p><p><code>${inEngineWords(this.trouble)}</code></p>
        <button type="button" @click=${() => this.begin()}>${t("trouble.retry")}</button>
      </div>`;
    }
    // Until then, what the author put between the tags: a picture. A line break there is none, but would fill a slot.
    if (!engine || !template || !this.settings) {
      return this.firstElementChild || this.textContent?.trim() ? html`<slot></slot>` : html`<p class="waiting" role="status">${t(this.onPaper ? "embed.on_paper" : "embed.waiting")}</p>`;
    }
    const values = parameters.values;
    return html`${inputs(this, engine, view)} ${template({ engine, state: parameters, values })} ${foot(this, view)}`;
  }
}

defineProperties(CrossoverViewElement.prototype, names);

/** @param {string | null} text an attribute: a whole number of pixels */
function pixels(text) {
  const number = /^\d{1,4}$/.test(text ?? "") ? Number(text) : 0;
  return number >= 40 ? `${number}px` : "";
}

/**
 * <crossover-lab>: a scenario, its figure, and what can be done with both. The page's state holds everything that a link carries:
 * the scenario's fields, the view, the schemes drawn, the scenarios compared. Properties: engine, state, values.
 */
import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { CrossoverElement, define } from "../element.js";
import { rooflineScenario, schemeOf } from "../state.js";
import { params } from "../params.js";
import { Parts } from "../parts.js";
import { problemItems } from "../problems.js";
import { remembered } from "../remembered.js";
import { addStrings, inEngineWords, locale, rich, t } from "../strings.js";
import english from "../strings/en.tools.json";
import { attempt } from "../attempt.js";
import { missing } from "../format.js";
import { quantity } from "../charts/quantity.js";
import { evaluated } from "../views/evaluated.js";
import { boundLabel, countsInputs, quantityName, schemeId } from "../views/names.js";
import { View } from "../views/view.js";
import { nearNow } from "../evidence/near-now.js";
import { comparedScenarios, mostOthers, patchOf, readComparison, writeComparison } from "./comparison.js";
import { apart, drawable, listedSchemes, writeSchemes } from "./drawn.js";
import { fieldNames } from "./fields.js";
import { presetNow, presetsOf } from "./presets.js";
import { scenarioLabel } from "./scenario-label.js";
import { uncheckedOf } from "./unchecked.js";
import { quantitiesOf, viewNames, viewOf } from "./view-tabs.js";
import "../controls/choice.js";
import "./calibrate.js";
import "./explain.js";
import "./exports.js";
import "./import-config.js";
import { fieldOf } from "./inputs.js";
import "./own-specs-form.js";
import "./scheme-picker.js";

addStrings(english);

/** How long nothing changes before the summary is told, in milliseconds. */
const pause = 700;

/** Tools that are open, over another language and a look at another page. @type {Set<string>} */
const opened = new Set();

export class Lab extends CrossoverElement {
  static properties = { engine: { attribute: false }, state: { attribute: false }, values: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    this.open = opened;
    this.explained = "step_s";
    this.embedSaid = "";
    this.unchecked = { key: "", notes: /** @type {string[]} */ ([]) };
    this.parts = new Parts(this, 1);
    /** @type {ReturnType<typeof setTimeout> | 0} */
    this.pausing = 0;
    /** The summary as last told; the first is read where it stands. */
    this.told = "";
    this.presetOptions = remembered((/** @type {import("./presets.js").Preset[]} */ presets, /** @type {string} */ _language) =>
      [{ id: "", name: t("lab.own_scenario") }, ...presets.map(({ id, name }) => ({ id, name }))]);
  }

  /** A link may ask for the derivation of a number. @override */
  willUpdate() {
    const asked = this.values["quantity"];
    if (this.hasUpdated || !asked || asked === params["quantity"]?.default) return;
    this.explained = String(asked);
    this.open.add("explain");
  }

  /** The dialog's code comes when it is asked for. */
  async embed() {
    try {
      await import("../embed/dialog.js");
    } catch {
      this.embedSaid = t("trouble.missing.title");
      this.requestUpdate();
      return;
    }
    // The reader may have gone on meanwhile.
    if (!this.isConnected) return;
    const dialog = /** @type {import("../embed/dialog.js").EmbedDialog | null} */ (this.querySelector("crossover-embed-dialog"));
    dialog?.renderNow();
    dialog?.open();
  }

  get view() {
    const view = String(this.values["view"] ?? "");
    return viewNames.includes(view) ? view : "speedup";
  }

  /** @override */
  render() {
    const { engine, values } = this;
    if (!engine) return nothing;
    clearTimeout(this.pausing);
    // The reader's batch is marked in the charts, at its default too.
    const scenario = { ...rooflineScenario(values), ...(values["phase"] === "gemm" ? {} : { batch: Number(values["batch"]) }) };
    const { value: result, error } = attempt(() => evaluated(engine, scenario));
    return html`${this.presets(engine)}
      <crossover-lab-inputs .engine=${engine} .state=${this.state} .values=${values} .refusal=${error}></crossover-lab-inputs>
      ${result ? this.summary(result) : nothing}
      ${this.parts.at(2, () => this.figure(engine, scenario, result, error))}
      ${this.parts.at(5, () => this.tools(engine, scenario))}<p class="quiet" role="status"></p>`;
  }

  /**
   * Says it to who does not see it; the same words again, too.
   * @param {string} text
   * @param {string} [near]  a selector: a button that was pressed and is gone, or off, gives the focus to the last of these
   */
  tell(text, near) {
    /** @type {Element} */ (this.lastElementChild).textContent = text;
    if (near && !this.querySelector(":focus:enabled")) /** @type {HTMLElement[]} */ ([...this.querySelectorAll(near)]).at(-1)?.focus();
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {import("../../wasm/engine.js").RooflineScenario} scenario
   * @param {import("../../wasm/engine.js").RooflineResult | null} result
   * @param {import("../../wasm/engine.js").EngineError | null} error what the engine says instead
   */
  figure(engine, scenario, result, error) {
    const { values } = this;
    const compared = this.view === "compare" ? comparedScenarios(values, (own) => scenarioLabel(engine, own, values)) : [];
    const drawn = apart(engine, scenario);
    const listed = listedSchemes(values, drawn);
    const { schemes, refused } = error ? { schemes: listed, refused: [] } : drawable(engine, scenario, listed);
    const near = !error && ["speedup", "latency"].includes(this.view) ? nearNow(engine, scenario, () => this.requestUpdate()) : null;
    const shown = { engine, scenario: drawn, schemes, compared, measured: near?.measured ?? null };
    return html`
      <section class="lab-figure" @crossover-here=${this.onHere} @crossover-change=${this.onChange}>
        <h2 class="quiet">${t("lab.figure")}</h2>
        ${guard([this.view, locale()], () => this.tabs())}
        <div role="tabpanel" id="lab-panel" aria-labelledby="lab-tab-${this.view}">
          ${error ? this.wayTo(fieldOf(error.path)) : nothing}
          ${this.unread()}
          ${this.view === "compare" ? this.comparison(compared) : nothing}
          ${["accuracy", "sensitivity", "advisor", "roofline", "compare"].includes(this.view) ? nothing
            : html`<crossover-scheme-picker .engine=${engine} .scenario=${scenario} .schemes=${schemes} .own=${schemeId(schemeOf(String(values["scheme"])))}
              .refused=${refused} @schemes-change=${this.onSchemes}></crossover-scheme-picker>`}
          ${this.parts.at(3, () => viewOf(this.view, shown))}
        </div>
        ${this.parts.at(4, () => this.underFigure(shown, result, near))}
      </section>`;
  }

  /**
   * What the figure can be taken away as, and what it stands on.
   * @param {import("./view-tabs.js").Shown} shown
   * @param {import("../../wasm/engine.js").RooflineResult | null} result
   * @param {import("../evidence/near-now.js").Found | null} near
   */
  underFigure({ engine, scenario, schemes, compared }, result, near) {
    const named = (/** @type {string} */ name) => (result && /^(energy_j_per_token|cost_usd|tokens_per_s)/.test(name)
      ? quantityName(result, /** @type {Parameters<typeof quantityName>[1]} */ (name)) : t(`lab.quantity.${name}`));
    return html`
      <crossover-exports .engine=${engine} .scenario=${scenario} .schemes=${schemes} .compared=${compared} .view=${this.view}
        .figure=${() => /** @type {View | null} */ (this.querySelector("#lab-panel > :last-child"))}></crossover-exports>
      <p><button type="button" class="plain" data-embed="open" @click=${this.embed}>${t("lab.embed")}</button> <span role="status">${this.embedSaid}</span></p>
      <crossover-embed-dialog .values=${this.values} .view=${this.view} .imageName=${`crossover-${this.view}`}
        .save=${(/** @type {"svg" | "png"} */ way) => /** @type {import("./exports.js").Exports | null} */ (this.querySelector("crossover-exports"))?.export(way)}></crossover-embed-dialog>
      <div class="actions" role="group" aria-label=${t("lab.explain.title")}>
        ${(quantitiesOf[this.view] ?? []).map((name) => html`
          <button type="button" class="plain" data-explain=${name} @click=${() => this.explain(name)}>${t("lab.explain.figure", { quantity: named(name) })}</button>`)}
      </div>
      ${guard([near], () => near?.note())}
      ${result ? this.assumptions(engine, result.assumptions) : nothing}`;
  }

  /** An address may name a view that is none, for which the usual one stands, and compare what can't be read. */
  unread() {
    const found = String(this.values["view"] ?? "");
    const { problems } = readComparison(String(this.values["compare"] ?? ""));
    if (found && !viewNames.includes(found)) problems.push({ name: "view", found, reason: "not_a_choice", values: { options: viewNames.join(", ") } });
    return problems.length ? html`<div class="notice" role="status"><ul>${problemItems(problems)}</ul></div>` : nothing;
  }

  /** From a refusal in the figure's place to the field that it names. @param {string} field */
  wayTo(field) {
    if (!fieldNames.includes(field)) return nothing;
    const inputs = () => /** @type {import("./inputs.js").LabInputs | null} */ (this.querySelector("crossover-lab-inputs"));
    return html`<p><button type="button" class="plain" data-way=${field} @click=${() => inputs()?.focusField(field)}>
      ${t("lab.to_field", { field: t(`lab.field.${field}.label`) })}</button></p>`;
  }

  /** @param {import("../../wasm/engine.js").Engine} engine */
  presets(engine) {
    const presets = presetsOf(engine);
    const now = presetNow(presets, this.values);
    const use = (/** @type {CustomEvent<{ value: string }>} */ event) => {
      const chosen = presets.find(({ id }) => id === event.detail.value);
      if (chosen) this.state?.set(chosen.values);
    };
    return html`
      <div class="lab-presets" @value-change=${use}>
        <crossover-choice .name=${"preset"} .label=${t("lab.presets")} .help=${inEngineWords(now?.notes) || t("lab.presets_help")} .value=${now?.id ?? ""}
          .options=${this.presetOptions(presets, locale())}></crossover-choice>
      </div>`;
  }

  /** @param {import("../../wasm/engine.js").RooflineResult} result */
  summary(result) {
    const rate = countsInputs(result) ? "inputs_per_s" : "tokens_per_s";
    const items = /** @type {[string, string][]} */ ([
      ["step_s", quantity(result.step_s, "s")],
      ["speedup", quantity(result.speedup, "ratio")],
      [rate, quantity(result.tokens_per_s, "tokens_per_s")],
      ["regime", boundLabel(result.regime)],
      ["total_bytes", t(result.fits ? "lab.of_memory" : "lab.over_memory", { total: quantity(result.total_bytes, "bytes"), usable: quantity(result.usable_bytes, "bytes") })],
      ["max_batch", quantity(result.max_batch, "count")],
    ]);
    const inWords = () => items.filter(([name]) => /step_s|speedup|total_bytes/.test(name)).map(([name, text]) => `${t(`lab.quantity.${name}`)}: ${text}`).join(". ");
    this.told ||= inWords();
    // Each change is of several numbers: they are told once changing pauses.
    this.pausing = setTimeout(() => {
      const now = inWords();
      if (this.told !== now) this.tell((this.told = now));
    }, pause);
    return html`
      <dl class="lab-summary">
        ${items.map(([name, text]) => html`<div><dt>${t(`lab.quantity.${name}`)}</dt><dd class=${name === "total_bytes" && !result.fits ? "no-fit" : ""}>${text}
          ${name === "regime" || text === missing ? nothing : html`<button type="button" class="plain why" aria-label=${t("lab.explain.why", { ask: t("lab.explain.ask"), quantity: t(`lab.quantity.${name}`) })}
            @click=${() => this.explain(name === rate ? "tokens_per_s" : name)}>${t("lab.explain.ask")}</button>`}</dd></div>`)}
      </dl>
      ${result.fallback ? html`<p class="notice">${rich("views.breakdown.fallback", { format: result.compute_format.toUpperCase(), reason: inEngineWords(result.fallback) })}</p>` : nothing}`;
  }

  /**
   * What was assumed, and which figures are not checked against a source.
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {string[]} assumptions  keys of the engine
   */
  assumptions(engine, assumptions) {
    const ids = ["model", "hardware", "kernel", "runtime"].map((name) => `${name}/${String(this.values[name])}`);
    const key = ids.join(" ");
    // Sources do not change: they are looked up once for each set of records.
    if (this.unchecked.key !== key) {
      this.unchecked = { key, notes: ids.flatMap((id) => uncheckedOf(engine, id).map(({ kind, fields }) =>
        t(fields.length ? `lab.unchecked.${kind}_fields` : `lab.unchecked.${kind}`, { name: id.slice(id.indexOf("/") + 1), fields: fields.join(", ") }))) };
    }
    const notes = [...assumptions.map((name) => t(`lab.assumptions.${name}`)), ...this.unchecked.notes];
    if (!notes.length) return nothing;
    return html`<h3>${t("lab.assumptions.title")}</h3><ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
  }

  tabs() {
    return html`
      <div class="lab-tabs" role="tablist" aria-label=${t("lab.views")} @keydown=${this.onTabKey}>
        ${viewNames.map((name) => html`
          <button type="button" role="tab" id="lab-tab-${name}" aria-selected=${name === this.view ? "true" : "false"} aria-controls="lab-panel"
            tabindex=${name === this.view ? "0" : "-1"} @click=${() => this.state?.set({ view: name })}>${t(`lab.view.${name}`)}</button>`)}
      </div>`;
  }

  /** @param {KeyboardEvent} event */
  onTabKey(event) {
    const at = viewNames.indexOf(this.view);
    const last = viewNames.length - 1;
    // The arrows go where they point: tabs stand in the direction of the writing.
    const leftward = getComputedStyle(this).direction === "rtl";
    const [after, before] = [at === last ? 0 : at + 1, at === 0 ? last : at - 1];
    const next = { ArrowRight: leftward ? before : after, ArrowLeft: leftward ? after : before, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.state?.set({ view: viewNames[next] ?? "" });
    /** @type {HTMLElement | null} */ (this.querySelector(`#lab-tab-${viewNames[next]}`))?.focus();
  }

  /** @param {import("./comparison.js").Compared[]} compared */
  comparison(compared) {
    const { patches } = readComparison(String(this.values["compare"] ?? ""));
    return html`
      <p>${t("lab.compare.text")}</p>
      <ol class="lab-compared">
        ${compared.map((one, i) => html`
          <li>${one.label} ${i === 0 ? nothing : html`
            <button type="button" class="plain" aria-label=${t("tools.own.remove_name", { name: one.label })}
              @click=${() => this.setCompared(patches.filter((_, k) => k !== i - 1), t("lab.removed", { name: one.label }))}>${t("tools.own.remove")}</button>`}</li>`)}
      </ol>
      <div class="actions">
        <button type="button" ?disabled=${patches.length >= mostOthers}
          @click=${() => this.setCompared([...patches, patchOf(this.values)], t("lab.added", { name: compared[0]?.label }))}>${t("lab.compare.keep")}</button>
      </div>`;
  }

  /**
   * @param {import("../params.js").ParamValues[]} patches
   * @param {string} said  what happened
   */
  setCompared(patches, said) {
    this.state?.set({ compare: writeComparison(patches) });
    this.tell(said, ".lab-compared button,.lab-compared+* :enabled");
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {import("../../wasm/engine.js").RooflineScenario} scenario
   */
  tools(engine, scenario) {
    const changed = () => this.recordsChanged();
    const { state, values } = this;
    /** Each is made when it is opened: a closed one costs an input nothing. @type {Record<string, () => unknown>} */
    const tools = {
      explain: () => html`<crossover-explain .engine=${engine} .scenario=${scenario} .quantity=${this.explained}
        @quantity-change=${(/** @type {CustomEvent<{ quantity: string }>} */ event) => (this.explained = event.detail.quantity)}></crossover-explain>`,
      own: () => html`<crossover-own-specs .engine=${engine} .state=${state} .values=${values} @specs-change=${changed}></crossover-own-specs>`,
      import: () => html`<crossover-import-config .engine=${engine} .state=${state} @specs-change=${changed}></crossover-import-config>`,
      calibrate: () => html`<crossover-calibrate .engine=${engine} .scenario=${scenario} .state=${state} @specs-change=${changed}></crossover-calibrate>`,
    };
    return html`
      <section class="lab-tools" aria-labelledby="lab-tools">
        <h2 id="lab-tools">${t("lab.tools")}</h2>
        ${Object.entries(tools).map(([name, tool]) => html`
          <details class="lab-tool" data-tool=${name} ?open=${this.open.has(name)} @toggle=${(/** @type {Event} */ event) => this.onToggle(name, event)}>
            <summary>${t(name === "explain" ? "lab.explain.title" : `tools.${name}.title`)}</summary>
            ${this.open.has(name) ? tool() : nothing}
          </details>`)}
      </section>`;
  }

  /**
   * @param {string} name
   * @param {Event} event
   */
  onToggle(name, event) {
    const details = /** @type {HTMLDetailsElement} */ (event.currentTarget);
    if (event.target !== details) return;
    if (details.open) this.open.add(name);
    else this.open.delete(name);
    this.requestUpdate();
  }

  /**
   * Opens the derivation of a number and goes there.
   * @param {string} quantity
   */
  explain(quantity) {
    this.parts.all();
    this.explained = quantity;
    this.open.add("explain");
    this.requestUpdate();
    this.renderNow();
    const tool = /** @type {HTMLElement | null} */ (this.querySelector('[data-tool="explain"]'));
    tool?.scrollIntoView({ block: "start" });
    /** @type {HTMLElement | null} */ (tool?.querySelector("select"))?.focus({ preventScroll: true });
  }

  recordsChanged() {
    /** @type {import("./inputs.js").LabInputs | null} */ (this.querySelector("crossover-lab-inputs"))?.refreshMenus();
    this.requestUpdate();
  }

  /** @param {CustomEvent<{ value: number }>} event */
  onHere(event) {
    const name = this.values["phase"] === "gemm" ? "m" : "batch";
    const most = params[name]?.type === "whole" ? params[name].max : Infinity;
    this.state?.set({ [name]: Math.max(1, Math.min(most, Math.round(event.detail.value))) });
  }

  /** @param {CustomEvent<import("../params.js").ParamValues>} event */
  onChange(event) {
    this.state?.set(event.detail);
  }

  /** @param {CustomEvent<{ schemes: string[], said: string }>} event */
  onSchemes({ detail: { schemes, said } }) {
    this.state?.set({ schemes: writeSchemes(schemes, this.values) });
    this.tell(said, ".lab-schemes :is(summary,button)");
  }
}

define("crossover-lab", Lab);

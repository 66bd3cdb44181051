/**
 * <crossover-lab-inputs>: every input of a scenario; the four that matter first, the rest one disclosure away. What the engine
 * refuses is said at the field that its path names. Changes go into the page's state, and so into the address.
 */
import { html, nothing } from "lit";
import { CrossoverElement, define } from "../element.js";
import { inEngineWords, t } from "../strings.js";
import { params } from "../params.js";
import { entryOf, options } from "../library.js";
import { appliesTo, moreFields, simpleFields, storedValue, typedValue } from "./fields.js";
import "../controls/choice.js";
import "../controls/number.js";
import "../controls/select.js";
import "../controls/slider.js";

/** @typedef {import("./fields.js").FieldSpec} FieldSpec */

/**
 * A link may give a number that the menu does not offer.
 * @param {FieldSpec} field
 * @param {string} value
 */
function choices({ name, options: offered = [] }, value) {
  const own = offered.includes(value) ? [] : [{ id: value, name: value }];
  return [...offered.map((id) => ({ id, name: t(`lab.option.${name}_${id || "none"}`) })), ...own];
}

export class LabInputs extends CrossoverElement {
  static properties = {
    engine: { attribute: false },
    state: { attribute: false },
    values: { attribute: false },
    refusal: { attribute: false },
    moreOpen: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../state.js").State | null} */
    this.state = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    /** @type {import("../../wasm/engine.js").EngineError | null} what the engine says of the scenario */
    this.refusal = null;
    /** @type {boolean | null} null: not rendered yet; closed fields are not made, for they would cost at every input */
    this.moreOpen = null;
    /** @type {Map<string, import("../controls/choice.js").Option[]>} */
    this.menus = new Map();
    /** @type {import("../controls/choice.js").Option[] | null} */
    this.allSchemes = null;
  }

  /**
   * A refusal opens the disclosure that its field is in; another engine has other menus.
   * @override
   * @param {Map<string, unknown>} changed
   */
  willUpdate(changed) {
    if (changed.has("engine")) this.forgetMenus();
    const before = /** @type {{ path: string } | null | undefined} */ (changed.get("refusal"));
    const named = this.refusal && fieldOf(this.refusal.path);
    if (changed.has("refusal") && this.refusal?.path !== before?.path && moreFields.some((group) => group.fields.some(({ name }) => name === named))) this.moreOpen = true;
  }

  /** @override */
  render() {
    const { engine } = this;
    if (!engine) return nothing;
    const phase = String(this.values["phase"] ?? "decode");
    const open = (this.moreOpen ??= this.changedBelow());
    const of = (/** @type {FieldSpec[]} */ fields) => fields.filter((field) => appliesTo(field, phase)).map((field) => this.field(engine, field));
    return html`
      <div @value-change=${this.onChange}>
        <div class="fields" role="group" aria-label=${t("lab.inputs")}>${of(simpleFields)}</div>
        <details class="lab-more" ?open=${open} @toggle=${this.onToggle}>
          <summary>${t("lab.more")}</summary>
          ${open ? moreFields.map((group) => html`
            <fieldset class="fields"><legend>${t(`lab.group.${group.id}`)}</legend>${of(group.fields)}</fieldset>`) : nothing}
        </details>
      </div>`;
  }

  /** A link that sets something in the disclosure opens it; from then on it is the reader's. */
  changedBelow() {
    return moreFields.some((group) => group.fields.some(({ name }) => this.values[name] !== params[name]?.default));
  }

  /** @param {Event} event */
  onToggle(event) {
    if (event.target === event.currentTarget) this.moreOpen = /** @type {HTMLDetailsElement} */ (event.target).open;
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {FieldSpec} field
   */
  field(engine, field) {
    const { name } = field;
    const value = typedValue(field, this.values[name]);
    const label = t(`lab.field.${name}.label`);
    const help = t(`lab.field.${name}.help`);
    const error = this.refusal && fieldOf(this.refusal.path) === name ? inEngineWords(this.refusal.message) : "";
    switch (field.control) {
      case "record": {
        const kind = field.kind ?? "model";
        return html`<crossover-select .name=${name} .label=${label} .help=${help} .error=${error}
          .options=${field.options ? [...choices(field, ""), ...this.menu(engine, kind)] : this.menu(engine, kind)}
          .value=${entryOf(engine, kind, String(value))?.id ?? value}></crossover-select>`;
      }
      case "scheme":
        return html`<crossover-select .name=${name} .label=${label} .help=${help} .error=${error} .options=${this.schemes(engine, String(value))}
          .value=${schemeValue(engine, String(value))}></crossover-select>`;
      case "choice":
        return html`<crossover-choice .name=${name} .label=${label} .help=${help} .error=${error} .value=${String(value ?? "")}
          .options=${choices(field, String(value ?? ""))}></crossover-choice>`;
      case "slider":
        // A link may go further than the slider does.
        return html`<crossover-slider .name=${name} .label=${label} .help=${help} .error=${error} .value=${value} .min=${field.min} .max=${Math.max(field.max ?? 0, Number(value))}
          .whole=${field.whole ?? false} .unit=${field.unit ? t(`lab.unit.${field.unit}`) : ""}></crossover-slider>`;
      default:
        return html`<crossover-number .name=${name} .label=${label} .help=${help} .error=${error} .value=${value} .min=${field.min} .max=${field.max}
          .whole=${field.whole ?? false} .optional=${field.optional ?? false} .unit=${field.unit ? t(`lab.unit.${field.unit}`) : ""}></crossover-number>`;
    }
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {import("../../wasm/engine.js").SpecKind} kind
   */
  menu(engine, kind) {
    const menu = this.menus.get(kind) ?? options(engine, kind);
    this.menus.set(kind, menu);
    return menu;
  }

  /**
   * The library's schemes, each also with its cache at 8 and 4 bits, and the one of the address where it is none of these.
   * @param {import("../../wasm/engine.js").Engine} engine
   * @param {string} value
   */
  schemes(engine, value) {
    const all = this.allSchemes ?? this.menu(engine, "scheme").flatMap((option) => [option, ...["8", "4"].map((bits) => ({
      ...option, id: `${option.id}-kv${bits}`, name: t("lab.scheme_with_kv", { scheme: option.name, bits }),
    }))]);
    this.allSchemes = all;
    const own = schemeValue(engine, value);
    return all.some((option) => option.id === own) ? all : [{ id: own, name: own }, ...all];
  }

  /** @param {CustomEvent<{ name: string, value: unknown }>} event */
  onChange(event) {
    const { name, value } = event.detail;
    const field = [...simpleFields, ...moreFields.flatMap((group) => group.fields)].find((one) => one.name === name);
    if (field) this.state?.set({ [name]: /** @type {string | number | null} */ (storedValue(field, value)) });
  }

  /** Records were added: menus are made anew. */
  refreshMenus() {
    this.forgetMenus();
    this.requestUpdate();
  }

  forgetMenus() {
    this.menus.clear();
    this.allSchemes = null;
  }

  /**
   * Goes to a field, wherever it is.
   * @param {string} name
   */
  focusField(name) {
    if (moreFields.some((group) => group.fields.some((field) => field.name === name))) this.moreOpen = true;
    this.requestUpdate();
    this.renderNow();
    const control = /** @type {HTMLElement | null} */ (this.querySelector(`[name="${name}"]`));
    control?.scrollIntoView({ block: "center" });
    control?.focus({ preventScroll: true });
  }
}

/**
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {string} value  id, alias or JSON
 */
function schemeValue(engine, value) {
  if (value.startsWith("{")) return value;
  const [, stem, kv] = /^(.*?)(-kv(?:4|8))?$/.exec(value) ?? ["", value, ""];
  return (entryOf(engine, "scheme", stem)?.id ?? stem) + (kv ?? "");
}

/**
 * The field that a path of the engine names: "scheme.weight_bits" is the scheme's.
 * @param {string} path
 */
export function fieldOf(path) {
  return path.replace(/^scenario\./, "").split(/[.[]/)[0];
}

define("crossover-lab-inputs", LabInputs);

/**
 * What the sections of the tables page share: the engine and the state's values go in; a table of the engine comes out, formatted.
 */
import { html, nothing } from "lit";
import { attempt, refusal } from "../attempt.js";
import { CrossoverElement } from "../element.js";
import { engineTable } from "./engine-table.js";

export class TableSection extends CrossoverElement {
  static properties = { engine: { attribute: false }, values: { attribute: false }, state: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../../wasm/engine.js").Engine | null} */
    this.engine = null;
    /** @type {import("../params.js").ParamValues} */
    this.values = {};
    /** @type {import("../state.js").State | null} */
    this.state = null;
  }

  /**
   * @param {import("../../wasm/engine.js").Engine} _engine
   * @returns {unknown}
   */
  section(_engine) {
    return nothing;
  }

  /**
   * A table and what follows from it, or the refusal in its place.
   * @param {import("../../wasm/engine.js").TableName} name
   * @param {import("../../wasm/engine.js").TableScenario} scenario
   * @param {Omit<import("./engine-table.js").Layout, "table">} layout
   * @param {(rows: import("./engine-table.js").Rows) => unknown} [after] what the rows say, in words
   */
  figure(name, scenario, layout, after = () => nothing) {
    const asked = attempt(() => /** @type {import("../../wasm/engine.js").Engine} */ (this.engine).table(name, scenario));
    if (asked.error) return refusal(asked.error);
    const table = asked.value;
    return html`${engineTable({ table, ...layout })} ${after(table.rows)}`;
  }

  /** @override */
  render() {
    return this.engine ? this.section(this.engine) : nothing;
  }
}

/**
 * What can be embedded, by the name that `view` takes: which edition of the engine it needs, the code that it brings, where it stands
 * in the whole page, and its template. These names stay.
 */
import { html } from "lit";
import { rooflineScenario } from "../state.js";

/** @typedef {import("../../wasm/engine.js").Engine} Engine */
/** @typedef {import("../params.js").ParamValues} ParamValues */
/** @typedef {{engine: Engine, state: import("../state.js").State, values: ParamValues}} Shown */
/**
 * @typedef {object} EmbedView
 * @property {import("./engines.js").Edition} edition
 * @property {"none" | "tables" | "scenario"} inputs  which of the page's inputs change it
 * @property {ParamValues} place  where the whole page shows it
 * @property {() => Promise<(shown: Shown) => unknown>} load
 */

/** @param {ParamValues} values */
const scenarioOf = (values) => ({ ...rooflineScenario(values), ...(values["phase"] === "gemm" ? {} : { batch: Number(values["batch"]) }) });

/** @param {string} name @returns {EmbedView} */
const table = (name) => ({
  edition: "page", inputs: "tables", place: { page: "tables" },
  load: async () => {
    const { tables } = await import("./tables.js");
    return ({ engine, state, values }) => tables[name]?.({ engine, state, values });
  },
});

/** @param {string} name @param {import("./engines.js").Edition} edition @returns {EmbedView} */
const chart = (name, edition = "page") => ({
  edition, inputs: "scenario", place: { page: "lab", view: name },
  load: async () => {
    const { chartOf } = await import("./charts.js");
    return ({ engine, state, values }) => chartOf(name, { engine, state, values, scenario: scenarioOf(values) });
  },
});

/** @param {string} id @param {number} step @returns {EmbedView} */
const prediction = (id, step) => ({
  edition: id === "accuracy" ? "weigh" : "page", inputs: "none", place: { page: "lesson", step },
  load: async () => (await import("./lesson.js")).stepOf(id, step),
});

/** @param {string} id @returns {EmbedView} */
const exercise = (id) => ({
  edition: "page", inputs: "none", place: { page: "lesson" },
  load: async () => {
    const { exerciseOf } = await import("./exercises.js");
    return ({ engine }) => exerciseOf(id, engine);
  },
});

/** The lesson's steps, in order. */
export const stepNames = ["bytes", "decode", "training", "regimes", "phases", "crossover", "kernels", "schemes", "capacity", "accuracy"];
export const exerciseNames = ["larger", "below2", "below1_5", "frontier", "selfcheck"];

/** @type {Readonly<Record<string, EmbedView>>} */
export const embedViews = {
  bytes: table("bytes"), decode: table("decode"), training: table("training"), regimes: table("regimes"), compression: table("compression"),
  crossover: { ...chart("crossover"), place: { page: "lab", view: "speedup" } },
  speedup: chart("speedup"), latency: chart("latency"), roofline: chart("roofline"), breakdown: chart("breakdown"), memory: chart("memory"),
  capacity: chart("capacity"), energy: chart("energy"), accuracy: chart("accuracy", "weigh"), sensitivity: chart("sensitivity", "weigh"),
  advisor: chart("advisor", "weigh"), compare: chart("compare"),
  explain: {
    edition: "explain", inputs: "scenario", place: { page: "lab" },
    load: async () => {
      await Promise.all([import("../lab/explain.js"), import("../lab/inputs.js")]);
      return ({ engine, state, values }) => html`<crossover-explain .engine=${engine} .scenario=${scenarioOf(values)} .quantity=${values["quantity"]}
        @quantity-change=${(/** @type {CustomEvent<{quantity: string}>} */ event) => state.set(event.detail)}></crossover-explain>`;
    },
  },
  ...Object.fromEntries(stepNames.map((id, index) => [`predict-${id}`, prediction(id, index + 1)])),
  ...Object.fromEntries(exerciseNames.map((id) => [`exercise-${id}`, exercise(id)])),
};

/** What is shown where no view is named, or one that there is not. */
export const usualView = "crossover";

/**
 * The whole page's address for what a view shows; relative to where the page is.
 * @param {EmbedView} view
 * @param {ParamValues} values
 * @returns {ParamValues}
 */
export const placeOf = (view, values) => ({ ...values, view: "", controls: null, host: "", ...view.place });


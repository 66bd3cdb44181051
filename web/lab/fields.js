/**
 * The lab's inputs as data: which fields of a scenario there are, in which control, in the unit that people type. Names are those of
 * web/params.js; a label stands under `lab.field.<name>` in the strings.
 */

/** @typedef {"decode" | "prefill" | "train" | "gemm"} Phase */
/**
 * @typedef {object} FieldSpec
 * @property {string} name
 * @property {"record" | "scheme" | "choice" | "number" | "slider"} control
 * @property {import("../../wasm/engine.js").SpecKind} [kind]  record: of the library
 * @property {string[]} [options]  choice; record: what it may be instead of one; labels under lab.option
 * @property {number} [min]  in the unit that is typed
 * @property {number} [max]
 * @property {boolean} [whole]
 * @property {boolean} [optional]  may be empty: null
 * @property {string} [unit]  key under lab.unit
 * @property {number} [factor]  SI for one of the unit that is typed
 * @property {Phase[]} [phases]  absent: all
 * @property {number} [standard]  what an empty address means, shown as the value
 */

const withModel = /** @type {Phase[]} */ (["decode", "prefill", "train"]);

/** What comes first. @type {FieldSpec[]} */
export const simpleFields = [
  { name: "model", control: "record", kind: "model", phases: withModel },
  { name: "hardware", control: "record", kind: "hardware" },
  { name: "scheme", control: "scheme" },
  { name: "batch", control: "slider", min: 1, max: 4096, whole: true, phases: withModel },
  { name: "m", control: "slider", min: 1, max: 65536, whole: true, phases: ["gemm"] },
];

/** What is one disclosure away, in groups. @type {{ id: string, fields: FieldSpec[] }[]} */
export const moreFields = [
  {
    id: "work",
    fields: [
      { name: "phase", control: "choice", options: ["decode", "prefill", "train", "gemm"] },
      { name: "context", control: "slider", min: 1, max: 1048576, whole: true, unit: "tokens", phases: ["decode"] },
      { name: "new_tokens", control: "number", min: 1, max: 1024, whole: true, phases: ["decode"] },
      { name: "prompt", control: "slider", min: 1, max: 1048576, whole: true, unit: "tokens", phases: ["prefill", "train"] },
      { name: "cached_prefix", control: "number", min: 0, max: 1e7, whole: true, unit: "tokens", phases: ["prefill"] },
      { name: "chunk", control: "number", min: 1, max: 1e7, whole: true, optional: true, unit: "tokens", phases: ["prefill"] },
      { name: "generated", control: "number", min: 0, max: 1e7, whole: true, unit: "tokens", phases: ["decode", "prefill"] },
      { name: "optimizer", control: "choice", options: ["adam", "momentum", "sgd"], phases: ["train"] },
      { name: "lora_rank", control: "number", min: 1, max: 65536, whole: true, optional: true, phases: ["train"] },
      { name: "n", control: "number", min: 1, max: 1e7, whole: true, phases: ["gemm"] },
      { name: "k", control: "number", min: 1, max: 1e7, whole: true, phases: ["gemm"] },
    ],
  },
  {
    id: "software",
    fields: [
      { name: "kernel", control: "record", kind: "kernel" },
      { name: "runtime", control: "record", kind: "runtime" },
      { name: "kv_bits", control: "choice", options: ["", "16", "8", "4"], phases: ["decode", "prefill"] },
      { name: "baseline_scheme", control: "scheme" },
      { name: "baseline_kernel", control: "record", kind: "kernel", options: [""] },
      { name: "lowering", control: "choice", options: ["operators", "lumped"] },
    ],
  },
  {
    id: "machine",
    fields: [
      { name: "devices", control: "number", min: 1, max: 8, whole: true },
      { name: "memory_utilization", control: "number", min: 1, max: 100, unit: "percent", factor: 0.01 },
      { name: "memory_reserve_bytes", control: "number", min: 0, max: 10000, unit: "gigabytes", factor: 1e9 },
      { name: "bandwidth_bytes_per_s", control: "number", min: 1e-9, max: 1e9, optional: true, unit: "gigabytes_per_s", factor: 1e9 },
      { name: "peak_factor", control: "number", min: 0.001, max: 1000 },
      { name: "power_w", control: "number", min: 1e-6, max: 1e6, optional: true, unit: "watts" },
      { name: "price_usd_per_hour", control: "number", min: 0, max: 1e6, optional: true, unit: "usd_per_hour" },
    ],
  },
];

export const allFields = [...simpleFields, ...moreFields.flatMap((group) => group.fields)];
export const fieldNames = allFields.map((field) => field.name);

/**
 * @param {FieldSpec} field
 * @param {string} phase
 */
export function appliesTo(field, phase) {
  return !field.phases || field.phases.includes(/** @type {Phase} */ (phase));
}

/**
 * The value as it is typed; the decimal point is shifted without the noise of a quotient.
 * @param {FieldSpec} field
 * @param {unknown} value  SI
 */
export function typedValue(field, value) {
  if (typeof value !== "number" || !field.factor) return value;
  return Number((value / field.factor).toPrecision(12));
}

/**
 * @param {FieldSpec} field
 * @param {unknown} typed
 */
export function storedValue(field, typed) {
  if (field.name === "kv_bits") return typed === "" ? null : Number(typed);
  if (typeof typed !== "number" || !field.factor) return typed;
  return Number((typed * field.factor).toPrecision(12));
}

/**
 * Keys that the page puts together from a name and a value: each pattern of the source (a hole is a *) with everything that can
 * stand there. What the page itself lists is taken from it; what the engine answers with is listed here.
 */
import { formatNames } from "../../web/embed/snippets.js";
import { embedViews } from "../../web/embed/views.js";
import { bounds } from "../../web/views/breakdown.js";
import { sections } from "../../web/guide/sections.js";
import { fieldNames, moreFields, simpleFields } from "../../web/lab/fields.js";
import { notWhen, takeaways } from "../../web/lesson/closing.js";
import { exercises } from "../../web/lesson/exercises.js";
import { steps } from "../../web/lesson/steps/all.js";
import { params, quantities } from "../../web/params.js";
import { viewNames } from "../../web/lab/view-tabs.js";

/** @typedef {readonly (string | readonly string[])[]} Parts of the one hole, or of all of them in order */

const phases = ["decode", "prefill", "train", "gemm"];
const fields = [...simpleFields, ...moreFields.flatMap((group) => group.fields)];
const questions = steps.flatMap((step) => step.questions);
const choices = (/** @type {readonly {id: string, options?: readonly string[]}[]} */ asked) => asked.flatMap(({ id, options = [] }) => options.map((option) => [id, option]));
const ofExercise = (/** @type {string} */ rest) => exercises.map(({ id }) => `exercises.${id}${rest}`);
const lessonSchemes = ["fp16", "w8a16", "int8", "w8a8-int8", "int4-g128", "w4a16-g128", "int4-g128-kv4", "w4a4-int4", "w4a4-fp4"];
const precisions = ["fp32", "tf32", "fp16", "bf16", "fp8", "int8", "int4", "fp4"];
const kinds = ["hardware", "model", "scheme", "kernel", "runtime"];
/** Columns of the engine's tables that the page shows. */
const columns = [
  "precision", "bits", "bytes_per_parameter", "weight_bytes", "ratio_to_fp16", "itl_s", "kv_bytes", "total_bytes", "speedup", "feasible",
  "fallback", "latency_s", "throughput", "compute_s", "memory_s", "bottleneck", "decode_speedup", "decode_regime", "decode_intensity",
  "decode_ridge", "training_speedup", "training_regime", "training_intensity", "training_ridge", "method", "sparsity_pct", "pattern",
  "ratio", "delta", "savings_pct",
];

/** @type {Record<string, Parts>} */
const holes = {
  "page.nav.*": ["tables", "lesson", "lab", "evidence", "links", "authors", "instructors"],
  "lesson.kernels.short.*": ["ideal", "marlin", "exllamav2", "awq-gemv", "bitsandbytes-nf4"],
  "tools.calibrate.constants.*": ["memory_efficiency", "compute_efficiency", "layer_s", "host_layer_s", "sequence_s"],
  "problem.*": [
    "unknown_parameter", "not_a_choice", "not_a_number", "not_whole", "out_of_range", "not_an_id", "not_a_scheme", "not_a_list", "not_a_field", "too_many_scenarios", "too_long",
    "unknown_id", "not_own_specs", "own_refused", "language_missing", "wrong_kind", "not_a_view", "not_an_origin",
  ],
  "trouble.*.title": ["blocked", "missing", "part"],
  "trouble.*.text": ["blocked", "missing", "part"],
  // EngineError's codes: wasm/engine.d.ts.
  "refusal.*": [
    "unsupported", "unknown_id", "out_of_range", "wrong_type", "missing_field", "unknown_field", "duplicate_id", "invalid_json", "too_large", "internal",
  ],
  "bound.*": bounds,
  "phase.*": ["prefill", "decode", "train"],
  "scheme.*": lessonSchemes,
  "unit.*": ["image_per_s", "input_per_s", "token_per_s"],
  "table.*.name": ["bytes_per_parameter", "decode", "training", "regimes", "compression"],
  "table.group.*": ["decode", "training"],
  "table.column.*": columns,
  "table.value.*": [...precisions, "memory", "compute", "quantization", "pruning", "unstructured"],
  "table.flag.*.*": ["feasible", "fallback"].flatMap((key) => [[key, "true"], [key, "false"]]),
  "table.note.*": [
    "fallback_fp16_peak", "fitted_calibration", "does_not_fit", "fixed_size", "kv_follows_weights", "no_compute_ceiling", "forward_pass_only",
    "first_order_intensity", "between_ridges", "baseline_is_fp32", "accuracy_is_a_rule",
  ],
  "tables.training.title.*": ["images", "inputs"],
  "tables.training.text.*": ["images", "inputs"],
  "tables.training.takeaway.*": ["memory", "compute", "compute_int4_falls_back"],

  "views.phase.*": phases,
  "views.bound.*": bounds,
  "views.accuracy.*_kind": ["rule", "measured"],
  "views.advisor.title_*": ["latency", "capacity", "memory", "accuracy", "energy", "cost"],
  "views.advisor.aims.*": ["latency", "capacity", "memory", "accuracy", "energy", "cost"],
  "views.advisor.reason.*": ["does_not_fit", "fallback", "slower", "bound"],
  "views.speedup.title_*": ["up", "down", "hill", "dip", "down_for_good"],
  "views.roofline.title_*": ["memory", "compute", "other"],
  "views.capacity.title_*": ["best", "faster", "same", "hardly", "baseline", "alone", "none", "unknown"],
  "views.energy.title_*": ["least", "baseline", "none"],
  "views.energy.price_*": ["scenario", "list_price_amortized", "none"],
  "views.latency.axis_*": [...phases, "forward", "several"],
  "views.memory.title_*": ["none", "some", "all", "room"],
  "views.memory.*": ["weight_bytes", "kv_bytes", "activation_bytes", "training_bytes", "reserve_bytes"],
  "views.sensitivity.title_*": ["more", "less"],
  "views.sensitivity.parameter.*": ["bandwidth", "peak", "capacity", "weight_bits", "kv_bits", "overhead", "link"],
  "views.speedup.note_*": ["down", "up"],
  "views.speedup.sentence_*": ["down", "up", "always_above", "always_below"],
  "views.speedup.*": ["limit_same", "limit_crossing", "limit_range"],
  "views.speedup.unfit_*": ["baseline_only", "scheme_only", "neither"],

  "lab.group.*": moreFields.map((group) => group.id),
  "lab.field.*.label": fieldNames,
  "lab.field.*.help": fieldNames,
  "lab.option.*_*": fields.flatMap(({ name, options = [] }) => options.map((option) => [name, option || "none"])),
  "lab.unit.*": fields.flatMap(({ unit }) => (unit ? [unit] : [])),
  "lab.view.*": viewNames,
  "lab.quantity.*": [...quantities, "regime", "inputs_per_s", "energy_j_per_input", "cost_usd_per_million_inputs"],
  "tools.*.title": ["own", "import", "calibrate"],
  "lab.explain.*": ["scenario", "definition", "max_batch"],
  "tools.export.*": ["svg", "png", "csv", "markdown", "json", "link"],
  "tools.own.kinds.*": kinds,
  "lab.unchecked.*": ["recalled", "estimate"],
  "lab.unchecked.*_fields": ["recalled", "estimate"],
  "lab.source_kind.*": ["datasheet", "paper", "model_card", "config", "web_page", "secondary_table", "measured", "estimate", "recalled", "unknown"],
  "lab.assumptions.*": [
    "activations_unknown", "backward_twice_forward", "beyond_max_context", "encoder_decoder_as_decoder", "kv_dequant_free", "link_over_host",
    "norms_fused", "one_operator", "lumped", "frozen_backward_once", "state_space_scan", "uneven_shards", "uniform_routing", "recalled_hardware",
    "integers_trained_wide", "other_weight_format",
  ],

  "evidence.band.*": ["low", "high"],
  "evidence.band.*_more": ["low", "high"],
  "evidence.check.*": ["every_point", "within_half_octave", "kendall_tau"],
  // EvidenceClass of wasm/engine.d.ts, and the targets of none.
  "evidence.class.*": [
    "gemm_tensor_core", "gemm_tensor_core_hopper", "gemm_vector", "gemm_other", "decode", "prefill", "train", "dense", "crossovers", "order",
  ],
  "evidence.classes.caption_*": ["speedup", "time"],
  "evidence.column.*": [
    "class", "protocol", "role", "rows", "median", "p90", "max", "bias", "coverage", "verdict", "source", "series", "kernel", "hardware",
    "scheme", "threshold", "measured", "predicted", "octaves", "reason", "unflagged", "ids", "project", "runtime", "points", "memory",
  ],
  "evidence.figure.*": ["speedup", "time"],
  "evidence.order.*": ["judged", "all", "datasheet"],
  "evidence.protocol.*": ["kernel", "calibrated", "datasheet"],
  "evidence.protocols.*": ["kernel", "calibrated", "datasheet"],
  "evidence.role.*": ["judged", "fit", "in_sample"],
  "evidence.verdict.*": ["met", "missed", "no_rows"],
  "evidence.why.*": ["high", "low", "datasheet"],

  "embed.view.*": Object.keys(embedViews).map((name) => name.replaceAll("-", "_")),
  "embed.open.*": ["tables", "lesson", "lab"],

  "dialog.*": ["format", "given_title", "width", "height", "locale", "svg", "png"],
  "dialog.formats.*": formatNames,
  "dialog.how.*": formatNames,

  "guide.*.title": Object.keys(sections),
  "guide.*.lede": Object.keys(sections),
  "guide.*.*.title": Object.entries(sections).flatMap(([page, names]) => names.map((name) => [page, name])),
  "guide.*.*.text": Object.entries(sections).flatMap(([page, names]) => names.map((name) => [page, name])),

  "links.*": ["number", "whole", "scheme", "list", "origin"],
  "links.kind.*": ["model", "hardware", "kernel", "runtime", "calibration"],
  "links.column.*": ["name", "takes", "default", "meaning"],
  "links.meaning.*": Object.keys(params),

  "lesson.*.title": steps.map(({ id }) => id),
  "lesson.*.*": steps.flatMap(({ id, intro }) => intro.map((key) => [id, key])),
  "lesson.*.ask": questions.map(({ id }) => id),
  "lesson.*.short": questions.filter(({ kind }) => kind !== "sketch").map(({ id }) => id),
  "lesson.*.unit": ["bytes.int4", "decode.int8", "decode.int4", "phases.prefill", "phases.decode", "capacity.gain", "accuracy.heavy"],
  "lesson.*.options.*": choices(questions),
  "lesson.compare.*": ["same", "other", "close", "high", "low"],
  "lesson_end.takeaways.*": takeaways,
  "lesson_end.not_when.*": notWhen,
  "lesson.crossover.bound_*": ["weights", "kv", "kv_both", "compute"],
  "lesson.regimes.row_*": ["decode", "training"],
  "lesson.schemes.name_*": ["decode", "prefill"],
  "lesson.schemes.caption_*": ["decode", "prefill"],
  "exercises.*": ["right", "near", "not_yet", "nothing"],
  "exercises.frontier.options.*": ["q16", "q8", "q4", "p50", "p75", "p90"],
};

/** What begins with a hole: `${key}.title` of an exercise. */
const wholes = {
  "*.title": ofExercise(".title"),
  "*.ask": ofExercise(".ask"),
  "*.label": ofExercise(".label"),
  "*.hint": ofExercise(".hint"),
  "*.*": exercises.map(({ id, explain = "explain" }) => `exercises.${id}.${explain}`),
  "*.options.*": choices(exercises).map(([id, option]) => `exercises.${id}.options.${option}`),
};

/** @param {string} pattern @param {string | readonly string[]} parts */
function filled(pattern, parts) {
  const left = typeof parts === "string" ? [parts] : [...parts];
  return pattern.replace(/\*/g, () => String(left.shift()));
}

/** Every pattern with its keys. @type {Map<string, string[]>} */
export const composed = new Map([
  ...Object.entries(holes).map(([pattern, parts]) => /** @type {[string, string[]]} */ ([pattern, parts.map((one) => filled(pattern, one))])),
  .../** @type {[string, string[]][]} */ (Object.entries(wholes)),
]);

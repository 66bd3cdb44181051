/**
 * Crossover's engine: when does quantization stop paying, and why.
 *
 * Every function is pure: same input, same output; the only state is what `addSpec` added. Works the same in a page, in a
 * worker and in Node. Data is snake_case with the unit in the name (`_s` seconds, `_bytes`, `_j` joules, `_w` watts,
 * `_usd`); all SI, GB is never GiB. A missing number is `null`, never NaN. Every refusal is an {@link EngineError}.
 */

/** What went wrong; `path` names the place in the input ("batch", "scheme.weight_bits"), empty for the whole input. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly path: string;
  constructor(error: { code: ErrorCode; message: string; path: string });
}

/** The codes of engine/include/crossover/error.h, each with its meaning there. */
export type ErrorCode =
  | "invalid_json"
  | "wrong_type"
  | "missing_field"
  | "unknown_field"
  | "unknown_id"
  | "duplicate_id"
  | "out_of_range"
  | "unsupported"
  | "too_large"
  | "internal";

export interface LoadOptions {
  /**
   * `full` (default): everything. `page`: half the bytes, without `accuracy`, `explain`, `sensitivity`, `advise`, `calibrate`,
   * `evidence` and `importHuggingFace`, which then refuse with unknown_id; its library has every figure with its source, but no
   * scenarios, notes, residuals of fits or addresses of sources. Between them, each with addresses of sources: `explain` has that
   * function beside those of `page`; `weigh` has `accuracy`, `sensitivity` and `advise`. `lab` is `full` without `evidence`.
   */
  edition?: "full" | "lab" | "explain" | "weigh" | "page";
  /** The module's bytes; Node and single-file pages pass them, a page leaves them out and the glue fetches its neighbour. */
  wasmBinary?: ArrayBuffer | Uint8Array;
  /** The edition's module where it is compiled already, or about to be. */
  module?: WebAssembly.Module | Promise<WebAssembly.Module>;
  /** Where to fetch the module from instead. */
  locateFile?: (file: string) => string;
}
export function loadEngine(options?: LoadOptions): Promise<Engine>;

export type SpecKind =
  | "hardware" | "model" | "scheme" | "kernel" | "runtime" | "calibration" | "scenario" | "source";

/** One record of the library, without its figures: what a menu needs. */
export interface CatalogEntry {
  kind: SpecKind;
  id: string;
  name: string;
  aliases: string[];
  /** The user's own, through `addSpec`. */
  added: boolean;
}

/** A number format. */
export type Format = "fp64" | "fp32" | "tf32" | "fp16" | "bf16" | "fp8" | "int8" | "int4" | "fp4";

/** What limits an operator or a step; `overhead` only a step, `link` only several devices. */
export type Bound = "weights" | "kv" | "activations" | "compute" | "dequant" | "link" | "overhead";

export interface InlineScheme {
  /** What a series of it is called; default: made of its bits. */
  id?: string;
  weight_bits: number;
  /** How the bits of a weight are read; default: float beside FP8 or FP4 activations of the same width, else integer. */
  weight_format?: "integer" | "float" | "codebook" | "gguf";
  /** Default 16. 16 is FP16, 8 is INT8, 4 is INT4, 32 is FP32; `act_format` names others. */
  act_bits?: number;
  act_format?: Format;
  kv_bits?: number;
  /** Weights that share a scale; 0 or absent: one scale a row. */
  group_size?: number;
  scale_bits?: number;
  zero_point_bits?: number;
  /** Embedding and LM head at weight_bits too. */
  quantize_head?: boolean;
}

/** Roofline lens. Only `lens`, `model` and `hardware` (phase `gemm`: `hardware`, `m`, `n`, `k`) are needed. */
export interface RooflineScenario {
  lens: "roofline";
  model?: string;
  hardware: string;
  /** Tensor parallel, 1 (default) to 8. */
  devices?: number;
  /** Default `fp16`. An id may end in -kv16, -kv8 or -kv4. */
  scheme?: string | InlineScheme;
  /** Default `ideal`. */
  kernel?: string;
  /** Default `ideal`. */
  runtime?: string;
  /** Default `decode`. */
  phase?: "decode" | "prefill" | "train" | "gemm";
  /** Sequences (or images) in the step; default 1. */
  batch?: number;
  /** Decode: tokens in the KV cache, which the new token attends to; default 2048. */
  context?: number;
  /** Decode: new tokens a sequence in this step (speculation, multi-token prediction); default 1. */
  new_tokens?: number;
  /** Prefill and train: tokens a sequence; default 2048. */
  prompt?: number;
  /** Prefill: tokens whose KV is cached already; default 0. */
  cached_prefix?: number;
  /** Prefill: tokens a chunk; absent: the whole prompt in one step. */
  chunk?: number;
  /** Tokens still to come: they count in the memory only; default 0. */
  generated?: number;
  /** Default `adam`. */
  optimizer?: "adam" | "momentum" | "sgd";
  /** Rank of LoRA (QLoRA over a quantized scheme) in phase `train`; absent: all weights are trained. */
  lora_rank?: number;
  /** KV precision of schemes that leave it at 16 bits: bits of an element, 1 to 32. */
  kv_bits?: number;
  /** Default `fp16`: what the speed-up is over. */
  baseline_scheme?: string | InlineScheme;
  /** Default: `ideal` under the ideal kernel, else `cublas-fp16`. */
  baseline_kernel?: string;
  /** Default `operators`; `lumped` is one operator, all weights at the scheme's bits, no activations. */
  lowering?: "operators" | "lumped";
  /** Share of the capacity that may be filled; default 0.9. */
  memory_utilization?: number;
  /** Bytes that the runtime takes before any weight; default 0. */
  memory_reserve_bytes?: number;
  /** Overrides of the device, for "what if": bandwidth and a factor on every peak rate. */
  bandwidth_bytes_per_s?: number;
  peak_factor?: number;
  /** Energy and cost: power drawn and price of a device hour; defaults: the device's TDP; no price. */
  power_w?: number;
  price_usd_per_hour?: number;
  m?: number;
  n?: number;
  k?: number;
}

/** Tutorial lens: the published model of mlsysim, to the printed digit. `model` and `hardware` are its keys or our ids. */
export interface TutorialScenario {
  lens: "tutorial";
  question: "serving" | "step" | "compression" | "regime";
  model?: string;
  hardware?: string;
  precision?: "fp32" | "tf32" | "fp16" | "bf16" | "fp8" | "int8" | "int4" | "fp4";
  batch?: number;
  /** Serving: tokens in the KV cache, and of the prompt; default 2048. */
  context?: number;
  cached_prefix?: number;
  /** η, share of the peak that compute reaches; default 0.5. */
  efficiency?: number;
  /** Default `tutorial-2026-05`. */
  calibration?: string;
  /** Overrides the calibration's. */
  layer_overhead_s?: number;
  /** Compression. */
  method?: "quantization" | "pruning";
  bits?: number;
  sparsity?: number;
  pattern?: "unstructured" | "structured" | "n_m";
  /** Regime (the self-check): FLOP/byte of the workload; the ridge is given, or taken from hardware and precision. */
  intensity_flop_per_byte?: number;
  ridge_flop_per_byte?: number;
}

export type Scenario = RooflineScenario | TutorialScenario;

export interface Operator {
  name: string;
  /** How many times it runs in a step: once a layer, mostly. All figures below are for all of them together. */
  count: number;
  flop: number;
  weight_bytes: number;
  kv_bytes: number;
  activation_bytes: number;
  /** FLOP/byte. */
  intensity: number | null;
  format: Format;
  kernel: string;
  time_s: number;
  /** FLOP over time; null where it takes none. */
  flop_per_s: number | null;
  bound: Bound;
}

export interface RooflineResult {
  lens: "roofline";
  phase: "decode" | "prefill" | "train" | "gemm";
  /** Sequences or inputs of a step; a gemm's m. */
  batch: number;
  /** One step: a new token for every sequence, the whole prefill, one optimizer step, one GEMM. */
  step_s: number;
  baseline_step_s: number;
  speedup: number;
  /** The bound with the largest share of the step. */
  regime: Bound;
  baseline_regime: Bound;
  /** True where memory traffic (weights, kv, activations) has the larger share, false where compute and dequant do. */
  memory_bound: boolean;
  /** All of it fits: total_bytes <= capacity_bytes * memory_utilization, on each device. */
  fits: boolean;
  baseline_fits: boolean;
  /** Stored, on one device. */
  weight_bytes: number;
  kv_bytes: number;
  activation_bytes: number;
  reserve_bytes: number;
  /** Train: gradients, optimizer state and saved activations. */
  training_bytes: number;
  total_bytes: number;
  capacity_bytes: number;
  /** capacity_bytes * memory_utilization: what may be filled. */
  usable_bytes: number;
  /** Moved and computed in the step, on one device. */
  traffic_bytes: number;
  flop: number;
  intensity: number | null;
  /** Of the compute format and of the memory, what-if factors included. */
  peak_flop_per_s: number; bandwidth_bytes_per_s: number;
  /** FLOP/byte at which this device turns compute-bound in the compute format. */
  ridge: number | null;
  mfu: number;
  mbu: number;
  /** New tokens (train and prefill: tokens; CNNs: inputs) a second, all devices together. */
  tokens_per_s: number;
  /** Sums to step_s exactly. */
  bound_s: Record<Bound, number>;
  /** bound_s over step_s. */
  bound_share: Record<Bound, number>;
  operators: Operator[];
  compute_format: Format;
  /** Why the compute format is not the one that the scheme asks for; null where it is. */
  fallback: string | null;
  /** Largest batch that fits; 0 where the weights alone do not. Null for gemm, and where the model's spec states nothing that grows with the batch. */
  max_batch: number | null;
  /** tokens_per_s at max_batch; null where nothing fits. */
  capacity_tokens_per_s: number | null;
  energy_j: number | null;
  energy_j_per_token: number | null;
  /** Of one device: the scenario's, else the list price spread over amortization_years; null where neither is known. */
  price_usd_per_hour: number | null;
  price_source: "scenario" | "list_price_amortized" | null;
  cost_usd_per_million_tokens: number | null;
  /** What was assumed or approximated, as keys of sentences: "norms_fused", "one_operator", "recalled_hardware", … */
  assumptions: string[];
}

/** question `serving`: the oracle's columns, plus `capacity_bytes` and `fallback`. */
export interface ServingResult {
  lens: "tutorial"; question: "serving"; precision: string; calibration: string;
  feasible: boolean; ttft_s: number; itl_s: number; kv_bytes: number; weight_bytes: number; total_bytes: number;
  capacity_bytes: number;
  /** The device lists no rate for the precision: computed at the FP16 peak. */
  fallback: boolean;
}
export interface StepResult {
  lens: "tutorial"; question: "step"; precision: string; calibration: string;
  feasible: boolean; latency_s: number; compute_s: number; memory_s: number; overhead_s: number; throughput: number;
  bottleneck: "Memory" | "Compute"; intensity: number; ridge: number;
  /** η times the ridge: the intensity at which this step turns compute-bound. */
  ridge_at_efficiency: number;
  mfu: number; energy_j: number;
  footprint_bytes: number; capacity_bytes: number; peak_bw_actual: number; path: "hbm" | "sram" | "flash" | "offload";
  fallback: boolean;
}
export interface CompressionResult {
  lens: "tutorial"; question: "compression"; method: "quantization" | "pruning";
  original_bytes: number; compressed_bytes: number; ratio: number;
  /** Accuracy change as a fraction: -0.025 is −2.5 %. */
  delta: number;
  savings_pct: number; speedup: number;
}
export interface RegimeResult {
  lens: "tutorial"; question: "regime";
  intensity: number; ridge: number; memory_bound: boolean; bottleneck: "Memory" | "Compute";
}
export type Result = RooflineResult | ServingResult | StepResult | CompressionResult | RegimeResult;

/**
 * The lesson's tables. Rows are plain records; a cell is a number in SI, a text id or a boolean; `columns` gives the order
 * and the unit key that the page formats by.
 */
export interface Table {
  name: TableName;
  columns: { key: string; unit: "s" | "bytes" | "bits" | "per_s" | "ratio" | "percent" | "fraction" | "flop_per_byte" | "text" | "flag" }[];
  rows: Record<string, number | string | boolean | null>[];
  /** What the reader must know: "forward_pass_only", "baseline_is_fp32", "fallback_fp16_peak", "fitted_calibration", … */
  notes: string[];
}
export type TableName = "bytes_per_parameter" | "decode" | "training" | "regimes" | "compression";
/** What a table may be asked for; everything has the tutorial's default. */
export interface TableScenario {
  lens?: "tutorial";
  model?: string;
  hardware?: string;
  batch?: number;
  context?: number;
  efficiency?: number;
  calibration?: string;
  /** `regimes` only: its training half; `model`, `hardware` and `batch` are its decode half. */
  training_model?: string;
  training_hardware?: string;
  training_batch?: number;
}

export type Axis =
  | "batch" | "context" | "prompt" | "weight_bits" | "kv_bits" | "bandwidth" | "peak" | "devices" | "m";

export interface SweepRequest {
  scenario: RooflineScenario;
  axis: Axis;
  /** Closed range; batch, context, prompt, devices and m are whole. bandwidth and peak are factors on the device's own. */
  from: number;
  to: number;
  /** Log-spaced (bits: evenly spaced), rounded to whole where the axis is, duplicates removed; absent: every integer. */
  points?: number;
  /** Scheme ids or inline schemes; default: the scenario's own. At most 16. */
  schemes?: (string | InlineScheme)[];
}
export interface SweepResult {
  axis: Axis;
  values: Float64Array;
  /** Names that regime_index points into. */
  bounds: Bound[];
  baseline: SweepSeries;
  series: SweepSeries[];
}
/** Columns, one element a value of the axis. Owned: they stay valid. */
export interface SweepSeries {
  scheme: string;
  step_s: Float64Array;
  speedup: Float64Array;
  tokens_per_s: Float64Array;
  total_bytes: Float64Array;
  intensity: Float64Array;
  achieved_flop_per_s: Float64Array;
  /** 1 fits, 0 does not. */
  fits: Float64Array;
  regime_index: Float64Array;
}

export interface CrossoverRequest {
  scenario: RooflineScenario;
  schemes?: (string | InlineScheme)[];
  /** Default 2, 1.5, 1.1, 1. */
  thresholds?: number[];
  /** Default 1 to 4096; at most 65,536. */
  from?: number;
  to?: number;
}
export interface Crossing {
  scheme: string;
  threshold: number;
  direction: "down" | "up" | null;
  /** First batch on the other side; null where the speed-up never passes the threshold. */
  batch: number | null;
  reason: "always_above" | "always_below" | null;
  /** Speed-up at `batch`; null with it. */
  speedup: number | null;
  /** The scheme's regime at the batch before and at the crossing; with batch null: at both ends. */
  bound_before: Bound;
  bound_after: Bound;
  baseline_bound_before: Bound;
  baseline_bound_after: Bound;
  baseline_fits: boolean;
  scheme_fits: boolean;
}
export interface RegimeChange {
  scheme: string;
  batch: number;
  from: Bound;
  to: Bound;
}

export interface CapacityRow {
  scheme: string;
  max_batch: number | null;
  tokens_per_s: number | null;
  step_s: number | null;
  weight_bytes: number;
  kv_bytes_per_sequence: number;
  /** Over the baseline scheme at its own capacity. */
  speedup: number | null;
  baseline: boolean;
}

/** One node of a derivation: evaluating `op` over the children gives `value`. */
export interface Derivation {
  /** "step_s", "t_mem", "BW", … */
  symbol: string;
  value: number | null;
  unit: string;
  /** Formula id of MODEL.md, for inner nodes; null for leaves. */
  formula: string | null;
  op: "sum" | "difference" | "product" | "quotient" | "max" | "min" | "pnorm" | "power" | "one_minus" | "ceil" | "floor" | "leaf";
  /** pnorm and power: the exponent. */
  exponent?: number;
  /** Leaves: a source id of specs/sources.json, "scenario", "definition", or "max_batch": the largest batch that fits. */
  source: string | null;
  children: Derivation[];
}

export interface Elasticity {
  /**
   * "bandwidth", "peak", "capacity", "weight_bits", "kv_bits", "overhead", "link". "peak" is all arithmetic, that of the vector
   * units that unpack weights too; a scenario's `peak_factor` leaves those as they are.
   */
  parameter: string;
  /** d ln(step time) / d ln(parameter); capacity: d ln(max batch) / d ln(capacity), null where there is no largest batch. */
  elasticity: number | null;
  /** Of throughput at capacity. */
  capacity_elasticity: number | null;
}

export interface Advice {
  scheme: string;
  kernel: string;
  runtime: string;
  step_s: number;
  speedup: number;
  fits: boolean;
  weight_bytes: number;
  total_bytes: number;
  max_batch: number | null;
  capacity_tokens_per_s: number | null;
  accuracy_delta: number;
  kv_bits: number;
  energy_j_per_token: number | null;
  cost_usd_per_million_tokens: number | null;
  /** Not better than another in anything, worse in something. */
  dominated_by: string | null;
  /** Rank (1 = best) by each aim. */
  rank: { latency: number; capacity: number; memory: number; accuracy: number; energy: number | null; cost: number | null };
  /** A key and values for one sentence: {key:"kv_bound", bound:"kv", share:0.7, …}. */
  reason: Record<string, string | number | boolean | null>;
}

export interface CalibrationPoint {
  batch: number;
  context?: number;
  model?: string;
  /** One of them. */
  step_s?: number;
  tokens_per_s?: number;
}
export interface CalibrationResult {
  /** A runtime spec, ready for `addSpec("runtime", …)`. */
  runtime: Record<string, unknown>;
  residuals: { batch: number; measured_s: number; fitted_s: number; error: number }[];
  median_error: number;
  max_error: number;
  /** Constants that the points do not separate, each with the range over which the error stays within 1.5x of the best. */
  unidentified: { constant: string; low: number; high: number }[];
}

export interface ImportResult {
  model: Record<string, unknown>;
  /** From quantization_config; null where there is none. */
  scheme: Record<string, unknown> | null;
  /** Keys of the config that mean something and were not mapped, with the reason. */
  unmapped: { path: string; found: string; reason: string }[];
}

export interface AccuracyRow {
  /** "rule" for the tutorial's rule of thumb, else "measured". */
  kind: "rule" | "measured";
  /** As published: a base model and its instruct variant share a spec. */
  model: string | null;
  group_size: number | null;
  method: string;
  weight_bits: number;
  act_bits: number | null;
  kv_bits: number | null;
  metric: string;
  /** Compare only within one dataset. */
  dataset: string | null;
  value: number | null;
  baseline_value: number | null;
  delta: number | null;
  higher_is_better: boolean;
  source: string;
}

/** Published measurements: one object a row, or series whose fields hold for all of their rows. Names are free text. */
export interface Measurements {
  rows?: Record<string, unknown>[];
  series?: (Record<string, unknown> & { rows: Record<string, unknown>[] })[];
  /** By id, or by the position that a row's `source` gives. */
  sources: Record<string, unknown> | Record<string, unknown>[];
}
export interface EvidenceOptions {
  /** specs/measurements/aliases.json: how names are read. */
  aliases: Record<string, unknown>;
  /** specs/measurements/split.json: which rows constants were fitted on. */
  split: Record<string, unknown>;
  /** specs/measurements/targets.json: what errors should be at most. */
  targets?: Record<string, unknown>;
  /** Specs that stand for the library's of the same id: to try constants. */
  kernels?: Record<string, unknown>[];
  runtimes?: Record<string, unknown>[];
  /** False leaves the protocol `calibrated` out. */
  calibrate?: boolean;
}
/** What a prediction knew: specs alone; the kernel's and the runtime's constants too; a runtime fitted to the source's 16-bit rows. */
export type EvidenceProtocol = "datasheet" | "kernel" | "calibrated";
/** `fit`: constants of the kernel were fitted on the row's project and device; `in_sample`: and no other project measured the kernel. */
export type EvidenceRole = "fit" | "judged" | "in_sample";
/** Errors are max(predicted / measured, measured / predicted) - 1; bias > 0 predicts too much. */
export interface EvidenceSpread {
  rows: number;
  median: number;
  p90: number;
  max: number;
  bias: number;
}
export interface EvidenceErrors extends EvidenceSpread {
  protocol: EvidenceProtocol;
  quantity: "speedup" | "time";
  /** Rows in each band of error (`bands`), from predictions that are far too low over those that are right to those far too high. */
  histogram: number[];
}
export interface EvidenceRow {
  id: string;
  /** Rows of one measured curve share it. */
  series: string;
  source: string;
  project: string;
  class: EvidenceClass;
  role: EvidenceRole;
  /** Why it weighs less; empty where it does not. */
  flag: string;
  phase: "gemm" | "decode" | "prefill" | "e2e" | "train";
  hardware: string;
  /** Empty for gemm. */
  model: string;
  scheme: string;
  kernel: string;
  runtime: string;
  /** Batch; rows of the GEMM. */
  position: number;
  /** Tokens in the prompt or the cache, and generated; null where not stated. */
  context: number | null;
  generated: number | null;
  /** Shape of a single GEMM. */
  n: number | null;
  k: number | null;
  /** What limits the scheme, and its baseline, under the kernel's and the runtime's specs. */
  bound: Bound;
  baseline_bound: Bound;
  measured_speedup: number | null;
  measured_s: number | null;
  measured_baseline_s: number | null;
  datasheet_speedup: number | null;
  datasheet_s: number | null;
  kernel_speedup: number | null;
  kernel_s: number | null;
  kernel_baseline_s: number | null;
  calibrated_speedup: number | null;
  /** Over what the baseline rows do not identify. */
  calibrated_low: number | null;
  calibrated_high: number | null;
  calibrated_s: number | null;
}
export interface EvidenceOrder {
  pairs: number;
  kendall_tau: number | null;
  groups: number;
  best_right: number | null;
}
/** A measured curve of at least two rows; lists have the worst median first. */
export interface EvidenceSeries {
  series: string; source: string; project: string; flag: string; phase: EvidenceRow["phase"]; class: EvidenceClass; kernel: string; hardware: string; model: string; scheme: string;
  role: EvidenceRole; rows: number;
  /** Of its first row. */
  bound: Bound;
  /** What `median` and `max` are of: as in the crossovers. */
  protocol: "kernel" | "calibrated";
  median: number; max: number; datasheet_median: number;
  datasheet: EvidenceSpread | null; kernel_aware: EvidenceSpread | null; calibrated: EvidenceSpread | null;
}
/** One target of specs/measurements/targets.json over the rows that judge. */
export interface EvidenceTarget {
  class: EvidenceClass | "crossovers" | "order";
  /** Empty for crossovers and order. */
  protocol: EvidenceProtocol | "";
  /** Crossovers: curves; order: pairs. */
  rows: number;
  verdict: "met" | "missed" | "no_rows";
  checks: {
    figure: "median" | "p90" | "every_point" | "coverage" | "within_half_octave" | "kendall_tau";
    limit: number; found: number | null; at_least: boolean; met: boolean;
  }[];
}
export type EvidenceClass =
  | "gemm_tensor_core" | "gemm_tensor_core_hopper" | "gemm_vector" | "gemm_other" | "decode" | "prefill" | "train"
  | "dense";
export interface EvidenceReport {
  coverage: {
    rows: number;
    mapped: number;
    unflagged: number;
    mapped_unflagged: number;
    /** mapped_unflagged / unflagged. */
    share: number | null;
    left_out: { reason: string; rows: number; unflagged: number; ids: string[] }[];
    /** By class, of the rows that a class can be told of. */
    classes: { class: string; unflagged: number; mapped: number; share: number }[];
    sources: { source: string; unflagged: number; mapped: number; share: number }[];
  };
  /** Upper ends of the bands that histograms count; the last band has none. */
  bands: number[];
  overall: (EvidenceErrors & { role: EvidenceRole; flag: "flagged" | "unflagged" })[];
  /** `coverage`: share of what was measured in the class, or by the source, that became a scenario. */
  classes: (EvidenceErrors & { class: EvidenceClass; role: EvidenceRole; flag: "flagged" | "unflagged"; coverage: number | null })[];
  kernels: (EvidenceErrors & { class: EvidenceClass; role: EvidenceRole; kernel: string; hardware: string })[];
  sources: (EvidenceErrors & { source: string; project: string; flag: "flagged" | "unflagged"; coverage: number | null })[];
  targets: EvidenceTarget[];
  calibrations: {
    group: string; project: string; hardware: string; runtime: string; points: number;
    memory_efficiency: number; memory_efficiency_low: number; memory_efficiency_high: number;
    compute_efficiency: number; gemm_launch_s: number; layer_s: number; sequence_s: number; host_layer_s: number;
    median_error: number; max_error: number;
  }[];
  crossovers: {
    counted: number;
    within_half_octave: number | null;
    datasheet_within_half_octave: number | null;
    /** The same over curves of rows that judge. */
    judged: number;
    judged_within_half_octave: number | null;
    /** Measured curves that idle around the threshold: not counted. */
    idle: number;
    list: {
      series: string; class: EvidenceClass; kernel: string; role: EvidenceRole; threshold: number;
      /** What `predicted` is: calibrated where the source has baseline rows, and the kernel's spec for single GEMMs. */
      protocol: "kernel" | "calibrated";
      measured: number; predicted: number | null; datasheet: number | null; octaves: number | null;
      datasheet_octaves: number | null; idles: boolean;
    }[];
  };
  /** The order of kernels that one source measured on one device, shape and batch; over the rows that judge; by the datasheet alone. */
  order: EvidenceOrder & { judged: EvidenceOrder; datasheet: EvidenceOrder };
  series: EvidenceSeries[];
  /** Those of rows that weigh less, for the reason that `flag` gives: in no class's errors and no target. */
  flagged_series: EvidenceSeries[];
  rows: EvidenceRow[];
}

export interface Engine {
  /** Of the engine; the same scenario gives the same numbers within a version. */
  readonly version: string;
  /** The library, in order of kind and id; one kind when asked for. */
  catalog(kind?: SpecKind): CatalogEntry[];
  /** The record as it stands in specs/ (every figure with unit and source), by id or alias; "runtime/vllm" names the kind too. */
  describe(id: string): Record<string, unknown>;
  evaluate(scenario: Scenario): Result;
  /**
   * What `evaluate` computes, said in full: every default that the phase reads is filled in; what was given stays. Absent stays what
   * says something by its absence (chunk, lora_rank, kv_bits, baseline_kernel, overrides, power and price) or is not read: no `prompt`
   * for a model that takes no tokens.
   */
  complete(scenario: RooflineScenario): RooflineScenario;
  table(name: TableName, scenario?: TableScenario): Table;
  sweep(request: SweepRequest): SweepResult;
  /** Every crossing, exact over integers, in order of scheme, threshold and batch. */
  crossovers(request: CrossoverRequest): Crossing[];
  /** Every batch at which a scheme's regime changes. */
  regimes(request: CrossoverRequest): RegimeChange[];
  /** Max batch and throughput there, for each scheme and the baseline. */
  capacity(request: { scenario: RooflineScenario; schemes?: (string | InlineScheme)[] }): CapacityRow[];
  /** too_large where a step has more than 200 operators: a prompt in many chunks. */
  explain(scenario: Scenario, quantity: string): Derivation;
  sensitivity(scenario: RooflineScenario): Elasticity[];
  advise(scenario: RooflineScenario): Advice[];
  calibrate(points: CalibrationPoint[], scenario: RooflineScenario): CalibrationResult;
  accuracy(scenario: RooflineScenario): AccuracyRow[];
  /** Predictions against published measurements (specs/measurements/), the file's own or one never seen. */
  evidence(measurements: Measurements, options: EvidenceOptions): EvidenceReport;
  addSpec(kind: SpecKind, json: Record<string, unknown>): string;
  importHuggingFace(config: Record<string, unknown>): ImportResult;
  /** Every error code with its meaning. */
  errorCodes(): { code: ErrorCode; meaning: string }[];
}

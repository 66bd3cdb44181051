// Writes the inputs that fuzzing starts from, made of the library's own records and of the tests' goldens: a folder a
// target. node tests/fuzz/seeds.mjs FOLDER
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("which folder?");

/** @param {string} path @returns {any} */
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
/** Every JSON file of a folder of the repository, in order of name. @param {string} path @returns {any[]} */
const jsonFiles = (path) =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readJson(join(root, path, name)));

/** Every `step`th of a list. @template T @param {T[]} list @param {number} step */
const thinned = (list, step) => list.filter((_, i) => i % step === 0);

/** Arguments of addSpec: each record of the library under another id. */
function specSeeds() {
  const kinds = { hardware: "hardware", model: "models", scheme: "schemes", kernel: "kernels", runtime: "runtimes",
    calibration: "calibrations", scenario: "scenarios" };
  const records = Object.entries(kinds).flatMap(([kind, directory]) =>
    jsonFiles(`specs/${directory}`).map((record) => [kind, { ...record, id: `${record.id}-own`, aliases: [] }]));
  const sources = Object.entries(readJson(join(root, "specs/sources.json"))).slice(0, 5);
  return [...records, ...sources.map(([id, source]) => ["source", { id: `${id}-own`, ...source }])];
}

/** Rows of an oracle's table as objects; what reads as a number is one. @param {string} name */
function oracle(name) {
  const [head = "", ...lines] = readFileSync(join(root, "tests/golden", name), "utf8").trim().split(/\r?\n/)
    .filter((line) => !line.startsWith("#"));
  const keys = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(keys.map((key, i) => [key, cells[i] === "" || Number.isNaN(Number(cells[i])) ? cells[i] : Number(cells[i])]));
  });
}

/** Lines of script/evaluate: the presets and the oracles' rows through every function that takes them. */
function scenarioSeeds() {
  const gemm = { lens: "roofline", phase: "gemm", hardware: "a100-80gb", m: 16, n: 4096, k: 4096, scheme: "w4a16-g128", kernel: "marlin" };
  const scenarios = [...jsonFiles("specs/scenarios").map(({ scenario }) => scenario), gemm];
  const roofline = scenarios.filter(({ lens }) => lens === "roofline");
  const schemes = ["fp16", "w8a8-int8@ideal", { scheme: { weight_bits: 4, group_size: 64 }, kernel: "marlin", label: "own" }];
  const whole = ["evaluate", "sensitivity", "advise", "accuracy"];
  const ranged = roofline.flatMap((scenario) => [
    { call: "crossovers", args: [{ scenario, schemes, thresholds: [2, 1.1], from: 1, to: 32 }] },
    { call: "regimes", args: [{ scenario, from: 1, to: 32 }] },
    { call: "capacity", args: [{ scenario, schemes }] },
    { call: "explain", args: [scenario, "speedup"] },
    { call: "explain", args: [scenario, "capacity_tokens_per_s"] },
  ]);
  const axes = ["batch", "context", "prompt", "weight_bits", "kv_bits", "bandwidth", "peak", "devices"];
  const sweeps = axes.map((axis, i) => ({ call: "sweep", args: [{ scenario: roofline[i % roofline.length], axis, from: 1, to: 8, points: 3 }] }));
  const serving = thinned(oracle("oracle_serving.csv"), 40).map((row) => ({ lens: "tutorial", question: "serving",
    model: row.model, hardware: row.hardware, precision: row.precision, batch: row.batch, context: row.seq_len }));
  const steps = thinned(oracle("oracle_engine.csv"), 80).map((row) => ({ lens: "tutorial", question: "step",
    model: row.model, hardware: row.hardware, precision: row.precision, batch: row.batch, efficiency: row.efficiency }));
  const tutorial = [...serving, ...steps,
    { lens: "tutorial", question: "compression", model: "Llama3_8B", hardware: "H100", method: "quantization", bits: 4 },
    { lens: "tutorial", question: "compression", model: "Llama3_8B", method: "pruning", sparsity: 0.5, pattern: "n_m" },
    { lens: "tutorial", question: "regime", intensity_flop_per_byte: 5, hardware: "A100", precision: "int8" }];
  const tables = ["bytes_per_parameter", "decode", "training", "regimes", "compression"].map((name) => ({ call: "table", args: [name, { efficiency: 0.4 }] }));
  return [
    ...scenarios.map((scenario) => ({ call: "evaluate", args: [scenario] })),
    ...thinned(roofline, 4).flatMap((scenario) => whole.map((call) => ({ call, args: [scenario] }))),
    { call: "sweep", args: [{ scenario: gemm, axis: "m", from: 1, to: 64, points: 5 }] },
    ...ranged, ...sweeps, ...tables,
    ...tutorial.map((scenario) => ({ call: "evaluate", args: [scenario] })),
    ...[serving[0], steps[0]].map((scenario, i) => ({ call: "explain", args: [scenario, i === 0 ? "itl_s" : "latency_s"] })),
    { call: "catalog", args: ["model"] }, { call: "describe", args: ["runtime/vllm"] },
  ];
}

/** Arguments of calibrate: the presets with three points of either kind. */
function calibrateSeeds() {
  const presets = jsonFiles("specs/scenarios").map(({ scenario }) => scenario).filter(({ lens }) => lens === "roofline");
  return presets.flatMap((scenario) => [
    [[{ batch: 1, step_s: 0.006 }, { batch: 16, step_s: 0.007 }, { batch: 64, step_s: 0.01 }], scenario],
    [[{ batch: 1, tokens_per_s: 150, context: 512 }, { batch: 8, tokens_per_s: 1100 }], { ...scenario, runtime: "hf-eager" }],
  ]);
}

/** Arguments of evidence: a few rows of each file of measurements. The target puts the library's options for null. */
function evidenceSeeds() {
  const sources = readJson(join(root, "specs/measurements/sources.json"));
  const few = jsonFiles("specs/measurements/speed").map(({ series }) =>
    thinned(series, Math.ceil(series.length / 3)).map((one) => ({ ...one, rows: one.rows.slice(0, 2) })));
  const used = (/** @type {any[]} */ series) => Object.fromEntries(series.flatMap(({ source }) => (source in sources ? [[source, { project: sources[source].project }]] : [])));
  const own = { aliases: { hardware: [{ words: ["a100"], id: "a100-80gb", clock_factor: 0.9, device_share: 0.5 }],
    models: [{ words: ["llama"], id: "llama-2-7b" }], kernels: [{ words: ["marlin"], id: "marlin", phase: "gemm", weight_bits: 4 }], runtimes: [] },
    split: { fit: [{ kernel: "marlin", project: "hand" }] }, calibrate: true };
  return few.flatMap((series, i) => [
    [{ sources: used(series), series }, null],
    [{ sources: [{ project: "hand" }], rows: series.flatMap(({ rows, ...head }) => rows.map((/** @type {any} */ row) => ({ ...head, ...row, source: 0 }))) }, i % 2 === 0 ? own : null],
  ]);
}

const seeds = {
  spec: specSeeds(),
  scenario: scenarioSeeds(),
  import: jsonFiles("tests/golden/hf"),
  calibrate: calibrateSeeds(),
  evidence: evidenceSeeds(),
};
for (const [target, inputs] of Object.entries(seeds)) {
  const directory = join(folder, target);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  inputs.forEach((input, i) => writeFileSync(join(directory, `${String(i).padStart(3, "0")}.json`), JSON.stringify(input)));
}

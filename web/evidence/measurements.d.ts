// What web/build.mjs puts in the place of #measurements: the content of specs/measurements.
import type { EvidenceOptions, Measurements } from "../../wasm/engine.js";

export const measurements: Measurements & { sources: Record<string, import("./worker.js").Source> };
export const options: EvidenceOptions;
export const causes: import("../../specs/measurements/causes.mjs").Causes;

/** What wasm/bindings.cpp registers: the Emscripten module behind the facade. */
import type { ErrorCode, SweepResult } from "./engine.js";

export type Status<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: ErrorCode; message: string; path: string } };

export interface CrossoverModule {
  version: string;
  /** Largest text that a call takes. */
  maxRequestBytes: number;
  /** `argumentsText`: JSON text of the list of arguments; the value is JSON text. */
  call(name: string, argumentsText: string): Status<string>;
  /** `requestText`: JSON text of a SweepRequest. */
  sweep(requestText: string): Status<SweepResult>;
}

/** Emscripten's options, those that the build lets in. */
export interface GlueOptions {
  /** Compiles the module with the imports and calls `ready`. */
  instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
}
export interface Glue {
  default: (options?: GlueOptions) => Promise<CrossoverModule>;
}

declare const createCrossover: Glue["default"];
export default createCrossover;

/** What wasm/bindings.cpp registers: the Emscripten module behind the facade. */
import type { ErrorCode, LoadOptions, SweepResult } from "./engine.js";

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

declare const createCrossover: (options?: LoadOptions) => Promise<CrossoverModule>;
export default createCrossover;

// The one exception of the facade.

/** @import { ErrorCode } from "./engine.js" */

/** See engine.d.ts. */
export class EngineError extends Error {
  /** @param {{ code: ErrorCode, message: string, path: string }} error */
  constructor({ code, message, path }) {
    super(message);
    this.name = "EngineError";
    /** @readonly */
    this.code = code;
    /** @readonly */
    this.path = path;
  }

  /** What crosses to a worker's owner or a line of script/evaluate. */
  toJSON() {
    return { code: this.code, message: this.message, path: this.path };
  }
}

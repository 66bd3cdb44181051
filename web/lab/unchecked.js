/** Which figures of a record are recalled or estimated: they are used, and said to be what they are. */
import { attempt } from "../attempt.js";

/**
 * @typedef {{ kind: "recalled" | "estimate", fields: string[] }} Unchecked  no fields: the whole record
 * @typedef {{ source?: string, value_sources?: Record<string, string> }} Sourced
 */

/**
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {string} id  with its kind: "runtime/vllm"
 * @returns {Unchecked[]}
 */
export function uncheckedOf(engine, id) {
  const record = /** @type {Sourced | null} */ (attempt(() => engine.describe(id)).value);
  if (!record) return [];
  const kindOf = (/** @type {string | undefined} */ source) => {
    const found = source ? attempt(() => engine.describe(`source/${source}`)).value : null;
    return String(found?.["kind"] ?? "");
  };
  const own = kindOf(record.source);
  if (own === "recalled" || own === "estimate") return [{ kind: own, fields: [] }];
  return /** @type {const} */ (["recalled", "estimate"]).flatMap((kind) => {
    const fields = Object.entries(record.value_sources ?? {}).filter(([, source]) => kindOf(source) === kind).map(([field]) => field);
    return fields.length ? [{ kind, fields }] : [];
  });
}

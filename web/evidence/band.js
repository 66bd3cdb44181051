/** The errors that stand for a prediction's own: those of the class of the measurements near it. Pure. */
import { roles } from "./words.js";

/**
 * @param {import("../../wasm/engine.js").EvidenceReport} report
 * @param {import("../../wasm/engine.js").EvidenceRow[]} rows near the prediction
 * @param {import("../../wasm/engine.js").EvidenceProtocol} protocol what the prediction knows
 * @returns {import("../../wasm/engine.js").EvidenceReport["classes"][number] | null} of the rows that judge, where there are any
 */
export function errorsFor({ classes }, rows, protocol) {
  const kinds = rows.map((row) => row.class);
  const most = [...new Set(kinds)].sort((a, b) => kinds.filter((kind) => kind === b).length - kinds.filter((kind) => kind === a).length)[0];
  const asked = classes.filter((c) => c.class === most && c.protocol === protocol && c.quantity === "speedup" && c.flag === "unflagged");
  return roles.flatMap((role) => asked.filter((c) => c.role === role))[0] ?? null;
}

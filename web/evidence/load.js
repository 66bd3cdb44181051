/** The evidence, asked for once: web/evidence/worker.js computes it, and its answer is kept. */
import { source } from "./source.js";

/** @typedef {import("./worker.js").Evidence} Evidence */

/** @type {Promise<Evidence> | null} */
let coming = null;

/** @returns {Promise<Evidence>} rejects where there is no worker or no data, and may be asked again */
export function loadEvidence() {
  coming ??= new Promise((resolve, reject) => {
    if (!source.worker) throw new Error("there are no measurements here");
    const worker = source.worker();
    const fail = (/** @type {string} */ why) => {
      coming = null;
      worker.terminate();
      reject(new Error(why));
    };
    worker.onerror = (event) => fail(event.message || "the worker did not start");
    worker.onmessage = ({ data }) => {
      if (!data.evidence) return fail(data.fault);
      worker.terminate();
      resolve(data.evidence);
    };
  });
  return coming;
}

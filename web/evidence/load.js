/** The evidence, asked for once: web/evidence/worker.js computes it, and its answer is kept. */
import { addStrings } from "../strings.js";
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

/** The evidence with its words, for figures of other pages. */
async function withWords() {
  const [{ default: english }, evidence] = await Promise.all([import("../strings/en.evidence.json"), loadEvidence()]);
  addStrings(english);
  return evidence;
}

/** @type {Promise<void> | null} */
let asked = null;
let settled = false;
/** @type {Evidence | null} null where it did not come: figures go on without it, and only the evidence's own page asks again */
let kept = null;

/**
 * The evidence where it is here already; else null, and it is sent for. A figure that can do without it is drawn without it.
 * @param {() => void} arrived called once it is here
 * @returns {Evidence | null}
 */
export function evidenceNow(arrived) {
  if (settled) return kept;
  asked ??= withWords().then((evidence) => void (kept = evidence), () => {}).finally(() => (settled = true));
  asked.then(() => kept && arrived());
  return null;
}

/**
 * The engine of a self-contained page, its bytes as the letters of a text: more on the disk than what is compressed already
 * (engine-inside.js), and less over the wire, where the host's own compression sees the module as it is.
 */
import { loadEngine } from "../../wasm/engine.js";
import text from "#engine-text";

/** @returns {Promise<import("../../wasm/engine.js").Engine>} of the edition that the page was bundled with */
export function engineAsText() {
  const wasmBinary = new Uint8Array(text.length);
  // A byte's letter is its own, or for those that a script can't hold, 256 further on: which a byte leaves out.
  for (let i = 0; i < text.length; i++) wasmBinary[i] = text.charCodeAt(i);
  return loadEngine({ wasmBinary: wasmBinary.buffer, locateFile: (file) => file });
}

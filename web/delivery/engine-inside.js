/** The engine of a self-contained page: its bytes are within the script (web/inline.mjs), so nothing is fetched. */
import { loadEngine } from "../../wasm/engine.js";
import packed from "#engine-bytes";

/** @returns {Promise<import("../../wasm/engine.js").Engine>} of the edition that the page was bundled with */
export async function engineInside() {
  const unpacked = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasmBinary = await new Response(unpacked).arrayBuffer();
  return loadEngine({ wasmBinary, locateFile: (file) => file });
}

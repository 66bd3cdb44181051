// Compiles the module and hands it to its glue. The glue's own way logs to the console what the caller is told anyway, and where a
// download breaks off, asks for all of it again.

/** @import { LoadOptions } from "./engine.js" */
/** @import { CrossoverModule, Glue } from "./module.js" */

/**
 * @param {string} address
 * @param {WebAssembly.Imports} imports
 */
async function fetched(address, imports) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address} is not there (${response.status})`);
  // A browser compiles while the bytes arrive only where the server names their type.
  return response.headers.get("content-type")?.startsWith("application/wasm")
    ? WebAssembly.instantiateStreaming(response, imports)
    : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}

/**
 * @param {Glue} glue
 * @param {string} file the module's name
 * @param {LoadOptions} options
 * @returns {Promise<CrossoverModule>}
 */
export function instantiated(glue, file, { wasmBinary, locateFile }) {
  if (!wasmBinary && !locateFile) return glue.default();
  return new Promise((resolve, reject) => {
    // The glue waits for `ready` alone: what fails before has to end the wait itself.
    glue.default({
      instantiateWasm: (imports, ready) => {
        const compiled = wasmBinary ? WebAssembly.instantiate(/** @type {BufferSource} */ (wasmBinary), imports) : fetched(String(locateFile?.(file)), imports);
        compiled.then(({ instance, module }) => ready(instance, module)).catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
}

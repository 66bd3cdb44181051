// Compiles the module and hands it to its glue. The glue's own way logs to the console what the caller is told anyway, and where a
// download breaks off, asks for all of it again.

/** @import { LoadOptions } from "./engine.js" */
/** @import { CrossoverModule, Glue } from "./module.js" */

/**
 * @param {string} address
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address} is not there (${response.status})`);
  // A browser compiles while the bytes arrive only where the server names their type.
  return response.headers.get("content-type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * @param {Glue} glue
 * @param {string} file the module's name
 * @param {LoadOptions} options
 * @returns {Promise<CrossoverModule>}
 */
export function instantiated(glue, file, { module, wasmBinary, locateFile }) {
  const source = module ?? (wasmBinary ? WebAssembly.compile(/** @type {BufferSource} */ (wasmBinary)) : locateFile && compiled(locateFile(file)));
  if (!source) return glue.default();
  return new Promise((resolve, reject) => {
    // The glue waits for `ready` alone: what fails before has to end the wait itself.
    glue.default({
      instantiateWasm: (imports, ready) => {
        const made = async () => {
          const code = await source;
          ready(await WebAssembly.instantiate(code, imports), code);
        };
        made().catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
}

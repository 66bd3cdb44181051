// The facade: loads the module, checks what JSON cannot hold, and throws EngineError. engine.d.ts documents it.
import { EngineError } from "./error.js";
import { instantiated } from "./instantiate.js";
import { jsonText } from "./json.js";

export { EngineError };

/** @import { Engine, LoadOptions, SweepResult } from "./engine.js" */
/** @import { CrossoverModule, Status } from "./module.js" */

/** The module's editions (wasm/CMakeLists.txt); each is fetched only when it is asked for. */
const editions = {
  full: { glue: () => import("#module"), file: "crossover.wasm" },
  explain: { glue: () => import("#module-explain"), file: "crossover-explain.wasm" },
  lab: { glue: () => import("#module-lab"), file: "crossover-lab.wasm" },
  weigh: { glue: () => import("#module-weigh"), file: "crossover-weigh.wasm" },
  page: { glue: () => import("#module-page"), file: "crossover-page.wasm" },
};

/**
 * A function of the facade: the path under which each argument is named in errors (the main one has none), and how
 * many of them are needed.
 * @typedef {{ arguments: string[], needed: number }} Signature
 */

/** @type {Readonly<Record<Exclude<keyof Engine, "version" | "sweep">, Signature>>} */
const signatures = {
  catalog: { arguments: ["kind"], needed: 0 },
  describe: { arguments: ["id"], needed: 1 },
  evaluate: { arguments: [""], needed: 1 },
  complete: { arguments: [""], needed: 1 },
  table: { arguments: ["name", ""], needed: 1 },
  crossovers: { arguments: [""], needed: 1 },
  regimes: { arguments: [""], needed: 1 },
  capacity: { arguments: [""], needed: 1 },
  explain: { arguments: ["scenario", "quantity"], needed: 2 },
  sensitivity: { arguments: [""], needed: 1 },
  advise: { arguments: [""], needed: 1 },
  calibrate: { arguments: ["points", "scenario"], needed: 2 },
  accuracy: { arguments: [""], needed: 1 },
  evidence: { arguments: ["measurements", "options"], needed: 2 },
  addSpec: { arguments: ["kind", ""], needed: 2 },
  importHuggingFace: { arguments: [""], needed: 1 },
  errorCodes: { arguments: [], needed: 0 },
};

/**
 * Calls the module. A trap inside it (which is a defect) must not reach the caller as a bare RuntimeError.
 * @template T
 * @param {() => Status<T>} call
 * @returns {T}
 */
function unwrap(call) {
  /** @type {Status<T>} */
  let status;
  try {
    status = call();
  } catch (fault) {
    throw new EngineError({ code: "internal", message: `the engine stopped: ${String(fault)}`, path: "" });
  }
  if (!status.ok) throw new EngineError(status.error);
  return status.value;
}

/**
 * Text that the module's memory has no room for must not be copied there; the engine then counts bytes, exactly.
 * @param {CrossoverModule} module
 * @param {string} text
 */
function withinLimit(module, text) {
  if (text.length <= module.maxRequestBytes) return text;
  const message = `found ${text.length} characters of JSON; at most ${module.maxRequestBytes} bytes are taken`;
  throw new EngineError({ code: "too_large", message, path: "" });
}

/**
 * @param {CrossoverModule} module
 * @param {string} name
 * @param {Signature} signature
 * @returns {(...given: unknown[]) => any}
 */
function facadeFunction(module, name, signature) {
  return (...given) => {
    let count = Math.min(given.length, signature.arguments.length);
    while (count > signature.needed && given[count - 1] === undefined) --count;
    count = Math.max(count, signature.needed);
    const texts = signature.arguments.slice(0, count).map((path, i) => jsonText(given[i], path));
    const text = withinLimit(module, `[${texts.join(",")}]`);
    return JSON.parse(unwrap(() => module.call(name, text)));
  };
}

/**
 * @param {CrossoverModule} module
 * @returns {Engine}
 */
function facade(module) {
  const functions = Object.entries(signatures).map(([name, signature]) => [
    name,
    facadeFunction(module, name, signature),
  ]);
  /** @param {unknown} request @returns {SweepResult} */
  const sweep = (request) => {
    const text = withinLimit(module, jsonText(request, ""));
    return unwrap(() => module.sweep(text));
  };
  return Object.freeze({ version: module.version, sweep, ...Object.fromEntries(functions) });
}

/**
 * @param {LoadOptions} [options]
 * @returns {Promise<Engine>}
 */
export async function loadEngine({ edition = "full", ...options } = {}) {
  /** @type {CrossoverModule} */
  let module;
  try {
    const { glue, file } = editions[edition];
    module = await instantiated(await glue(), file, options);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new EngineError({ code: "internal", message: `the WebAssembly module does not load: ${why}`, path: "" });
  }
  return facade(module);
}

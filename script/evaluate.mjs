// Reads JSON lines from standard input and writes one JSON line for each, in order.
//   a scenario                              -> the result of evaluate
//   {"call": "sweep", "args": [request]}    -> the result of that function of wasm/engine.d.ts
// An error is a line {"error": {code, message, path}} and never a stop; blank lines are skipped. Columns are lists.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { EngineError, loadEngine } from "../wasm/engine.js";

/** @import { Engine } from "../wasm/engine.js" */

/** @param {import("../wasm/engine.js").ErrorCode} code @param {string} message @param {string} [path] @returns {never} */
function refuse(code, message, path = "") {
  throw new EngineError({ code, message, path });
}

/** @param {string} line @returns {unknown} */
function parsed(line) {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, "")); // a byte order mark, as some editors write
  } catch (fault) {
    return refuse("invalid_json", `the line is not JSON: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}

/** @param {Engine} engine @param {Record<string, unknown>} request */
function called(engine, request) {
  const { call, args = [], ...others } = request;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) refuse("unknown_field", `found "${unknown}"; a call has "call" and "args"`, unknown);
  const functions = Object.entries(engine).filter(([, value]) => typeof value === "function");
  const found = functions.find(([name]) => name === call);
  if (found === undefined) {
    const allowed = functions.map(([name]) => name).sort().join(", ");
    refuse("unknown_id", `found ${JSON.stringify(call)}, which is no function of the engine: ${allowed}`, "call");
  }
  if (!Array.isArray(args)) refuse("wrong_type", `found ${JSON.stringify(args)}; a list of arguments is needed`, "args");
  try {
    return found[1](...args);
  } catch (fault) {
    // JSON has no undefined: it stands for an argument that the list does not have.
    if (!(fault instanceof EngineError) || !fault.message.startsWith("found undefined")) throw fault;
    return refuse("missing_field", `missing; ${found[0]} takes more than ${args.length} arguments`, fault.path || "args");
  }
}

/** @param {unknown} _key @param {unknown} value */
const columnsAsLists = (_key, value) => (value instanceof Float64Array ? Array.from(value) : value);

/** @param {Engine} engine @param {string} line @returns {string} */
function answer(engine, line) {
  try {
    const request = parsed(line);
    const isCall = typeof request === "object" && request !== null && Object.hasOwn(request, "call");
    const result = isCall
      ? called(engine, /** @type {Record<string, unknown>} */ (request))
      : engine.evaluate(/** @type {any} */ (request));
    return JSON.stringify(result, columnsAsLists);
  } catch (fault) {
    const error =
      fault instanceof EngineError ? fault : new EngineError({ code: "internal", message: String(fault), path: "" });
    return JSON.stringify({ error });
  }
}

/**
 * Lines of a stream, as soon as they are complete: a program that writes one and waits for its answer gets it.
 * @param {AsyncIterable<string>} stream
 */
async function* linesByChunk(stream) {
  /** @type {string[]} */
  let begun = [];
  for await (const chunk of stream) {
    const [first, ...rest] = chunk.split("\n");
    begun.push(first);
    if (rest.length === 0) continue;
    const last = /** @type {string} */ (rest.pop());
    yield [begun.join(""), ...rest];
    begun = [last];
  }
  yield [begun.join("")];
}

/** Whoever reads may stop reading: that is the end, not a failure. */
process.stdout.on("error", (fault) => process.exit(/** @type {NodeJS.ErrnoException} */ (fault).code === "EPIPE" ? 0 : 1));

const engine = await loadEngine({
  wasmBinary: readFileSync(new URL("../build/wasm/crossover.wasm", import.meta.url)),
});
process.stdin.setEncoding("utf8");
for await (const lines of linesByChunk(process.stdin)) {
  for (const line of lines) {
    if (line.trim() === "") continue;
    const room = process.stdout.write(`${answer(engine, line)}\n`);
    if (!room) await once(process.stdout, "drain");
  }
}

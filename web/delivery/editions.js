/**
 * The lab alone needs the engine's other half: a first view does without its bytes.
 * @param {unknown} page
 * @returns {"page" | "lab"}
 */
export const editionFor = (page) => (page === "lab" ? "lab" : "page");

export const ahead = Symbol.for("crossover: the engine ahead of the page");
/**
 * Where the first view's engine is that was asked for before there was anyone to use it (web/ahead.js): whoever comes first takes it.
 * @type {{[ahead]?: {edition: "page" | "lab", module: Promise<WebAssembly.Module>} | undefined}}
 */
export const begun = /** @type {any} */ (globalThis);

/**
 * What index.html shows until its scripts and the engine have arrived: the first view, by the engine and the page's own code, when
 * the page is built. web/app.js puts the live one in its place.
 */
import { build } from "esbuild";
import { JSDOM } from "jsdom";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @param {string} engine directory of the editions
 * @param {import("esbuild").BuildOptions} options of the page's own bundles
 * @returns {Promise<string>} HTML
 */
export async function prerendered(engine, options) {
  const { outputFiles } = await build({
    ...options,
    outdir: undefined,
    outfile: "first-view.js",
    entryPoints: ["web/first-view.js"],
    write: false,
    splitting: false,
    format: "iife",
    globalName: "page",
    // Nothing that has an address is asked for.
    define: { "import.meta.url": '"https://localhost/"' },
  });
  const script = outputFiles?.find(({ path }) => path.endsWith(".js"));
  const { window } = new JSDOM("<!doctype html><body></body>", { url: "https://localhost/", runScripts: "outside-only", pretendToBeVisual: true });
  try {
    window["TextDecoder"] = TextDecoder;
    window["module"] = await readFile(join(engine, "crossover-page.wasm"));
    return String(await window.eval(`${script?.text}; page.firstView(module)`));
  } finally {
    window.close();
  }
}

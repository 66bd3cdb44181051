/**
 * Bundles the page into dist/: one script a page and shared chunks, the stylesheet, the HTML, and the engine's module beside them.
 *
 * Called by script/build after the engine is built. By hand: `node web/build.mjs [--out=DIR] [--engine=DIR]`, where the engine's
 * directory holds crossover.mjs and crossover.wasm (default build/wasm). No addresses but the page's own end up in the output.
 */
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Browsers of interface.md: what the syntax may be. */
const target = ["safari16.4", "firefox115", "chrome110"];

/**
 * @param {{out?: string, engine?: string}} [options]
 * @returns {Promise<void>}
 */
export async function buildPage({ out = join(root, "dist"), engine = join(root, "build/wasm") } = {}) {
  const glue = join(engine, "crossover.mjs");
  const wasm = join(engine, "crossover.wasm");
  for (const file of [glue, wasm]) {
    if (!existsSync(file)) throw new Error(`${file} is missing: build the engine first (script/build).`);
  }
  // Old chunks go, whatever else somebody serves from there stays.
  await rm(join(out, "chunks"), { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { main: "web/main.js", style: "web/style.css" },
    outdir: out,
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    target,
    chunkNames: "chunks/[name]-[hash]",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    plugins: [
      {
        name: "engine-glue",
        setup(bundle) {
          bundle.onResolve({ filter: /^#module$/ }, () => ({ path: glue }));
        },
      },
    ],
  });
  for (const name of await readdir(join(root, "web"))) {
    if (name.endsWith(".html") || name.endsWith(".svg")) await copyFile(join(root, "web", name), join(out, name));
  }
  await copyFile(wasm, join(out, "crossover.wasm"));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  /** @type {Record<string, string>} */
  const given = {};
  for (const argument of process.argv.slice(2)) {
    const found = /^--(out|engine)=(.+)$/.exec(argument);
    if (!found) {
      console.error(`web/build.mjs: what is ${argument}? Known: --out=DIR, --engine=DIR.`);
      process.exit(2);
    }
    given[/** @type {string} */ (found[1])] = resolve(/** @type {string} */ (found[2]));
  }
  await buildPage(given).catch((error) => {
    console.error(String(error.message ?? error));
    process.exit(1);
  });
}

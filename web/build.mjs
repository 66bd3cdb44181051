/**
 * Bundles the page into dist/: one script a page and shared chunks, the stylesheet, the HTML, and the engine's module beside them.
 *
 * Called by script/build after the engine is built. By hand: `node web/build.mjs [--out=DIR] [--engine=DIR]`, where the engine's
 * directory holds its two editions (default build/wasm). No addresses but the page's own end up in the output.
 */
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inlinePage, target } from "./inline.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The engine's modules: wasm/CMakeLists.txt. */
const editions = ["crossover", "crossover-page"];

/** Pages that are one file: what each is made from, and the engine's edition in it. @type {{as: string, page: string, edition: "crossover" | "crossover-page"}[]} */
const selfContained = [{ as: "crossover.html", page: "index.html", edition: "crossover" }];

/**
 * The chunks that an entry needs before it can run: the page asks for all of them at once instead of finding them one by one.
 * @param {import("esbuild").Metafile} metafile
 * @param {string} entry
 * @returns {string[]}
 */
function neededBy(metafile, entry) {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === "import-statement" || path.includes("/crossover-page-")) found.add(path);
    }
  }
  found.delete(entry);
  return [...found];
}

/**
 * @param {{out?: string, engine?: string}} [options]
 * @returns {Promise<void>}
 */
export async function buildPage({ out = join(root, "dist"), engine = join(root, "build/wasm") } = {}) {
  for (const edition of editions) {
    for (const file of [join(engine, `${edition}.mjs`), join(engine, `${edition}.wasm`)]) {
      if (!existsSync(file)) throw new Error(`${file} is missing: build the engine first (script/build).`);
    }
  }
  // Old chunks go, whatever else somebody serves from there stays.
  await rm(join(out, "chunks"), { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const { metafile } = await build({
    metafile: true,
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
          bundle.onResolve({ filter: /^#module$/ }, () => ({ path: join(engine, "crossover.mjs") }));
          bundle.onResolve({ filter: /^#module-page$/ }, () => ({ path: join(engine, "crossover-page.mjs") }));
        },
      },
    ],
  });
  for (const name of await readdir(join(root, "web"))) {
    if (name.endsWith(".svg")) await copyFile(join(root, "web", name), join(out, name));
    if (name.endsWith(".html") && !selfContained.some(({ as }) => as === name)) {
      const html = await readFile(join(root, "web", name), "utf8");
      await writeFile(join(out, name), html.replace(/( *)<script type="module" src="(\w+)\.js">/, (script, indent, entry) => {
        const needed = neededBy(metafile, relative(root, join(out, `${entry}.js`))).map((file) => relative(out, join(root, file)));
        return [...needed.map((file) => `${indent}<link rel="modulepreload" href="${file}" />`), script].join("\n");
      }));
    }
  }
  for (const { as, ...parts } of selfContained) await writeFile(join(out, as), await inlinePage({ ...parts, engine }));
  for (const edition of editions) await copyFile(join(engine, `${edition}.wasm`), join(out, `${edition}.wasm`));
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

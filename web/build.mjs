/**
 * Bundles the page into dist/: one script a page and shared chunks, the stylesheet, the HTML, and the engine's module beside them.
 *
 * Called by script/build after the engine is built. By hand: `node web/build.mjs [--out=DIR] [--engine=DIR]`, where the engine's
 * directory holds its editions (default build/wasm). No addresses but the page's own end up in the output.
 */
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { compacted, loadCauses, loadOptions, loadSpeed } from "../specs/measurements/load.mjs";
import { embedStyle } from "./embed/style-text.mjs";
import { inlinePage, target } from "./inline.mjs";
import { sitePolicy, withPolicy } from "./policy.mjs";
import { prerendered } from "./prerender.mjs";
import { constantsPlugin, releaseOf } from "./release.mjs";
import { thirdParty } from "./third-party.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The engine's modules: wasm/CMakeLists.txt. */
const editions = ["crossover", "crossover-explain", "crossover-weigh", "crossover-lab", "crossover-page"];

/** Pages that are one file: what each is made from, and the engine's edition in it. @type {{as: string, page: string, edition: string}[]} */
const selfContained = [
  { as: "crossover.html", page: "index.html", edition: "crossover-lab" },
  { as: "embed.html", page: "embed.html", edition: "crossover-lab" },
];

/**
 * Pages of the site under an address of their own: index.html with another title, description and entry. What they show, the entry
 * decides.
 */
const shells = [
  {
    as: "evidence.html",
    entry: "evidence.js",
    title: "How wrong are the predictions?",
    description: "Predictions of quantized inference speed against published measurements: errors by class and source, what is missed and why, computed in the page.",
  },
];

/** What of web/ is copied as it is. */
const beside = /^(icon[\w-]*\.(svg|png)|apple-touch-icon\.png|manifest\.webmanifest)$/;

/** What a reader of the page never asks for: what others' pages need, and the licences. */
const notKept = /^(crossover-view|embed)\.js$|^chunks\/(view-|(\w+-)?crossover-(explain|weigh)-)|^THIRD-PARTY\.txt$/;

/**
 * The chunks that an entry needs before it can run: the page asks for all of them at once instead of finding them one by one.
 * @param {import("esbuild").Metafile} metafile
 * @param {string} entry
 * @param {"page" | "lab"} [edition] of the engine that it begins with
 * @returns {string[]}
 */
function neededBy(metafile, entry, edition = "page") {
  const glue = new RegExp(`/crossover-${edition}-[^/]*\\.js$`);
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === "import-statement" || glue.test(path)) found.add(path);
    }
  }
  found.delete(entry);
  return [...found];
}

/**
 * The chunks that the lab needs besides those of the first view.
 * @param {import("esbuild").Metafile} metafile
 * @param {string} out
 */
function codeOfLab(metafile, out) {
  const main = relative(root, join(out, "main.js"));
  const lab = Object.keys(metafile.outputs).find((file) => metafile.outputs[file]?.entryPoint === "web/lab/page.js");
  if (!lab) throw new Error("web/lab/page.js is in no chunk of its own");
  const first = new Set(neededBy(metafile, main));
  const needed = new Set([lab, ...neededBy(metafile, lab), ...neededBy(metafile, main, "lab")]);
  return [...needed].filter((file) => !first.has(file)).map((file) => relative(out, join(root, file)));
}

/** What the evidence is computed from, without the remarks that no program reads. */
function measured() {
  const all = { measurements: compacted(loadSpeed()), options: loadOptions(), causes: loadCauses() };
  return JSON.parse(JSON.stringify(all, (key, value) => (key === "about" || key === "notes" ? undefined : value)));
}

/**
 * @param {string} engine directory of the editions
 * @returns {import("esbuild").Plugin}
 */
const enginePlugin = (engine) => ({
  name: "engine",
  setup(bundle) {
    bundle.onResolve({ filter: /^#module(-\w+)?$/ }, ({ path }) => ({ path: join(engine, `${path.replace("#module", "crossover")}.mjs`) }));
    bundle.onResolve({ filter: /^#wasm(-\w+)?$/ }, ({ path }) => ({ path: join(engine, `${path.replace("#wasm", "crossover")}.wasm`) }));
  },
});

/**
 * Everything of dist/ but the service worker, which is made from it.
 * @param {string} out an empty directory
 * @param {string} engine
 * @param {import("./release.mjs").Release} release
 * @param {import("esbuild").Plugin[]} plugins
 */
async function buildFiles(out, engine, release, plugins) {
  const shared = /** @satisfies {import("esbuild").BuildOptions} */ ({
    absWorkingDir: root,
    outdir: out,
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    target,
    assetNames: "chunks/[name]-[hash]",
    loader: { ".wasm": "file" },
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    plugins: [...plugins, constantsPlugin("release", release), enginePlugin(engine), constantsPlugin("measurements", measured()), embedStyle(target)],
  });
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: { main: "web/main.js", evidence: "web/evidence/entry.js", style: "web/style.css" },
    chunkNames: "chunks/[name]-[hash]",
  });
  // Builds of their own: what they share with the page would else cost its first view further requests.
  await build({ ...shared, entryPoints: { "evidence-worker": "web/evidence/worker.js" }, chunkNames: "chunks/evidence-[name]-[hash]" });
  await build({ ...shared, entryPoints: { "crossover-view": "web/crossover-view.js" }, chunkNames: "chunks/view-[name]-[hash]" });
  // It comes before all others, and waits for none.
  const ahead = constantsPlugin("code-of-lab", { code: codeOfLab(metafile, out) });
  await build({ ...shared, entryPoints: { ahead: "web/ahead.js" }, splitting: false, plugins: [...shared.plugins, ahead] });
  await build({ ...shared, entryPoints: { rehearsal: "web/rehearsal.js", asked: "web/asked.js" }, format: "iife", splitting: false });
  // Classic or module: others' pages take it as they can.
  await build({ ...shared, entryPoints: { embed: "web/embed/host.js" }, format: "iife", splitting: false });
  for (const name of await readdir(join(root, "web"))) {
    if (beside.test(name)) await copyFile(join(root, "web", name), join(out, name));
  }
  const index = await readFile(join(root, "web/index.html"), "utf8");
  const first = index.replace("<crossover-app>", `<crossover-app>${await prerendered(engine, shared)}`);
  for (const [name, html] of [["index.html", first], ...shells.map((shell) => [shell.as, shellOf(index, shell)])]) {
    const withPreloads = html.replace(/( *)<script type="module" src="([\w-]+)\.js">/, (script, indent, entry) => {
      const needed = neededBy(metafile, relative(root, join(out, `${entry}.js`))).map((file) => relative(out, join(root, file)));
      return [...needed.map((file) => `${indent}<link rel="modulepreload" href="${file}" />`), script].join("\n");
    });
    await writeFile(join(out, name), withPolicy(await withHashes(withPreloads, out), sitePolicy));
  }
  await writeFile(join(out, "THIRD-PARTY.txt"), thirdParty(root, Object.keys(metafile.inputs)));
  for (const { as, ...parts } of selfContained) await writeFile(join(out, as), await inlinePage({ ...parts, engine, release }));
}

/**
 * @param {string} index index.html
 * @param {(typeof shells)[number]} shell
 */
function shellOf(index, { entry, title, description }) {
  return replaced(index, [
    [/(<title>)/, `$1${title} · `],
    [/(name="description"\s+content=)"[^"]*"/, `$1"${description}"`],
    [/src="main\.js"/, `src="${entry}"`],
    [/<h1>.*<\/h1>/, `<h1>${title}</h1>`],
  ]);
}

/**
 * @param {string} text
 * @param {[RegExp, string][]} changes each of something that must be there
 */
function replaced(text, changes) {
  return changes.reduce((changed, [pattern, by]) => {
    if (!pattern.test(changed)) throw new Error(`index.html has no ${pattern}`);
    return changed.replace(pattern, by);
  }, text);
}

/**
 * Caches must not pair one version's page with another's script or stylesheet: the addresses of those change with their bytes.
 * @param {string} html
 * @param {string} out
 */
async function withHashes(html, out) {
  for (const [, file] of html.matchAll(/(?:src|href)="([\w-]+\.(?:js|css))"/g)) {
    const hash = createHash("sha256").update(await readFile(join(out, String(file)))).digest("hex").slice(0, 8);
    html = html.replace(`"${file}"`, `"${file}?${hash}"`);
  }
  return html;
}

/**
 * The service worker, with the hash of each file that it keeps: all but pages that are one file and need none of it, and what only
 * others' pages need.
 * @param {string} out
 */
async function buildWorker(out) {
  const kept = (await readdir(out, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .filter((name) => !selfContained.some(({ as }) => as === name) && !notKept.test(name))
    .sort();
  /** @type {Record<string, string>} */
  const files = {};
  for (const name of kept) files[name] = `sha256-${createHash("sha256").update(await readFile(join(out, name))).digest("base64")}`;
  const key = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  await build({
    absWorkingDir: root,
    entryPoints: ["web/delivery/service-worker.js"],
    outfile: join(out, "service-worker.js"),
    bundle: true,
    format: "iife",
    minify: true,
    target,
    logLevel: "warning",
    plugins: [constantsPlugin("files", { files, key })],
  });
}

/**
 * @param {{out?: string, engine?: string, release?: import("./release.mjs").Release, plugins?: import("esbuild").Plugin[]}} [options] plugins: of tests
 * @returns {Promise<void>}
 */
export async function buildPage({ out = join(root, "dist"), engine = join(root, "build/wasm"), release = releaseOf(root), plugins = [] } = {}) {
  for (const edition of editions) {
    for (const file of [join(engine, `${edition}.mjs`), join(engine, `${edition}.wasm`)]) {
      if (!existsSync(file)) throw new Error(`${file} is missing: build the engine first (script/build).`);
    }
  }
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await buildFiles(fresh, engine, release, plugins);
  await buildWorker(fresh);
  // Old chunks go, whatever else somebody serves from there stays.
  await rm(join(out, "chunks"), { recursive: true, force: true });
  await cp(fresh, out, { recursive: true });
  await rm(fresh, { recursive: true });
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

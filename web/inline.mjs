/**
 * A page as one file: script, styles, icon and the engine inside of the HTML, under a policy that allows these and nothing else.
 *
 *   await writeFile("dist/embed.html", await inlinePage({ page: "embed.html", edition: "crossover-page", engine: "build/wasm" }));
 *
 * `page` is a file of web/ that names one `<script type="module" src="NAME.js">`, one stylesheet and one icon beside it and has a
 * place for its policy (web/policy.mjs). The script is one bundle: what it imports later is in it too.
 * In it `#engine-bytes` or `#engine-text` is the edition's module (web/delivery/engine-inside.js or engine-as-text.js loads it),
 * `#delivery` is web/delivery/file.js, `#translations` is web/delivery/english.js, what was measured nearby is
 * web/delivery/no-measurements.js, and each of the facade's editions is the one given.
 *
 * It needs no server, no network, no origin: file:, a sandboxed frame and a mail attachment do.
 */
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { embedStyle } from "./embed/style-text.mjs";
import { filePolicy, withPolicy } from "./policy.mjs";
import { constantsPlugin, releaseOf } from "./release.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Browsers of interface.md: what the syntax may be. */
export const target = ["safari16.4", "firefox115", "chrome110"];

/** @param {string} text as it stands between the tags */
const hashOf = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

/** Stands in the bundle for the text that would be escaped letter by letter. */
const marker = "@@engine@@";

/**
 * The module as a script's string: a byte is the letter of its number; those that a string or an HTML parser would change are 256
 * further on.
 * @param {Buffer} bytes
 */
const asText = (bytes) => `"${bytes.toString("latin1").replace(/[\0\n\r"\\<]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 256))}"`;

/**
 * @param {string} engine directory of the editions
 * @param {string} edition
 * @returns {import("esbuild").Plugin}
 */
const inside = (engine, edition) => ({
  name: "inside",
  setup(bundle) {
    bundle.onResolve({ filter: /^#module(-\w+)?$/ }, () => ({ path: join(engine, `${edition}.mjs`) }));
    bundle.onResolve({ filter: /^#delivery$/ }, () => ({ path: join(root, "web/delivery/file.js") }));
    bundle.onResolve({ filter: /\/evidence\/near-now\.js$/ }, () => ({ path: join(root, "web/delivery/no-measurements.js") }));
    bundle.onResolve({ filter: /^#translations$/ }, () => ({ path: join(root, "web/delivery/english.js") }));
    bundle.onResolve({ filter: /^#engine-bytes$/ }, () => ({ path: join(engine, `${edition}.wasm`), namespace: "packed" }));
    bundle.onLoad({ filter: /.*/, namespace: "packed" }, async ({ path }) => ({
      contents: gzipSync(await readFile(path), { level: 9 }),
      loader: "binary",
    }));
    bundle.onResolve({ filter: /^#engine-text$/ }, () => ({ path: marker, namespace: "text" }));
    bundle.onLoad({ filter: /.*/, namespace: "text" }, () => ({ contents: `export default ${JSON.stringify(marker)}` }));
  },
});

/**
 * @param {string} entry relative to the repository
 * @param {import("esbuild").Plugin[]} plugins
 * @returns {Promise<string>}
 */
async function bundled(entry, plugins) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    minify: true,
    target,
    charset: "utf8",
    // Away from THIRD-PARTY.txt the page still says whose code is in it.
    legalComments: "eof",
    logLevel: "warning",
    plugins,
  });
  return /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).text.trim();
}

/**
 * Replaces what must be there exactly once.
 * @param {string} html
 * @param {RegExp} pattern
 * @param {(...groups: string[]) => string} by
 */
function replaceOnce(html, pattern, by) {
  const found = html.match(new RegExp(pattern, "g"))?.length ?? 0;
  if (found !== 1) throw new Error(`a self-contained page has ${pattern} once; found ${found}`);
  return html.replace(pattern, (_, ...groups) => by(...groups));
}

/**
 * @param {object} options
 * @param {string} options.page file of web/
 * @param {string} options.edition of the engine
 * @param {string} options.engine directory of the editions
 * @param {import("./release.mjs").Release} [options.release]
 * @returns {Promise<string>} the HTML
 */
export async function inlinePage({ page, edition, engine, release = releaseOf(root) }) {
  const html = await readFile(join(root, "web", page), "utf8");
  const file = (/** @type {RegExp} */ pattern) => pattern.exec(html)?.[1] ?? "";
  const code = await bundled(`web/${file(/<script type="module" src="([\w-]+\.js)">/)}`, [inside(engine, edition), constantsPlugin("release", release), embedStyle(target)]);
  const module = asText(await readFile(join(engine, `${edition}.wasm`)));
  const script = code.replace(`"${marker}"`, () => module);
  const style = await bundled(`web/${file(/<link rel="stylesheet" href="([\w-]+\.css)"/)}`, []);
  // What would end or change the element in which it stands.
  for (const [text, end] of /** @type {[string, RegExp][]} */ ([[script, /<\/script|<!--/i], [style, /<\/style/i]])) {
    const at = text.search(end);
    if (at >= 0) throw new Error(`${page}: what is inlined must not hold ${text.slice(at, at + 40)}`);
  }
  const icon = await readFile(join(root, "web", file(/<link rel="icon" href="([\w-]+\.svg)"/)), "utf8");
  let whole = withPolicy(html, filePolicy({ script: hashOf(script), style: hashOf(style) }));
  whole = replaceOnce(whole, /(<link rel="icon" href=)"[^"]*"/, (link) => `${link}"data:image/svg+xml,${encodeURIComponent(icon)}"`);
  whole = whole.replace(/ *<link rel="(manifest|modulepreload|apple-touch-icon)"[^>]*>\n/g, "");
  // Nothing is fetched, and nothing stands there before the script runs.
  whole = whole.replace(/ *<script (async [^>]*|src="asked\.js")><\/script>\n/g, "");
  whole = replaceOnce(whole, /<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`);
  return replaceOnce(whole, /<script type="module" src="[^"]*"><\/script>/, () => `<script type="module">${script}</script>`);
}

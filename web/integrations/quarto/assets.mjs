/**
 * Puts the element's files into the Quarto extension, so that a book carries them itself:
 *
 *   node web/integrations/quarto/assets.mjs [--dist=DIR] [--extension=DIR]
 *
 * Copies what crossover-view.js needs of dist/ to _extensions/crossover/assets/, with a list of it in files.txt for shortcode.lua.
 */
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const given = Object.fromEntries(process.argv.slice(2).map((argument) => argument.replace(/^--/, "").split("=")));
const dist = given["dist"] ?? join(here, "../../../dist");
const assets = join(given["extension"] ?? join(here, "_extensions/crossover"), "assets");

const chunks = (await readdir(join(dist, "chunks"))).filter((name) => name.startsWith("view-") || name.endsWith(".wasm"));
const files = ["crossover-view.js", ...chunks.sort().map((name) => `chunks/${name}`)];
await rm(assets, { recursive: true, force: true });
await mkdir(join(assets, "chunks"), { recursive: true });
for (const file of files) await cp(join(dist, file), join(assets, file));
await writeFile(join(assets, "files.txt"), `${files.join("\n")}\n`);

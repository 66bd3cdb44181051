// Packs a fresh build of the page: node script/package.mjs [directory], by default build/package.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPage } from "../web/build.mjs";
import { releaseOf } from "../web/release.mjs";
import { zip } from "./zip.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * As `sha256sum --check` reads it.
 * @param {Map<string, Uint8Array>} files
 */
const checksums = (files) => Buffer.from([...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join(""));

/**
 * @param {string} directory
 * @returns {Promise<Map<string, Uint8Array>>} every file below it, by name
 */
async function filesOf(directory) {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  /** @type {Map<string, Uint8Array>} */
  const files = new Map();
  for (const path of paths) files.set(relative(directory, path).split(sep).join("/"), await readFile(path));
  return files;
}

/**
 * SCORM 1.2: one resource, which is launched and reports nothing.
 * @param {string} version
 */
const manifest = (version) => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="crossover" version="${version}" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="crossover-course">
    <organization identifier="crossover-course">
      <title>When does quantization stop paying?</title>
      <item identifier="crossover-item" identifierref="crossover-page"><title>When does quantization stop paying?</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="crossover-page" type="webcontent" adlcp:scormtype="asset" href="crossover.html">
      <file href="crossover.html"/>
      <file href="THIRD-PARTY.txt"/>
    </resource>
  </resources>
</manifest>
`;

/**
 * @param {string} out a directory; what it held is gone
 * @param {import("../web/release.mjs").Release} [release]
 * @returns {Promise<string[]>} the names of what it holds now
 */
export async function makePackage(out, release = releaseOf(root)) {
  await rm(out, { recursive: true, force: true });
  const name = `crossover-${release.version}`;
  const folder = join(out, name);
  await mkdir(folder, { recursive: true });
  await buildPage({ out: folder, release });
  const files = await filesOf(folder);
  await rm(folder, { recursive: true });
  const page = /** @type {Uint8Array} */ (files.get("crossover.html"));
  const notices = /** @type {Uint8Array} */ (files.get("THIRD-PARTY.txt"));
  files.set("SHA256SUMS", checksums(files));
  /** @type {Map<string, Uint8Array>} */
  const packed = new Map([
    [`${name}-scorm.zip`, zip(new Map([["crossover.html", page], ["THIRD-PARTY.txt", notices], ["imsmanifest.xml", Buffer.from(manifest(release.version))]]))],
    [`${name}.zip`, zip(new Map([...files].map(([file, bytes]) => [`${name}/${file}`, bytes])))],
  ]);
  packed.set("SHA256SUMS", checksums(packed));
  for (const [file, bytes] of packed) await writeFile(join(out, file), bytes);
  return [...packed.keys()];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = resolve(process.argv[2] ?? join(root, "build/package"));
  for (const file of await makePackage(out)) console.log(join(relative(process.cwd(), out), file));
}

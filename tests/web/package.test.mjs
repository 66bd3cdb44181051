// What others host: the zip, its checksums, the SCORM package, the licences; and that two builds of one state are the same bytes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { makePackage } from "../../script/package.mjs";
import { zip } from "../../script/zip.mjs";
import { releaseOf } from "../../web/release.mjs";
import { openBrowser, root, silent } from "./browser.mjs";

const release = { version: "7.8.9", commit: "0123456789ab" };
let folder = "";
/** The packages, by name. @type {Map<string, Buffer>} */
const packed = new Map();
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "crossover-"));
  await makePackage(join(folder, "first"), release);
  for (const name of ["crossover-7.8.9.zip", "crossover-7.8.9-scorm.zip"]) packed.set(name, await readFile(join(folder, "first", name)));
});
after(() => rm(folder, { recursive: true }));

/**
 * Reads an archive from its directory at the end, as a reader of zip files does.
 * @param {Buffer} bytes
 */
function unzip(bytes) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const end = bytes.length - 22;
  assert.equal(bytes.readUInt32LE(end), 0x06054b50);
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [length, size, nameLength, offset] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
    const contents = inflateRawSync(bytes.subarray(start, start + length));
    assert.equal(contents.length, size, name);
    files.set(name, contents);
    at += 46 + nameLength;
  }
  return files;
}

/** @param {string} sums @param {(name: string) => Uint8Array | undefined} find */
function check(sums, find) {
  const lines = sums.trim().split("\n").map((line) => line.split("  "));
  for (const [sum, name] of lines) {
    const bytes = find(String(name));
    assert.ok(bytes, name);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sum, name);
  }
  return lines.length;
}

test("two packages of one state are the same bytes", async () => {
  await makePackage(join(folder, "second"), release);
  const names = await readdir(join(folder, "first"));
  assert.deepEqual(names.sort(), ["SHA256SUMS", "crossover-7.8.9-scorm.zip", "crossover-7.8.9.zip"]);
  for (const name of names) assert.ok((await readFile(join(folder, "first", name))).equals(await readFile(join(folder, "second", name))), name);
});

test("checksums hold for the packages and for each file in the zip", async () => {
  check(await readFile(join(folder, "first/SHA256SUMS"), "utf8"), (name) => packed.get(name));
  const files = unzip(/** @type {Buffer} */ (packed.get("crossover-7.8.9.zip")));
  const sums = files.get("crossover-7.8.9/SHA256SUMS")?.toString() ?? "";
  assert.equal(check(sums, (name) => files.get(`crossover-7.8.9/${name}`)), files.size - 1, "each file but the list itself");
});
test("an unpacked zip works below any path, and says its version and commit", async () => {
  const site = join(folder, "site");
  for (const [name, bytes] of unzip(/** @type {Buffer} */ (packed.get("crossover-7.8.9.zip")))) {
    await cp(join(folder, "first/SHA256SUMS"), join(site, "a b", name)); // makes the directories
    await writeFile(join(site, "a b", name), bytes);
  }
  const browser = await openBrowser({ directory: site });
  try {
    const opened = await browser.open("?page=lab&view=speedup", { path: "/a%20b/crossover-7.8.9/", ready: "crossover-lab svg.chart" });
    assert.match(await opened.page.innerText("footer"), /Version 7\.8\.9, build 0123456789ab, engine [\d.]+\./);
    silent(opened);
    await opened.close();
  } finally {
    await browser.close();
  }
});

test("the SCORM package launches the one-file page and lists what it holds", () => {
  const files = unzip(/** @type {Buffer} */ (packed.get("crossover-7.8.9-scorm.zip")));
  const manifest = files.get("imsmanifest.xml")?.toString() ?? "";
  const listed = [...manifest.matchAll(/<file href="([^"]*)"/g)].map(([, name]) => name);
  assert.deepEqual([...listed, "imsmanifest.xml"].sort(), [...files.keys()].sort());
  assert.match(manifest, /adlcp:scormtype="asset" href="crossover\.html"/);
  assert.match(manifest, /<schemaversion>1\.2</);
});

test("a zip of hard names and of nothing reads back", () => {
  const files = new Map([["é/ü 中.txt", Buffer.from("text")], ["empty", Buffer.alloc(0)], ["big", Buffer.alloc(300_000, 7)]]);
  const read = unzip(zip(files));
  assert.equal(read.size, 3);
  for (const [name, bytes] of files) assert.ok(read.get(name)?.equals(bytes), name);
});

test("what is bundled is named with its licence, and nothing of this machine", async () => {
  const files = unzip(/** @type {Buffer} */ (packed.get("crossover-7.8.9.zip")));
  const text = files.get("crossover-7.8.9/THIRD-PARTY.txt")?.toString() ?? "";
  for (const name of ["lit", "lit-html", "lit-element", "@lit/reactive-element"]) {
    const { version } = JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"));
    assert.ok(text.includes(`\n${name} ${version} (BSD-3-Clause)\n`), name);
  }
  assert.match(text, /Redistributions in binary form must reproduce the above copyright notice/);
  for (const part of [/JSON for Modern C\+\+ \(MIT\)/, /tl::expected \(CC0-1\.0\)/, /Emscripten's runtime, with musl/]) assert.match(text, part);
  for (const [name, bytes] of files) assert.equal(bytes.indexOf(root), -1, `${name} holds a path of this machine`);
});

test("a build's version is package.json's, its commit is git's where there is a clone", async () => {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const found = releaseOf(root);
  assert.equal(found.version, version);
  let head = "";
  try {
    head = execFileSync("git", ["-C", root, "rev-parse", "HEAD"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch { /* not a clone: no commit either */ }
  assert.equal(found.commit.replace("+", ""), head.slice(0, 12));
  await writeFile(join(folder, "package.json"), '{"version":"1.2.3"}');
  assert.deepEqual(releaseOf(folder), { version: "1.2.3", commit: "" }, "outside of a clone");
});

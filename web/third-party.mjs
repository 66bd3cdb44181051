/**
 * dist/THIRD-PARTY.txt: the licences of what the bundles hold. Texts come from the packages themselves: node_modules and, for what the
 * compiler puts into the engine's module, the copyright files of Debian's packages. Where those are not, the licence is named with
 * the place where its text stands.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What is compiled into the module. `select`: which paragraphs of a copyright file in Debian's machine-readable form concern it. */
const compiled = [
  { name: "JSON for Modern C++", debian: "nlohmann-json3-dev", licence: "MIT", at: "https://github.com/nlohmann/json" },
  { name: "tl::expected", debian: "libexpected-dev", licence: "CC0-1.0", at: "https://github.com/TartanLlama/expected" },
  {
    name: "Emscripten's runtime, with musl, libc++, libc++abi, libunwind and compiler-rt",
    debian: "emscripten",
    licence: "MIT or NCSA; musl: MIT; LLVM's libraries: Apache-2.0 with LLVM exception",
    at: "https://github.com/emscripten-core/emscripten",
    select: /^ (\*|system\/lib\/(libc\/musl|libcxx|libcxxabi|libunwind|compiler-rt)\/.*)$/m,
  },
];

/**
 * The paragraphs that concern the selected files, and the licences that these name.
 * @param {string} text in the form https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 * @param {RegExp} select
 */
function selected(text, select) {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => paragraph.trim());
  const files = paragraphs.filter((paragraph) => {
    const listed = /^Files:([^]*?)\n\S/.exec(paragraph)?.[1];
    return listed !== undefined && select.test(listed);
  });
  const named = new Set(files.flatMap((paragraph) => (/\nLicense: *(.*)/.exec(paragraph)?.[1] ?? "").split(/ (?:and|or|with) /)));
  const licences = paragraphs.filter((paragraph) => named.has(/^License: *(.*)/.exec(paragraph)?.[1] ?? ""));
  return [...files, ...licences].join("\n\n");
}

/** @param {string} heading @param {string} text */
const section = (heading, text) => `${"=".repeat(100)}\n${heading}\n${"=".repeat(100)}\n\n${text.replace(/\r\n/g, "\n").trim()}\n`;

/** @param {string} root @param {string} name */
function ofNode(root, name) {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file) throw new Error(`${name} is bundled and has no licence file`);
  return section(`${name} ${version} (${license})`, readFileSync(join(folder, file), "utf8"));
}

/** @param {typeof compiled[number]} part */
function ofDebian({ name, debian, licence, at, select }) {
  const file = `/usr/share/doc/${debian}/copyright`;
  const text = existsSync(file) ? readFileSync(file, "utf8") : `Its text stands at ${at}`;
  return section(`${name} (${licence})`, select && existsSync(file) ? selected(text, select) : text);
}

/**
 * @param {string} root the repository
 * @param {Iterable<string>} inputs the bundles' files, as esbuild names them
 * @returns {string}
 */
export function thirdParty(root, inputs) {
  const packages = new Set([...inputs].flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [
    "What Crossover's page and engine are built with, and under which licences. Crossover's own is in its repository (MIT).\n",
    ...[...packages].sort().map((name) => ofNode(root, name)),
    ...compiled.map(ofDebian),
  ].join("\n");
}

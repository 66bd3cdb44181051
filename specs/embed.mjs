// Writes the spec library as one C++ file: node specs/embed.mjs <specs directory> <output.cpp> [--page | --embed]
//
// The file defines crossover::embedded_library() (engine/include/crossover/catalog.h): every record of the library as a
// line of text, sorted by kind and id. The whole record is kept, sources and notes included: describe(id) returns it.
// With --page it is what a first page needs (forPage): half the bytes; with --embed what an embedded view does (forEmbed).

import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{kind: string, id: string, name: string, aliases: string[], record: Record<string, any>}} Entry
 */

/** Kinds in the order of SpecKind, each with its directory. */
const directories = [
  ["hardware", "hardware"],
  ["model", "models"],
  ["scheme", "schemes"],
  ["kernel", "kernels"],
  ["runtime", "runtimes"],
  ["calibration", "calibrations"],
  ["scenario", "scenarios"],
];

/** All kinds, in the order of SpecKind. */
const kinds = [...directories.map(([kind]) => kind), "source"];

/**
 * The shortest JSON text of a number: 989e12 instead of 989000000000000.
 * @param {number} value
 */
export function shortestNumber(value) {
  const plain = JSON.stringify(value);
  const [mantissa, exponent] = value.toExponential().split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const scientific = `${whole}${fraction}e${Number(exponent) - fraction.length}`;
  return scientific.length < plain.length && Number(scientific) === value ? scientific : plain;
}

/**
 * Compact JSON text of a record.
 * @param {unknown} value
 * @returns {string}
 */
export function minified(value) {
  if (typeof value === "number") return shortestNumber(value);
  if (Array.isArray(value)) return `[${value.map(minified).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${minified(field)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * All records under a specs directory; throws an Error that names the file where an id is missing, is not its file's
 * name, or exists twice in its kind.
 * @param {string} root
 * @returns {Entry[]}
 */
export function readLibrary(root) {
  /** @type {Entry[]} */
  const entries = [];
  for (const [kind, directory] of directories) {
    const folder = join(root, directory);
    if (!existsSync(folder)) continue;
    const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
    for (const file of files.sort()) {
      const path = join(folder, file);
      const record = parse(path);
      if (record.id !== basename(file, ".json")) {
        throw new Error(`${path}: its id is "${record.id}"; it must be the file's name`);
      }
      entries.push({ kind, id: record.id, name: record.name, aliases: record.aliases ?? [], record });
    }
  }
  const sources = parse(join(root, "sources.json"));
  for (const [id, source] of Object.entries(sources)) {
    entries.push({ kind: "source", id, name: source.title, aliases: [], record: { id, ...source } });
  }
  checkUnique(entries);
  return inOrder(entries);
}

/**
 * By kind, then by id.
 * @param {Entry[]} entries
 */
function inOrder(entries) {
  return entries.sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, any>}
 */
function parse(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {Entry[]} entries */
function checkUnique(entries) {
  const seen = new Map();
  for (const { kind, id, aliases } of entries) {
    for (const name of [id, ...aliases]) {
      const key = `${kind} "${name}"`;
      if (seen.has(key)) throw new Error(`${key} names both ${seen.get(key)} and ${id}`);
      seen.set(key, id);
    }
  }
}

/**
 * A C++ string literal, in pieces that every compiler takes.
 * @param {string} text
 */
function literal(text) {
  const longest = 2000;
  const pieces = [];
  for (let start = 0; start === 0 || start < text.length; start += longest) {
    const piece = text.slice(start, start + longest).replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
    pieces.push(`"${piece}"`);
  }
  return pieces.join("\n     ");
}

/**
 * An entry as one line: kind, id, name and aliases (a JSON list; nothing where the record has none), then the other
 * fields of the record as compact JSON without its opening brace. Tabs separate them.
 * @param {Entry} entry
 */
export function line({ kind, id, name, aliases, record }) {
  for (const text of [id, name, ...aliases]) {
    if (/["\\\u0000-\u001f]/.test(text)) {
      throw new Error(`${kind} ${id}: "${text}" holds a quote, a backslash or a control character`);
    }
  }
  const { id: _, [kind === "source" ? "title" : "name"]: __, aliases: listed, ...rest } = record;
  const fields = [kinds.indexOf(kind), id, name, listed === undefined ? "" : minified(listed), minified(rest).slice(1)];
  return fields.join("\t");
}

/**
 * The lines in texts of at most 30,000 characters: compilers limit a literal.
 * @param {string[]} lines
 */
function chunks(lines) {
  /** @type {string[]} */
  const texts = [];
  for (const one of lines) {
    const last = texts.length - 1;
    if (last >= 0 && texts[last].length + one.length < 30000) texts[last] += `\n${one}`;
    else texts.push(one);
  }
  return texts;
}

/**
 * Published accuracies as lines of tab-separated fields (engine/include/crossover/accuracy.h); pruned models and models
 * that the library lacks stay out.
 * @param {string} root
 */
export function accuracyLines(root) {
  const path = join(root, "measurements", "accuracy.json");
  if (!existsSync(path)) return "";
  /** @type {string[]} */
  const lines = [];
  for (const group of parse(path).groups) {
    const rows = group.rows.filter((/** @type {any} */ row) => row.sparsity === undefined && row.weight_bits < 16);
    if (group.model_id === undefined || rows.length === 0) continue;
    const { model, model_id, dataset, metric, higher_is_better, source } = group;
    lines.push(["=", model, model_id, dataset, metric, higher_is_better ? 1 : 0, source].join("\t"));
    for (const row of rows) {
      const { method, weight_bits, weight_format = "", act_bits = 16, kv_bits = 16, group_size = "", value, baseline_value = "" } = row;
      lines.push([method, weight_bits, act_bits, kv_bits, group_size, value, baseline_value, weight_format].join("\t"));
    }
  }
  return lines.join("\n");
}

/**
 * The library with the sources of the published accuracies, by title and address: describe(id) knows every id that accuracy() names.
 * @param {Entry[]} entries
 * @param {string} root
 * @returns {Entry[]}
 */
export function withAccuracySources(entries, root) {
  const groups = accuracyLines(root).split("\n").filter((text) => text.startsWith("=\t"));
  const named = [...new Set(groups.map((text) => text.split("\t")[6]))];
  const known = new Set(entries.filter(({ kind }) => kind === "source").map(({ id }) => id));
  const missing = named.filter((id) => !known.has(id)).sort();
  if (missing.length === 0) return entries;
  const path = join(root, "measurements", "sources.json");
  const sources = parse(path);
  return inOrder([...entries, ...missing.map((id) => {
    const source = sources[id];
    if (!source) throw new Error(`${path}: "${id}", which accuracy.json names, is missing`);
    const { kind, title, url } = source;
    return { kind: "source", id, name: title, aliases: [], record: { id, kind, title, url } };
  })]);
}

/** What only people read, in records of the library and of sources. */
const prose = { record: ["notes", "fit", "further_sources"], source: ["checked"] };

/**
 * The library of the engine's editions for embedded views: every figure and where it is from, without prose and scenarios.
 * @param {Entry[]} entries
 */
export function forEmbed(entries) {
  return entries
    .filter(({ kind }) => kind !== "scenario")
    .map((entry) => {
      const record = { ...entry.record };
      for (const field of entry.kind === "source" ? prose.source : prose.record) delete record[field];
      return { ...entry, record };
    });
}

/** What a tutorial block says beside the figures that the tutorial lens computes with; of several blocks of a record, menus have the names. */
const besideTutorial = ["year", "price_usd", "other_rates_flop_per_s"];

/**
 * That of the page edition: without addresses of sources and what stands beside the tutorial lens's figures, too.
 * @param {Entry[]} entries
 */
export function forPage(entries) {
  return forEmbed(entries).map((entry) => {
    const { url: _, tutorial, ...record } = entry.record;
    if (entry.kind === "source") return { ...entry, record };
    if (tutorial === undefined) return entry;
    const several = Array.isArray(tutorial) && tutorial.length > 1;
    const bare = (/** @type {Record<string, unknown>} */ block) =>
      Object.fromEntries(Object.entries(block).filter(([field]) => !besideTutorial.includes(field) && (several || field !== "name")));
    return { ...entry, record: { ...entry.record, tutorial: Array.isArray(tutorial) ? tutorial.map(bare) : bare(tutorial) } };
  });
}

/**
 * The C++ source that embeds the entries and the published accuracies.
 * @param {Entry[]} entries
 * @param {string} [accuracy]
 */
export function generate(entries, accuracy = "") {
  const texts = chunks(entries.map(line));
  return `// Written by specs/embed.mjs from the files in specs/. Do not edit.
#include <array>
#include <span>
#include <string_view>

#include "crossover/accuracy.h"
#include "crossover/catalog.h"

namespace crossover {
namespace {

constexpr std::array<std::string_view, ${texts.length}> library{
    ${texts.map(literal).join(",\n    ")}};

}  // namespace

std::span<const std::string_view> embedded_library() { return library; }

std::string_view embedded_accuracy() {
  return ${literal(accuracy)};
}

}  // namespace crossover
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root, output, option] = process.argv.slice(2);
  if (root === undefined || output === undefined || !["--page", "--embed", undefined].includes(option)) {
    console.error("usage: node specs/embed.mjs <specs directory> <output.cpp> [--page | --embed]");
    process.exit(2);
  }
  try {
    const library = readLibrary(root);
    const named = withAccuracySources(library, root);
    const accuracy = accuracyLines(root);
    writeFileSync(output, option === "--page" ? generate(forPage(library)) : generate(option ? forEmbed(named) : named, accuracy));
  } catch (error) {
    console.error(`specs/embed.mjs: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}

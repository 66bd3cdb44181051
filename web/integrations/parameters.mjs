/**
 * Writes PARAMETERS.md from web/params.js: node web/integrations/parameters.mjs. A test compares the two.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { takes } from "../links/parameters.js";
import { params } from "../params.js";
import { addStrings, setStrings, t } from "../strings.js";

/** @param {string} name */
const strings = (name) => JSON.parse(readFileSync(new URL(`../strings/${name}.json`, import.meta.url), "utf8"));

/** @param {string} text within a cell */
const cell = (text) => text.replaceAll("|", "\\|");

export function parametersTable() {
  setStrings(strings("en"));
  addStrings(strings("en.links"));
  const rows = Object.entries(params).map(([name, param]) => [
    `\`${name}\``, takes(param), param.default === null || param.default === "" ? t("links.nothing") : `\`${param.default}\``, t(`links.meaning.${name}`),
  ]);
  const head = ["name", "takes", "default", "meaning"].map((key) => t(`links.column.${key}`));
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map((text) => cell(String(text))).join(" | ")} |`);
  return `# Parameters\n\nOf the page's address, of \`embed.html\`, and of \`<crossover-view>\` as attributes and properties (there without \`v\`, \`page\` and \`step\`).\nWritten by \`web/integrations/parameters.mjs\` from \`web/params.js\`; do not edit.\n\n${lines.join("\n")}\n`;
}

const file = fileURLToPath(new URL("PARAMETERS.md", import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, parametersTable());

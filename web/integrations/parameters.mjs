/**
 * Writes PARAMETERS.md from web/params.js and web/embed/views.js: node web/integrations/parameters.mjs. A test compares the two.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { embedViews, usualView } from "../embed/views.js";
import { takes } from "../links/parameters.js";
import { params } from "../params.js";
import { addStrings, setStrings, t } from "../strings.js";

/** @param {string} name */
const strings = (name) => JSON.parse(readFileSync(new URL(`../strings/${name}.json`, import.meta.url), "utf8"));

/** @param {string} text within a cell */
const cell = (text) => text.replaceAll("|", "\\|");

/** @param {string[]} head @param {string[][]} rows */
const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const inputs = { none: "none", tables: "those of the tables", scenario: "those of the lab" };

export function parametersTable() {
  setStrings(strings("en"));
  addStrings(strings("en.links"));
  addStrings(strings("en.embed"));
  const head = ["name", "takes", "default", "meaning"].map((key) => t(`links.column.${key}`));
  const rows = Object.entries(params).map(([name, param]) => [
    `\`${name}\``, takes(param), param.default === null || param.default === "" ? t("links.nothing") : `\`${param.default}\``, t(`links.meaning.${name}`),
  ]);
  const views = Object.entries(embedViews).map(([name, view]) => [`\`${name}\``, t(`embed.view.${name.replaceAll("-", "_")}`), inputs[view.inputs]]);
  return `# Parameters

Of the page's address, of \`embed.html\`, and of \`<crossover-view>\` as attributes and properties (there without \`v\`, \`page\` and \`step\`).
Written by \`web/integrations/parameters.mjs\` from \`web/params.js\` and \`web/embed/views.js\`; do not edit.

\`embed.html\` and \`crossover.html\` are one file each: of the languages they have English, and \`crossover.html\` has no page
\`evidence\`.

${table(head, rows)}

## Views

What \`view\` names in \`embed.html\` and \`<crossover-view>\`; without it, \`${usualView}\`. The page's address has those of the lab
with \`page=lab\`: the charts but \`crossover\`, and \`advisor\`.

${table(["View", "What it is", "Inputs"], views)}
`;
}

const file = fileURLToPath(new URL("PARAMETERS.md", import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, parametersTable());

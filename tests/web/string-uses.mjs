/**
 * What the page's source asks of its strings, read from the syntax: the keys written out, the keys put together with a hole for each
 * part that is not (`views.bound.*`), and the values given with them.
 *
 *   const { literals, patterns, opaque, calls } = await stringUses(groups);
 */
import { readdir, readFile } from "node:fs/promises";
import ts from "typescript";

const web = new URL("../../web/", import.meta.url);
const readers = new Set(["t", "rich", "has"]);

/**
 * @typedef {object} Uses
 * @property {Map<string, string>} literals key → where
 * @property {Map<string, string>} patterns with * for a hole → where
 * @property {Set<string>} opaque "file: expression" of a key that is neither
 * @property {{key: string, given: string[], where: string}[]} calls with a key and values that are written out
 */

/** @returns {Promise<string[]>} the page's modules, relative to web/ */
async function modules() {
  const all = await readdir(web, { recursive: true });
  return all.filter((name) => name.endsWith(".js") && !name.startsWith("strings/") && !name.startsWith("integrations/")).sort();
}

/** @param {ts.Node} node */
const hasText = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);

/** @param {ts.TemplateExpression} node */
const patternOf = (node) => node.head.text + node.templateSpans.map((span) => `*${span.literal.text}`).join("");

/**
 * The expressions that a key may come from: both sides of a condition.
 * @param {ts.Expression} node
 * @returns {ts.Expression[]}
 */
function branches(node) {
  if (ts.isParenthesizedExpression(node)) return branches(node.expression);
  if (ts.isConditionalExpression(node)) return [...branches(node.whenTrue), ...branches(node.whenFalse)];
  return [node];
}

/** @param {ts.Expression | undefined} node @returns {string[] | null} names of an object that is written out; null: cannot tell */
function namesOf(node) {
  if (!node) return [];
  if (!ts.isObjectLiteralExpression(node) || node.properties.some((property) => !property.name)) return null;
  return node.properties.map((property) => /** @type {ts.PropertyName} */ (property.name).getText().replace(/["']/g, ""));
}

/**
 * @param {string[]} groups the keys' first parts: text that begins with one of them and a point is a key wherever it stands
 * @returns {Promise<Uses>}
 */
export async function stringUses(groups) {
  /** @type {Uses} */
  const uses = { literals: new Map(), patterns: new Map(), opaque: new Set(), calls: [] };
  const looksLikeKey = new RegExp(`^(${groups.join("|")})\\.[\\w.*]+$`);
  for (const name of await modules()) {
    const source = ts.createSourceFile(name, await readFile(new URL(name, web), "utf8"), ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
    /** @param {ts.Node} node */
    const visit = (node) => {
      if (hasText(node) && looksLikeKey.test(/** @type {ts.StringLiteral} */ (node).text)) uses.literals.set(/** @type {ts.StringLiteral} */ (node).text, name);
      if (ts.isTemplateExpression(node) && looksLikeKey.test(patternOf(node))) uses.patterns.set(patternOf(node), name);
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && readers.has(node.expression.text) && name !== "strings.js") {
        for (const key of node.arguments[0] ? branches(node.arguments[0]) : []) {
          if (hasText(key)) {
            const text = /** @type {ts.StringLiteral} */ (key).text;
            uses.literals.set(text, name);
            const given = namesOf(node.arguments[1]);
            if (given && node.expression.text !== "has") uses.calls.push({ key: text, given, where: name });
          } else if (ts.isTemplateExpression(key)) uses.patterns.set(patternOf(key), name);
          else uses.opaque.add(`${name}: ${key.getText()}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return uses;
}

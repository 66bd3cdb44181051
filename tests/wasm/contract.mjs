// Reads wasm/engine.d.ts, the contract, with TypeScript's own parser.
import { readFileSync } from "node:fs";
import ts from "typescript";

const file = new URL("../../wasm/engine.d.ts", import.meta.url);
const source = ts.createSourceFile("engine.d.ts", readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);

/**
 * Names of the members of an interface.
 * @param {string} name
 */
export function members(name) {
  const found = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`engine.d.ts has no interface ${name}`);
  return found.members.map((member) => member.name?.getText(source) ?? "");
}

/**
 * Names of the members that an interface always has: those without a question mark.
 * @param {string} name
 */
export function requiredMembers(name) {
  const found = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`engine.d.ts has no interface ${name}`);
  return found.members.filter((member) => !member.questionToken).map((member) => member.name?.getText(source) ?? "");
}

/**
 * Texts of a union of string literals.
 * @param {string} name
 */
export function choices(name) {
  const found = source.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name);
  if (!found || !ts.isTypeAliasDeclaration(found) || !ts.isUnionTypeNode(found.type)) {
    throw new Error(`engine.d.ts has no union ${name}`);
  }
  return found.type.types.map((type) => {
    if (!ts.isLiteralTypeNode(type) || !ts.isStringLiteral(type.literal)) throw new Error(`${name} is no union of texts`);
    return type.literal.text;
  });
}

/** Which build this is, and what the bundles are told of it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{version: string, commit: string}} Release */

/**
 * @param {string} root the repository
 * @returns {Release} `commit` is "" outside of a clone, and ends in "+" where tracked files differ from it
 */
export function releaseOf(root) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const git = (/** @type {string[]} */ ...args) => execFileSync("git", ["-C", root, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return { version, commit: git("rev-parse", "--short=12", "HEAD") + (changed ? "+" : "") };
  } catch {
    return { version, commit: "" };
  }
}

/**
 * `#name` in a bundle is a module with these constants.
 * @param {string} name
 * @param {Record<string, unknown>} constants
 * @returns {import("esbuild").Plugin}
 */
export const constantsPlugin = (name, constants) => ({
  name,
  setup(bundle) {
    bundle.onResolve({ filter: new RegExp(`^#${name}$`) }, () => ({ path: name, namespace: name }));
    bundle.onLoad({ filter: /.*/, namespace: name }, () => ({
      contents: Object.entries(constants).map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`).join("\n"),
    }));
  },
});

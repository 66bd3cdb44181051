/** Authors' pages for the tests of the embedded views: a folder with pages of the test's own, and the built dist/ beside them as crossover/. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser, root } from "./browser.mjs";

export const dist = process.env["CROSSOVER_DIST"] ?? join(root, "dist");

/**
 * @param {Record<string, string>} pages  HTML by the file's name
 * @param {Pick<NonNullable<Parameters<typeof openBrowser>[0]>, "launch">} [options]
 */
export async function authorSite(pages, options) {
  const directory = await mkdtemp(join(tmpdir(), "crossover-author-"));
  await symlink(dist, join(directory, "crossover"));
  for (const [name, html] of Object.entries(pages)) await writeFile(join(directory, name), html);
  const browser = await openBrowser({ ...options, directory });
  return {
    ...browser,
    directory,
    /** @param {string} name @param {import("./browser.mjs").OpenOptions} [options] */
    visit: (name, options = {}) => browser.open("", { path: `/${name}`, ready: null, ...options }),
    async close() {
      await browser.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** @param {string} body @param {{head?: string, html?: string}} [parts] */
export const page = (body, { head = "", html = "" } = {}) => `<!doctype html>
<html lang="en" ${html}><head><meta charset="utf-8"><title>A chapter</title><link rel="icon" href="data:,">${head}</head>
<body><main><h1>A chapter</h1>${body}</main></body></html>`;

/** The one line. */
export const script = `<script type="module" src="crossover/crossover-view.js"></script>`;

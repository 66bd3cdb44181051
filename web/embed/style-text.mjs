/**
 * The page's styles for a shadow root, as text: `import styles from "#embed-style"` in a bundle. What the page says of the document
 * is said of the element: `:root` is the host, a rem is the host's own font size, and widths are the element's and not the window's.
 */
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} css */
export function forShadow(css) {
  return css
    .replace(/@media\s*\((max|min)-width:\s*([\d.]+)rem\)/g, "@container ($1-width:$2em)")
    .replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, "calc($1*var(--rem))")
    .replace(/(?<![\w.-])([\d.]+)vw\b/g, "$1cqi")
    .replaceAll(":root", ":host");
}

/**
 * @param {readonly string[]} target
 * @returns {import("esbuild").Plugin}
 */
export const embedStyle = (target) => ({
  name: "embed-style",
  setup(bundle) {
    bundle.onResolve({ filter: /^#embed-style$/ }, () => ({ path: join(here, "embed.css"), namespace: "shadow" }));
    bundle.onLoad({ filter: /.*/, namespace: "shadow" }, async ({ path }) => {
      const { outputFiles } = await build({ entryPoints: [path], bundle: true, write: false, minify: true, target: [...target], charset: "utf8", logLevel: "warning" });
      return { contents: forShadow(outputFiles?.[0]?.text.trim() ?? ""), loader: "text", watchFiles: [path] };
    });
  },
});

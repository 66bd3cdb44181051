/**
 * The pages' Content-Security-Policy: web/build.mjs and web/inline.mjs write it into their heads, where a policy that allows nothing
 * keeps its place.
 */

/** @param {Record<string, string>} directives */
const written = (directives) => Object.entries(directives).map(([name, value]) => `${name} ${value}`).join("; ");

/** @param {string} policies of Trusted Types: who may turn text into markup or into the address of a script */
const always = (policies) => ({
  "base-uri": "'none'",
  "form-action": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": policies,
});

/** Pages whose files lie beside them. `crossover` is web/delivery/own-script.js's, `lit-html` is Lit's for its templates. */
export const sitePolicy = written({
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "connect-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  "manifest-src": "'self'",
  "worker-src": "'self'",
  ...always("crossover lit-html"),
});

/** Pages that are one file. @param {{script: string, style: string}} hashes */
export const filePolicy = ({ script, style }) => written({
  "default-src": "'none'",
  "script-src": `${script} 'wasm-unsafe-eval'`,
  "style-src": style,
  "img-src": "data: blob:",
  ...always("lit-html"),
});

/**
 * @param {string} html with a policy
 * @param {string} policy in its place
 */
export function withPolicy(html, policy) {
  const [before, after, ...more] = html.split(`http-equiv="Content-Security-Policy" content="default-src 'none'"`);
  if (after === undefined || more.length) throw new Error("a page keeps one place for its policy: default-src 'none'");
  return `${before}http-equiv="Content-Security-Policy" content="${policy}"${after}`;
}

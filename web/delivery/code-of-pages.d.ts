/** What web/build.mjs writes into web/ahead.js: by page of the state, the scripts that it needs besides those of the first view. */
export const codeOf: Record<string, string[]>;

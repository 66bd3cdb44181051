/** What web/build.mjs writes into web/ahead.js: the scripts that the lab needs besides those of the first view. */
export const code: string[];

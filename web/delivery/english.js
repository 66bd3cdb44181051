/** A page that is one file leaves the other languages out. Stands in for web/translations.js where web/inline.mjs bundles. */

/** @type {Readonly<Record<string, import("../languages.js").Language>>} */
export const translations = {};

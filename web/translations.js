/**
 * The languages beside English, each with its words in a chunk of its own. None has been reviewed by a native speaker yet.
 */

/** @type {Readonly<Record<string, import("./languages.js").Language>>} */
export const translations = {
  es: { name: "Español", tag: "es", intl: "es", direction: "ltr", reviewed: false, load: () => import("./strings/es.js") },
};

/**
 * The languages beside English, each with its words in a chunk of its own. None has been reviewed by a native speaker yet.
 */

/** @type {Readonly<Record<string, import("./languages.js").Language>>} */
export const translations = {
  es: { name: "Español", tag: "es", intl: "es", direction: "ltr", reviewed: false, load: () => import("./strings/es.js") },
  zh: { name: "简体中文", tag: "zh-Hans", intl: "zh-Hans", direction: "ltr", reviewed: false, load: () => import("./strings/zh.js") },
  ar: { name: "العربية", tag: "ar", intl: "ar-u-nu-latn", direction: "rtl", reviewed: false, load: () => import("./strings/ar.js") },
};

/** Which build this is: web/build.mjs puts its own in place of these, which are those of the sources as they lie here. */

/** package.json's. */
export const version = "0.0.0";

/** What it was built from, as git names it; "" where git could not say. */
export const commit = "";

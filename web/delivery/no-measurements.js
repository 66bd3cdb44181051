/** A page that is one file has no measurements, and none of what reads them. Stands in for web/evidence/near-now.js where web/inline.mjs bundles. */

/** @returns {import("../evidence/near-now.js").Found | null} */
export const nearNow = () => null;

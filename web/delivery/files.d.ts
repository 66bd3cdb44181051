/** What web/build.mjs writes into the service worker. */
/** File → its integrity, "sha256-…". */
export const files: Record<string, string>;
/** Of all of them together. */
export const key: string;

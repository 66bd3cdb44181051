/**
 * How this page came: as one file, which a disk, a mail or a stick carries. Everything is in it but the evidence's data, and it asks
 * the network for nothing. Stands in for web/delivery/site.js where web/inline.mjs bundles.
 */
import { engineInside } from "./engine-inside.js";

export { pages as later } from "./pages.js";

export const note = "page.one_file";
export const installable = false;

/** @returns {"page" | "lab"} */
export const editionFor = () => "lab";
export const editionAfter = editionFor;

export const engineOf = engineInside;

/** It is all here. */
export async function offline() {}

/** Its data is not in here. @type {(() => Worker) | null} */
export const evidenceWorker = null;

/** One file starts no thread. */
export function rehearse() {}

/**
 * How this page came: as a site's files. Code and engine are fetched when they are asked for.
 * A page that is one file has web/delivery/file.js in its place (#delivery, web/inline.mjs).
 */
import { loadEngine } from "../../wasm/engine.js";
import lab from "#wasm-lab";
import page from "#wasm-page";
import { commit } from "#release";
import { ahead, begun, editionFor } from "./editions.js";
import { ownScript } from "./own-script.js";
import { pages } from "./pages.js";

export { editionFor } from "./editions.js";
export { offline } from "./offline.js";

/** With the evidence, whose data stands beside the page. @type {typeof pages} */
export const later = { ...pages, evidence: () => import("../evidence/page.js") };

/** The browser may keep it for a visit without a network. */
export const installable = true;

/** What to say about the way it came: a key of the strings; none where everything is here. */
export const note = "";

/**
 * What a page needs once it is there: the lesson ends with published accuracies.
 * @param {unknown} page
 * @returns {"page" | "lab"}
 */
export const editionAfter = (page) => (page === "lesson" ? "lab" : editionFor(page));

/** The editions' files, whose names change with their bytes: the glue of one version never meets another's module. */
const modules = { lab, page };

/** @param {"page" | "lab"} edition */
export function engineOf(edition) {
  const first = begun[ahead];
  const module = first?.edition === edition ? first.module : undefined;
  // Taken, or no longer needed: ahead.js, should it come last, asks for nothing.
  begun[ahead] = undefined;
  return loadEngine({ edition, module, locateFile: () => new URL(modules[edition], import.meta.url).href });
}

/** What computes the evidence; its address changes with the build, so that a cache never pairs it with another's chunks. */
export const evidenceWorker = () => new Worker(ownScript(`evidence-worker.js?${encodeURIComponent(commit)}`), { type: "module" });

/** Beside the page, while its engine is on its way. */
export function rehearse() {
  try {
    new Worker(ownScript(`rehearsal.js?${encodeURIComponent(commit)}`));
  } catch {
    // A frame without an origin of its own may start none: there the first numbers take their time.
  }
}

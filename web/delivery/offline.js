/**
 * A site that works without a network from the second visit on: web/delivery/service-worker.js keeps its files.
 */
import { ownScript } from "./own-script.js";

/** Keeping a megabyte of files takes as much of a small machine as showing the page: first the reader looks around, milliseconds. */
const looking = 5000;

/**
 * Asks the browser to keep the site's files, or (`wanted` false) to forget them. Silent where the browser cannot or will not.
 * @param {boolean} wanted
 * @param {() => void} onNewer a newer version is here; it takes over when every page of this one is closed
 */
export async function offline(wanted, onNewer) {
  const { serviceWorker } = navigator;
  // Not there on http: without a certificate, in private windows of some browsers, in a sandboxed frame.
  if (!serviceWorker) return;
  try {
    if (!wanted) return await forget(serviceWorker);
    // The reader asks for fewer bytes; the files are over a megabyte.
    if (/** @type {any} */ (navigator).connection?.saveData) return;
    await new Promise((done) => setTimeout(done, looking));
    const registration = await serviceWorker.register(ownScript("service-worker.js"), { updateViaCache: "none" });
    if (registration.waiting) onNewer();
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && registration.active) onNewer();
      });
    });
  } catch {
    // The page works as it did without.
  }
}

/** @param {ServiceWorkerContainer} serviceWorker */
async function forget(serviceWorker) {
  const scope = new URL(".", document.baseURI).href;
  const registration = await serviceWorker.getRegistration(scope);
  if (registration?.scope === scope) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`crossover ${scope} `)) await caches.delete(name);
}

/**
 * Keeps the site's files, so that it works without a network. One version at a time: a version's files are all fetched, compared with
 * the hashes that its build wrote here, and kept under its own key, or none is; pages are answered from one version's cache; a newer
 * version waits until no page of the old one is open. Whatever is not among the files goes to the network as if this were not here.
 */
import { files, key } from "#files";

/**
 * The little that is used of a worker's global scope; the DOM's types know nothing of it.
 * @typedef {{request: Request, respondWith(response: Promise<Response>): void, waitUntil(work: Promise<unknown>): void}} WorkerEvent
 * @type {{registration: ServiceWorkerRegistration, addEventListener(type: string, listener: (event: WorkerEvent) => void): void}}
 */
const worker = /** @type {any} */ (globalThis);

const { scope } = worker.registration;
// Sites of one origin share its caches: another directory's are not ours.
const ours = `crossover ${scope} `;
const name = ours + key;

/** Hosts redirect index.html to its directory. @param {string} file */
const addressOf = (file) => new URL(file === "index.html" ? "./" : file, scope).href;

/** @param {Cache} cache @param {string} file */
async function keep(cache, file) {
  const response = await fetch(addressOf(file), { cache: "no-cache", integrity: files[file] });
  if (!response.ok) throw new Error(`${file}: status ${response.status}`);
  // A redirected response must not answer a navigation.
  await cache.put(addressOf(file), response.redirected ? new Response(response.body, { headers: response.headers }) : response);
}

async function install() {
  const cache = await caches.open(name);
  try {
    // One after another: nobody waits for them, and whoever reads needs the machine.
    for (const file of Object.keys(files)) await keep(cache, file);
  } catch (fault) {
    await caches.delete(name);
    throw fault;
  }
}

async function forgetOthers() {
  const old = (await caches.keys()).filter((other) => other.startsWith(ours) && other !== name);
  await Promise.all(old.map((other) => caches.delete(other)));
}

/** @param {Request} request @param {string} file */
async function answer(request, file) {
  const cache = await caches.open(name);
  return (await cache.match(addressOf(file))) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope)) return;
  if (request.mode === "navigate" && url.searchParams.get("offline") === "off") return;
  const file = url.pathname.slice(new URL(scope).pathname.length) || "index.html";
  if (Object.hasOwn(files, file)) event.respondWith(answer(request, file));
});

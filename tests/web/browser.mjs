/**
 * The built page in a real browser: a static server on dist/ at a port of its own, and Chromium (or Firefox) driven by playwright-core.
 *
 *   const browser = await openBrowser();
 *   const { page, messages, errors, origins } = await browser.open("?model=llama-3.1-70b", { width: 360, colorScheme: "dark" });
 *   …
 *   await browser.close();
 *
 * `messages` and `errors` collect what the console and the page's uncaught errors say, `requests` every address asked for. A test
 * that expects silence calls `silent(opened)`.
 */
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { chromium, firefox } from "playwright-core";

/** The repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves a directory (dist/; CROSSOVER_DIST names another), and nothing outside of it.
 * @param {string} directory
 * @param {Record<string, string>} [headers] of every answer
 * @returns {Promise<{origin: string, close(): Promise<void>}>}
 */
export async function serve(directory = process.env["CROSSOVER_DIST"] ?? join(root, "dist"), headers = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://here").pathname));
    const file = join(directory, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { ...headers, "content-type": types[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections?.();
        server.close(() => resolve());
      }),
  };
}

/** Where Chromium is; CHROMIUM names another. */
export function chromiumPath() {
  const candidates = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((path) => path && existsSync(path));
  if (!found) throw new Error("no Chromium: install the package chromium, or set CHROMIUM to the path of one");
  return found;
}

/** @param {...string} more arguments */
export const launchChromium = (...more) => chromium.launch({
  executablePath: chromiumPath(),
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more,
  ],
});

/** Debian's Firefox; FIREFOX names another. */
const firefoxPath = () => process.env["FIREFOX"] ?? "/usr/bin/firefox-esr";

/** This channel speaks WebDriver BiDi: playwright-core's other one needs a Firefox of its own. */
export const launchFirefox = () => firefox.launch({ channel: "moz-firefox", executablePath: firefoxPath() });

/** Why this Firefox can't be driven, or false. Debian 12 without its security updates has Firefox 140. */
export function firefoxTooOld() {
  const version = execFileSync(firefoxPath(), ["--version"], { encoding: "utf8" }).trim();
  // playwright-core asks for network.addDataCollector.
  const oldest = 143;
  return Number(/ (\d+)\./.exec(version)?.[1]) >= oldest ? false : `${version} is older than ${oldest}, which playwright-core needs`;
}

/**
 * @typedef {object} OpenOptions
 * @property {number} [width] CSS pixels; default 1280
 * @property {number} [height] default 900
 * @property {"light" | "dark"} [colorScheme]
 * @property {"reduce" | "no-preference"} [reducedMotion]
 * @property {boolean} [touch]
 * @property {string} [path] the HTML file, or its file: address; default "/"
 * @property {boolean} [worker] with its service worker
 * @property {boolean} [offline] cuts the network
 * @property {string | null} [ready] a selector to wait for, and for the page to be whole; null: none; default the first table of the page
 * @property {(page: import("playwright-core").Page) => Promise<unknown>} [before] what to do before the page is asked for
 *
 * @typedef {object} Opened
 * @property {import("playwright-core").Page} page
 * @property {string[]} messages of the console
 * @property {string[]} errors uncaught in the page
 * @property {string[]} requests addresses
 * @property {string} origin
 * @property {() => Promise<void>} close
 */

/**
 * @param {{directory?: string, headers?: Record<string, string>, launch?: () => Promise<import("playwright-core").Browser>}} [options]
 */
export async function openBrowser({ directory, headers, launch = () => launchChromium() } = {}) {
  const browser = await launch();
  const server = await serve(directory, headers);
  return {
    browser,
    origin: server.origin,
    /**
     * @param {string} [search]
     * @param {OpenOptions} [options]
     * @returns {Promise<Opened>}
     */
    async open(search = "", options = {}) {
      const { width = 1280, height = 900, colorScheme = "light", reducedMotion = "no-preference", touch = false } = options;
      const context = await browser.newContext({
        viewport: { width, height }, colorScheme, reducedMotion, hasTouch: touch, acceptDownloads: true, offline: options.offline ?? false,
      });
      // Only tests of it let the page keep its files: a megabyte for each of the others would slow them all.
      if (!options.worker) await context.addInitScript(() => { Reflect.deleteProperty(Navigator.prototype, "serviceWorker"); });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      /** @type {string[]} */
      const messages = [];
      /** @type {string[]} */
      const errors = [];
      /** @type {string[]} */
      const requests = [];
      page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
      page.on("request", (request) => requests.push(request.url()));
      await options.before?.(page);
      const start = options.path ?? "/";
      await page.goto(`${start.startsWith("file:") ? start : `${server.origin}${start}`}${search}`);
      const ready = options.ready === undefined ? "main table" : options.ready;
      if (ready) {
        await page.waitForSelector(ready);
        // What index.html holds has made way for the live page, and that is whole.
        await page.waitForSelector("crossover-app > .waiting", { state: "detached" });
        await page.waitForSelector("main [aria-busy]", { state: "detached" });
      }
      return { page, messages, errors, requests, origin: server.origin, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Asks until nothing is thrown: what comes by itself comes later on a slow machine.
 * @param {() => Promise<void>} asked
 */
export async function eventually(asked) {
  for (const end = Date.now() + 10_000; ;) {
    try {
      return await asked();
    } catch (error) {
      if (Date.now() > end) throw error;
      await setTimeout(50);
    }
  }
}

/**
 * Nothing in the console, no uncaught error, no request that leaves the origin.
 * @param {Opened} opened
 */
export function silent(opened) {
  assert.deepEqual(opened.messages, [], "the console says something");
  assert.deepEqual(opened.errors, [], "the page has an uncaught error");
  const strangers = opened.requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== opened.origin);
  assert.deepEqual(strangers, [], "a request leaves the origin");
}

/**
 * The texts of a table: one list of cells a row, spaces collapsed.
 * @param {import("playwright-core").Page} page
 * @param {string} selector of the table
 * @returns {Promise<string[][]>}
 */
export function tableText(page, selector) {
  return page.$eval(selector, (table) =>
    [...table.querySelectorAll("tr")].map((row) =>
      [...row.children].map((cell) => /** @type {HTMLElement} */ (cell).innerText.replace(/\s+/g, " ").trim()),
    ),
  );
}

/**
 * axe-core over the page as it stands: what it finds, a line each.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function axeViolations(page) {
  // The page's policy allows no foreign script: the source goes in through the debugger, not through an element.
  const source = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations, passes } = await /** @type {any} */ (globalThis).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    if (passes.length < 10) return ["axe checked nothing"];
    return violations.flatMap((/** @type {any} */ violation) =>
      violation.nodes.map((/** @type {any} */ node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  });
}

/**
 * What of the charts and sketches cannot be seen where the system's colours are forced: text with less than 4.5 of contrast to the
 * canvas, anything else that is drawn with less than 3.
 * @param {import("playwright-core").Page} page
 * @param {"light" | "dark"} colorScheme of the system's palette
 * @returns {Promise<string[]>}
 */
export async function unseen(page, colorScheme) {
  await page.emulateMedia({ forcedColors: "active", colorScheme });
  return page.evaluate(() => {
    const brush = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
    const light = (/** @type {string} */ colour) => {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...brush.getImageData(0, 0, 1, 1).data].map((part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const probe = document.body.appendChild(document.createElement("div"));
    probe.style.color = "Canvas";
    const canvas = light(getComputedStyle(probe).color);
    const contrast = (/** @type {string} */ colour) => {
      const [low = 0, high = 0] = [light(colour), canvas].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    probe.remove();
    const roots = [document, ...[...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? [])];
    const drawn = roots.flatMap((root) => [...root.querySelectorAll(":is(svg.chart, svg.sketch) :is(text, .line, .marker, .bar-part, .here line, .here-grip, .drawn, .answer)")]);
    if (!drawn.length) return ["nothing is drawn"];
    return drawn.flatMap((one) => {
      const { fill, stroke } = getComputedStyle(one);
      const [text, faint] = [one.tagName === "text", one.matches(".is-faint, .is-faint *")];
      const colours = text || one.matches(".bar-part, .here-grip") ? [fill] : one.matches(".marker") ? [one.matches(".is-open") ? stroke : fill] : [stroke];
      return colours.filter((colour) => !faint && contrast(colour) < (text ? 4.5 : 3)).map((colour) => `${one.tagName}.${one.getAttribute("class")}: ${colour}`);
    });
  });
}

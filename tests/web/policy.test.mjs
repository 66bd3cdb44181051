// Every page of dist/: a strict policy in its head, obeyed in use, and never a request to anybody else.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, root, silent } from "./browser.mjs";

const dist = process.env["CROSSOVER_DIST"] ?? join(root, "dist");
const pages = (await readdir(dist)).filter((name) => name.endsWith(".html"));

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** What a directive may allow. @type {Record<string, RegExp>} */
const allowed = {
  "default-src": /^'none'$/,
  "script-src": /^('self'|'wasm-unsafe-eval'|'sha256-[\w+/]{43}=')$/,
  "style-src": /^('self'|'sha256-[\w+/]{43}=')$/,
  "connect-src": /^('self'|'none')$/,
  "img-src": /^('self'|data:|blob:)$/,
  "manifest-src": /^'self'$/,
  "worker-src": /^'self'$/,
  "frame-src": /^'self'$/,
  "base-uri": /^'none'$/,
  "form-action": /^'none'$/,
  "require-trusted-types-for": /^'script'$/,
  "trusted-types": /^(lit-html|crossover)$/,
};

test("every page has a policy before anything else is asked for, and it allows no foreign or inline code", async () => {
  assert.ok(pages.includes("index.html") && pages.includes("crossover.html"));
  for (const name of pages) {
    const html = await readFile(join(dist, name), "utf8");
    const [, policy = "", ...more] = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
    assert.equal(more.length, 0);
    const directives = policy.split(";").map((directive) => directive.trim().split(/\s+/));
    for (const needed of ["default-src", "script-src", "style-src", "base-uri", "form-action", "require-trusted-types-for", "trusted-types"]) assert.ok(directives.some(([name]) => name === needed), `${name}: ${needed}`);
    for (const [directive = "", ...sources] of directives) {
      for (const source of sources) assert.match(source, allowed[directive] ?? /$never/, `${name}: ${directive}`);
    }
    const first = html.search(/<(script|link|style|img|iframe)\b/i);
    assert.ok(html.indexOf("Content-Security-Policy") < first, `${name}: the policy stands first`);
    const markup = html.replace(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, "");
    assert.doesNotMatch(markup, /\son\w+=|\sstyle=/i, `${name} has inline code`);
    assert.doesNotMatch(markup, /(src|href)="(https?:)?\/\//i, `${name} names another server`);
  }
});

test("in every page text becomes no markup and no script: only Lit's templates and the site's own files do", async () => {
  for (const name of pages) {
    const opened = await browser.open("", { path: `/${name}`, ready: null });
    await opened.page.waitForSelector("main table, crossover-view table, crossover-view svg");
    const refused = await opened.page.evaluate(() => {
      const anchor = document.body.appendChild(document.createElement("p"));
      const anything = { createHTML: (/** @type {string} */ text) => text, createScriptURL: (/** @type {string} */ text) => text };
      /** @type {Record<string, () => unknown>} */
      const attempts = {
        markup: () => (anchor.innerHTML = "<b>text</b>"),
        script: () => (document.createElement("script").src = "main.js"),
        worker: () => new Worker("main.js"),
        policy: () => window.trustedTypes?.createPolicy("anything", anything),
        again: () => window.trustedTypes?.createPolicy("lit-html", anything),
      };
      return Object.fromEntries(Object.entries(attempts).map(([what, attempt]) => {
        try {
          return [what, attempt() && "nothing stopped it"];
        } catch (fault) {
          return [what, fault instanceof Error && fault.name];
        }
      }));
    });
    assert.deepEqual(refused, { markup: "TypeError", script: "TypeError", worker: "TypeError", policy: "TypeError", again: "TypeError" }, name);
    await opened.close();
  }
});

test("in use no page breaks its policy or asks another server for anything", async () => {
  for (const name of pages) {
    const views = name === "index.html" || name === "crossover.html"
      ? ["", "?page=lesson", "?page=lab&view=roofline", "?page=lab&view=advisor", "?page=links", "?page=authors"] : [""];
    for (const search of views) {
      const opened = await browser.open(search, {
        path: `/${name}`,
        ready: null,
        before: (page) => page.addInitScript(() => {
          addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
        }),
      });
      await opened.page.waitForSelector("main h1, main h2, main table, main svg, crossover-view section svg");
      await opened.page.waitForLoadState("networkidle");
      silent(opened);
      await opened.close();
    }
  }
});

test("no file of the site holds the address of a server that it could ask", async () => {
  const names = (await readdir(dist, { recursive: true })).filter((name) => /\.(js|css|html|webmanifest|svg)$/.test(name));
  for (const name of names) {
    const text = await readFile(join(dist, name), "utf8");
    assert.doesNotMatch(text, /\b(fetch|import|importScripts|url|WebSocket|EventSource|sendBeacon)\(\s*["'`]?(https?|wss?):/, name);
    assert.doesNotMatch(text, /@import\s+(url\()?["']?(https?:)?\/\//, name);
  }
});

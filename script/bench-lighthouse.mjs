// Lighthouse's line of the budget table, with the default settings (a phone, a slow network, both simulated). script/bench
// --lighthouse runs it where `lighthouse` can be called. A busy machine lowers the performance: Lighthouse
// takes the machine's speed as well, as an index, and warns below 1000 (core/gather/driver/environment.js).
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
import { chromiumPath, serve } from "../tests/web/browser.mjs";
import { compressed, headers } from "./compressed.mjs";

const runs = 5;
/** Lighthouse gives Chromium one second to hand over a document: on a busy machine embed.html takes longer. */
const attempts = 4;
const everything = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };
/** A part of others' pages: not to be found by itself, and loaded when it is near. */
const embedded = { accessibility: 100, "best-practices": 100 };

/** @type {[string, Record<string, number>][]} */
const pages = [["", everything], ["?page=lesson", everything], ["?page=lab", everything], ["evidence.html", everything], ["embed.html", embedded]];

/** @typedef {{categories: Record<string, {score: number, auditRefs: {id: string, weight: number}[]}>, audits: Record<string, {score: number | null}>, environment: {benchmarkIndex: number}}} Report */

/** @param {string} url @param {string[]} categories @returns {Promise<Report>} */
async function lighthouse(url, categories) {
  const given = [
    url, "--quiet", "--output=json", "--no-enable-error-reporting", "--disable-full-page-screenshot", `--only-categories=${categories}`,
    "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic",
  ];
  for (let left = attempts - 1; ; left -= 1) {
    try {
      const { stdout } = await promisify(execFile)("lighthouse", given, { env: { ...process.env, CHROME_PATH: chromiumPath() }, maxBuffer: 1e8 });
      return JSON.parse(stdout);
    } catch (fault) {
      if (left === 0) throw new Error(`lighthouse ${url}: ${/** @type {any} */ (fault).stderr ?? fault}`);
    }
  }
}

/** What keeps a category from its full score. @param {Report} report @param {string} category */
const lost = ({ categories, audits }, category) => (categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
  const score = audits[id]?.score;
  return weight > 0 && typeof score === "number" && score < 1 ? [`${id} ${score}`] : [];
});

const directory = await compressed();
const server = await serve(directory, headers);
try {
  console.log(`${"Lighthouse, median of five".padEnd(32)}${"found".padStart(8)}${"budget".padStart(8)}`);
  for (const [page, budgets] of pages) {
    /** @type {Report[]} */
    const reports = [];
    for (let i = 0; i < runs; i += 1) reports.push(await lighthouse(`${server.origin}/${page}`, Object.keys(budgets)));
    console.log(`the machine's index, for ${page || "index.html"}: ${reports.map(({ environment }) => Math.round(environment.benchmarkIndex)).join(" ")}`);
    for (const [category, budget] of Object.entries(budgets)) {
      const score = (/** @type {Report} */ report) => Math.round(100 * (report.categories[category]?.score ?? NaN));
      const sorted = [...reports].sort((a, b) => score(a) - score(b));
      const median = /** @type {Report} */ (sorted[runs >> 1]);
      const met = score(median) >= budget;
      const why = score(median) < 100 ? lost(median, category).join(", ") : "";
      console.log(`${`${page || "index.html"}, ${category}`.padEnd(32)}${String(score(median)).padStart(8)}${String(budget).padStart(8)}   ${met ? "met" : "missed"}   ${sorted.map(score).join(" ")}   ${why}`);
    }
  }
} finally {
  await server.close();
  await rm(directory, { recursive: true });
}

// crossover.html, the page as one file: opened from the disk with the network cut, it shows what the engine computes in Node.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { engine } from "../wasm/engine.mjs";
import { openBrowser, root } from "./browser.mjs";

const built = join(process.env["CROSSOVER_DIST"] ?? join(root, "dist"), "crossover.html");

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
/** Where nothing else lies beside it; a space and a percent sign, as on people's disks. */
let folder = "";
before(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "one file 100% "));
  await copyFile(built, join(folder, "crossover.html"));
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** @param {string} search @param {string} ready */
const open = (search, ready) => browser.open(search, { path: pathToFileURL(join(folder, "crossover.html")).href, offline: true, ready });

/** @param {import("./browser.mjs").Opened} opened */
function alone({ messages, errors, requests }) {
  assert.deepEqual(messages, []);
  assert.deepEqual(errors, []);
  assert.deepEqual(requests.filter((url) => !/^(data|blob):/.test(url)).length, 1, "it asks for itself and nothing else");
}

test("its policy names its script and its style by hash, and allows nothing from anywhere", async () => {
  const html = await readFile(built, "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1] ?? "";
  const hash = (/** @type {RegExp} */ element) => `'sha256-${createHash("sha256").update(element.exec(html)?.[1] ?? "").digest("base64")}'`;
  assert.deepEqual(policy.split("; "), [
    "default-src 'none'", `script-src ${hash(/<script type="module">([^]*?)<\/script>/)} 'wasm-unsafe-eval'`,
    `style-src ${hash(/<style>([^]*?)<\/style>/)}`, "img-src data: blob:", "base-uri 'none'", "form-action 'none'",
    "require-trusted-types-for 'script'", "trusted-types lit-html",
  ]);
  // Within the script the word stands too: in what authors paste.
  const { length } = html.replace(/(<script type="module">)[^]*?<\/script>/, "$1").match(/<script/g) ?? [];
  assert.equal(length, 1);
  assert.doesNotMatch(html.slice(0, html.indexOf("<style>")), /(src|href)="(?!data:)/);
});

test("what a file has not is said: a page that it lacks, and an address that nobody has given it yet", async () => {
  const lacking = await open("?page=evidence", "#table-decode");
  assert.match(await lacking.page.innerText(".notice"), /page=evidence: is none of tables, lesson, lab/);
  alone(lacking);
  await lacking.page.getByRole("contentinfo").getByRole("link", { name: "What a link can carry" }).click();
  const takes = (/** @type {string} */ name) => lacking.page.locator("#table-links tr", { has: lacking.page.locator(`th code:text-is("${name}")`) }).locator("td").first().innerText();
  assert.equal(await takes("page"), "one of tables, lesson, lab, links, authors, instructors");
  assert.equal(await takes("locale"), "one of en");
  await lacking.close();
  const guide = await open("?page=instructors", "crossover-guide h2");
  assert.match(await guide.page.innerText("section[aria-labelledby=guide-link]"), /Replace https:\/\/example\.org\/crossover\/ by/);
  assert.equal(await guide.page.locator("#guide-offline").count(), 0, "nothing is installed from a file");
  alone(guide);
  await guide.close();
});

test("from the disk and without a network the tables, the lesson and the lab compute", async () => {
  const tables = await open("?batch=8", "#table-decode");
  assert.match(await tables.page.innerText("#table-decode"), /5\.19 ms/);
  assert.match(await tables.page.innerText("footer"), /This page is one file/);
  await tables.page.getByRole("navigation").getByRole("link", { name: "The lesson" }).click();
  await tables.page.waitForSelector("#step-10");
  alone(tables);
  await tables.close();

  const lesson = await open("?page=lesson", "#step-10");
  const step = lesson.page.locator("#step-2");
  await step.getByRole("button", { name: "Show me without predicting" }).click();
  const rows = engine.table("decode").rows;
  const itl = Number(rows.find((row) => row["precision"] === "int4")?.["itl_s"] ?? NaN) * 1000;
  assert.ok((await step.innerText()).includes(`${itl.toFixed(2)} ms`), `${itl} ms of INT4`);
  alone(lesson);
  await lesson.close();

  const lab = await open("?page=lab&view=speedup&model=llama-3.1-70b&devices=2&batch=16", "crossover-lab svg.chart");
  const { tokens_per_s } = /** @type {import("../../wasm/engine.js").RooflineResult} */ (engine.evaluate(
    { lens: "roofline", model: "llama-3.1-70b", hardware: "h100-sxm", devices: 2, scheme: "w4a16-g128", batch: 16 }));
  const shown = (await lab.page.innerText(".lab-summary")).replace(/[\s,]/g, "");
  assert.ok(shown.includes(String(Math.round(tokens_per_s))), `${tokens_per_s} in ${shown}`);
  const download = lab.page.waitForEvent("download");
  await lab.page.locator("[data-export=json]").click();
  const saved = JSON.parse(await readFile(await (await download).path(), "utf8"));
  assert.equal(saved.result.tokens_per_s, tokens_per_s);
  alone(lab);
  await lab.close();
});

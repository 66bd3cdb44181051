// What authors paste: the lab's dialog, the pandoc filter on a real document, Quarto's shortcode against a stand-in of its API, and the
// pages of web/integrations/examples as their tools emit them. Quarto, MyST, mdBook, Jupyter Book and PreTeXt are not run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { engine } from "../wasm/engine.mjs";
import { formatNames, framed, snippetFor } from "../../web/embed/snippets.js";
import { axeViolations, openBrowser, root, silent } from "./browser.mjs";
import { authorSite, dist, page } from "./embed-host.mjs";

const integrations = join(root, "web/integrations");
const filter = join(integrations, "quarto/_extensions/crossover/crossover.lua");
/** @param {string[]} args @param {string} input */
const pandoc = (args, input) => execFileSync("pandoc", args, { input, encoding: "utf8" });

/** @type {Awaited<ReturnType<typeof authorSite>>} */
let site;
/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let lab;
before(async () => {
  site = await authorSite({});
  lab = await openBrowser();
});
after(async () => {
  await site.close();
  await lab.close();
});

/** The batch at which the crossover chart says that W4A16 falls below 2x. */
const below2 = engine.crossovers({ scenario: { lens: "roofline", model: "llama-3.1-8b", hardware: "h100-sxm", scheme: "w4a16-g128" }, schemes: ["w4a16-g128"], thresholds: [2] })[0]?.batch;

/** @param {{locator(selector: string): import("playwright-core").Locator}} where */
async function computes(where) {
  await where.locator("crossover-view .view-title").first().waitFor();
  assert.match(await where.locator("crossover-view .view-title").first().innerText(), new RegExp(`less than 2x from batch\\s+${below2}\\b`));
}

test("pandoc with the filter makes a page in which the chart computes and a prediction locks", async () => {
  const chapter = await readFile(join(integrations, "chapter.md"), "utf8");
  await writeFile(join(site.directory, "chapter.html"), pandoc(["-s", "-L", filter, "-t", "html", "-V", "header-includes=<link rel=\"icon\" href=\"data:,\">"], chapter));
  await cp(join(root, "web/icon-192.png"), join(site.directory, "crossover-speedup.png"));
  const opened = await site.visit("chapter.html");
  await computes(opened.page);
  await opened.page.locator("crossover-view").nth(1).scrollIntoViewIfNeeded();
  await opened.page.locator("crossover-view").nth(1).getByRole("button", { name: "Lock my prediction" }).waitFor();
  assert.equal(await opened.page.locator("script[src$='crossover-view.js']").count(), 1, "one script for both");
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("to LaTeX the figure is its picture with a caption, and a link where the site has an address", () => {
  const source = (/** @type {string} */ at) => `---\ncrossover-site: ${at}\n---\n\n::: {.crossover view="crossover" model="llama-3.1-8b" scheme='{"weight_bits":4}' title="T" image="a_b.png"}\nBy 50 % & more.\n:::\n`;
  const latex = pandoc(["-L", filter, "-t", "latex"], source("https://example.org/book"));
  assert.match(latex, /\\begin\{figure\}[^]*\\includegraphics\{a_b\.png\}[^]*\\caption\{By 50 \\% \\& more\.\}/);
  assert.match(latex, /\\url\{https:\/\/example\.org\/book\/embed\.html\?model=llama-3\.1-8b\\&scheme=\\%7B\\%22weight_bits\\%22:4\\%7D\\&view=crossover\}/);
  assert.doesNotMatch(latex, /crossover-view|<script/);
  assert.doesNotMatch(pandoc(["-L", filter, "-t", "latex"], source("crossover")), /\\url/, "a folder is no address");
  assert.match(pandoc(["-L", filter, "-t", "latex"], "::: {.crossover view=decode title=\"Only a title\"}\n:::\n"), /Only a title/);
});

test("what an author writes into an attribute stays an attribute", async () => {
  const html = pandoc(["-L", filter, "-t", "html"], `::: {.crossover view="x\\"><script>alert(1)</script>" onclick-x="1" title="<b>&'" image="\\"onerror=alert(1)"}\n:::\n\n::: {.other view="1"}\n:::\n`);
  assert.doesNotMatch(html, /<script>|<b>|"onerror/);
  assert.doesNotMatch(html, /onclick-x/, "what is no name of a parameter is left out");
  assert.match(html, /<div class="other"/);
});

test("Quarto's shortcode asks for the element's files as a dependency, or for the site where there are none (against a stand-in of its API)", async () => {
  const folder = await mkdtemp(join(tmpdir(), "crossover-quarto-"));
  await cp(join(integrations, "quarto/_extensions/crossover"), folder, { recursive: true });
  await writeFile(join(folder, "harness.lua"), `
    local asked = {}
    quarto = { utils = { resolve_path = function(name) return "${folder}/" .. name end }, doc = { add_html_dependency = function(one) asked[#asked + 1] = one end } }
    local shortcode = dofile("${folder}/shortcode.lua").crossover
    return {{ Pandoc = function(doc)
      local named = { view = "crossover", height = { pandoc.Str("520") }, caption = { pandoc.Str("C") }, image = { pandoc.Str("a.png") } }
      local blocks = shortcode({}, named, doc.meta)
      for _, one in ipairs(asked) do
        blocks[#blocks + 1] = pandoc.Para({ pandoc.Str("asked " .. one.name .. " " .. one.scripts[1].path .. " " .. one.scripts[1].attribs.type) })
        for _, file in ipairs(one.resources) do blocks[#blocks + 1] = pandoc.Para({ pandoc.Str(file.name .. "=" .. file.path) }) end
      end
      return pandoc.Pandoc(blocks, doc.meta)
    end }}`);
  const run = (/** @type {string} */ to, site = "https://example.org/c/") => pandoc(["-L", join(folder, "harness.lua"), "-t", to], `---\ncrossover-site: ${site}\n---\n`);
  assert.match(run("html"), /<script type="module" src="https:\/\/example\.org\/c\/crossover-view\.js"><\/script>\s*<crossover-view height="520" view="crossover">/);
  assert.match(run("html", '""'), /src="crossover\/crossover-view\.js"/, "what is not set is an empty list in earlier versions: the usual folder");
  execFileSync(process.execPath, [join(integrations, "quarto/assets.mjs"), `--dist=${dist}`, `--extension=${folder}`]);
  const bundled = run("html");
  assert.doesNotMatch(bundled, /<script/);
  assert.match(bundled, /asked crossover assets\/crossover-view\.js module/);
  const files = (await readdir(join(folder, "assets"), { recursive: true })).filter((name) => /\.(js|wasm)$/.test(name) && name !== "crossover-view.js");
  assert.ok(files.some((name) => name.endsWith(".wasm")));
  for (const file of files) assert.ok(bundled.includes(`${file}=assets/${file}`), file);
  assert.match(run("latex"), /\\includegraphics\{a\.png\}[^]*\\caption\{C\}[^]*embed\.html\?view=crossover/);
  await rm(folder, { recursive: true });
});

test("the page of each tool in web/integrations/examples computes, in its theme", async () => {
  const names = (await readdir(join(integrations, "examples"))).filter((name) => name.endsWith(".html"));
  assert.ok(names.length >= 5);
  for (const name of names) {
    await cp(join(integrations, "examples", name), join(site.directory, name));
    const opened = await site.visit(name);
    const framed = !(await opened.page.locator("crossover-view").count());
    await computes(framed ? opened.page.frameLocator("iframe") : opened.page);
    if (/mdbook|jupyter/.test(name)) assert.equal(await opened.page.locator("crossover-view .embed").getAttribute("data-theme"), "dark", name);
    if (name === "mdbook.html") assert.equal(await opened.page.locator("crossover-view .embed").evaluate((found) => getComputedStyle(found).fontSize), "16px");
    assert.deepEqual([opened.messages, opened.errors], [[], []], name);
    await opened.close();
  }
});

test("the lab's dialog gives what each tool takes; pasted into a page it shows what the lab showed", async () => {
  const opened = await lab.open("?page=lab&model=llama-3.1-8b&hardware=a100-80gb&batch=8", { ready: "crossover-lab .view" });
  const { page: it } = opened;
  const title = await it.innerText("#lab-panel .view-title");
  await it.click('[data-embed="open"]');
  await it.waitForSelector("dialog[open]");
  assert.deepEqual(await axeViolations(it), []);
  await it.fill('dialog input[name="given_title"]', `A "title" <b> & more`);
  await it.fill('dialog input[name="width"]', "700");
  await it.fill('dialog input[name="height"]', "12px; position: fixed");
  /** @type {Record<string, string>} */
  const snippets = {};
  for (const name of formatNames) {
    await it.selectOption('dialog select[name="format"]', name);
    snippets[name] = await it.inputValue("dialog textarea");
    assert.match(snippets[name] ?? "", /a100-80gb/, name);
    assert.match(snippets[name] ?? "", /batch=("?)8/, name);
  }
  assert.doesNotMatch(Object.values(snippets).join(), /fixed/);
  const [saved] = await Promise.all([it.waitForEvent("download"), it.click('[data-embed="png"]')]);
  assert.match(await it.inputValue("dialog textarea"), new RegExp(`source="${saved.suggestedFilename()}"`), "the picture is named as it was saved");
  await it.keyboard.press("Escape");
  assert.equal(await it.locator("dialog[open]").count(), 0);
  silent(opened);
  await opened.close();

  const here = (/** @type {string} */ text) => text.replaceAll(`${lab.origin}/`, "crossover/");
  await writeFile(join(site.directory, "html.html"), page(here(snippets["html"] ?? "")));
  await writeFile(join(site.directory, "iframe.html"), page(here(snippets["iframe"] ?? "")));
  await writeFile(join(site.directory, "pandoc.html"), pandoc(["-L", filter, "-t", "html", "-s", "-M", "title=T", "-V", "header-includes=<link rel=\"icon\" href=\"data:,\">"], snippets["pandoc"] ?? ""));
  for (const name of ["html", "iframe", "pandoc"]) {
    const pasted = await site.visit(`${name}.html`);
    const where = name === "iframe" ? pasted.page.frameLocator("iframe") : pasted.page;
    assert.equal((await where.locator("crossover-view .view-title").innerText()).replace(/\s+/g, " "), title.replace(/\s+/g, " "), name);
    assert.deepEqual(pasted.errors, [], name);
    await pasted.close();
  }
});

/** @param {import("playwright-core").Page} it */
async function openDialog(it) {
  await it.click('[data-embed="open"]');
  await it.waitForSelector("dialog[open]");
}

test("an element has the lab's language or another; a frame, which has English alone, is offered none and asked for none", async () => {
  const opened = await lab.open("?page=lab&view=latency&locale=es", { ready: "crossover-lab .view" });
  const { page: it } = opened;
  await openDialog(it);
  const snippet = () => it.inputValue("dialog textarea");
  assert.match(await snippet(), / locale="es"/, "as the figure has it");
  await it.selectOption('dialog select[name="locale"]', "en");
  assert.match(await snippet(), / locale="en"/);
  await it.selectOption('dialog select[name="locale"]', "zh");
  assert.match(await snippet(), / locale="zh"/);
  for (const name of framed) {
    await it.selectOption('dialog select[name="format"]', name);
    assert.equal(await it.locator('dialog select[name="locale"]').count(), 0, name);
    assert.match(await it.innerText("dialog"), /El marco solo habla inglés/, name);
    assert.match(await snippet(), /embed\.html\?view=latency["\n]/, name);
  }
  silent(opened);
  await opened.close();
  const latex = pandoc(["-L", filter, "-t", "latex"], '---\ncrossover-site: https://example.org/\n---\n\n::: {.crossover view="latency" locale="es"}\n:::\n');
  assert.match(latex, /embed\.html\?view=latency\}/);
});

test("the dialog offers a picture where there is one, and says within itself what became of it and of the text", async () => {
  const opened = await lab.open("?page=lab&view=advisor", { ready: "crossover-lab .view", width: 1366, height: 768 });
  const { page: it } = opened;
  await it.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openDialog(it);
  assert.deepEqual(await it.locator("dialog .actions button").evaluateAll((all) => all.map((one) => /** @type {HTMLElement} */ (one).dataset["embed"])), ["copy", "close"]);
  assert.doesNotMatch(await it.innerText("dialog"), /picture/);
  await it.keyboard.press("Escape");
  await it.click("#lab-tab-memory");
  const said = it.locator("dialog [role=status]");
  const inSight = () => said.evaluate((one) => {
    const [line, edge] = [one.getBoundingClientRect(), /** @type {Element} */ (one.closest("dialog")).getBoundingClientRect()];
    return line.height > 0 && line.top >= edge.top && line.bottom <= edge.bottom && edge.bottom <= innerHeight;
  });
  for (const height of [768, 900]) {
    await it.setViewportSize({ width: 1366, height });
    await openDialog(it);
    for (const way of ["svg", "png"]) {
      const [saved] = await Promise.all([it.waitForEvent("download"), it.click(`dialog [data-embed="${way}"]`)]);
      await it.waitForFunction((text) => document.querySelector("dialog [role=status]")?.textContent === text, `${saved.suggestedFilename()} saved.`);
      assert.match(await it.inputValue("dialog textarea"), new RegExp(`<img src="${saved.suggestedFilename()}"`));
      assert.ok(await inSight(), `${way}, ${height}`);
    }
    await it.click('dialog [data-embed="copy"]');
    await it.waitForFunction(() => document.querySelector("dialog [role=status]")?.textContent === "Copied.");
    assert.ok(await inSight(), `copied, ${height}`);
    await it.keyboard.press("Escape");
  }
  await it.click("#lab-tab-roofline");
  await openDialog(it);
  assert.doesNotMatch(await it.inputValue("dialog textarea"), /<img/, "a picture of another view is not this one's");
  await it.keyboard.press("Escape");
  await it.evaluate(() => { HTMLCanvasElement.prototype.toBlob = () => { throw new Error("no canvas"); }; HTMLCanvasElement.prototype.getContext = () => null; });
  await openDialog(it);
  await it.click('dialog [data-embed="png"]');
  await it.waitForFunction(() => /did not work/.test(document.querySelector("dialog [role=status]")?.textContent ?? ""));
  assert.doesNotMatch(await it.inputValue("dialog textarea"), /<img/, "what was not saved is not named");
  silent(opened);
  await opened.close();
});

test("a snippet escapes what stands in it, for every tool", () => {
  const given = { site: "https://example.org/", parameters: { view: "crossover", scheme: '{"weight_bits":4}' }, title: '</script><img src=x onerror="1">', width: "", height: "", image: "a.png" };
  for (const name of ["html", "iframe", "mdbook", "pretext"]) assert.doesNotMatch(snippetFor(name, given), /<\/script><img|<img src=x/, name);
  assert.match(snippetFor("iframe", given), /scheme=%7B%22weight_bits%22%3A4%7D/);
  assert.match(snippetFor("quarto", given), /scheme='\{"weight_bits":4\}'/);
});

test("mdBook's snippet is a block of HTML to a reader of CommonMark, with the picture in the element and no paragraph around it", () => {
  const given = { site: "https://example.org/", parameters: { view: "crossover" }, title: "A *b* _c_ & d", width: "", height: "", image: "a_b_c.png" };
  const html = pandoc(["-f", "commonmark", "-t", "html"], `Before.\n\n${snippetFor("mdbook", given)}\n\nAfter.\n`);
  assert.match(html, /<script type="module" src="https:\/\/example\.org\/crossover-view\.js"><\/script>\s*<div><crossover-view view="crossover" label="A \*b\* _c_ &amp; d"><img src="a_b_c\.png"[^>]*><\/crossover-view><\/div>/);
  assert.doesNotMatch(html, /<p>\s*<(script|crossover-view|div)/);
});

test("MyST and PreTeXt get the title once as a caption, and once plain for the frame", () => {
  const given = { site: "https://example.org/", parameters: { view: "crossover" }, title: "A *b* & c", width: "", height: "", image: "a.png" };
  assert.equal(snippetFor("myst", given), "```{iframe} https://example.org/embed.html?view=crossover\n:width: 100%\n:title: A *b* & c\n:placeholder: a.png\nA \\*b\\* & c\n```");
  assert.match(snippetFor("pretext", given), /<caption>A \*b\* &amp; c<\/caption>\s*<interactive iframe="https:\/\/example\.org\/embed\.html\?view=crossover" width="100%" aspect="720:520">\s*<shortdescription>A \*b\* &amp; c<\/shortdescription>\s*<static><image source="a\.png"\/><\/static>/);
});

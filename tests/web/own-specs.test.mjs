// Records of one's own in the built page: by form, as JSON, from a configuration; in the link, refused, and taken away again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeViolations, openBrowser, silent } from "./browser.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => (browser = await openBrowser()));
after(() => browser.close());

/**
 * @param {string} [search]
 * @param {import("./browser.mjs").OpenOptions} [options]
 */
const open = (search = "", options = {}) => browser.open(`?page=lab${search}`, { ready: "crossover-lab .view", ...options });

test("a button that asks for a file shows that it has the keyboard's focus", async () => {
  const { page, close } = await open();
  for (const tool of ["own", "import"]) {
    await page.click(`[data-tool="${tool}"] > summary`);
    const button = page.locator(`[data-tool="${tool}"] .button`);
    const outline = () => button.evaluate((label) => getComputedStyle(label).outlineStyle);
    assert.equal(await outline(), "none");
    await page.locator(`[data-tool="${tool}"] input[type="file"]`).focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.equal(await outline(), "solid");
  }
  await close();
});

test("a device of one's own starts from the library's, says what is wrong at the field, and travels in the link", async () => {
  const opened = await open();
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.click('[data-tool="own"] input[name="from"]');
  await page.fill('[data-tool="own"] input[name="from"]', "H200");
  await page.keyboard.press("Enter");
  const bandwidth = '[id$="-memory_bandwidth_bytes_per_s"]';
  await page.fill(bandwidth, "-1");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible(`${bandwidth} ~ .error`), "the refusal stands at the bandwidth");
  assert.deepEqual(await axeViolations(page), []);
  await page.fill(bandwidth, "9.6e12");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.equal(await page.$eval('input[name="hardware"]', (input) => /** @type {HTMLInputElement} */ (input).value.startsWith("My ")), true);
  await page.waitForFunction(() => location.search.includes("own="));
  const shown = await page.textContent("#lab-panel .view-about");
  const again = await browser.open(new URL(page.url()).search, { ready: "crossover-lab .view" });
  assert.equal(await again.page.textContent("#lab-panel .view-about"), shown);
  silent(again);
  await again.close();
  silent(opened);
  await opened.close();
});

test("a record as JSON: no JSON is said at once, a good one is taken", async () => {
  const opened = await open();
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.selectOption('[data-tool="own"] select', "scheme");
  await page.click('[data-tool="own"] input[name="from"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.click('[data-tool="own"] button:has-text("JSON")');
  await page.fill('[data-tool="own"] textarea', "{ no");
  assert.ok(((await page.textContent('[data-tool="own"] [role="alert"].no-fit')) ?? "").length > 5);
  await page.fill('[data-tool="own"] textarea', JSON.stringify({ id: "w5a16", name: "Five bits", weight_bits: 5, act_format: "fp16", source: "definition" }));
  await page.click('[data-tool="own"] .primary');
  await page.waitForFunction(() => new URLSearchParams(location.search).get("scheme") === "w5a16");
  silent(opened);
  await opened.close();
});

test("of a file with several records, what is refused is said beside what is added", async () => {
  const opened = await open();
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  const records = [{ kind: "hardware", spec: { id: "bad-one" } }, { kind: "scheme", spec: { id: "good-one", weight_bits: 4, act_format: "fp16" } }];
  await page.setInputFiles('[data-tool="own"] input[type="file"]', { name: "own.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(records)) });
  const said = page.locator('[data-tool="own"] p[role="status"]');
  await said.filter({ hasText: "good-one" }).waitFor();
  assert.match(await said.innerText(), /^bad-one: memory_capacity_bytes .* · good-one is added/);
  await opened.close();
});

test("a scheme of one's own may end as the cache's bits do, and an id is read in letters of either case", async () => {
  const own = encodeURIComponent(JSON.stringify([{ kind: "scheme", spec: { id: "mine-kv4", weight_bits: 4, group_size: 128, act_format: "fp16" } }]));
  for (const scheme of ["mine-kv4", "mine-kv4-kv8"]) {
    const opened = await open(`&hardware=H100-sxm&scheme=${scheme}&own=${own}`);
    const { page } = opened;
    assert.equal(await page.locator("main > .notice").count(), 0);
    assert.match(await page.innerText("#lab-panel .view-title"), /^MINE/);
    assert.match(await page.innerText("#lab-panel .view-about"), /NVIDIA H100 SXM/);
    if (scheme === "mine-kv4") {
      await page.click('[data-tool="own"] > summary');
      await page.click('[data-tool="own"] ul button');
      await page.waitForFunction(() => !new URLSearchParams(location.search).has("scheme"));
    }
    silent(opened);
    await opened.close();
  }
});

test("a link whose records are refused is explained in the page, which still works", async () => {
  const opened = await open(`&own=${encodeURIComponent('[{"kind":"hardware","spec":{"id":"broken","name":"Broken"}}]')}`);
  assert.match((await opened.page.textContent(".notice")) ?? "", /own=/);
  assert.ok(await opened.page.$("#lab-panel svg.chart"));
  silent(opened);
  await opened.close();
});

test("a pasted Hugging Face configuration becomes the model of the scenario", async () => {
  const opened = await open();
  const { page } = opened;
  const config = {
    architectures: ["LlamaForCausalLM"], model_type: "llama", hidden_size: 2048, intermediate_size: 5632, num_hidden_layers: 22,
    num_attention_heads: 32, num_key_value_heads: 4, vocab_size: 32000, max_position_embeddings: 2048, tie_word_embeddings: false, torch_dtype: "bfloat16", _name_or_path: "me/my-llama",
  };
  await page.click('[data-tool="import"] > summary');
  await page.fill('[data-tool="import"] textarea', "not json");
  await page.click('[data-tool="import"] .primary');
  assert.ok(await page.isVisible('[data-tool="import"] .error'));
  await page.fill('[data-tool="import"] textarea', JSON.stringify(config));
  await page.click('[data-tool="import"] .primary');
  await page.waitForSelector('[data-tool="import"] [role="status"]');
  await page.waitForFunction(() => location.search.includes("own=") && location.search.includes("model="));
  assert.ok(await page.$("#lab-panel svg.chart"));
  assert.deepEqual(await axeViolations(page), []);
  silent(opened);
  await opened.close();
});

test("another configuration of the same name is another model", async () => {
  const opened = await open();
  const { page } = opened;
  const config = { architectures: ["LlamaForCausalLM"], model_type: "llama", hidden_size: 2048, intermediate_size: 5632, num_hidden_layers: 32, num_attention_heads: 32, vocab_size: 32000, _name_or_path: "acme/tiny" };
  await page.click('[data-tool="import"] > summary');
  const used = async (/** @type {number} */ layers) => {
    await page.fill('[data-tool="import"] textarea', JSON.stringify({ ...config, num_hidden_layers: layers }));
    await page.click('[data-tool="import"] .primary');
    return [await page.inputValue('input[name="model"]'), await page.innerText('[data-tool="import"] [role="status"]'), await page.innerText(".lab-summary dd >> nth=0")];
  };
  const [first, second, again] = [await used(32), await used(8), await used(32)];
  assert.notEqual(second[0], first[0]);
  assert.notEqual(second[2], first[2], "the step of eight layers is another");
  assert.ok(second[1]?.includes(String(second[0])), `${second[1]} names ${second[0]}`);
  assert.deepEqual(again, first);
  silent(opened);
  await opened.close();
});

test("an own kernel starts from one of its kind, its lists are fields, and removing it falls back and says so", async () => {
  const opened = await open("&hardware=a100-80gb&batch=16");
  const { page } = opened;
  await page.click('[data-tool="own"] > summary');
  await page.selectOption('[data-tool="own"] select', "kernel");
  await page.fill('[data-tool="own"] input[name="from"]', "Marlin");
  await page.keyboard.press("Enter");
  assert.equal(await page.$('[id*="-fit"]'), null, "how well the library's was fitted says nothing of one's own");
  const groups = '[id$="-group_sizes"]';
  assert.equal(await page.inputValue(groups), "0, 32, 64, 128");
  await page.fill(groups, "0, many");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible(`${groups} ~ .error`), "the refusal of an item stands at its list");
  await page.fill(groups, "0, 128");
  await page.fill('[id$="].softness"]', "-1");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  assert.ok(await page.isVisible('[id$="].softness"] ~ .error'));
  await page.fill('[id$="].softness"]', "4");
  await page.keyboard.press("Tab");
  await page.click('[data-tool="own"] .primary');
  await page.waitForFunction(() => new URLSearchParams(location.search).get("kernel") === "my-marlin");
  assert.deepEqual(await axeViolations(page), []);
  await page.click('[data-tool="own"] button:has-text("remove")');
  await page.waitForFunction(() => !location.search.includes("my-marlin"));
  assert.equal(await page.$("main > .notice"), null, "the reader took it away, no link is at fault");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("name")), "kind");
  assert.equal(await page.$('[data-tool="own"] button:has-text("remove")'), null);
  assert.match((await page.textContent('[data-tool="own"] [role="status"]:not(.quiet)')) ?? "", /is removed; .* is used instead/);
  assert.ok(await page.$("#lab-panel svg.chart"));
  silent(opened);
  await opened.close();
});

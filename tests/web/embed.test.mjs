// <crossover-view> in an author's page, in Chromium: what it shows is the engine's own answer, asked for here through the facade.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { engine } from "../wasm/engine.mjs";
import { embedViews } from "../../web/embed/views.js";
import { axeViolations, serve, silent, unseen } from "./browser.mjs";
import { authorSite, dist, page, script } from "./embed-host.mjs";

const budget = 200_000;
const far = `<div id="far" style="height: 4000px"></div>`;
/** @param {string} view @param {string} [more] */
const tag = (view, more = "") => `<crossover-view view="${view}" ${more}></crossover-view>`;
const names = Object.keys(embedViews);

/** @type {Awaited<ReturnType<typeof authorSite>>} */
let site;
/** @type {Awaited<ReturnType<typeof serve>>} */
let elsewhere;
before(async () => {
  elsewhere = await serve(dist, { "access-control-allow-origin": "*" });
  site = await authorSite({
    "one.html": page(script + tag("decode", `model="llama-3.1-70b" hardware="a100-80gb" context="4096"`)),
    "lazy.html": page(`${script}<p>Text.</p>${far}${tag("crossover")}`),
    "waiting.html": page(`${script}${far}<crossover-view view="crossover">
</crossover-view><crossover-view view="decode"><p>A picture</p></crossover-view>`),
    "three.html": page(script + tag("decode") + tag("bytes") + tag("crossover", `controls="open"`)),
    "all.html": page(script + names.map((name) => tag(name, `id="${name}" loading="eager"`)).join("")),
    "predict.html": page(script + tag("predict-decode") + tag("exercise-larger")),
    "chart.html": page(script + tag("crossover", `model="llama-3.1-8b" hardware="h100-sxm" label="When INT4 stops paying" height="520" width="700"`)),
    "own.html": page(script
      + tag("decode", `own='[{"kind":"hardware","spec":{"id":"own-device"}}]'`) + tag("decode", `batch="1e99" theme="purple" model="<img src=x onerror=alert(1)>"`)
      + tag("no-such-view") + tag("constructor") + tag("decode", `model="no-such-model"`) + tag("crossover", `schemes="w9,int4"`) + tag("explain", `scheme='{"weight_bits":"x"}'`)),
    "strict.html": page(script + tag("crossover", `height="300"`), {
      head: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:">`,
    }),
    "trusted.html": page(`${script}${tag("decode")}<p id="theirs"></p>`, {
      head: `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types lit-html">`,
    }),
    "blocked.html": page(script + tag("decode"), {
      head: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:">`,
    }),
    "cross.html": page(`<script type="module" src="${elsewhere.origin}/crossover-view.js"></script>${tag("decode")}`),
    "styled.html": page(script + tag("bytes"), {
      head: `<style>html { font-size: 62.5% } body { font-size: 2.4rem } * { color: red; text-transform: uppercase } table, td { display: none } button { all: unset }</style>`,
    }),
  });
});
after(async () => {
  await site.close();
  await elsewhere.close();
});

/** @param {import("playwright-core").Page} opened @param {string} [view] */
const ready = (opened, view) => opened.locator(`crossover-view .embed${view ? `[data-view="${view}"]` : ""} .embed-foot`).first().waitFor();

/** @param {import("playwright-core").Locator} table */
const cells = (table) => table.evaluate((found) => [...found.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => /** @type {HTMLElement} */ (cell).innerText.trim())));

test("a table in an author's page holds the engine's numbers for the model, device and context of its attributes", async () => {
  const opened = await site.visit("one.html");
  await ready(opened.page);
  const rows = engine.table("decode", { model: "llama-3.1-70b", hardware: "a100-80gb", context: 4096, calibration: "tutorial-2026-05" }).rows;
  const shown = await cells(opened.page.locator("crossover-view table"));
  const time = (/** @type {number} */ seconds) => `${(seconds * 1000).toFixed(2)} ms`;
  assert.deepEqual(shown.slice(1).map((row) => row[1]), rows.map((row) => time(Number(row["itl_s"]))));
  assert.match(await opened.page.locator("crossover-view figcaption").innerText(), /70B.*A100.*4,096/s);
  silent(opened);
  await opened.close();
});

test("until it is near, an element says that it waits, though a line break stands in it; or shows what its author put there", async () => {
  const opened = await site.visit("waiting.html");
  const [empty, filled] = [opened.page.locator("crossover-view").first(), opened.page.locator("crossover-view").last()];
  await empty.locator(".embed").waitFor({ state: "attached" });
  assert.ok(Number(await empty.locator(".waiting").evaluate((text) => text.getBoundingClientRect().height)) > 0);
  assert.equal(await filled.locator(".waiting").count(), 0);
  assert.ok(Number(await filled.locator("p", { hasText: "A picture" }).evaluate((text) => text.getBoundingClientRect().height)) > 0);
  await opened.close();
});

test("nothing but the element's own script is asked for before it is near the viewport", async () => {
  const opened = await site.visit("lazy.html");
  await opened.page.waitForFunction(() => customElements.get("crossover-view"));
  await opened.page.waitForTimeout(300);
  assert.deepEqual(opened.requests.filter((url) => /\.wasm|charts/.test(url)), []);
  await opened.page.locator("crossover-view").scrollIntoViewIfNeeded();
  await opened.page.locator("crossover-view svg.chart").waitFor();
  assert.equal(opened.requests.filter((url) => /crossover-page-\w+\.wasm$/.test(url)).length, 1);
  silent(opened);
  await opened.close();
});

test("on paper a figure that was not reached is its author's picture or says what to do, and is there for the next printing", async () => {
  const opened = await site.visit("waiting.html");
  const { page: it } = opened;
  await it.locator("crossover-view .embed").first().waitFor({ state: "attached" });
  await it.evaluate(() => addEventListener("beforeprint", () => {
    /** @type {any} */ (globalThis).paper = [...document.querySelectorAll("crossover-view")].map((one) => /** @type {HTMLElement} */ (one.shadowRoot?.querySelector(".embed")).innerText);
  }));
  const paper = async () => {
    await it.pdf();
    return /** @type {string[]} */ (await it.evaluate(() => /** @type {any} */ (globalThis).paper));
  };
  const [empty = "", filled = ""] = await paper();
  assert.match(empty, /print the page once more/);
  assert.doesNotMatch(empty + filled, /Computing/);
  for (const view of ["crossover", "decode"]) await ready(it, view);
  const [chart = "", table = ""] = await paper();
  assert.match(chart, /less than 2x/);
  assert.match(table, /One token at a time/);
  silent(opened);
  await opened.close();
});

test("attributes that change while it computes, with files that come in any order, end in the last state", async () => {
  const delays = [900, 100, 500, 0, 700, 300];
  let asked = 0;
  const opened = await site.visit("lazy.html", {
    before: (it) => it.route("**/chunks/**", async (route) => {
      await new Promise((done) => setTimeout(done, delays[asked++ % delays.length]));
      await route.continue();
    }),
  });
  const { page: it } = opened;
  await it.waitForFunction(() => customElements.get("crossover-view"));
  const set = (/** @type {Record<string, string>} */ attributes) => it.locator("crossover-view").evaluate((view, given) => {
    for (const [name, value] of Object.entries(given)) view.setAttribute(name, value);
  }, attributes);
  const view = it.locator("crossover-view");
  await view.evaluate((one) => one.scrollIntoView());
  for (const [last, steps] of /** @type {[{view: string, lang: string, theme: string, about: RegExp}, Record<string, string>[]][]} */ ([
    [{ view: "decode", lang: "es", theme: "dark", about: /A100/ },
      [{ view: "advisor", locale: "zh" }, { view: "predict-decode", locale: "ar", theme: "light" }, { locale: "en", view: "roofline" }, { view: "decode", locale: "es", theme: "dark", hardware: "a100-80gb" }]],
    [{ view: "explain", lang: "ar", theme: "light", about: /./ },
      [{ view: "energy", locale: "zh" }, { view: "explain", locale: "es" }, { view: "exercise-larger", locale: "en", theme: "dark" }, { view: "explain", locale: "ar", theme: "light" }]],
    [{ view: "latency", lang: "en", theme: "dark", about: /A100/ }, [{ view: "accuracy", locale: "zh" }, { view: "latency", locale: "es" }, { locale: "en", theme: "dark" }]],
  ])) {
    for (const step of steps) {
      await set(step);
      await it.waitForTimeout(120);
    }
    await it.waitForLoadState("networkidle");
    await view.locator(`.embed[data-view="${last.view}"][lang="${last.lang}"][data-theme="${last.theme}"] .embed-foot`).waitFor();
    await it.waitForTimeout(1000);
    assert.equal(await view.locator(`.embed[data-view="${last.view}"][lang="${last.lang}"][data-theme="${last.theme}"] .embed-foot`).count(), 1, last.view);
    assert.equal(await view.locator(".notice").count(), 0);
    assert.match(await view.locator(".embed").innerText(), last.about);
    const element = { decode: "crossover-decode", explain: "crossover-explain", latency: "crossover-view-latency" }[last.view];
    assert.equal(await view.locator(String(element)).count(), 1, `${last.view} is what is drawn`);
  }
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("several on one page share one engine", async () => {
  const opened = await site.visit("three.html", { height: 4000 });
  for (const view of ["decode", "bytes", "crossover"]) await ready(opened.page, view);
  assert.deepEqual(opened.requests.filter((url) => url.endsWith(".wasm")).map((url) => /crossover-page/.test(url)), [true]);
  assert.deepEqual(await axeViolations(opened.page), []);
  silent(opened);
  await opened.close();
});

test("every view computes, and says nothing in the console", async () => {
  const opened = await site.visit("all.html");
  for (const name of names) {
    const view = opened.page.locator(`crossover-view#${name}`);
    await view.locator(".embed-foot").waitFor({ state: "attached" });
    assert.equal(await view.locator(".notice").count() === 0 || name === "accuracy", true, `${name}: ${await view.locator(".notice").allInnerTexts()}`);
    const text = await view.locator(".embed").innerText();
    assert.doesNotMatch(text, /\{\w+\}|\b(undefined|NaN|null|Infinity|\[object)\b/, name);
    assert.doesNotMatch(text, /\b(page|tables?|lesson|param|control|problem|views|lab|charts|embed)\.[a-z_0-9]+(\.[a-z_0-9]+)*\b/, name);
  }
  silent(opened);
  await opened.close();
});

test("one element costs at most 200 KB over the wire, whatever it shows", async (context) => {
  /** @type {Record<string, number>} */
  const costs = {};
  /** @type {Map<string, Promise<number>>} views share most of their files */
  const sizes = new Map();
  const compressed = (/** @type {string} */ file) => {
    const known = sizes.get(file) ?? readFile(join(dist, file)).then((bytes) => brotliCompressSync(bytes).length);
    sizes.set(file, known);
    return known;
  };
  for (const name of names) {
    const opened = await site.visit("lazy.html");
    await opened.page.evaluate((view) => {
      const element = /** @type {any} */ (document.querySelector("crossover-view"));
      element.view = view;
      element.scrollIntoView();
    }, name);
    await ready(opened.page, name);
    const files = [...new Set(opened.requests.filter((url) => url.includes("/crossover/")).map((url) => new URL(url).pathname.replace("/crossover/", "")))];
    assert.ok(files.length > 3, files.join(" "));
    costs[name] = 0;
    for (const file of files) costs[name] += await compressed(file);
    await opened.close();
  }
  for (const name of names) {
    context.diagnostic(`${name}: ${costs[name]} bytes`);
    assert.ok((costs[name] ?? Infinity) <= budget, `${name} costs ${costs[name]} bytes`);
  }
});

test("a prediction locks before the answer is shown, and the exercise's answer waits for a try", async () => {
  const opened = await site.visit("predict.html");
  const { page: it } = opened;
  await ready(it, "predict-decode");
  assert.equal(await it.locator(".reveal").count(), 0);
  await it.getByRole("textbox", { name: /INT8/ }).fill("2");
  await it.getByRole("textbox", { name: /INT4/ }).fill("4");
  await it.getByRole("button", { name: "Lock my prediction" }).click();
  const int4 = engine.table("decode").rows.find((row) => row["precision"] === "int4");
  assert.match(await it.locator(`[data-question="decode.int4"] .answer`).innerText(), new RegExp(`${Number(int4?.["speedup"]).toFixed(1)}x`));
  await it.locator("crossover-view").nth(1).scrollIntoViewIfNeeded();
  await ready(it, "exercise-larger");
  const answer = it.getByRole("button", { name: "The answer" });
  assert.ok(await answer.isDisabled());
  await it.getByRole("button", { name: "Check" }).click();
  assert.ok(await answer.isDisabled(), "an empty answer is no try");
  await it.locator("crossover-exercise").getByRole("textbox").fill("9");
  await it.getByRole("button", { name: "Check" }).click();
  assert.ok(await answer.isEnabled());
  silent(opened);
  await opened.close();
});

test("attributes, properties and the reader change one state; only the reader's change is an event", async () => {
  const opened = await site.visit("chart.html");
  const { page: it } = opened;
  await ready(it);
  const view = it.locator("crossover-view");
  assert.match(await view.getByRole("region", { name: "When INT4 stops paying" }).locator(".embed-name").innerText(), /stops paying/);
  await view.evaluate((/** @type {any} */ element) => {
    /** @type {any} */ (globalThis).heard = [];
    element.addEventListener("change", (/** @type {CustomEvent} */ event) => /** @type {any} */ (globalThis).heard.push(event.detail));
    element.batch = 16;
    element.setAttribute("hardware", "a100-80gb");
  });
  assert.match(await view.locator(".view-about").innerText(), /A100/);
  assert.deepEqual(await view.evaluate((/** @type {any} */ element) => [element.batch, element.hardware, element.view]), [16, "a100-80gb", "crossover"]);
  assert.deepEqual(await it.evaluate(() => /** @type {any} */ (globalThis).heard), []);
  await view.getByText("Change the inputs").click();
  const slider = view.getByRole("slider", { name: /Batch/ }).first();
  await slider.focus();
  await slider.press("Home");
  const heard = await it.evaluate(() => /** @type {any} */ (globalThis).heard);
  assert.equal(heard.length, 1);
  assert.equal(heard[0].parameters.hardware, "a100-80gb");
  assert.equal(heard[0].parameters.batch, undefined, "1 is the default");
  const link = new URL(String(await view.getByRole("link", { name: "Open in the lab" }).getAttribute("href")));
  assert.equal(link.pathname, "/crossover/");
  assert.deepEqual(Object.fromEntries(link.searchParams), { page: "lab", view: "speedup", hardware: "a100-80gb" });
  await view.evaluate((element) => element.removeAttribute("hardware"));
  assert.match(await view.locator(".view-about").innerText(), /H100/);
  silent(opened);
  await opened.close();
});

test("with the keyboard alone a reader opens the inputs, walks the chart and reaches the lab's link", async () => {
  const opened = await site.visit("chart.html");
  const { page: it } = opened;
  await ready(it);
  /** @type {string[]} */
  const reached = [];
  const walk = async () => {
    await it.keyboard.press("Tab");
    reached.push(await it.evaluate(() => {
      const focused = document.activeElement?.shadowRoot?.activeElement;
      return `${focused?.localName ?? ""} ${focused?.getAttribute("role") ?? ""}`.trim();
    }));
  };
  await walk();
  await it.keyboard.press("Enter");
  await it.locator("crossover-lab-inputs .fields").first().waitFor();
  for (let i = 0; i < 30 && !reached.includes("a"); i++) await walk();
  assert.equal(reached[0], "summary");
  assert.ok(reached.includes("input combobox") && reached.includes("g slider") && reached.includes("a"), reached.join(", "));
  await opened.close();
});

test("what a host gives wrongly is explained in the element, and nothing throws", async () => {
  const opened = await site.visit("own.html", { height: 9000 });
  const { page: it } = opened;
  await it.waitForFunction(() => [...document.querySelectorAll("crossover-view")].every((view) => view.shadowRoot?.querySelector(".embed-foot")));
  const notices = await it.locator("crossover-view").evaluateAll((all) => all.map((view) => /** @type {HTMLElement} */ (view.shadowRoot?.querySelector(".notice"))?.innerText ?? ""));
  for (const [index, pattern] of [/own=.*refused/s, /batch=1e99[^]*theme=purple[^]*model=<img/, /no-such-view.*crossover/s, /constructor/, /no-such-model.*not in the library/s].entries()) {
    assert.match(notices[index] ?? "", pattern, String(index));
  }
  await it.evaluate(() => {
    const view = /** @type {any} */ (document.querySelector("crossover-view"));
    for (const wrong of [Symbol("x"), {}, [], () => 1, NaN, true, { toString() { throw new Error("no"); } }, "\u0000", "x".repeat(1e6)]) {
      view.batch = wrong;
      view.model = wrong;
      view.compare = wrong;
    }
    for (const name of ["scheme", "own", "view", "schemes", "controls", "kernel", "locale"]) view.setAttribute(name, "{".repeat(500));
  });
  await it.waitForTimeout(300);
  assert.deepEqual(opened.errors, []);
  assert.deepEqual(opened.messages, []);
  await opened.close();
});

test("removed from the page an element leaves no listener and no observer; put back it goes on with the reader's state", async () => {
  const opened = await site.visit("chart.html", {
    before: (it) => it.addInitScript(() => {
      const counts = /** @type {any} */ (globalThis).counts = { listeners: 0, observers: 0 };
      for (const target of [EventTarget.prototype]) {
        const { addEventListener, removeEventListener } = target;
        const outside = (/** @type {any} */ it) => it === globalThis || it === document || it instanceof MediaQueryList;
        target.addEventListener = function (...given) { if (outside(this ?? globalThis)) counts.listeners += 1; return addEventListener.apply(this, given); };
        target.removeEventListener = function (...given) { if (outside(this ?? globalThis)) counts.listeners -= 1; return removeEventListener.apply(this, given); };
      }
      for (const name of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
        const Base = /** @type {any} */ (globalThis)[name];
        /** @type {any} */ (globalThis)[name] = class extends Base {
          observe(/** @type {any[]} */ ...given) { if (!this.on) counts.observers += 1; this.on = true; super.observe(...given); }
          disconnect() { if (this.on) counts.observers -= 1; this.on = false; super.disconnect(); }
        };
      }
    }),
  });
  const { page: it } = opened;
  await ready(it);
  assert.notDeepEqual(await it.evaluate(() => /** @type {any} */ (globalThis).counts), { listeners: 0, observers: 0 });
  for (let round = 0; round < 3; round++) {
    await it.evaluate((batch) => {
      const view = /** @type {any} */ (document.querySelector("crossover-view"));
      view.batch = batch;
      /** @type {any} */ (globalThis).kept = view;
      view.remove();
    }, 8 + round);
    assert.deepEqual(await it.evaluate(() => /** @type {any} */ (globalThis).counts), { listeners: 0, observers: 0 });
    await it.evaluate(() => document.querySelector("main")?.append(/** @type {any} */ (globalThis).kept));
    await ready(it);
    assert.equal(await it.evaluate(() => /** @type {any} */ (globalThis).kept.batch), 8 + round);
  }
  silent(opened);
  await opened.close();
});

test("it follows the host: its font size, its theme, and not its styles", async () => {
  const opened = await site.visit("styled.html");
  const { page: it } = opened;
  await ready(it);
  const look = () => it.evaluate(() => {
    const root = document.querySelector("crossover-view")?.shadowRoot;
    const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (root?.querySelector(selector)));
    return { size: style(".embed").fontSize, cell: style("td").display, colour: style("p").color, paper: style(".embed").backgroundColor, upper: style("p").textTransform, theme: root?.querySelector(".embed")?.getAttribute("data-theme") };
  });
  const first = await look();
  assert.equal(first.size, "24px");
  assert.equal(first.cell, "table-cell");
  assert.equal(first.upper, "none");
  assert.notEqual(first.colour, "rgb(255, 0, 0)");
  assert.equal(first.theme, "light");
  await it.evaluate(() => (document.body.style.fontSize = "16px"));
  await it.waitForFunction(() => getComputedStyle(/** @type {Element} */ (document.querySelector("crossover-view")?.shadowRoot?.querySelector(".embed"))).fontSize === "16px");
  const themes = [
    () => document.documentElement.setAttribute("data-bs-theme", "dark"), () => document.documentElement.setAttribute("data-bs-theme", "light"),
    () => { document.documentElement.removeAttribute("data-bs-theme"); document.body.className = "quarto-dark"; }, () => (document.body.className = "light"),
    () => { document.body.className = ""; document.body.style.background = "#111"; }, () => (document.body.style.background = ""),
    () => (document.body.style.background = "oklch(0.2 0.02 260)"), () => (document.body.style.background = "color-mix(in oklab, white 90%, blue)"),
    () => (document.body.style.background = "rgb(0 0 0 / 90%)"), () => (document.body.style.background = "rgb(0 0 0 / 10%)"),
    () => (document.documentElement.style.colorScheme = "dark"), () => (document.documentElement.style.colorScheme = ""),
  ];
  for (const [index, change] of themes.entries()) {
    await it.evaluate(change);
    await it.waitForTimeout(60);
    assert.equal((await look()).theme, index % 2 ? "light" : "dark", String(change));
  }
  await it.evaluate(() => (document.documentElement.style.colorScheme = "light dark"));
  await it.emulateMedia({ colorScheme: "dark" });
  await it.waitForTimeout(60);
  const { theme, paper } = await look();
  assert.equal(theme, "dark");
  assert.equal(paper, "rgb(23, 24, 27)");
  silent(opened);
  await opened.close();
});

test("where the system's colours are forced its charts are drawn in them, whatever the host's theme", async () => {
  const { page: it, close } = await site.visit("chart.html");
  await ready(it);
  for (const [colorScheme, theme] of /** @type {const} */ ([["dark", "light"], ["light", "dark"]])) {
    await it.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
    await it.waitForTimeout(60);
    assert.deepEqual(await unseen(it, colorScheme), [], theme);
  }
  await close();
});

test("it works under a policy without inline styles, and from another origin that allows it", async () => {
  for (const name of ["strict.html", "cross.html"]) {
    const opened = await site.visit(name);
    await ready(opened.page);
    assert.deepEqual([opened.messages, opened.errors], [[], []], name);
    if (name === "cross.html") assert.ok(opened.requests.some((url) => url.startsWith(elsewhere.origin) && url.endsWith(".wasm")));
    await opened.close();
  }
});

test("every view works in a page that enforces Trusted Types and allows Lit's policy alone", async () => {
  const opened = await site.visit("trusted.html");
  const { page: it } = opened;
  await ready(it, "decode");
  for (const name of names) {
    await it.locator("crossover-view").evaluate((element, view) => element.setAttribute("view", view), name);
    await ready(it, name);
  }
  silent(opened);
  const refused = await it.evaluate(() => {
    try {
      return (/** @type {Element} */ (document.querySelector("#theirs")).innerHTML = "text");
    } catch (fault) {
      return fault instanceof Error && fault.name;
    }
  });
  assert.equal(refused, "TypeError", "it is enforced");
  await opened.close();
});

test("where WebAssembly is not allowed the element says so and offers another try", async () => {
  const opened = await site.visit("blocked.html");
  await opened.page.locator("crossover-view .trouble").waitFor();
  assert.match(await opened.page.locator("crossover-view .trouble").innerText(), /WebAssembly/);
  assert.deepEqual(opened.errors, []);
  await opened.close();
});

test("at 320 pixels nothing is wider than the page", async () => {
  const opened = await site.visit("three.html", { width: 320, height: 4000 });
  for (const view of ["decode", "bytes", "crossover"]) await ready(opened.page, view);
  assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth) <= 320);
  await opened.close();
});

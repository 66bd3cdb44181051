// What the lesson keeps, forgets and hands out in Chromium: predictions, and the answers to its exercises.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { engine } from "../wasm/engine.mjs";
import { eventually, openBrowser, silent } from "./browser.mjs";
import { answer, outcome, predict, step } from "./lesson-page.mjs";

/** @type {Awaited<ReturnType<typeof openBrowser>>} */
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

const openLesson = () => browser.open("?page=lesson", { ready: "#step-10" });

test("what a field refuses is neither locked nor checked in the place of what stood there before", async () => {
  const opened = await openLesson();
  const { page } = opened;
  const lock = step(page, 2).getByRole("button", { name: "Lock my prediction" });
  await step(page, 2).getByRole("textbox", { name: /INT8/ }).fill("2");
  const int4 = step(page, 2).getByRole("textbox", { name: /INT4/ });
  for (const refused of ["400", "abc", "-3"]) {
    await int4.fill("4");
    assert.ok(await lock.isEnabled());
    await int4.fill(refused);
    assert.ok(await lock.isDisabled(), refused);
    assert.equal(await int4.inputValue(), refused, "what was typed stays, with its message");
  }
  await int4.fill("4");
  await lock.click();
  assert.equal(await page.locator(".reveal").count(), 1);
  const exercise = page.locator("[data-exercise=below2]");
  await exercise.getByRole("textbox").pressSequentially("21.5");
  await exercise.getByRole("button", { name: "Check" }).click();
  assert.equal(await exercise.getByRole("alert").innerText(), "Only whole numbers.");
  assert.equal(await exercise.locator(".verdict").innerText(), "", "one message is enough");
  assert.ok(await exercise.getByRole("textbox").evaluate((field) => field === document.activeElement));
  assert.equal(await exercise.locator(".solution").count(), 0);
  silent(opened);
  await opened.close();
});

test("a kept prediction that is no answer to its question counts as none, in the page and in what leaves it", async () => {
  const at = "2026-01-01T00:00:00.000Z";
  const kept = { "training.pattern": { value: "nope", at }, "decode.int8": { value: "much", at }, "decode.int4": { value: 4, at }, "crossover.curve": { value: [1, null], at }, "crossover.below": { value: 9, at } };
  const opened = await browser.open("?page=lesson", { ready: "#step-10", before: (page) => page.addInitScript((text) => localStorage.setItem("crossover.lesson.1", text), JSON.stringify(kept)) });
  const { page } = opened;
  assert.equal(await outcome(page, "training.pattern"), "none");
  assert.equal(await outcome(page, "decode.int8"), "none");
  assert.match(await page.locator('[data-question="decode.int4"]').innerText(), /You said\s*4x/);
  assert.equal(await step(page, 6).locator("path.answer").count(), 1);
  assert.doesNotMatch(await page.locator("crossover-lesson").innerHTML(), /NaN|options\.nope/);
  silent(opened);
  await opened.close();
});

test("predictions outlast a reload, can be forgotten, and a skipped one shows the answer alone", async () => {
  const { page, close } = await openLesson();
  await predict(page, 2, { INT8: "2", INT4: "4" });
  await step(page, 4).getByRole("button", { name: "Show me without predicting" }).click();
  await page.reload();
  await page.waitForSelector("#step-10");
  assert.equal(await page.locator(".reveal").count(), 2);
  assert.match(await page.locator('[data-question="decode.int4"]').innerText(), /You said\s*4x/);
  assert.match(await page.locator('[data-question="regimes.bandwidth"]').innerText(), /no prediction/);
  assert.equal(await page.locator(".contents .done").count(), 2);
  assert.match(await page.locator(".keep").innerText(), /locked 2 predictions/);
  const forget = page.getByRole("button", { name: "Forget all of them" });
  await forget.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Keep them", "what does no harm has the focus");
  await page.keyboard.press("Enter");
  assert.ok(await forget.evaluate((button) => button === document.activeElement));
  assert.ok(await page.locator(".reveal").count(), "nothing is forgotten yet");
  await forget.click();
  await page.getByRole("button", { name: "Forget them" }).click();
  assert.equal(await page.locator(".reveal").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "step-1-title");
  await page.reload();
  await page.waitForSelector("#step-10");
  assert.equal(await page.locator(".reveal").count(), 0);
  await close();
});

test("who comes back is led to the first step without a prediction, and nobody is before there is one or when all are there", async () => {
  const { page, close } = await openLesson();
  const goOn = page.getByRole("link", { name: /^Go on with step/ });
  assert.equal(await goOn.count(), 0);
  for (const number of [1, 2, 4]) await step(page, number).getByRole("button", { name: "Show me without predicting" }).click();
  await page.reload();
  await page.waitForSelector("#step-10");
  assert.equal(await goOn.innerText(), `Go on with step 3: ${await page.locator(".contents li").nth(2).innerText()}`);
  await goOn.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "step-3-title");
  await page.waitForFunction(() => /[?&]step=3\b/.test(location.search));
  for (const number of [3, 5, 6, 7, 8, 9, 10]) await step(page, number).getByRole("button", { name: "Show me without predicting" }).click();
  assert.equal(await goOn.count(), 0);
  await close();
});

test("what is predicted once more after the answer was shown says so in what is handed in", async () => {
  const { page, close } = await openLesson();
  await predict(page, 2, { INT8: "2", INT4: "4" });
  await step(page, 4).getByRole("button", { name: "Show me without predicting" }).click();
  await step(page, 2).getByRole("button", { name: "Predict this again" }).click();
  await page.reload();
  await page.waitForSelector("#step-10");
  await predict(page, 2, { INT8: "1.88", INT4: "3.38" });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as JSON" }).click()]);
  const { predictions } = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(predictions.map((/** @type {any} */ { id, predicted, unit, answer_shown_before }) => [id, predicted, unit, answer_shown_before]), [
    ["decode.int8", 1.88, "times", true], ["decode.int4", 3.38, "times", true], ["regimes.bandwidth", null, "", false],
  ]);
  const [markdown] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as Markdown" }).click()]);
  assert.match(await readFile(await markdown.path(), "utf8"), /\| 3\.38x \(after the answer had been shown\) \(at first: 4x\) \| 3\.4x \|/);
  assert.deepEqual(predictions.map((/** @type {any} */ { predicted_first }) => predicted_first?.value), [2, 4, undefined]);
  // Asked once more and left at that, what was said first is what counts.
  await step(page, 2).getByRole("button", { name: "Predict this again" }).click();
  const [later] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as Markdown" }).click()]);
  assert.match(await readFile(await later.path(), "utf8"), /\| 4x \| 3\.4x \|/);
  await close();
});

test("an exercise whose answer was looked up first says so in what is handed in", async () => {
  const { page, close } = await openLesson();
  const exercise = page.locator("crossover-exercise").nth(1);
  await exercise.getByRole("textbox").fill("5");
  await exercise.getByRole("button", { name: "Check", exact: true }).click();
  await exercise.getByRole("button", { name: "The answer" }).click();
  const right = /batch \*?\*?(\d+)/i.exec(await exercise.locator(".solution").innerText())?.[1] ?? "";
  await exercise.getByRole("textbox").fill(right);
  await exercise.getByRole("button", { name: "Check", exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as JSON" }).click()]);
  const { exercises } = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(exercises.map((/** @type {any} */ { given, verdict, answer_shown_before }) => [given, verdict, answer_shown_before]), [[Number(right), "right", true]]);
  const [markdown] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as Markdown" }).click()]);
  assert.match(await readFile(await markdown.path(), "utf8"), /Right\. \(after the answer had been shown\)/);
  await close();
});

test("what is predicted in another tab stands in this one, and what is forgotten there is asked again", async () => {
  const { page, close } = await openLesson();
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.evaluate(() => void open(location.href))]);
  await other.waitForSelector("#step-10");
  await predict(other, 2, { INT8: "2", INT4: "3,5" });
  await page.waitForSelector("#step-2 .reveal");
  assert.match(await step(page, 2).innerText(), /3\.5x/);
  await other.getByRole("button", { name: /^Forget/ }).click();
  await other.getByRole("button", { name: "Forget them" }).click();
  await page.waitForSelector("#step-2 .reveal", { state: "detached" });
  await close();
});

test("a decimal comma does not move the button away under the pointer that goes for it", async () => {
  const { page, close } = await openLesson();
  await step(page, 2).getByRole("textbox", { name: /INT8/ }).fill("2");
  await step(page, 2).getByRole("textbox", { name: /INT4/ }).fill("3,5");
  const button = step(page, 2).getByRole("button", { name: "Lock my prediction" });
  await button.scrollIntoViewIfNeeded();
  const box = await button.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForSelector("#step-2 .reveal");
  await close();
});

test("what is entered and not yet locked outlives a look at the lab and another language", async () => {
  const { page, close } = await openLesson();
  const int4 = () => step(page, 2).getByRole("textbox", { name: /INT4/ });
  const point = () => step(page, 6).getByRole("slider", { name: /batch 16$|16/ }).first();
  await int4().fill("3.5");
  await point().press("ArrowUp");
  const drawn = await point().getAttribute("aria-valuenow");
  await page.getByRole("link", { name: "The lab", exact: true }).first().click();
  await page.waitForSelector("crossover-lab-inputs");
  await page.goBack();
  await page.waitForSelector("#step-10");
  assert.equal(await int4().inputValue(), "3.5");
  assert.equal(await point().getAttribute("aria-valuenow"), drawn);
  await page.selectOption("select[name=locale]", "es");
  await page.waitForFunction(() => document.documentElement.lang.startsWith("es"));
  await page.waitForSelector("#step-10");
  assert.equal(await int4().inputValue(), "3,5");
  await close();
});

test("each step that is gone to is a place to come back to", async () => {
  const { page, close } = await openLesson();
  const at = () => page.evaluate(() => new URLSearchParams(location.search).get("step"));
  for (const number of [3, 7]) await page.locator(".contents li").nth(number - 1).getByRole("link").click();
  assert.equal(await at(), "7");
  await page.goBack();
  await page.waitForFunction(() => new URLSearchParams(location.search).get("step") === "3");
  await page.waitForFunction(() => Math.abs(document.querySelector("#step-3")?.getBoundingClientRect().top ?? 999) < 100);
  await page.goBack();
  assert.equal(await at(), null);
  assert.equal(await page.locator("crossover-lesson").count(), 1);
  await page.goForward();
  await page.waitForFunction(() => new URLSearchParams(location.search).get("step") === "3");
  await close();
});

/** The step that is read, and how much of it is above the window. @param {import("playwright-core").Page} page */
const readAt = (page) => page.evaluate(() => {
  const steps = [...document.querySelectorAll(".step")];
  const at = steps.filter((one) => one.getBoundingClientRect().top <= 1).length;
  const { top = 0, height = 1 } = steps[at - 1]?.getBoundingClientRect() ?? {};
  return { step: at, share: -top / height };
});
/** @param {import("playwright-core").Page} page @param {number} number */
async function readOn(page, number) {
  await page.mouse.wheel(0, 1);
  await step(page, number).evaluate((section) => scrollTo(0, section.getBoundingClientRect().top + scrollY + section.getBoundingClientRect().height / 3));
  // The address says so once nothing has moved for a moment.
  await page.waitForTimeout(800);
}
/** @param {import("playwright-core").Page} page @param {number} number @param {string} what */
async function stillReads(page, number, what) {
  await page.waitForSelector("#step-10");
  await page.waitForSelector("main [aria-busy]", { state: "detached" });
  await eventually(async () => {
    const { step: at, share } = await readAt(page);
    assert.equal(at, number, what);
    assert.ok(Math.abs(share - 1 / 3) < 0.06, `${what}: ${share}`);
  });
}

for (const start of ["?page=lesson", "?page=lesson&step=2"]) {
  test(`who reads on stays there in another language, after another page, and when the page is loaded anew: ${start}`, async () => {
    const opened = await browser.open(start, { width: 360, height: 740, ready: "#step-10" });
    const { page } = opened;
    await readOn(page, 9);
    await page.selectOption("select[name=locale]", "es");
    await page.waitForFunction(() => document.documentElement.lang === "es");
    await stillReads(page, 9, "in Spanish");
    await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lab"]')).click());
    await page.waitForSelector("crossover-lab-inputs");
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goBack();
    await stillReads(page, 9, "after a look at the lab");
    await page.reload();
    await stillReads(page, 9, "loaded anew");
    silent(opened);
    await opened.close();
  });
}

test("a link to a step that is opened anew leads to the step, however far somebody else has read", async () => {
  const { page, close } = await browser.open("?page=lesson&step=2", { width: 360, height: 740, ready: "#step-10" });
  await readOn(page, 9);
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.evaluate(() => void open(location.href))]);
  await other.waitForSelector("#step-10");
  await other.waitForFunction(() => Math.abs(document.querySelector("#step-2")?.getBoundingClientRect().top ?? 999) < 100);
  await close();
});

test("with a link to all of the evidence the page, its language and what was entered stay, and so does the place to come back to", async () => {
  const opened = await browser.open("?page=lesson&locale=es&batch=7", { width: 360, height: 740, ready: "#step-10" });
  const { page } = opened;
  await step(page, 7).getByRole("button", { name: "Enséñamelo sin predecir" }).click();
  const link = page.locator("#step-7 .near p a");
  await link.waitFor();
  assert.deepEqual(await link.getAttribute("href"), "?page=evidence&batch=7&locale=es");
  await step(page, 8).getByRole("radio").first().check();
  await link.scrollIntoViewIfNeeded();
  await page.waitForTimeout(800);
  const before = await readAt(page);
  await link.click();
  await page.waitForSelector("#table-targets");
  assert.equal(new URL(page.url()).search, "?page=evidence&batch=7&locale=es");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "es");
  await page.goBack();
  await page.waitForSelector("#step-10");
  await eventually(async () => {
    const after = await readAt(page);
    assert.equal(after.step, before.step);
    assert.ok(Math.abs(after.share - before.share) < 0.05);
  });
  assert.ok(await step(page, 8).getByRole("radio").first().isChecked());
  silent(opened);
  await opened.close();
});

test("a number may stand with its field's own unit, and how an ambiguous one is read is said", async () => {
  const { page, close } = await openLesson();
  const gigabytes = step(page, 1).locator("crossover-number");
  const field = gigabytes.getByRole("textbox");
  for (const [typed, read] of [["4,015", "4.015"], ["4.02 GB", "4.02"], ["4.02gb", "4.02"]]) {
    await field.fill(typed);
    assert.equal(await gigabytes.getByRole("alert").isVisible(), false, typed);
    assert.equal((await gigabytes.getByRole("status").allInnerTexts()).join(), typed === "4,015" ? "Read as 4.015." : "", typed);
    await field.blur();
    assert.equal(await field.inputValue(), read);
  }
  await field.fill("4.02 MB");
  assert.match(await gigabytes.getByRole("alert").innerText(), /without its unit/);
  for (const ratio of [step(page, 2).locator("crossover-number").first(), page.locator("[data-exercise=larger] crossover-number")]) {
    await ratio.getByRole("textbox").fill("3.5x");
    await ratio.getByRole("textbox").blur();
    assert.equal(await ratio.getByRole("textbox").inputValue(), "3.5");
  }
  await page.selectOption("select[name=locale]", "ar");
  await page.waitForFunction(() => document.documentElement.lang.startsWith("ar"));
  const times = step(page, 2).locator("crossover-number").first().getByRole("textbox");
  for (const typed of ["3.75x", "3.75 مرة"]) {
    await times.fill(typed);
    await times.blur();
    assert.equal(await times.inputValue(), "3.75", typed);
  }
  await close();
});

test("with storage blocked the lesson works and says that nothing is kept", async () => {
  const opened = await browser.open("?page=lesson", {
    ready: "#step-10",
    before: (page) => page.addInitScript(() => {
      Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
    }),
  });
  await predict(opened.page, 4, { "Who notices": "Both" });
  assert.equal(await answer(opened.page, "regimes.bandwidth"), "The model that writes tokens");
  assert.match(await opened.page.innerText(".keep"), /keeps nothing for this page/);
  assert.equal(await opened.page.getByText("this browser", { exact: false }).count(), 1, "nothing else says that it does");
  silent(opened);
  await opened.close();
});

test("predictions and answers leave the page as Markdown and as JSON, and both can be read back", async () => {
  const opened = await openLesson();
  const { page } = opened;
  await predict(page, 2, { INT8: "2", INT4: "4" });
  await predict(page, 4, { "Who notices": "Both" });
  /** @param {string} name */
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };
  const json = await saved("Save as JSON");
  assert.equal(json.file, "crossover-lesson.json");
  const parsed = JSON.parse(json.text);
  assert.equal(parsed.engine, engine.version);
  assert.deepEqual(parsed.predictions.map((/** @type {any} */ { id, predicted }) => [id, predicted]), [["decode.int8", 2], ["decode.int4", 4], ["regimes.bandwidth", "both"]]);
  assert.equal(parsed.predictions[1].answer, engine.table("decode").rows.find(({ precision }) => precision === "int4")?.["speedup"]);
  const markdown = await saved("Save as Markdown");
  assert.equal(markdown.file, "crossover-lesson.md");
  assert.match(markdown.text, /\| How many times faster is INT4\? \| 4x \| 3\.4x \|/);
  assert.match(markdown.text, /^## The same trick, two regimes$/m);
  const { itl_s: seconds } = /** @type {{ itl_s: number }} */ (engine.table("decode").rows.find(({ precision }) => precision === "fp16"));
  assert.match(markdown.text, new RegExp(`^Llama 3\\.1 8B on one NVIDIA H100.*a token takes ${(seconds * 1000).toFixed(2)} ms`, "m"), "a question says of which model and device");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), markdown.text);
  silent(opened);
  await opened.close();
});

test("an exercise's last answer stays in the browser, leaves the page with the predictions and is forgotten with them", async () => {
  const opened = await openLesson();
  const { page } = opened;
  const exercise = (/** @type {string} */ id) => page.locator(`[data-exercise=${id}]`);
  await exercise("larger").getByRole("textbox").fill("400");
  await exercise("larger").getByRole("textbox").press("Enter");
  await exercise("selfcheck").getByText("memory", { exact: true }).click();
  await exercise("selfcheck").getByRole("button", { name: "Check" }).click();
  await exercise("frontier").getByText("8 bits", { exact: true }).click(); // chosen, not checked
  assert.match(await page.locator(".keep").innerText(), /You have locked 0 predictions\. You have tried 2 exercises\./);
  await page.reload();
  await exercise("selfcheck").waitFor();
  assert.equal(await exercise("larger").getByRole("textbox").inputValue(), "400");
  assert.equal(await exercise("larger").locator(".verdict").innerText(), "Not yet.");
  assert.equal(await exercise("larger").locator(".solution").count(), 0);
  assert.match(await exercise("selfcheck").locator(".verdict").innerText(), /^Right\.$/);
  assert.ok(await exercise("selfcheck").locator(".solution").isVisible());
  assert.equal(await exercise("frontier").locator("input:checked").count(), 0);
  const saved = async (/** @type {string} */ name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFile(await download.path(), "utf8");
  };
  const { predictions, exercises } = JSON.parse(await saved("Save as JSON"));
  assert.deepEqual(predictions, []);
  assert.deepEqual(exercises.map((/** @type {any} */ { id, given, verdict }) => [id, given, verdict]), [["larger", 400, "not_yet"], ["selfcheck", "memory", "right"]]);
  const markdown = await saved("Save as Markdown");
  assert.match(markdown, /^## Exercises\n\n\| Question \| Last answer \| Checked \|$/m);
  assert.match(markdown, /\| 400x \| Not yet\. \|\n.* \| memory \| Right\. \|\n$/);
  await exercise("larger").getByRole("textbox").fill("3.75");
  await exercise("larger").getByRole("button", { name: "Check" }).click();
  assert.match(await saved("Save as Markdown"), /\| 3\.75x \|/, "with the digits that were typed");
  await page.getByRole("button", { name: "Forget all of them" }).click();
  await page.getByRole("button", { name: "Forget them" }).click();
  assert.equal(await exercise("larger").getByRole("textbox").inputValue(), "");
  assert.equal(await page.locator(".verdict:not(:empty), .solution").count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("crossover.lesson.1")), "{}");
  silent(opened);
  await opened.close();
});

test("with storage blocked what is predicted outlives another language and another page, and so does an answer that is not checked yet", async () => {
  const opened = await browser.open("?page=lesson", {
    ready: "#step-10",
    before: (page) => page.addInitScript(() => Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })),
  });
  const { page } = opened;
  await predict(page, 2, { INT8: "2", INT4: "4" });
  await page.locator("crossover-exercise").first().getByRole("textbox").fill("7");
  await page.selectOption("select[name=locale]", "es");
  await page.waitForFunction(() => document.documentElement.lang === "es");
  await page.waitForSelector("#step-2 .reveal");
  await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('nav a[href*="page=lab"]')).click());
  await page.waitForSelector("crossover-lab-inputs");
  await page.goBack();
  await page.waitForSelector("#step-2 .reveal");
  assert.equal(await page.locator("crossover-exercise").first().getByRole("textbox").inputValue(), "7");
  silent(opened);
  await opened.close();
});

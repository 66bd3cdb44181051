// A browser computes what Node computes, byte for byte.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { loadEngine } from "../../wasm/engine.js";
import { openBrowser, root } from "./browser.mjs";

test("Chromium and Node give the same JSON for the same fifty scenarios", async () => {
  const engine = await loadEngine({ wasmBinary: readFileSync(`${root}build/wasm/crossover-page.wasm`), edition: "page" });
  const scenarios = JSON.parse(readFileSync(`${root}tests/golden/recorded.json`, "utf8")).map((/** @type {{scenario: unknown}} */ one) => one.scenario);
  const browser = await openBrowser();
  const { page } = await browser.open();
  await page.waitForFunction(() => /** @type {any} */ (document.querySelector("crossover-app"))?.engine);
  const found = await page.evaluate(
    (given) => {
      const { engine } = /** @type {any} */ (document.querySelector("crossover-app"));
      return given.map((/** @type {unknown} */ scenario) => JSON.stringify(engine.evaluate(scenario)));
    },
    scenarios,
  );
  await browser.close();
  assert.equal(found.length, 50);
  for (const [index, text] of found.entries()) assert.equal(text, JSON.stringify(engine.evaluate(scenarios[index])));
});

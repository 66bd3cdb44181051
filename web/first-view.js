/**
 * The first view of an address that asks for nothing: web/prerender.mjs calls this in a document of its own, and what stands there
 * afterwards goes into index.html.
 */
import { loadEngine } from "../wasm/engine.js";
import { CrossoverApp } from "./app.js";
import { define } from "./element.js";
import { readParams } from "./params.js";
import { createState } from "./state.js";
import { setStrings } from "./strings.js";
import english from "./strings/en.js";

/**
 * What is true of the live page only goes, and what the reader can do nothing with until then says so; each part can be told from the
 * live one's.
 * @param {Element} app
 */
function settle(app) {
  // That every number is computed in the reader's browser.
  document.querySelector(".colophon > p")?.remove();
  for (const part of app.children) part.setAttribute("data-first-view", "");
  for (const control of document.querySelectorAll("input")) {
    control.setAttribute("value", control.value);
    control.disabled = true;
  }
  for (const control of document.querySelectorAll("select")) {
    control.selectedOptions[0]?.setAttribute("selected", "");
    control.disabled = true;
  }
  for (const control of document.querySelectorAll("button")) control.disabled = true;
}

/**
 * The elements' tags are plain ones: custom elements would begin anew once their code is here. Without scripts nothing more comes.
 * @param {Element} element
 * @returns {string}
 */
const plain = (element) => element.innerHTML.replace(/<!--.*?-->/g, "").replace(/(<\/?)crossover-[\w-]+/g, "$1div").replace(' aria-busy="true"', "");

/** @param {Uint8Array} wasmBinary @returns {Promise<string>} HTML of what is in <crossover-app> */
export async function firstView(wasmBinary) {
  setStrings(english);
  define("crossover-app", CrossoverApp);
  const app = /** @type {CrossoverApp} */ (document.createElement("crossover-app"));
  app.state = createState(readParams("").values);
  app.engine = await loadEngine({ edition: "page", wasmBinary });
  document.body.append(app);
  app.renderNow();
  settle(app);
  return plain(app);
}

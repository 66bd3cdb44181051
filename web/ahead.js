/**
 * Asks for the first view's engine, and has it compiled, while the page's scripts are on their way. An entry of its own, which runs as
 * soon as it is here.
 */
import page from "#wasm-page";
import { compiled } from "../wasm/instantiate.js";
import { ahead, begun, editionFor } from "./delivery/editions.js";

if (typeof WebAssembly === "object" && !(ahead in begun) && editionFor(new URLSearchParams(location.search).get("page")) === "page") {
  const module = compiled(new URL(page, import.meta.url).href);
  // Who takes it says what was wrong with it.
  module.catch(() => {});
  begun[ahead] = module;
}

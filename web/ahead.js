/**
 * Asks for the first view's engine, and has it compiled, while the page's scripts are on their way; and for the lab's code, which they
 * would ask for only once they run. An entry of its own, which runs as soon as it is here.
 */
import { code } from "#code-of-lab";
import lab from "#wasm-lab";
import page from "#wasm-page";
import { compiled } from "../wasm/instantiate.js";
import { ahead, begun, editionFor } from "./delivery/editions.js";

const edition = editionFor(new URLSearchParams(location.search).get("page"));

for (const file of edition === "lab" ? code : []) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: new URL(file, import.meta.url).href }));
}

if (typeof WebAssembly === "object" && !(ahead in begun)) {
  const module = compiled(new URL({ lab, page }[edition], import.meta.url).href);
  // Who takes it says what was wrong with it.
  module.catch(() => {});
  begun[ahead] = { edition, module };
}

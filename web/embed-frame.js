/**
 * embed.html: one embedded view as a page of its own, for an <iframe>. It is one file with the engine in it (web/inline.mjs), so that
 * it works sandboxed, without an origin, from any static host. It tells the page around it what web/embed/protocol.d.ts documents.
 */
import { engineAsText } from "./delivery/engine-as-text.js";
import { define } from "./element.js";
import { CrossoverViewElement } from "./embed/element.js";
import { provideEngines } from "./embed/engines.js";
import { setHome } from "./embed/parts.js";
import { converse } from "./embed/frame.js";

const here = location.href.startsWith("about:") ? document.baseURI : location.href;
// From a disk the site's pages do not run: the page as one file does.
setHome(new URL(here.startsWith("file:") ? "crossover.html" : "./", here).href);
provideEngines(() => engineAsText());
define("crossover-view", CrossoverViewElement);

const view = /** @type {CrossoverViewElement} */ (document.createElement("crossover-view"));
view.setAttribute("loading", "eager");
view.takeSearch(location.search);
if (window.parent !== window) converse(view, window.parent);
document.body.replaceChildren(view);

/**
 * The entry for others' pages: `<script type="module" src="https://…/crossover-view.js"></script>`, then <crossover-view …>. Its own
 * address says where code and engine are, so that it may come from anywhere that allows it.
 */
import { loadEngine } from "../wasm/engine.js";
import explain from "#wasm-explain";
import page from "#wasm-page";
import weigh from "#wasm-weigh";
import { define } from "./element.js";
import { CrossoverViewElement } from "./embed/element.js";
import { provideEngines } from "./embed/engines.js";
import { setHome } from "./embed/parts.js";

setHome(new URL("./", import.meta.url).href);
const modules = { explain, page, weigh };
provideEngines((edition) => loadEngine({ edition, locateFile: () => new URL(modules[edition], import.meta.url).href }));
define("crossover-view", CrossoverViewElement);

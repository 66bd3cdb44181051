/** The side of embed.html: tells the page around it what happens, and takes parameters from the origin that `host=` names. */
import { params } from "../params.js";
import { readHostMessage } from "./messages.js";

/** Parameters that the page around it may not change: who it is, and which form an address has. */
const fixed = ["host", "v", "page", "step"];

/**
 * @param {import("./element.js").CrossoverViewElement} view
 * @param {Window} host
 */
export function converse(view, host) {
  const origin = String(view.parameters.values["host"] ?? "");
  // A file and a sandboxed page have the origin "null", to which nothing can be addressed.
  const to = origin === "" || origin === "null" ? "*" : origin;
  const say = (/** @type {import("./protocol.js").FrameMessage} */ message) => host.postMessage(message, to);
  /** @type {import("./protocol.js").Ready | null} */
  let ready = null;
  const sayHeight = () => {
    const height = Math.ceil(view.getBoundingClientRect().height);
    if (height > 0) say({ crossover: 1, type: "height", height });
  };
  view.addEventListener("ready", (event) => {
    const said = /** @type {import("./protocol.js").Ready} */ ({ crossover: 1, type: "ready", .../** @type {CustomEvent} */ (event).detail });
    ready = said;
    say(said);
  });
  view.addEventListener("error", (event) => say({ crossover: 1, type: "error", message: /** @type {CustomEvent} */ (/** @type {Event} */ (event)).detail.message }));
  view.addEventListener("change", (event) => say({ crossover: 1, type: "change", .../** @type {CustomEvent} */ (event).detail }));
  new ResizeObserver(sayHeight).observe(view);
  addEventListener("message", (event) => {
    if (event.source !== host) return;
    const message = readHostMessage(event.data);
    if (message?.type === "hello") {
      sayHeight();
      if (ready) say(ready);
    } else if (message?.type === "set" && origin !== "" && event.origin === origin) {
      for (const [name, value] of Object.entries(message.parameters)) {
        if (Object.hasOwn(params, name) && !fixed.includes(name)) view.take(name, value);
      }
    }
  });
}

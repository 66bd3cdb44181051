/**
 * dist/embed.js, for the page around an <iframe data-crossover src="…/embed.html?view=…">: gives each frame its figure's height, and
 * passes on what it says as events of the <iframe> (web/embed/protocol.d.ts). One small script without imports, classic or module;
 * where it may not run, a frame has the height that its tag gives it.
 */
import { readFrameMessage } from "./messages.js";

/** Nothing else in the page is touched. */
const selector = "iframe[data-crossover]";

/** @returns {HTMLIFrameElement[]} */
const frames = () => [...document.querySelectorAll(selector)].filter((found) => found instanceof HTMLIFrameElement);

/**
 * Where a frame's messages come from. A sandboxed one has no origin of its own.
 * @param {HTMLIFrameElement} frame
 */
function originOf(frame) {
  if (frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin")) return "null";
  try {
    const { origin, protocol } = new URL(frame.src, document.baseURI);
    return protocol === "file:" ? "null" : origin;
  } catch {
    return "";
  }
}

/** @param {HTMLIFrameElement} frame @param {import("./protocol.js").HostMessage} message */
function say(frame, message) {
  const origin = originOf(frame);
  if (origin) frame.contentWindow?.postMessage(message, origin === "null" ? "*" : origin);
}

/** @param {HTMLIFrameElement} frame @param {import("./protocol.js").FrameMessage} message */
function hear(frame, message) {
  if (message.type === "height") frame.style.height = `${message.height}px`;
  frame.dispatchEvent(new CustomEvent(`crossover-${message.type}`, { detail: message, bubbles: true }));
}

addEventListener("message", (event) => {
  const frame = frames().find((one) => one.contentWindow === event.source);
  if (!frame || event.origin !== originOf(frame)) return;
  const message = readFrameMessage(event.data);
  if (message) hear(frame, message);
});

document.addEventListener("crossover-set", (event) => {
  const frame = event.target;
  const parameters = /** @type {CustomEvent} */ (event).detail?.parameters;
  if (frame instanceof HTMLIFrameElement && frame.matches(selector) && parameters) say(frame, { crossover: 1, type: "set", parameters });
}, true);

// To whomever is there: a frame that is still on its way has no origin yet, and a greeting is no secret.
const greet = () => frames().forEach((frame) => frame.contentWindow?.postMessage({ crossover: 1, type: "hello" }, "*"));
// Frames that were there before this script have spoken already.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", greet);
else greet();

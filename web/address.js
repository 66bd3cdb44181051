/**
 * Keeps the address bar and the state together. Browsers refuse (Safari) or complain about (Chromium) more than a hundred or so
 * writes in half a minute, which one drag of a slider exceeds: a change of page is written at once, others at most every 350 ms and
 * once they are painted, for a write takes as long as a part of a frame. The document itself never waits for this.
 */
import { writeParams } from "./params.js";

const interval = 350;
/** Until a frame has shown what changed. */
const soon = 100;

/**
 * @param {import("./state.js").State} state
 * @param {(search: string) => void} onNavigate back and forward, and links to another state
 */
export function bindAddress(state, onNavigate) {
  let written = -Infinity;
  let pending = 0;
  let page = state.values["page"];
  let navigating = false;

  const write = () => {
    pending = 0;
    written = performance.now();
    const url = `${location.pathname}${writeParams(state.values)}${location.hash}`;
    try {
      // A page is a step to go back to; a slider's every value is not.
      if (state.values["page"] === page) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
      page = state.values["page"];
    } catch {
      // An address that can't be written (a sandboxed frame, file:) takes nothing else away.
    }
  };

  state.subscribe(() => {
    if (navigating) return;
    if (state.values["page"] !== page) {
      clearTimeout(pending);
      write();
    } else if (!pending) {
      pending = window.setTimeout(write, Math.max(soon, written + interval - performance.now()));
    }
  });

  // A tab that is put aside may not come back to its timers.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !pending) return;
    clearTimeout(pending);
    write();
  });

  addEventListener("popstate", () => {
    clearTimeout(pending);
    pending = 0;
    navigating = true;
    onNavigate(location.search);
    navigating = false;
    page = state.values["page"];
  });
}

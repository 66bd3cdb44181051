/**
 * Keeps the address bar and the state together. A change of page is written at once; others once nothing has changed for a moment: a
 * write takes as long as a part of a frame, and browsers refuse (Safari) or complain about (Chromium) more than a hundred or so of them
 * in half a minute, which one drag of a slider exceeds. The document itself never waits for this.
 */
import { writeParams } from "./params.js";

/** A hundred of them are more than half a minute. */
const moment = 350;

/**
 * @param {import("./state.js").State} state
 * @param {object} heard
 * @param {(search: string) => void} heard.navigate back and forward, and links to another state
 * @param {() => void} heard.settled the address is the state's
 */
export function bindAddress(state, { navigate, settled }) {
  let pending = 0;
  let page = state.values["page"];
  let navigating = false;

  const write = () => {
    pending = 0;
    const url = `${location.pathname}${writeParams(state.values)}${location.hash}`;
    try {
      // A page is a step to go back to; a slider's every value is not.
      if (state.values["page"] === page) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
      page = state.values["page"];
    } catch {
      // An address that can't be written (a sandboxed frame, file:) takes nothing else away.
    }
    settled();
  };

  state.subscribe(() => {
    if (navigating) return;
    clearTimeout(pending);
    if (state.values["page"] === page) pending = window.setTimeout(write, moment);
    else write();
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
    navigate(location.search);
    navigating = false;
    page = state.values["page"];
    settled();
  });
}

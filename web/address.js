/**
 * Keeps the address bar and the state together. A change of page is written at once; others once nothing has changed for a moment: a
 * write takes as long as a part of a frame, and browsers refuse (Safari) or complain about (Chromium) more than a hundred or so of them
 * in half a minute, which one drag of a slider exceeds. The document itself never waits for this.
 */
import { writeParams } from "./params.js";

/** A hundred of them are more than half a minute. */
const moment = 350;

/** Writes what waits. */
let write = () => {};

/** The address as it is to be copied or kept: what was changed a moment ago is in it. */
export function addressNow() {
  write();
  return location;
}

/**
 * @param {import("./state.js").State} state
 * @param {object} heard
 * @param {(search: string) => void} heard.navigate back and forward, and links to another state
 * @param {() => void} heard.settled the address is the state's
 */
export function bindAddress(state, { navigate, settled }) {
  let pending = 0;
  /** What is to be written. */
  let { values } = state;
  let navigating = false;

  const put = (/** @type {"replaceState" | "pushState"} */ way) => {
    clearTimeout(pending);
    pending = 0;
    try {
      history[way](null, "", `${location.pathname}${writeParams(values)}${location.hash}`);
    } catch {
      // An address that can't be written (a sandboxed frame, file:) takes nothing else away.
    }
  };

  write = () => {
    if (!pending) return;
    put("replaceState");
    settled();
  };

  state.subscribe((changed) => {
    // A page and a step of the lesson are places to go back to, as they were shown last; a slider's every value is not.
    const turned = changed["page"] !== values["page"] || (changed["step"] !== values["step"] && changed["step"] !== null);
    if (turned && !navigating) write();
    values = changed;
    if (navigating) return;
    clearTimeout(pending);
    if (!turned) {
      pending = window.setTimeout(write, moment);
      return;
    }
    put("pushState");
    settled();
  });

  // A tab that is put aside may not come back to its timers.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") write();
  });

  addEventListener("popstate", () => {
    clearTimeout(pending);
    pending = 0;
    navigating = true;
    navigate(location.search);
    navigating = false;
    settled();
  });
}

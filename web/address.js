/**
 * Keeps the address bar and the state together. A change of page is written at once; others once nothing has changed for a moment: a
 * write takes as long as a part of a frame, and browsers refuse (Safari) or complain about (Chromium) more than a hundred or so of them
 * in half a minute, which one drag of a slider exceeds. The document itself never waits for this.
 */
import { writeParams } from "./params.js";
import { lead, place } from "./place.js";

/** A hundred of them are more than half a minute. */
const moment = 350;

/** Writes what waits. */
let write = () => {};

/** @type {import("./state.js").State | null} that the address says */
let bound = null;

/** A page's address, with the language and whatever else this one carries. @param {string} page */
export const addressOf = (page) => writeParams({ ...bound?.values, page, step: null }) || "?";

/**
 * What a link to a page does: nothing is loaded anew, and nothing that was entered is lost.
 * @param {MouseEvent} event @param {string} page
 */
export function turnTo(event, page) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  bound?.set({ page, step: null });
  /** @type {HTMLElement | null} */ (document.querySelector("main"))?.focus({ preventScroll: true });
  lead(0);
}

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
  bound = state;
  let pending = 0;
  /** What is to be written. */
  let { values } = state;
  /** What the address says. */
  let written = values;
  let navigating = false;
  /** What a link without a place in its history leads to. */
  const beginning = () => (values["step"] ? `step-${values["step"]}` : 0);

  const put = (/** @type {"replaceState" | "pushState"} */ way) => {
    clearTimeout(pending);
    pending = 0;
    try {
      history[way](way === "pushState" ? null : { place: place() }, "", values === written ? undefined : `${location.pathname}${writeParams(values)}${location.hash}`);
      written = values;
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

  addEventListener("scroll", () => {
    pending ||= window.setTimeout(write, moment);
  });

  addEventListener("popstate", ({ state: kept }) => {
    clearTimeout(pending);
    pending = 0;
    const { page, step } = values;
    navigating = true;
    navigate(location.search);
    navigating = false;
    written = values;
    settled();
    const within = page === values["page"];
    // From step to step of the lesson it goes to the step, whose place was left by way of the contents.
    if (within && values["step"] && step !== values["step"]) lead(beginning());
    else if (kept) lead(kept.place);
    // Without either it is a link within the page.
    else if (!within || step !== values["step"]) lead(beginning());
  });

  // The browser would look for the place before the page is there.
  history.scrollRestoration = "manual";
  const start = history.state?.place ?? beginning();
  if (start) lead(start);
}

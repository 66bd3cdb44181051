import { nothing } from "lit";

/** @type {Set<string>} pages that were shown whole, by their element */
const known = new Set();

/**
 * A long page, part by part: at first what a window shows, then each further part in a task of its own, once the one before is
 * painted. Whoever comes back finds all of it, for they may have been far down.
 */
export class Parts {
  /**
   * @param {import("lit").ReactiveElement} host
   * @param {number} first how many parts come at once
   */
  constructor(host, first) {
    this.host = host;
    this.count = known.has(host.localName) ? Infinity : first;
    this.total = 0;
    this.coming = false;
    host.addController(this);
  }

  /** From the next update on, all of them: the reader asks for one further down. */
  all() {
    this.count = Infinity;
  }

  /**
   * What comes with a turn of its own, wherever in the page.
   * @param {number} turn counted from 1; each task brings one
   * @param {() => unknown} part a template
   */
  at(turn, part) {
    this.total = Math.max(this.total, turn);
    return turn <= this.count ? part() : nothing;
  }

  /**
   * @param {(() => unknown)[]} parts templates, from the top down
   * @returns {unknown[]} those that are shown by now
   */
  shown(parts) {
    return parts.map((part, i) => this.at(i + 1, part));
  }

  hostUpdated() {
    if (!this.total || this.coming) return;
    if (this.count >= this.total) {
      known.add(this.host.localName);
      return void this.host.removeAttribute("aria-busy");
    }
    this.coming = true;
    this.host.setAttribute("aria-busy", "true");
    const next = () => {
      this.coming = false;
      this.count += 1;
      // Who has turned the page needs no more of this one.
      if (this.host.isConnected) this.host.requestUpdate();
    };
    // No frame is painted of a page that nobody sees.
    if (document.hidden) next();
    else requestAnimationFrame(() => setTimeout(next));
  }
}

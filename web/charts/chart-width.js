/** What the last chart took: the next one's first guess. */
let usual = 0;

/**
 * The width that a chart may take. It is not asked for when the chart enters the page, for which everything would be laid out on the
 * spot, but told before the next frame is painted, and then when it changes; until then it is what the last chart took.
 */
export class ChartWidth {
  /** @param {import("lit").LitElement} host */
  constructor(host) {
    this.host = host;
    this.width = 0;
    /** @type {ResizeObserver | null} */
    this.observer = null;
    host.addController(this);
  }

  hostConnected() {
    this.width ||= usual;
    this.observer = new ResizeObserver(([entry]) => {
      if (entry && this.measure(entry.contentRect.width)) this.host.requestUpdate();
    });
    this.observer.observe(this.host);
  }

  hostDisconnected() {
    this.observer?.disconnect();
    this.observer = null;
  }

  /**
   * @param {number} width
   * @returns {boolean} whether it changed; a hidden element keeps the width it had
   */
  measure(width) {
    const whole = Math.floor(width);
    if (whole <= 0 || whole === this.width) return false;
    this.width = usual = whole;
    return true;
  }
}

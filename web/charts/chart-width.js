/** The width that a chart may take, measured once when it enters the page and then only when it changes. */
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
    this.measure(this.host.clientWidth);
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
    this.width = whole;
    return true;
  }
}

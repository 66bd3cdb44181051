/** What the last chart took: the next one's first guess. */
let usual = 0;

/**
 * The width that a chart may take. When the chart enters the page everything would have to be laid out to tell: it is known once the
 * next frame has done so, and until then it is what the last chart took.
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
    // Not at once: another width makes another height, and to that an observer would answer with an error event of the window. Nor in
    // the next frame, which would wait for the drawing.
    this.observer = new ResizeObserver(([entry]) => setTimeout(() => this.measured(entry?.contentRect.width ?? 0)));
    this.observer.observe(this.host);
  }

  hostDisconnected() {
    this.observer?.disconnect();
    this.observer = null;
  }

  /** @param {number} width  a hidden element keeps the width it had */
  measured(width) {
    const whole = Math.floor(width);
    if (whole <= 0 || whole === this.width) return;
    this.width = usual = whole;
    this.host.requestUpdate();
  }
}

/** What the charts share: what they draw, what they are called, how wide they are, and which place of theirs is read just now. */
import { CrossoverElement, uniqueId } from "../element.js";
import { ChartWidth } from "./chart-width.js";

/**
 * @template Chart
 * @template Place
 */
export class ChartElement extends CrossoverElement {
  static properties = {
    chart: { attribute: false },
    name: {},
    description: {},
    at: { state: true },
  };

  constructor() {
    super();
    /** @type {Chart | null} */
    this.chart = null;
    this.name = "";
    this.description = "";
    /** @type {Place | null} what is read just now */
    this.at = null;
    this.size = new ChartWidth(this);
    this.descriptionId = uniqueId("chart-description");
  }

  /** @param {Event} event  a finger that is lifted leaves what it has read */
  onLeave(event) {
    if (event instanceof PointerEvent && event.pointerType === "touch") return;
    if (!this.querySelector(".cursor:focus")) this.at = null;
  }
}

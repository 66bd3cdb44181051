/** What one point of a chart says, in the same words for pointer, touch and keyboard. */
import { html, svg } from "lit";
import { markerPath } from "./series-style.js";

/**
 * @typedef {object} Readout
 * @property {string} heading  where: "Batch 26"
 * @property {string} [note]  what happens here, in a sentence
 * @property {{ label: string, value: string, style: import("./series-style.js").SeriesStyle, current: boolean }[]} items
 */

/** @param {Readout | null} readout */
export function readoutLine(readout) {
  if (!readout) return "";
  return html`<b>${readout.heading}</b>${readout.items.map((item) => html`
    <span class="readout-item ${item.current ? "is-current" : ""}">${swatch(item.style)} ${item.label}
      <span class="number">${item.value}</span></span>`)}`;
}

/**
 * The same for a screen reader: the walked series alone, and what happens there.
 * @param {Readout | null} readout
 */
export function readoutText(readout) {
  const own = readout?.items.find((item) => item.current) ?? readout?.items[0];
  if (!readout || !own) return "";
  return `${readout.heading}: ${own.label} ${own.value}${readout.note ? `. ${readout.note}` : ""}`;
}

/**
 * The marker of a series, for lists and tables.
 * @param {import("./series-style.js").SeriesStyle} style
 */
export function swatch(style) {
  return html`<svg class="swatch hue-${style.hue}" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
    ${svg`<path class="marker ${style.dash ? "is-open" : ""}" d=${markerPath(style.shape, 4.2)}></path>`}</svg>`;
}

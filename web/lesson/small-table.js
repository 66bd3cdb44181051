/** A small table of the lesson: cells that are text already. */
import { html } from "lit";

/**
 * @typedef {object} SmallTable
 * @property {string} id
 * @property {unknown} caption
 * @property {string} name for the frame that scrolls
 * @property {unknown[]} head the first column names the rows
 * @property {unknown[][]} rows
 * @property {number[]} [texts] columns of words, which are not aligned as numbers are
 */

/** @param {SmallTable} table */
export function smallTable({ id, caption, name, head, rows, texts = [] }) {
  const kind = (/** @type {number} */ column) => (column === 0 || texts.includes(column) ? "" : "number");
  return html`<figure class="table">
    <figcaption id="${id}-caption">${caption}</figcaption>
    <div class="scroller" tabindex="0" role="region" aria-label=${name}>
      <table id=${id} aria-labelledby="${id}-caption">
        <thead>
          <tr>${head.map((text, index) => html`<th scope="col" class=${kind(index)}>${text}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(([first, ...rest]) => html`<tr>
            <th scope="row">${first}</th>
            ${rest.map((text, index) => html`<td class=${kind(index + 1)}>${text}</td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>
  </figure>`;
}

/** <crossover-data-table>: the table under a chart; wide ones scroll in their own frame, which the keyboard reaches. */
import { html, nothing } from "lit";
import { CrossoverElement, define, uniqueId } from "../element.js";
import { cellText, isNumeric } from "./table-model.js";

export class DataTable extends CrossoverElement {
  static properties = { table: { attribute: false } };

  constructor() {
    super();
    /** @type {import("./table-model.js").TableModel | null} */
    this.table = null;
    this.captionId = uniqueId("table-caption");
  }

  /** @override */
  render() {
    const { table } = this;
    if (!table) return nothing;
    return html`
      <div class="scroller" role="region" tabindex="0" aria-labelledby=${this.captionId}>
        <table class="data">
          <caption id=${this.captionId}>${table.caption}</caption>
          <thead>
            <tr>${table.columns.map((column) => html`
              <th scope="col" class=${isNumeric(column.unit) ? "number" : nothing}>${column.label}</th>`)}</tr>
          </thead>
          <tbody>${table.rows.map((row) => html`
            <tr>${table.columns.map((column, i) => tableCell(column, row, i === 0))}</tr>`)}</tbody>
        </table>
      </div>
    `;
  }
}

/**
 * @param {import("./table-model.js").Column} column
 * @param {Record<string, import("./table-model.js").Cell>} row
 * @param {boolean} heads  names the row
 */
function tableCell(column, row, heads) {
  const words = cellText(row[column.key], column.unit);
  const address = column.address && row[column.address];
  const text = address ? html`<a href=${address} rel="noreferrer">${words}</a>` : words;
  const kind = isNumeric(column.unit) ? "number" : nothing;
  return heads ? html`<th scope="row" class=${kind}>${text}</th>` : html`<td class=${kind}>${text}</td>`;
}

define("crossover-data-table", DataTable);

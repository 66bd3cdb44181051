/**
 * A table of the engine (engine.table) as a person reads it: its columns named, its numbers with units, its notes below. What does
 * not fit in memory and what was computed at another format's peak is marked in the row itself.
 */
import { html, nothing } from "lit";
import { stylesFor } from "../charts/series-style.js";
import { swatch } from "../charts/readout.js";
import { rich, t } from "../strings.js";
import { columnFormat } from "../figures.js";

/** @typedef {import("../../wasm/engine.js").Table} Table */
/** @typedef {Table["rows"]} Rows */
/**
 * @typedef {object} Layout
 * @property {Table} table
 * @property {string} id of the element
 * @property {unknown} caption
 * @property {string[]} columns which of the table's, in order; the first names the row
 * @property {string} [perSecond] what is counted a second: a key under `unit`
 * @property {Record<string, unknown>} [words] for the notes
 * @property {Record<string, unknown>} [noteTexts] by note: what says more of this table than the usual text
 * @property {(row: Rows[number]) => unknown} [rowName] instead of the first column's text
 * @property {(row: Rows[number]) => boolean} [only] which rows
 * @property {string[]} [groups] headings over the columns: "key:span", empty for none
 */

/** @param {Layout} layout */
export function engineTable({ table, id, caption, columns, perSecond = "input_per_s", words = {}, noteTexts = {}, groups = [], rowName, only = () => true }) {
  const units = new Map(table.columns.map(({ key, unit }) => [key, unit]));
  const formats = new Map(
    table.columns.map((column) => {
      const values = table.rows.map((row) => row[column.key]);
      const plain = values.map((value) => (typeof value === "number" ? value : null));
      return [column.key, columnFormat(column, plain, t(`unit.${perSecond}`))];
    }),
  );
  const marked = table.notes.includes("fallback_fp16_peak");
  /** @param {string} key */
  const numeric = (key) => units.get(key) !== "text" && units.get(key) !== "flag";
  return html`<figure class="table">
    <figcaption id="${id}-caption">${caption}</figcaption>
    <div class="scroller" tabindex="0" role="region" aria-label=${t(`table.${table.name}.name`)}>
      <table id=${id} aria-labelledby="${id}-caption">
        <thead>
          ${groups.length
            ? html`<tr class="groups">${groups.map((group) => {
                const [key, span] = group.split(":");
                return key ? html`<th scope="colgroup" colspan=${span ?? "1"}>${t(`table.group.${key}`)}</th>` : html`<td></td>`;
              })}</tr>`
            : nothing}
          <tr>${columns.map((key) => html`<th scope="col" class=${numeric(key) ? "number" : nothing}>${t(`table.column.${key}`)}</th>`)}</tr>
        </thead>
        <tbody>
          ${table.rows.filter(only).map((row) => html`<tr>${columns.map((key, index) => {
            const text = cellText(row[key], key, formats.get(key) ?? String);
            if (index === 0) return html`<th scope="row">${rowName ? rowName(row) : html`${schemeMark(row[key])}${text}`}${marked && row["fallback"] ? html`<sup>†</sup>` : nothing}</th>`;
            const trouble = row["feasible"] === false && key === "total_bytes";
            return html`<td class=${numeric(key) ? "number" : nothing}>${text}${trouble ? html` <span class="no-fit">${t("table.no_fit")}</span>` : nothing}</td>`;
          })}</tr>`)}
        </tbody>
      </table>
    </div>
    ${notes(table, words, noteTexts)}
  </figure>`;
}

/**
 * @param {Rows[number][string] | undefined} value
 * @param {string} key
 * @param {(value: number) => string} format
 */
function cellText(value, key, format) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(`table.flag.${key}.${value}`);
  if (typeof value === "string") return t(`table.value.${value.toLowerCase()}`);
  return format(value);
}

/** @param {unknown} precision */
function schemeMark(precision) {
  if (typeof precision !== "string" || !/^(fp|int|bf|tf)\d/.test(precision)) return nothing;
  const [style] = stylesFor([precision]);
  return style ? html`${swatch(style)} ` : nothing;
}

/** @param {Table} table @param {Record<string, unknown>} words @param {Record<string, unknown>} texts */
function notes(table, words, texts) {
  if (!table.notes.length) return nothing;
  return html`<ul class="notes">
    ${table.notes.map((note) => html`<li data-note=${note}>${texts[note] ?? rich(`table.note.${note}`, words)}</li>`)}
  </ul>`;
}

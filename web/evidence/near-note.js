/** What was measured near a prediction, in words: how much, by whom, and how wrong predictions of its class are. */
import { html, nothing } from "lit";
import { quantity } from "../charts/quantity.js";
import { t } from "../strings.js";
import { classLabel, percent, protocolLabel, roleLabel, seriesLabel, sourceLink } from "./words.js";

/** Measurements of sequences of another length are told of, not drawn. @param {import("./near.js").Near} near */
const elsewhere = (near) => (near.elsewhere ? t("evidence.near.elsewhere", { count: near.elsewhere }) : nothing);

/**
 * @param {import("./near.js").Near} near
 * @param {import("./load.js").Evidence} evidence
 */
export function nearNote(near, evidence) {
  const { rows, band } = near;
  const heading = html`<h3>${t("evidence.near.title")}</h3>`;
  if (!rows.length || !band) return html`<section class="near" lang="en" dir="ltr">${heading}<p class="aside">${t("evidence.near.none")} ${elsewhere(near)}</p></section>`;
  const [from, to] = [rows[0]?.position, rows.at(-1)?.position];
  /** @type {Map<string, typeof rows>} */
  const curves = new Map();
  for (const row of rows) curves.set(row.series, [...(curves.get(row.series) ?? []), row]);
  return html`<section class="near" lang="en" dir="ltr">${heading}
    <p>${t(from === to ? "evidence.near.text_at_one" : "evidence.near.text", { count: rows.length, from: quantity(from, "count"), to: quantity(to, "count") })}
      ${elsewhere(near)} ${near.ideal ? t("evidence.near.kernels") : near.software ? t("evidence.near.software") : nothing}
      ${t("evidence.near.band", { class: classLabel(band.class), role: roleLabel(band.role), median: percent(band.median), p90: percent(band.p90), protocol: protocolLabel(band.protocol) })}
      <a href="?page=evidence">${t("evidence.near.all")}</a></p>
    <details class="view-table">
      <summary>${t("evidence.near.list", { count: curves.size })}</summary>
      <ul>${[...curves.values()].map(([row, ...more]) => row && html`
        <li>${seriesLabel(row)}: ${t("evidence.near.points_of", { count: more.length + 1 })}, ${sourceLink(evidence.sources, row.source, row.project)}</li>`)}</ul>
    </details>
  </section>`;
}

/** What was measured near a prediction, in words: how much, by whom, and how wrong predictions of its class are. */
import { html, nothing } from "lit";
import { addressOf, turnTo } from "../address.js";
import { quantity } from "../charts/quantity.js";
import { t } from "../strings.js";
import { classLabel, percent, protocolLabel, roleLabel, seriesLabel, sourceLink } from "./words.js";

/** Measurements of sequences of another length are told of, not drawn. @param {import("./near.js").Near} near */
const elsewhere = (near) => (near.elsewhere ? t("evidence.near.elsewhere", { count: near.elsewhere }) : nothing);

/** What all of the labels say. @param {string[]} labels */
const inCommon = ([first = "", ...others]) => first.split(" · ").filter((part) => others.every((label) => label.split(" · ").includes(part))).join(" · ");

/**
 * @param {import("./near.js").Near} near
 * @param {import("./load.js").Evidence} evidence
 */
export function nearNote(near, evidence) {
  const { rows, band } = near;
  const heading = html`<h3>${t("evidence.near.title")}</h3>`;
  if (!rows.length || !band) return html`<section class="near" lang="en" dir="ltr">${heading}<p class="aside">${t("evidence.near.none")} ${elsewhere(near)}</p></section>`;
  const [from, to] = [rows[0]?.position, rows.at(-1)?.position];
  // What one source has of one kernel is one line.
  /** @type {Map<string, typeof rows>} */
  const lines = new Map();
  for (const row of rows) {
    const key = `${row.kernel} ${row.source}`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  return html`<section class="near" lang="en" dir="ltr">${heading}
    <p>${t(from === to ? "evidence.near.text_at_one" : "evidence.near.text", { count: rows.length, from: quantity(from, "count"), to: quantity(to, "count") })}
      ${elsewhere(near)} ${near.ideal ? t("evidence.near.kernels") : near.software ? t("evidence.near.software") : nothing}
      ${t("evidence.near.band", { class: classLabel(band.class), role: roleLabel(band.role), median: percent(band.median), p90: percent(band.p90), protocol: protocolLabel(band.protocol) })}
      <a href=${addressOf("evidence")} @click=${(/** @type {MouseEvent} */ event) => turnTo(event, "evidence")}>${t("evidence.near.all")}</a></p>
    <details class="view-table">
      <summary>${t("evidence.near.list", { count: new Set(rows.map(({ series }) => series)).size, points: t("evidence.near.points_of", { count: rows.length }) })}</summary>
      <ul>${[...lines.values()].map((of) => of[0] && html`
        <li><b>${near.kernelName(of[0])}</b>, ${inCommon(of.map(seriesLabel))}: ${t("evidence.near.points_of", { count: of.length })}, ${sourceLink(evidence.sources, of[0].source, of[0].project)}</li>`)}</ul>
    </details>
  </section>`;
}

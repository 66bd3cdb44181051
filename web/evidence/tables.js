/** The evidence's tables: what came out of web/evidence/worker.js, row by row. */
import { html, nothing } from "lit";
import { quantity } from "../charts/quantity.js";
import { numbers } from "../format.js";
import { smallTable } from "../lesson/small-table.js";
import { recordName } from "../views/names.js";
import { locale, rich, t } from "../strings.js";
import { bias, classLabel, percent, protocolLabel, roleLabel, roles, seriesLabel, sourceLink } from "./words.js";

/**
 * @typedef {import("../../wasm/engine.js").EvidenceReport} EvidenceReport
 * @typedef {import("../../wasm/engine.js").EvidenceTarget} EvidenceTarget
 * @typedef {import("../../wasm/engine.js").EvidenceProtocol} EvidenceProtocol
 * @typedef {import("./load.js").Evidence} Evidence
 */

const count = (/** @type {number} */ value) => quantity(value, "count");
const coefficient = (/** @type {number | null} */ value) => numbers(locale()).fixed(value, 2);

/** @typedef {EvidenceTarget["checks"][number]} Check */

/** @param {Check} check */
function checkText({ figure, limit, found, at_least: least, met }) {
  const written = figure === "kendall_tau" ? coefficient : percent;
  const text = t(`evidence.check.${figure}`, { found: written(found), limit: written(limit), way: t(least ? "evidence.at_least" : "evidence.at_most") });
  return html`<small>${text}${met ? "" : ` ${t("evidence.check_missed")}`}</small>`;
}

/**
 * A figure with the limit that it is held to, where there is one.
 * @param {EvidenceTarget} target
 * @param {Check["figure"]} figure
 * @param {number | null | undefined} found
 */
function limited({ checks }, figure, found) {
  const check = checks.find((one) => one.figure === figure);
  if (!check) return percent(found);
  const limit = t("evidence.limit", { way: t(check.at_least ? "evidence.at_least" : "evidence.at_most"), limit: percent(check.limit) });
  return html`<span class=${check.met ? "" : "is-missed"}>${percent(found)}</span> <small>${limit}</small>`;
}

const columnChecks = ["median", "p90", "coverage"];

/** @param {EvidenceReport} report */
export function targetsTable({ targets, classes }) {
  return smallTable({
    id: "table-targets",
    name: t("evidence.targets.title"),
    caption: rich("evidence.targets.caption"),
    head: ["class", "verdict", "rows", "median", "p90", "bias", "coverage"].map((key) => t(`evidence.column.${key}`)),
    texts: [1],
    rows: targets.map((target) => {
      const errors = classes.find((c) =>
        c.class === target.class && c.protocol === target.protocol && c.role === "judged" && c.quantity === "speedup" && c.flag === "unflagged");
      return [
        html`${classLabel(target.class)} <small>${target.protocol ? protocolLabel(target.protocol) : t("evidence.targets.any_protocol")}</small>`,
        html`<b class="verdict is-${target.verdict}">${t(`evidence.verdict.${target.verdict}`)}</b>
          ${target.checks.filter(({ figure }) => !columnChecks.includes(figure)).map(checkText)}`,
        count(target.rows), limited(target, "median", errors?.median), limited(target, "p90", errors?.p90), bias(errors?.bias),
        limited(target, "coverage", errors?.coverage),
      ];
    }),
  });
}

/**
 * @param {EvidenceReport} report
 * @param {EvidenceProtocol} protocol
 * @param {"speedup" | "time"} figure
 */
export function classesTable({ classes, overall }, protocol, figure) {
  const asked = (/** @type {{protocol: string, quantity: string, flag: string}} */ e) => e.protocol === protocol && e.quantity === figure && e.flag === "unflagged";
  const line = (/** @type {EvidenceReport["overall"][number]} */ e) => [count(e.rows), percent(e.median), percent(e.p90), percent(e.max), bias(e.bias)];
  return smallTable({
    id: "table-classes",
    name: t("evidence.classes.title"),
    caption: t(`evidence.classes.caption_${figure}`, { protocol: protocolLabel(protocol) }),
    head: ["class", "role", "rows", "median", "p90", "max", "bias", "coverage"].map((key) => t(`evidence.column.${key}`)),
    texts: [1],
    rows: [
      ...classes.filter(asked).map((c) => [classLabel(c.class), roleLabel(c.role), ...line(c), percent(c.coverage)]),
      ...roles.flatMap((role) => overall.filter((o) => asked(o) && o.role === role)).map((o) => [t("evidence.overall"), roleLabel(o.role), ...line(o), ""]),
    ],
  });
}

/**
 * @param {Evidence} evidence
 * @param {EvidenceProtocol} protocol
 * @param {"speedup" | "time"} figure
 */
export function sourcesTable({ report, sources }, protocol, figure) {
  const found = report.sources.filter((s) => s.protocol === protocol && s.quantity === figure && s.flag === "unflagged");
  return smallTable({
    id: "table-sources",
    name: t("evidence.sources.title"),
    caption: t("evidence.sources.caption", { protocol: protocolLabel(protocol) }),
    head: ["source", "rows", "median", "p90", "bias", "coverage"].map((key) => t(`evidence.column.${key}`)),
    rows: found.map((s) => [html`<span class="source">${sourceLink(sources, s.source, s.project)}</span>`, count(s.rows), percent(s.median), percent(s.p90), bias(s.bias), percent(s.coverage)]),
  });
}

/**
 * Where curves pass 2x, 1.5x and 1x: of a protocol, those that it is the prediction of.
 * @param {EvidenceReport} report
 * @param {EvidenceProtocol} protocol
 */
export function crossoversTable({ crossovers }, protocol) {
  const plain = protocol === "datasheet";
  const octaves = (/** @type {number | null} */ value) => (value === null ? t("evidence.crossovers.never") : quantity(value, "elasticity"));
  const list = crossovers.list.filter((one) => plain || one.protocol === protocol);
  return smallTable({
    id: "table-crossovers",
    name: t("evidence.crossovers.title"),
    caption: t("evidence.crossovers.caption", { protocol: protocolLabel(protocol) }),
    head: ["series", "role", "threshold", "measured", "predicted", "octaves"].map((key) => t(`evidence.column.${key}`)),
    texts: [1],
    rows: list.map((one) => [
      seriesLabel(one), roleLabel(one.role), quantity(one.threshold, "threshold"), quantity(one.measured, "number"),
      quantity(plain ? one.datasheet : one.predicted, "number"),
      html`${octaves(plain ? one.datasheet_octaves : one.octaves)}${one.idles ? html` ${t("evidence.crossovers.idles")}` : nothing}`,
    ]),
  });
}

/** @param {EvidenceReport} report */
export function orderList({ order }) {
  const line = (/** @type {string} */ key, /** @type {import("../../wasm/engine.js").EvidenceOrder} */ o) =>
    html`<li>${t(`evidence.order.${key}`, { tau: coefficient(o.kendall_tau), pairs: count(o.pairs), best: percent(o.best_right), groups: count(o.groups) })}</li>`;
  return html`<ul>${line("judged", order.judged)}${line("all", order)}${line("datasheet", order.datasheet)}</ul>`;
}

/** @param {EvidenceReport} report */
export function leftOutTable({ coverage }) {
  return smallTable({
    id: "table-left-out",
    name: t("evidence.left_out.title"),
    caption: t("evidence.left_out.caption", {
      mapped: count(coverage.mapped_unflagged), unflagged: count(coverage.unflagged), share: percent(coverage.share), all: count(coverage.rows), all_mapped: count(coverage.mapped),
    }),
    head: ["reason", "rows", "unflagged", "ids"].map((key) => t(`evidence.column.${key}`)),
    texts: [3],
    rows: coverage.left_out.map((l) => [
      html`<span class="source">${l.reason}</span>`, count(l.rows), count(l.unflagged), html`<code>${l.ids.join(" ")}${l.ids.length < l.rows ? " …" : ""}</code>`,
    ]),
  });
}

/**
 * @param {EvidenceReport} report
 * @param {import("../../wasm/engine.js").Engine} engine
 */
export function calibrationsTable({ calibrations }, engine) {
  return smallTable({
    id: "table-calibrations",
    name: t("evidence.calibrations.title"),
    caption: t("evidence.calibrations.caption"),
    head: ["project", "hardware", "runtime", "points", "median", "max", "memory"].map((key) => t(`evidence.column.${key}`)),
    texts: [1, 2],
    rows: calibrations.map((c) => [
      c.project, recordName(engine, "hardware", c.hardware), recordName(engine, "runtime", c.runtime), count(c.points), percent(c.median_error), percent(c.max_error),
      t("evidence.calibrations.range", { best: quantity(c.memory_efficiency, "number"), low: quantity(c.memory_efficiency_low, "number"), high: quantity(c.memory_efficiency_high, "number") }),
    ]),
  });
}

/** What a scenario is called beside others: scheme, model and device, and what else it has different from the first. */
import { numbers } from "../format.js";
import { locale, t } from "../strings.js";
import { rooflineScenario, schemeOf } from "../state.js";
import { attempt } from "../attempt.js";
import { quantity } from "../charts/quantity.js";
import { recordName, schemeLabel } from "../views/names.js";
import { allFields, appliesTo } from "./fields.js";

/**
 * @typedef {import("../../wasm/engine.js").Engine} Engine
 * @typedef {import("../params.js").ParamValues} ParamValues
 */

/**
 * @param {Engine} engine
 * @param {ParamValues} values
 * @param {ParamValues} first
 */
export function scenarioLabel(engine, values, first) {
  const gemm = values["phase"] === "gemm";
  const named = ["scheme", "model", "hardware", ...(gemm ? ["phase", "n", "k"] : [])];
  // A prompt is completed where the model reads any.
  const { prompt: _, ...scenario } = rooflineScenario(values);
  const complete = attempt(() => engine.complete(scenario)).value;
  const reads = (/** @type {string} */ name) => name !== "prompt" || "prompt" in (complete ?? values);
  const further = allFields.filter((field) => !named.includes(field.name) && values[field.name] !== first[field.name]
    && appliesTo(field, String(values["phase"] ?? "decode")) && reads(field.name))
    .map((field) => t("lab.compare.field", { field: t(`lab.field.${field.name}.label`), value: written(engine, field, field.name === "phase" ? complete?.phase ?? null : values[field.name]) }));
  const label = t("lab.compare.own", {
    scheme: schemeLabel(schemeOf(String(values["scheme"]))),
    model: gemm ? t("lab.compare.field", { field: t("views.phase.gemm"), value: ["n", "k"].map((name) => quantity(Number(values[name]), "count")).join("\u00a0×\u00a0") })
      : recordName(engine, "model", String(values["model"])),
    hardware: recordName(engine, "hardware", String(values["hardware"])),
  });
  return [label, ...further].join(", ");
}

/**
 * A field's value in words, or with its unit; with all the digits that may tell two scenarios apart.
 * @param {Engine} engine
 * @param {import("./fields.js").FieldSpec} field
 * @param {string | number | null | undefined} value
 */
function written(engine, { name, control, kind, options, unit, whole }, value) {
  if (name === "phase") return t(`views.phase.${value ?? "decode"}`);
  if (options?.includes(String(value ?? ""))) return t(`lab.option.${name}_${value || "none"}`);
  if (kind) return recordName(engine, kind, String(value));
  if (control === "scheme") return schemeLabel(schemeOf(String(value)));
  if (typeof value !== "number") return t("lab.compare.none");
  const format = numbers(locale());
  const text = unit === "percent" ? format.share(value)
    : unit === "gigabytes" ? format.bytes(value, { significant: 6 })
    : unit === "gigabytes_per_s" ? format.bandwidth(value, { significant: 6 })
    : unit === "watts" ? format.power(value, { significant: 6 })
    : unit === "usd_per_hour" ? format.money(value, 6)
    : whole ? format.count(value) : format.significant(value, 6);
  return text.replaceAll(" ", "\u00a0");
}

/** What a scenario is called beside others: scheme, model and device, and what else it has different from the first. */
import { t } from "../strings.js";
import { schemeOf } from "../state.js";
import { recordName, schemeLabel } from "../views/names.js";
import { fieldNames } from "./fields.js";

/**
 * @param {import("../../wasm/engine.js").Engine} engine
 * @param {import("../params.js").ParamValues} values
 * @param {import("../params.js").ParamValues} first
 */
export function scenarioLabel(engine, values, first) {
  const named = ["scheme", "model", "hardware"];
  const further = fieldNames.filter((name) => !named.includes(name) && values[name] !== first[name])
    .map((name) => t("lab.compare.field", { field: t(`lab.field.${name}.label`), value: String(values[name] ?? t("lab.compare.none")) }));
  const label = t("lab.compare.own", {
    scheme: schemeLabel(schemeOf(String(values["scheme"]))),
    model: recordName(engine, "model", String(values["model"])),
    hardware: recordName(engine, "hardware", String(values["hardware"])),
  });
  return [label, ...further].join(", ");
}

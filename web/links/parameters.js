/** What a parameter takes and what it is when it is left out, in words. */
import { t } from "../strings.js";

/** As a link would write it: large powers of ten stay short. @param {number} value */
const written = (value) => (value >= 1e9 ? value.toExponential().replace("+", "") : String(value));

/** @param {import("../params.js").Param} param */
export function takes(param) {
  switch (param.type) {
    case "choice":
      return t("links.choice", { options: param.options.join(", ") });
    case "number":
    case "whole":
      return t(`links.${param.type}`, { min: written(param.min), max: written(param.max) });
    case "id":
      return t("links.id", { kind: t(`links.kind.${param.kind}`) });
    case "text":
      return t("links.text", { max: param.max });
    default:
      return t(`links.${param.type}`);
  }
}

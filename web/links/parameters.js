/** What a parameter takes and what it is when it is left out, in words. */
import { t } from "../strings.js";

/** As a link would write it, in the shorter of two ways: 10000000, 1e13. @param {number} value */
function written(value) {
  const [plain, scientific] = [String(value), value.toExponential().replace("+", "")];
  return value >= 1e9 && scientific.length < plain.length ? scientific : plain;
}

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

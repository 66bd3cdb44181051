/** Step 8: which part of a scheme pays where, and what a device without the format does. */
import { html, nothing } from "lit";
import { times, tokens } from "../../figures.js";
import { nameOf } from "../../library.js";
import { rich, t } from "../../strings.js";
import { decoding, noticeable, prefilling, roofline } from "../cases.js";
import { smallTable } from "../small-table.js";

const devices = ["a100-80gb", "h100-sxm", "b200"];
const schemes = ["w8a8-int8", "w4a16-g128", "w4a4-int4", "w4a4-fp4"];
const asked = { native: "a100-80gb", without: "h100-sxm" };

/** @param {import("../cases.js").Engine} engine @param {import("../cases.js").RooflineScenario} scenario @param {string} hardware @param {string} scheme */
const at = (engine, scenario, hardware, scheme) => roofline(engine, { ...scenario, hardware, scheme });

/**
 * Which of the two bit widths moves the step: the weights' (W4A16 over W8A8, whose weights are wider), the activations' (W8A8
 * over weights alone), or both.
 * @param {import("../cases.js").Engine} engine
 * @param {import("../cases.js").RooflineScenario} scenario
 */
function part(engine, scenario) {
  const both = at(engine, scenario, asked.native, "w4a4-int4").speedup;
  const weightsAlone = at(engine, scenario, asked.native, "w4a16-g128").speedup;
  const weights = weightsAlone >= noticeable;
  const activations = both / weightsAlone >= noticeable;
  return weights && activations ? "both" : weights ? "weights" : "activations";
}

/** @type {import("../step.js").Step} */
export const schemesStep = {
  id: "schemes",
  intro: ["p1", "p2"],
  questions: [
    { id: "schemes.decode", kind: "choice", options: ["weights", "activations", "both"] },
    { id: "schemes.prefill", kind: "choice", options: ["weights", "activations", "both"] },
    { id: "schemes.missing", kind: "choice", options: ["same", "int8", "fp16"] },
  ],
  facts(engine) {
    return {
      model: nameOf(engine, "model", decoding.model ?? ""),
      native: nameOf(engine, "hardware", asked.native),
      without: nameOf(engine, "hardware", asked.without),
      prompt: tokens(prefilling.prompt ?? 0),
      context: tokens(decoding.context ?? 0),
    };
  },
  answers(engine) {
    const missing = at(engine, prefilling, asked.without, "w4a4-int4").compute_format;
    return {
      "schemes.decode": part(engine, decoding),
      "schemes.prefill": part(engine, prefilling),
      "schemes.missing": missing === "int8" ? "int8" : missing === "int4" ? "same" : "fp16",
    };
  },
  reveal({ engine }) {
    const facts = this.facts(engine);
    const fallbacks = devices.flatMap((hardware) =>
      schemes.flatMap((scheme) => {
        const { compute_format: format, fallback } = at(engine, prefilling, hardware, scheme);
        return fallback ? [{ hardware, scheme, format }] : [];
      }),
    );
    /** @param {import("../cases.js").RooflineScenario} scenario @param {"decode" | "prefill"} phase */
    const table = (scenario, phase) =>
      smallTable({
        id: `lesson-schemes-${phase}`,
        name: t(`lesson.schemes.name_${phase}`),
        caption: rich(`lesson.schemes.caption_${phase}`, facts),
        head: [t("lesson.scheme"), ...devices.map((hardware) => nameOf(engine, "hardware", hardware))],
        rows: schemes.map((scheme) => [
          t(`scheme.${scheme}`),
          ...devices.map((hardware) => {
            const step = at(engine, scenario, hardware, scheme);
            return html`${times(step.speedup)}${step.fallback ? html`<sup>†</sup>` : nothing}`;
          }),
        ]),
      });
    return html`
      ${table(decoding, "decode")} ${table(prefilling, "prefill")}
      <ul class="notes">
        ${fallbacks.map(({ hardware, scheme, format }) => html`<li>† ${t("lesson.schemes.fallback", {
          hardware: nameOf(engine, "hardware", hardware), scheme: t(`scheme.${scheme}`), format: t(`table.value.${format}`),
        })}</li>`)}
      </ul>
      <p>${rich("lesson.schemes.r1")}</p>
      <p>${rich("lesson.schemes.r2")}</p>`;
  },
};

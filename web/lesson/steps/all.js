/** The ten steps, in order. */
import { accuracy } from "./accuracy.js";
import { bytes } from "./bytes.js";
import { capacity } from "./capacity.js";
import { crossover } from "./crossover.js";
import { decode } from "./decode.js";
import { kernelsStep } from "./kernels.js";
import { phases } from "./phases.js";
import { regimes } from "./regimes.js";
import { schemesStep } from "./schemes.js";
import { training } from "./training.js";

/** @type {import("../step.js").Step[]} */
export const steps = [bytes, decode, training, regimes, phases, crossover, kernelsStep, schemesStep, capacity, accuracy];

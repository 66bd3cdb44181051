/** Asking the engine what it may refuse: the answer, or the refusal as something to show. */
import { html } from "lit";
import { EngineError } from "../wasm/engine.js";
import { inEngineWords, t } from "./strings.js";

/**
 * @template T
 * @param {() => T} ask
 * @returns {{value: T, error: null} | {value: null, error: EngineError}}
 */
export function attempt(ask) {
  try {
    return { value: ask(), error: null };
  } catch (refusal) {
    if (refusal instanceof EngineError) return { value: null, error: refusal };
    throw refusal;
  }
}

/**
 * What was refused, where: in the engine's words.
 * @param {EngineError} error
 */
export const whyOf = ({ path, message }) => inEngineWords(path ? `${path}: ${message}` : message);

/**
 * The notice in a figure's place.
 * @param {EngineError} error
 */
export function refusal(error) {
  return html`<div class="notice">
    <h3>${t(`refusal.${error.code}`)}</h3>
    <p>${whyOf(error)}</p>
  </div>`;
}

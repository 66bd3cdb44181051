/**
 * Work that an input mostly leaves as it is: while the reader drags the batch, a chart's lines, sentences and table stay.
 *
 *   this.drawn = remembered((sweep, crossings) => …);
 *
 * @template {unknown[]} Given
 * @template Made
 * @param {(...given: Given) => Made} make  pure
 * @returns {(...given: Given) => Made} the last answer, the same object, as long as it is asked with the same objects
 */
export function remembered(make) {
  /** @type {Given | null} */
  let last = null;
  /** @type {Made} */
  let made;
  return (...given) => {
    if (!last || given.length !== last.length || given.some((one, i) => !Object.is(one, last?.[i]))) {
      made = make(...given);
      last = given;
    }
    return made;
  };
}

/**
 * What the engine was asked lately: it is pure, so that an answer stays right.
 * @param {number} most answers that are kept of one engine; the oldest goes
 * @returns {<T>(engine: import("../wasm/engine.js").Engine, question: unknown, ask: () => T) => T} question: all that the answer depends on
 */
export function answersOf(most) {
  /** @type {WeakMap<import("../wasm/engine.js").Engine, Map<string, any>>} */
  const engines = new WeakMap();
  return (engine, question, ask) => {
    const known = engines.get(engine) ?? new Map();
    engines.set(engine, known);
    const key = JSON.stringify(question);
    if (!known.has(key)) {
      const answer = ask();
      if (known.size >= most) known.delete(known.keys().next().value);
      known.set(key, answer);
    }
    return known.get(key);
  };
}

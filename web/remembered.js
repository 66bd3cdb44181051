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

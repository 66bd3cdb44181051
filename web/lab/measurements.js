/** Measurements as people paste them: a line each, batch and milliseconds, by spaces, commas, semicolons or tabs. Pure. */

/**
 * @param {string} text
 * @returns {{ points: { batch: number, step_s: number }[], wrong: number }} wrong: the first line that is none, from 1; 0: all are
 */
export function readMeasurements(text) {
  /** @type {{ batch: number, step_s: number }[]} */
  const points = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [batch, time, ...more] = line.trim().split(/[\s,;]+/).map(Number);
    if (batch === undefined || time === undefined || more.length || !Number.isInteger(batch) || !(batch >= 1) || !(time / 1000 > 0) || !Number.isFinite(time)) {
      return { points: [], wrong: index + 1 };
    }
    points.push({ batch, step_s: Number((time / 1000).toPrecision(12)) });
  }
  return points.length ? { points, wrong: 0 } : { points, wrong: 1 };
}

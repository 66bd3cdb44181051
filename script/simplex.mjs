// Minimizes without derivatives: Nelder and Mead (1965), The Computer Journal 7(4).

/**
 * @typedef {{at: number[], value: number}} Corner
 * @param {(at: number[]) => number} loss
 * @param {number[]} start
 * @param {{step: number, limit: number, tolerance?: number}} options `limit` evaluations at most
 * @returns {Corner}
 */
export function minimize(loss, start, { step, limit, tolerance = 1e-7 }) {
  let left = limit;
  /** @param {number[]} at @returns {Corner} */
  const corner = (at) => {
    left -= 1;
    return { at, value: loss(at) };
  };
  const corners = [corner(start), ...start.map((_, i) => corner(start.map((x, j) => (i === j ? x + step : x))))];
  const n = start.length;
  while (n > 0 && left > 0) {
    corners.sort((a, b) => a.value - b.value);
    const worst = corners[n];
    if (worst.value - corners[0].value < tolerance) break;
    const center = start.map((_, j) => corners.slice(0, n).reduce((sum, c) => sum + c.at[j], 0) / n);
    /** The worst corner moved along the line through the center. @param {number} factor */
    const moved = (factor) => corner(center.map((c, j) => c + factor * (worst.at[j] - c)));
    const mirrored = moved(-1);
    if (mirrored.value < corners[0].value) {
      const further = moved(-2);
      corners[n] = further.value < mirrored.value ? further : mirrored;
    } else if (mirrored.value < corners[n - 1].value) {
      corners[n] = mirrored;
    } else {
      const nearer = moved(mirrored.value < worst.value ? -0.5 : 0.5);
      if (nearer.value < Math.min(mirrored.value, worst.value)) corners[n] = nearer;
      else for (let i = 1; i <= n; i++) corners[i] = corner(corners[i].at.map((x, j) => (x + corners[0].at[j]) / 2));
    }
  }
  return corners.sort((a, b) => a.value - b.value)[0];
}

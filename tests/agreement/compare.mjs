import assert from "node:assert/strict";

/** What two maths libraries may differ by: pow and log round in their own ways, by a unit or two in the last place. */
const tolerance = 1e-12;

/** Elasticities are differences over a small step, which divides that error by the step. */
const ofDifference = 1e-8;

/**
 * Equal, numbers up to the tolerance.
 * @param {unknown} found
 * @param {unknown} wanted
 * @param {string} place
 */
export function agree(found, wanted, place = "") {
  if (typeof found === "number" && typeof wanted === "number") {
    const allowed = /elasticity$/.test(place) ? ofDifference : tolerance * Math.abs(wanted);
    assert.ok(Math.abs(found - wanted) <= allowed, `${place}: ${found} and ${wanted}`);
    return;
  }
  if (typeof found !== "object" || typeof wanted !== "object" || found === null || wanted === null) {
    assert.equal(found, wanted, place);
    return;
  }
  assert.deepEqual(Object.keys(found).sort(), Object.keys(wanted).sort(), place);
  for (const [key, value] of Object.entries(found)) agree(value, /** @type {Record<string, unknown>} */ (wanted)[key], `${place}.${key}`);
}

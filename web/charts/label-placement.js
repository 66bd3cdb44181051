/** Where labels go so that they cover neither each other nor the lines. Pure; pixels. */

/**
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * @typedef {{ x: number, y: number }} Point
 */

/**
 * Labels in one column, each as near as can be to where it wants to be, at least `gap` apart, between `low` and `high`.
 * Neighbours that clash move as one block, centred on the mean of what they want.
 * @param {number[]} wanted
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]} in the order of `wanted`
 */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  /** @type {{ members: number[], centre: number }[]} */
  const blocks = [];
  const half = (/** @type {{ members: number[] }} */ block) => ((block.members.length - 1) * gap) / 2;
  const settle = (/** @type {number[]} */ members) => {
    const mean = members.reduce((sum, i) => sum + wanted[i], 0) / members.length;
    const room = ((members.length - 1) * gap) / 2;
    return Math.max(low + room, Math.min(high - room, mean));
  };
  for (const i of order) {
    let block = { members: [i], centre: settle([i]) };
    let before = blocks[blocks.length - 1];
    while (before && before.centre + half(before) + gap > block.centre - half(block) + 1e-9) {
      blocks.pop();
      const members = [...before.members, ...block.members];
      block = { members, centre: settle(members) };
      before = blocks[blocks.length - 1];
    }
    blocks.push(block);
  }
  const placed = new Array(wanted.length).fill(0);
  for (const block of blocks) {
    block.members.forEach((i, k) => (placed[i] = block.centre - half(block) + k * gap));
  }
  return placed;
}

/**
 * @typedef {object} Note
 * @property {Point} at  what it names
 * @property {number[]} widths  of the ways to write it, the one that says most first
 * @property {number} height
 *
 * @typedef {Point & { weight?: number }} Obstacle  weight: how bad it is to cover it, 1 where none is given
 */

/** Directions to try, best first: above to the right keeps clear of a falling line. */
const directions = [
  { dx: 1, dy: -1 }, { dx: 1, dy: 0 }, { dx: 1, dy: 1 }, { dx: 0, dy: -1 }, { dx: 0, dy: 1 },
  { dx: -1, dy: 1 }, { dx: -1, dy: 0 }, { dx: -1, dy: -1 },
];
const distances = [14, 26, 42, 62, 86];
/** What each shorter text costs: as much as covering a point and a half of a line. */
const brevity = 18;
/** What a leader through another name costs: less than no name at all. */
const struck = 90;

/**
 * A box for each note, beside its point: the cheapest of a ring of places and of its texts, counting what it would cover.
 * @param {Note[]} notes
 * @param {Obstacle[]} obstacles  points of the lines, dense enough that a line can't slip between
 * @param {Box} frame  boxes stay inside
 * @param {Box[]} [taken]  boxes that are drawn already
 * @returns {({ box: Box, way: number } | null)[]} way: which of its widths; null where there is no place without covering another label
 */
export function placeNotes(notes, obstacles, frame, taken = []) {
  const boxes = [...taken];
  return notes.map((note) => {
    let best = null;
    let lowest = Infinity;
    for (const [way, width] of note.widths.entries()) {
      for (const distance of distances) {
        for (let d = 0; d < directions.length; d++) {
          let least = distance * 0.5 + d * 2 + way * brevity;
          // Counting what it covers takes longest, and makes it no cheaper.
          if (least >= lowest) continue;
          const box = boxAt(note, width, directions[d], distance);
          if (!inside(box, frame) || boxes.some((other) => overlap(box, other))) continue;
          if (boxes.some((other, i) => i >= taken.length && strikes(note.at, box, other))) least += struck;
          const cost = covered(box, obstacles, (lowest - least) / 12) * 12 + least;
          if (cost < lowest) {
            lowest = cost;
            best = { box, way };
          }
        }
      }
    }
    if (best) boxes.push(best.box);
    return best;
  });
}

/**
 * Whether a leader from a point to its box would lead through another box.
 * @param {Point} at
 * @param {Box} box
 * @param {Box} other
 */
function strikes(at, box, other) {
  const foot = nearestOn(box, at);
  return [0.2, 0.4, 0.6, 0.8].some((part) => holds(other, { x: at.x + (foot.x - at.x) * part, y: at.y + (foot.y - at.y) * part }));
}

/**
 * @param {Box} box
 * @param {Obstacle[]} obstacles
 * @param {number} [enough]  where it makes no difference any more
 * @returns {number} the sum of the weights of what stands in it, or something from `enough` up
 */
export function covered(box, obstacles, enough = Infinity) {
  let sum = 0;
  for (const point of obstacles) {
    if (!holds(box, point)) continue;
    sum += point.weight ?? 1;
    if (sum >= enough) break;
  }
  return sum;
}

/**
 * @param {Note} note
 * @param {number} width
 * @param {{ dx: number, dy: number }} direction
 * @param {number} distance
 * @returns {Box}
 */
function boxAt(note, width, direction, distance) {
  const left = direction.dx > 0 ? note.at.x + distance * 0.6
    : direction.dx < 0 ? note.at.x - distance * 0.6 - width : note.at.x - width / 2;
  const top = direction.dy > 0 ? note.at.y + distance * 0.6
    : direction.dy < 0 ? note.at.y - distance * 0.6 - note.height : note.at.y - note.height / 2;
  return { left, top, right: left + width, bottom: top + note.height };
}

/**
 * @param {Box} box
 * @param {Box} frame
 */
function inside(box, frame) {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

/**
 * @param {Box} a
 * @param {Box} b
 */
export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/**
 * @param {Box} box
 * @param {Point} point
 */
function holds(box, point) {
  return point.x > box.left - 3 && point.x < box.right + 3 && point.y > box.top - 3 && point.y < box.bottom + 3;
}

/**
 * Where a leader from a point to a box ends: the nearest place on the box's edge.
 * @param {Point} point
 * @param {Box} box
 * @returns {Point}
 */
export function nearestOn(box, point) {
  return {
    x: Math.max(box.left, Math.min(box.right, point.x)),
    y: Math.max(box.top, Math.min(box.bottom, point.y)),
  };
}

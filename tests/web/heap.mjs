/** What is in the JavaScript heap, from a snapshot of it. */

/** What a node of a snapshot is where it is no value of the page: the browser's own, outside of V8's heap, and the groups of roots. */
const outside = ["native", "synthetic"];
/** Of these a name says nothing: it is the text itself, or a place in the list. */
const unnamed = ["string", "concatenated string", "sliced string", "number"];

/** @typedef {Map<string, number>} Kinds bytes by kind of node, with its constructor where it has one */

/**
 * @param {import("playwright-core").CDPSession} session
 * @returns {Promise<Kinds>}
 */
export async function heapKinds(session) {
  /** @type {string[]} */
  const chunks = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  // The browser collects garbage before.
  await session.send("HeapProfiler.takeHeapSnapshot");
  const { snapshot: { meta }, nodes, strings } = JSON.parse(chunks.join(""));
  const [type, name, size] = ["type", "name", "self_size"].map((field) => meta.node_fields.indexOf(field));
  /** @type {Kinds} */
  const kinds = new Map();
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    const is = meta.node_types[type][nodes[at + type]];
    if (outside.includes(is)) continue;
    const kind = unnamed.includes(is) ? is : `${is} ${strings[nodes[at + name]]}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + nodes[at + size]);
  }
  return kinds;
}

/**
 * Where to look for a leak: the kinds that grew most.
 * @param {Kinds} before
 * @param {Kinds} after
 */
export function grownMost(before, after) {
  return [...after].map(([kind, bytes]) => /** @type {const} */ ([kind, bytes - (before.get(kind) ?? 0)]))
    .sort((a, b) => b[1] - a[1]).slice(0, 8).map(([kind, bytes]) => `${kind}: ${bytes} bytes more`);
}

/**
 * What embed.html and the page around it say to each other with postMessage. Anything else is ignored on both sides: a message counts
 * only from the one window (`event.source`) and the one origin (`event.origin`) that it is expected from.
 *
 * Stable: a message of version 1 keeps its fields and their meaning; fields may be added.
 */

/** The protocol's version, in every message. */
export interface Envelope {
  readonly crossover: 1;
}

/** The figure stands: its view, and the version of the engine that computed it. */
export interface Ready extends Envelope {
  readonly type: "ready";
  readonly view: string;
  readonly version: string;
}

/** The figure could not be computed. It says so itself, too. */
export interface Failed extends Envelope {
  readonly type: "error";
  readonly message: string;
}

/** The reader changed an input. `parameters` are those that are not at their defaults; `search` is the same as an address's query. */
export interface Changed extends Envelope {
  readonly type: "change";
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly search: string;
}

/** How high the figure is, in CSS pixels: after it stands and whenever that changes. */
export interface Height extends Envelope {
  readonly type: "height";
  readonly height: number;
}

/** From embed.html to the page around it. To the origin that `host=` names; without it to any, for nothing in it is a secret. */
export type FrameMessage = Ready | Failed | Changed | Height;

/** The page around it begins to listen: it is told the height again, and `ready` where the figure stands. Taken from any origin. */
export interface Hello extends Envelope {
  readonly type: "hello";
}

/** Parameters to change, by the names of an address; null takes one back to its default. Taken from the origin of `host=` only. */
export interface SetParameters extends Envelope {
  readonly type: "set";
  readonly parameters: Readonly<Record<string, string | number | null>>;
}

/** From the page around it to embed.html. */
export type HostMessage = Hello | SetParameters;

/**
 * What embed.js dispatches on the <iframe>, with a message of that type as `detail`: "crossover-ready", "crossover-error",
 * "crossover-change", "crossover-height". It takes "crossover-set" there, with `{parameters}` as `detail`.
 */
export interface IframeEvents {
  "crossover-ready": CustomEvent<Ready>;
  "crossover-error": CustomEvent<Failed>;
  "crossover-change": CustomEvent<Changed>;
  "crossover-height": CustomEvent<Height>;
  "crossover-set": CustomEvent<{ parameters: SetParameters["parameters"] }>;
}

/** What <crossover-view> dispatches. `ready` and `error` do not bubble; `change` does. */
export interface ElementEvents {
  ready: CustomEvent<{ view: string; version: string }>;
  error: CustomEvent<{ message: string }>;
  change: CustomEvent<{ search: string; parameters: Record<string, string | number> }>;
}

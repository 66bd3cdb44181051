/** Which messages count: web/embed/protocol.d.ts says what they mean. A message of any other shape is nobody's. Pure. */

/** @typedef {import("./protocol.js").FrameMessage} FrameMessage */
/** @typedef {import("./protocol.js").HostMessage} HostMessage */

/** A figure is never higher; a frame that says so is not believed. */
export const mostHeight = 20_000;

const isText = (/** @type {unknown} */ value) => typeof value === "string" && value.length <= 10_000;

/** @param {unknown} value */
const isParameters = (value) => isRecord(value)
  && Object.keys(value).length <= 100 && Object.values(value).every((one) => one === null || isText(one) || Number.isFinite(one));

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** By the message's type: whether its fields are what they must be. @type {Record<string, (data: Record<string, unknown>) => boolean>} */
const fromFrame = {
  ready: ({ view, version }) => isText(view) && isText(version),
  error: ({ message }) => isText(message),
  change: ({ parameters, search }) => isParameters(parameters) && isText(search),
  height: ({ height }) => typeof height === "number" && height > 0 && height <= mostHeight,
};
/** @type {Record<string, (data: Record<string, unknown>) => boolean>} */
const fromHost = { hello: () => true, set: ({ parameters }) => isParameters(parameters) };

/** @param {typeof fromFrame} known @param {unknown} data */
const read = (known, data) =>
  isRecord(data) && data["crossover"] === 1 && typeof data["type"] === "string" && Object.hasOwn(known, data["type"]) && known[data["type"]]?.(data) ? data : null;

/** @param {unknown} data @returns {FrameMessage | null} */
export const readFrameMessage = (data) => /** @type {FrameMessage | null} */ (/** @type {unknown} */ (read(fromFrame, data)));

/** @param {unknown} data @returns {HostMessage | null} */
export const readHostMessage = (data) => /** @type {HostMessage | null} */ (/** @type {unknown} */ (read(fromHost, data)));

/**
 * What the reader has predicted, kept in the browser where it lets us and for the visit where it does not. Nothing is sent.
 *
 *   const progress = createProgress();          // reads what is there
 *   progress.lock("decode.int4", 4);            // a prediction, once
 *   progress.get("decode.int4")                 // {value: 4, at: "2026-05-01T10:00:00.000Z"} or undefined
 */

/**
 * @typedef {object} Locked
 * @property {unknown} value
 * @property {string} at when, ISO 8601
 * @property {true} [seen] the answer had been shown before
 * @property {true} [open] asked once more, not locked again yet
 * @property {{value: unknown, at: string}} [first] what had been predicted before the answer was shown
 */
/**
 * @typedef {object} Progress
 * @property {(id: string) => Locked | undefined} get
 * @property {(id: string) => Locked | undefined} told what the reader said of it last, also where it is asked once more
 * @property {(id: string, value: unknown) => void} lock a prediction, which shows the answer
 * @property {(id: string, value: unknown, seen: boolean) => void} check an exercise's answer, which may be checked again; seen: the right one had been shown
 * @property {(ids: string[]) => void} reopen to be predicted once more; that the answer was shown is remembered
 * @property {() => void} forget everything
 * @property {() => void} refresh another tab has written
 * @property {() => Record<string, Locked>} all
 * @property {boolean} kept false where the browser keeps nothing: said to the reader
 */

const key = "crossover.lesson.1";

/** @returns {Storage | null} reading the property itself throws where storage is blocked */
function browserStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {string | null} text
 * @returns {Record<string, Locked>} what of it can be used
 */
function read(text) {
  /** @type {Record<string, Locked>} */
  const found = {};
  try {
    for (const [id, locked] of Object.entries(JSON.parse(text ?? "{}"))) {
      if (locked && typeof locked === "object" && "value" in locked && typeof locked.at === "string" && id !== "__proto__") found[id] = locked;
    }
  } catch {
    // Somebody else's text under our name: start anew.
  }
  return found;
}

/**
 * @param {Pick<Storage, "getItem" | "setItem"> | null} [storage]
 * @param {() => Date} [now]
 * @returns {Progress}
 */
export function createProgress(storage = browserStorage(), now = () => new Date()) {
  /** @type {Record<string, Locked>} */
  let locked = {};
  let kept = storage !== null;
  try {
    locked = read(storage?.getItem(key) ?? null);
  } catch {
    kept = false;
  }
  /** Another tab may have written since: what is kept is the truth, where anything can be kept. */
  const latest = () => {
    try {
      return kept && storage ? read(storage.getItem(key)) : locked;
    } catch {
      kept = false;
      return locked;
    }
  };
  const keep = () => {
    try {
      storage?.setItem(key, JSON.stringify(locked));
    } catch {
      kept = false;
    }
  };
  /** @param {string} id @param {(before: Locked | undefined) => Locked} made */
  const put = (id, made) => {
    const all = latest();
    locked = { ...all, [id]: made(Object.hasOwn(all, id) ? all[id] : undefined) };
    keep();
  };
  const at = () => now().toISOString();
  /** What is to be kept of a prediction that is made anew: the last one from before the answer. @param {Locked | undefined} before */
  const firstOf = (before) => {
    const first = before?.first ?? (before && !before.seen && before.value !== null ? { value: before.value, at: before.at } : undefined);
    return first ? { first } : {};
  };
  return {
    get: (id) => (Object.hasOwn(locked, id) && !locked[id]?.open ? locked[id] : undefined),
    told(id) {
      const one = Object.hasOwn(locked, id) ? locked[id] : undefined;
      return one?.open ? one.first : one;
    },
    lock(id, value) {
      put(id, (before) => ({ value, at: at(), ...(before ? { seen: true } : {}), ...firstOf(before) }));
    },
    check(id, value, seen) {
      put(id, (before) => (before && before.value === value ? before : { value, at: at(), ...(seen || before?.seen ? { seen: true } : {}) }));
    },
    reopen(ids) {
      for (const id of ids) put(id, (before) => ({ value: null, at: at(), open: true, ...firstOf(before) }));
    },
    refresh() {
      locked = latest();
    },
    forget() {
      locked = {};
      keep();
    },
    all: () => ({ ...locked }),
    get kept() {
      return kept;
    },
  };
}

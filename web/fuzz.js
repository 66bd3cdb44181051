/**
 * ?fuzz: every control of the page is played at random, the same way for the same seed, with what people and programs type by mistake
 * or on purpose. For tests, and for anyone who wants to see the page hold. What it does is told on <html>:
 *   data-fuzz-steps   interactions so far
 *   data-fuzz-faults  uncaught errors so far
 *   data-fuzz-until   set by whoever watches: it waits there
 * Nothing that the reader keeps is touched: predictions go to a storage of its own, files are made and not saved.
 */

/** Words that have broken programs. */
export const hostile = [
  "", " ", "0", "-0", "1", "-1", "0.5", "7", "64", "4096", "1e400", "-1e400", "1e-400", "NaN", "nan", "Infinity", "0x10", "1,5", "١٢", "1 000",
  "99999999999999999999", "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\"'`${1}{{1}}", "__proto__", "constructor",
  "\u202e\u2066txt", "\ud800", "\u0000", "🙂", "a".repeat(5000), "[".repeat(2000), "{\"a\":".repeat(500), "{}", "[]", "null", "{\"__proto__\":{\"x\":1}}",
  "1 12.9\n8 13.6\n32 17.1", "1 1e400", "8 -3", "{\"weight_bits\":4,\"kv_bits\":8}",
  "{\"architectures\":[\"LlamaForCausalLM\"],\"model_type\":\"llama\",\"hidden_size\":64,\"num_hidden_layers\":2}",
];

/** Keys that controls and tabs listen to. */
const keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", "Escape", "PageUp", "PageDown", "Tab", " "];

const playable = "button, a[href], input:not([type=file]), select, textarea, summary, svg.chart, [tabindex='0']";

/**
 * Random numbers from 0 to 1, the same for the same seed (mulberry32).
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @typedef {() => number} Random */

/** @template T @param {Random} random @param {ArrayLike<T>} from @returns {T} */
const pick = (random, from) => /** @type {T} */ (from[Math.floor(random() * from.length)]);

/** @param {Element} field @param {...string} types */
const tell = (field, ...types) => types.forEach((type) => field.dispatchEvent(new Event(type, { bubbles: true })));

/** As a hand does it: a slider passes values on its way, a text grows by the key. @param {Random} random @param {HTMLInputElement} input */
function fill(random, input) {
  const values = [];
  if (input.type === "range") {
    const place = () => String(Number(input.min) + random() * (Number(input.max) - Number(input.min)));
    values.push(place(), place(), place(), place());
  } else {
    const text = random() < 0.5 ? String(Math.round(10 ** (random() * 5))) : pick(random, hostile);
    values.push(text.slice(0, 1), text.slice(0, 2), text.slice(0, 3), text);
  }
  for (const value of values) {
    input.value = value;
    tell(input, "input");
  }
  tell(input, "change");
}

/** @param {Random} random @param {Element} chart */
function point(random, chart) {
  const { left, top, width, height } = chart.getBoundingClientRect();
  const grip = chart.querySelector(".here-target");
  const on = grip && random() < 0.5 ? grip : chart;
  const at = () => ({ clientX: left + random() * width, clientY: top + random() * height, bubbles: true });
  for (const type of ["pointerdown", "pointermove", "pointermove", "pointerup", "pointerleave"]) on.dispatchEvent(new PointerEvent(type, at()));
}

/** As if somebody had written an address by hand and gone back to it. @param {string} search */
function travel(search) {
  history.replaceState(null, "", `${location.pathname}${search}`);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** @param {Random} random @param {readonly string[]} names of parameters @param {string} page */
function somewhere(random, names, page) {
  const query = new URLSearchParams([["page", page]]);
  for (let count = Math.floor(random() * 4); count > 0; count--) {
    // What a server takes of an address.
    const value = pick(random, hostile).slice(0, 300);
    const name = pick(random, names);
    if (name !== "page") query.set(name, value);
  }
  return `?${query}`;
}

/** @param {Random} random @param {Element} control */
function play(random, control) {
  if (control instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(control.type)) fill(random, control);
  else if (control instanceof HTMLTextAreaElement) {
    control.value = pick(random, hostile);
    tell(control, "input", "change");
  } else if (control instanceof HTMLSelectElement) {
    control.selectedIndex = Math.floor(random() * control.options.length);
    tell(control, "input", "change");
  } else if (control.matches("svg.chart")) point(random, control);
  else if (control instanceof HTMLElement) {
    control.focus({ preventScroll: true });
    control.click();
  }
  if (random() < 0.3) control.dispatchEvent(new KeyboardEvent("keydown", { key: pick(random, keys), bubbles: true, cancelable: true }));
}

/** @param {Element} control */
const usable = (control) => !(/** @type {any} */ (control).disabled) && control.getClientRects().length > 0;

/**
 * What kind of control it is, on its page: one of a few hundred, however often it is drawn again.
 * @param {Element} control
 */
const kindOf = (control) =>
  [new URLSearchParams(location.search).get("page"), control.parentElement?.className, control.localName, control.className, control.getAttribute("name")].join(" ");

/**
 * Half of the picks go to a kind that was picked least, so that a rare page and a rare button come early and again.
 * @template T
 * @param {Random} random
 * @param {(item: T) => string} kind
 * @returns {(from: readonly T[]) => T}
 */
function fairPick(random, kind) {
  /** @type {Map<string, number>} */
  const times = new Map();
  const of = (/** @type {T} */ item) => times.get(kind(item)) ?? 0;
  return (from) => {
    const fair = random() < 0.5;
    const least = fair ? Math.min(...from.map(of)) : 0;
    const picked = pick(random, fair ? from.filter((item) => of(item) === least) : from);
    times.set(kind(picked), of(picked) + 1);
    return picked;
  };
}

/** So that nothing of the reader's is written over, and no window or file opens. Before the page is there. */
export function prepare() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = { getItem: (/** @type {string} */ key) => kept.get(key) ?? null, setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text), removeItem: (/** @type {string} */ key) => kept.delete(key) };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) click.call(this);
  };
  globalThis.print = () => {};
  // No finger is behind a made-up pointer, so there is none to capture.
  Element.prototype.setPointerCapture = Element.prototype.releasePointerCapture = () => {};
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const address = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    if (address.pathname === location.pathname) travel(address.search);
  });
}

/**
 * @param {number} seed
 * @param {{names: readonly string[], pages: readonly string[]}} known parameters, and the lazily loaded pages
 */
export async function fuzz(seed, { names, pages }) {
  const random = randomFrom(seed);
  const told = document.documentElement.dataset;
  const control = fairPick(random, kindOf);
  const page = fairPick(random, String);
  let steps = 0;
  let faults = 0;
  for (const type of ["error", "unhandledrejection"]) addEventListener(type, () => (told["fuzzFaults"] = String(++faults)));
  // A function of its own: one that waits would keep its variables, and with them a page that is gone.
  const step = () => {
    const controls = [...document.querySelectorAll(playable)].filter(usable);
    if (!controls.length || random() < 0.02) travel(somewhere(random, names, page(["tables", ...pages])));
    else play(random, control(controls));
    told["fuzzSteps"] = String(++steps);
  };
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (steps < Number(told["fuzzUntil"] ?? Infinity)) step();
  }
}

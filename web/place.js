/**
 * Where the reader is in a page, and the way back there: after another language, back and forward, and a reload. A place is told by the
 * headings, 3.5 being halfway between the third and the fourth: heights change with the language, and parts come late.
 */

/** Pixels down to the document's beginning, its headings and its end. */
const marks = () => [
  0, ...[...document.querySelectorAll("main :is(h1, h2)")].map((heading) => heading.getBoundingClientRect().top + scrollY), document.documentElement.scrollHeight,
];

/** @typedef {number | string} Place  as text the id of an element */

/** @type {Place | null} where the reader is being led to */
let ahead = null;
/** Ends that. */
let arrive = () => {};

/** The page has nothing more to come once it was still for this long, milliseconds. */
const still = 1000;

/** @returns {Place} */
export function place() {
  if (ahead !== null) return ahead;
  const all = marks();
  const i = Math.max(0, all.filter((top) => top <= scrollY).length - 1);
  const [from = 0, to = 0] = all.slice(i);
  return to > from ? i + Math.max(0, scrollY - from) / (to - from) : i;
}

/** @param {Place} to  where the page has got that far */
function show(to) {
  if (typeof to === "string") return document.getElementById(to)?.scrollIntoView();
  const i = Math.floor(to);
  const [from, next] = marks().slice(i);
  if (from !== undefined && next !== undefined) scrollTo(0, from + (to - i) * (next - from));
}

/**
 * Leads to a place, and again as the page grows, until all of it is there or the reader does something.
 * @param {Place} to
 */
export function lead(to) {
  arrive();
  ahead = to;
  let timer = 0;
  const grown = new ResizeObserver(() => {
    show(to);
    clearTimeout(timer);
    if (!document.querySelector("main :is(.waiting, [aria-busy])")) timer = window.setTimeout(arrive, still);
  });
  const acts = new AbortController();
  arrive = () => {
    ahead = null;
    clearTimeout(timer);
    grown.disconnect();
    acts.abort();
  };
  for (const act of ["wheel", "pointerdown", "keydown"]) addEventListener(act, arrive, { passive: true, signal: acts.signal });
  grown.observe(document.body);
}

/**
 * Whether what surrounds an element is light or dark, as its reader sees it: what the host says in an attribute or a class, else the
 * colour that is painted behind it, else its colour scheme. A host that says nothing of dark has a white canvas, whatever the
 * system prefers.
 */

const attributes = ["data-theme", "data-bs-theme", "data-color-mode", "data-mode", "data-md-color-scheme", "data-color-scheme"];
/** Values and classes of textbooks' tools: Bootstrap and Quarto, Material, mdBook's five themes, Tailwind. */
const dark = /^(dark|slate|quarto-dark|dark-mode|theme-dark|coal|navy|ayu)$/;
const light = /^(light|default|quarto-light|light-mode|theme-light|rust)$/;
const watched = [...attributes, "class", "style"];

/** @param {Element} element  also out of a shadow tree */
const parentOf = (element) => {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
};

/** @param {Element} element @returns {Element[]} it and all above it */
function ancestry(element) {
  /** @type {Element[]} */
  const all = [];
  for (let one = /** @type {Element | null} */ (element); one; one = parentOf(one)) all.push(one);
  return all;
}

/** @param {Element} element @returns {"light" | "dark" | null} */
function named(element) {
  for (const word of [...attributes.map((name) => element.getAttribute(name) ?? ""), ...element.classList]) {
    if (dark.test(word)) return "dark";
    if (light.test(word)) return "light";
  }
  return null;
}

/** @type {CanvasRenderingContext2D | null | undefined} */
let brush;

/**
 * A colour as the screen has it: a page may write it in any of CSS's ways.
 * @param {string} colour
 * @returns {number[]} red, green, blue and opacity, 0 to 255
 */
function seen(colour) {
  const plain = /^rgba?\(([^)/]+)\)$/.exec(colour)?.[1]?.split(",").map(Number);
  if (plain) return [...plain.slice(0, 3), (plain[3] ?? 1) * 255];
  brush ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!brush) return [0, 0, 0, 0];
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data];
}

/** @param {Element} element @returns {"light" | "dark" | null} of what it paints, where that hides what is behind it */
function painted(element) {
  const [red = 0, green = 0, blue = 0, opacity = 0] = seen(getComputedStyle(element).backgroundColor);
  if (opacity < 128) return null;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}

/** @param {Element} element */
function schemed(element) {
  const schemes = getComputedStyle(element).colorScheme.split(" ");
  if (!schemes.includes("dark")) return "light";
  return !schemes.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * @param {Element} element
 * @returns {"light" | "dark"}
 */
export function hostTheme(element) {
  const above = ancestry(element).slice(1);
  for (const one of above) {
    const found = named(one);
    if (found) return found;
  }
  for (const one of above) {
    const found = painted(one);
    if (found) return found;
  }
  return above[0] ? schemed(above[0]) : "light";
}

/**
 * Tells when it may have changed.
 * @param {Element} element
 * @param {() => void} changed
 * @returns {() => void} ends it
 */
export function watchHostTheme(element, changed) {
  const observer = new MutationObserver(changed);
  for (const one of ancestry(element).slice(1)) observer.observe(one, { attributes: true, attributeFilter: watched });
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  preferred.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    preferred.removeEventListener("change", changed);
  };
}

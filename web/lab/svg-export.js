/**
 * A view's charts as one picture that stands alone: SVG with every style written into it, and PNG of the same. The takeaway stands
 * above, scenario and version inside (SVG metadata, PNG text chunk), so that a picture found later can be computed again.
 */
import { textWidth, wrapped } from "../charts/text-width.js";
import { withText } from "./png-text.js";

/** What CSS gives a chart and a lone file needs, with what it is where nothing is written. */
const shapes = /** @type {Record<string, string>} */ ({
  fill: "rgb(0, 0, 0)", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter", "fill-opacity": "1", "stroke-opacity": "1",
});
const texts = /** @type {Record<string, string>} */ ({
  ...shapes, "font-family": "", "font-size": "", "font-weight": "400", "text-anchor": "start", "paint-order": "normal",
});
const drawn = new Set(["path", "line", "rect", "circle"]);
const xmlns = "http://www.w3.org/2000/svg";
const margin = 20;

/**
 * @param {Element} view  the element with `svg.chart` in it
 * @param {{ title: string, about: string, metadata: Record<string, unknown> }} words
 * @returns {{ text: string, width: number, height: number }}
 */
export function svgOf(view, { title, about, metadata }) {
  const charts = /** @type {SVGSVGElement[]} */ ([...view.querySelectorAll("svg.chart")]);
  const width = Math.max(480, ...charts.map((chart) => Number(chart.getAttribute("width")))) + 2 * margin;
  const style = getComputedStyle(view);
  const root = document.createElementNS(xmlns, "svg");
  const add = (/** @type {Element} */ to, /** @type {string} */ name, /** @type {Record<string, string | number>} */ attributes, text = "") => {
    const element = document.createElementNS(xmlns, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text) element.textContent = text;
    to.append(element);
    return element;
  };
  add(root, "title", {}, title);
  add(root, "desc", {}, charts.map((chart) => describedBy(chart)).filter(Boolean).join(" "));
  add(root, "metadata", {}, JSON.stringify(metadata));
  const paper = add(root, "rect", { x: 0, y: 0, fill: plainColour(style.getPropertyValue("--paper").trim() || "#fff") });
  let y = margin + 18;
  for (const line of wrapped(title, width - 2 * margin, (words) => textWidth(words, 18, "bold"))) {
    add(root, "text", { x: margin, y, "font-family": "Georgia, serif", "font-size": 18, "font-weight": 600, fill: plainColour(style.color) }, line);
    y += 24;
  }
  for (const line of about.split("\n").flatMap((one) => wrapped(one, width - 2 * margin, (words) => textWidth(words, 13)))) {
    add(root, "text", { x: margin, y, "font-family": "sans-serif", "font-size": 13, fill: plainColour(style.color), opacity: 0.75 }, line);
    y += 18;
  }
  y += 8;
  for (const chart of charts) {
    const copy = inline(chart);
    copy.setAttribute("x", String(margin));
    copy.setAttribute("y", String(y));
    root.append(copy);
    y += Number(chart.getAttribute("height")) + margin;
  }
  for (const element of [root, paper]) {
    element.setAttribute("width", String(width));
    element.setAttribute("height", String(y));
  }
  root.setAttribute("viewBox", `0 0 ${width} ${y}`);
  root.setAttribute("xmlns", xmlns);
  return { text: new XMLSerializer().serializeToString(root), width, height: y };
}

/**
 * @param {{ text: string, width: number, height: number }} svg
 * @param {Record<string, unknown>} metadata
 * @param {number} [scale]  pixels of the picture for one of the page
 * @returns {Promise<Uint8Array>} the file
 */
export async function pngOf(svg, metadata, scale = 2) {
  const address = URL.createObjectURL(new Blob([svg.text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(svg.width * scale);
    canvas.height = Math.round(svg.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!(blob instanceof Blob)) throw new Error("this browser draws no PNG of this size");
    return withText(new Uint8Array(await blob.arrayBuffer()), "crossover", JSON.stringify(metadata));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * A copy with the computed style as attributes, without what only answers a pointer.
 * @param {SVGSVGElement} chart
 * @returns {SVGSVGElement}
 */
function inline(chart) {
  const copy = /** @type {SVGSVGElement} */ (chart.cloneNode(true));
  const originals = [chart, ...chart.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const [property, unwritten] of Object.entries(original instanceof SVGTextElement ? texts : drawn.has(original.localName) ? shapes : {})) {
      const value = plainColour(style.getPropertyValue(property));
      if (value === unwritten) copies[i].removeAttribute(property);
      else copies[i].setAttribute(property, value.replaceAll('"', "'"));
    }
    for (const name of ["class", "tabindex", "role", "aria-hidden", "aria-describedby"]) copies[i].removeAttribute(name);
  });
  originals.forEach((original, i) => {
    if (original.matches(".cursor, .here-target")) copies[i].remove();
  });
  for (const comment of comments(copy)) comment.remove();
  return copy;
}

/**
 * Lit's markers, which a file does not need.
 * @param {Element} root
 */
function comments(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  /** @type {Comment[]} */
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Comment} */ (walker.currentNode));
  return found;
}

/**
 * Computed mixtures come as color(srgb r g b), which few programs but browsers read.
 * @param {string} value
 */
function plainColour(value) {
  const mixed = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value);
  return mixed ? `rgb(${mixed.slice(1).map((part) => Math.round(Number(part) * 255)).join(", ")})` : value;
}

/** @param {Element} chart */
function describedBy(chart) {
  return document.getElementById(chart.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
}

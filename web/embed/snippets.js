/**
 * What an author pastes to embed a view, for each tool. Pure. Everything that comes from the outside is escaped for the place where
 * it stands.
 *
 *   snippetFor("iframe", { site: "https://example.org/crossover/", parameters: { view: "crossover", batch: 8 }, title: "…", width: "", height: "520", image: "" })
 */

/**
 * @typedef {object} Embedding
 * @property {string} site the address of the directory that crossover-view.js is in, with its slash
 * @property {Record<string, string | number>} parameters by the names of an address; `view` among them
 * @property {string} title
 * @property {string} width pixels, or "" for as wide as the text
 * @property {string} height pixels, or ""
 * @property {string} image file of the picture for print, or ""
 */

/** @param {unknown} text within an attribute of HTML or XML */
const attribute = (text) => String(text).replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter] ?? letter);

/** @param {Record<string, string | number | undefined>} values those that are empty are left out */
const attributes = (values) => Object.entries(values).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => ` ${name}="${attribute(value)}"`).join("");

/** A frame speaks English alone: it would explain that it can't use another language. @param {Embedding} given */
const frameAddress = ({ site, parameters: { locale: _, ...parameters } }) => {
  const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  return `${site}embed.html?${query}`;
};

/** @param {Embedding} given */
const picture = ({ image, title }) => (image ? `<img${attributes({ src: image, alt: title || " " })}>` : "");

/** @param {Embedding} given */
const script = ({ site }) => `<script type="module" src="${attribute(`${site}crossover-view.js`)}"></script>`;

/** @param {Embedding} given one line: a blank one would end it in Markdown */
const tag = (given) =>
  `<crossover-view${attributes({ ...given.parameters, label: given.title, width: given.width, height: given.height })}>${picture(given)}</crossover-view>`;

/** @param {Embedding} given */
const element = (given) => `${script(given)}\n${tag(given)}`;

/** @param {Embedding} given */
const iframe = (given) =>
  `<iframe data-crossover${attributes({ src: frameAddress(given), title: given.title, width: given.width || "100%", height: given.height || "520", loading: "lazy", sandbox: "allow-scripts allow-popups allow-popups-to-escape-sandbox" })}></iframe>\n` +
  `<script src="${attribute(`${given.site}embed.js`)}" async></script>`;

/** Of a shortcode and of a fenced div: in the quotes that the value has not. @param {Record<string, string | number>} values */
const pairs = (values) => Object.entries(values).filter(([, value]) => value !== "")
  .map(([name, value]) => ` ${name}=${String(value).includes('"') ? `'${String(value).replaceAll("'", "’")}'` : `"${value}"`}`).join("");

/** @param {Embedding} given */
const named = ({ parameters, title, width, height, image }) => pairs({ ...parameters, title, width, height, image });

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** Text of one line of Markdown. @param {string} text */
const line = (text) => oneLine(text).replace(/[\\`*_[\]<>{}]/g, "\\$&");

/** @type {Record<string, (given: Embedding) => string>} */
const formats = {
  html: element,
  iframe,
  quarto: (given) => `{{< crossover${named(given)} >}}`,
  pandoc: (given) => `::: {.crossover${named(given)}}\n${line(given.title)}\n:::`,
  myst: (given) => ["```{iframe} " + frameAddress(given), `:width: ${given.width ? `${given.width}px` : "100%"}`,
    ...(given.title ? [`:title: ${oneLine(given.title)}`] : []), ...(given.image ? [`:placeholder: ${given.image}`] : []), line(given.title), "```"].join("\n"),
  // A tag that CommonMark does not know would be words of a paragraph: https://spec.commonmark.org/0.31.2/#html-blocks
  mdbook: (given) => `${script(given)}\n<div>${tag(given)}</div>`,
  jupyterbook: (given) => ["```{raw} html", element(given), "```", ...(given.image ? ["", "````{only} latex", "```{figure} " + given.image, line(given.title), "```", "````"] : [])].join("\n"),
  pretext: (given) => [`<figure>`, `  <caption>${attribute(given.title)}</caption>`,
    `  <interactive${attributes({ iframe: frameAddress(given), width: "100%", aspect: `${given.width || "720"}:${given.height || "520"}` })}>`,
    ...(given.title ? [`    <shortdescription>${attribute(given.title)}</shortdescription>`] : []),
    ...(given.image ? [`    <static><image${attributes({ source: given.image })}/></static>`] : []), `  </interactive>`, `</figure>`].join("\n"),
};

export const formatNames = Object.keys(formats);
/** Those whose figure is embed.html, which has no language but English. */
export const framed = ["iframe", "myst", "pretext"];

/**
 * @param {string} format of formatNames
 * @param {Embedding} given
 */
export function snippetFor(format, given) {
  return (formats[format] ?? element)(given);
}

/** Spanish, all of it: one chunk, which comes when it is asked for. Not reviewed by a native speaker. */
import charts from "./es.charts.json";
import dialog from "./es.dialog.json";
import embed from "./es.embed.json";
import lesson from "./es.lesson.json";
import links from "./es.links.json";
import page from "./es.json";

export default { ...charts, ...dialog, ...embed, ...lesson, ...links, ...page };

/** Arabic, all of it: one chunk, which comes when it is asked for. Not reviewed by a native speaker. */
import charts from "./ar.charts.json";
import dialog from "./ar.dialog.json";
import embed from "./ar.embed.json";
import lesson from "./ar.lesson.json";
import links from "./ar.links.json";
import page from "./ar.json";

export default { ...charts, ...dialog, ...embed, ...lesson, ...links, ...page };

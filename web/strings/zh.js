/** Simplified Chinese, all of it: one chunk, which comes when it is asked for. Not reviewed by a native speaker. */
import charts from "./zh.charts.json";
import dialog from "./zh.dialog.json";
import embed from "./zh.embed.json";
import lesson from "./zh.lesson.json";
import links from "./zh.links.json";
import page from "./zh.json";

export default { ...charts, ...dialog, ...embed, ...lesson, ...links, ...page };

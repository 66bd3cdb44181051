/** English, by subject: one table of messages for web/strings.js. */
import page from "./en.json";
import lesson from "./en.lesson.json";
import charts from "./en.charts.json";

export default { ...page, ...lesson, ...charts };

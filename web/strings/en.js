/** English, by subject: what the page needs from the start. The lesson brings its own (en.lesson*.json). */
import page from "./en.json";
import charts from "./en.charts.json";

export default { ...page, ...charts };

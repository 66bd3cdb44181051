// What script/bench measures, as one table and one line of JSON, from one run.
import { benchEngine } from "./bench-engine.mjs";
import { benchPage } from "./bench-page.mjs";
import { benchTable } from "./bench-table.mjs";

const table = benchTable();
await benchEngine(table);
await benchPage(table);
console.log(`\n${table.json()}`);

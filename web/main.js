/**
 * The entry: reads the address, shows the page, loads the engine. What goes wrong on the way is said in the page.
 */
import { editionAfter, editionFor, engineOf, evidenceWorker, later, offline, rehearse } from "#delivery";
import { bindAddress } from "./address.js";
import { CrossoverApp } from "./app.js";
import { define } from "./element.js";
import { source } from "./evidence/source.js";
import { addFromLink, addOwn, linkWithout } from "./lab/own-specs.js";
import { checkIds } from "./library.js";
import { nextTask } from "./next-task.js";
import { params, readParams } from "./params.js";
import { createState } from "./state.js";
import { setStrings } from "./strings.js";
import { speak } from "./translate.js";
import english from "./strings/en.js";

rehearse();
setStrings(english);

source.worker = evidenceWorker;

// One file has not all of the site's pages.
const pages = /** @type {import("./params.js").ChoiceParam} */ (params["page"]);
pages.options = pages.options.filter((page) => page === pages.default || page in later);

const { values, problems } = readParams(location.search);
const state = createState(values);

// The first words shown are in the language asked for.
const arrived = await speak(String(values["locale"]));

await nextTask();
define("crossover-app", CrossoverApp);
const app = /** @type {CrossoverApp} */ (document.querySelector("crossover-app"));
app.state = state;
app.carried = state.values;
app.problems = problems;

/**
 * The language that the state names; where its words do not arrive, the page says so and stays in the one that it has.
 * @param {boolean} [arrived] known already
 */
async function follow(arrived) {
  const code = String(state.values["locale"]);
  if (code === app.language) return;
  if (arrived ?? (await speak(code))) {
    if (code === state.values["locale"]) app.language = code;
    return;
  }
  app.problems = [...app.problems, { name: "locale", found: code, reason: "language_missing", values: {} }];
  state.set({ locale: app.language });
}
follow(arrived);
state.subscribe(() => void follow());

/**
 * What of an address only the engine can tell: the records that it brings, and whether the ids that it names exist.
 * @param {import("../wasm/engine.js").Engine} engine
 * @param {import("./params.js").ParamValues} values
 */
function check(engine, values) {
  const brought = addFromLink(engine, String(values["own"] ?? ""));
  const checked = checkIds(engine, values);
  return { values: checked.values, problems: [...brought, ...checked.problems] };
}

let kept = false;
/** Once there is something to see: the browser may keep the site for later. */
function keep() {
  if (kept) return;
  kept = true;
  offline(state.values["offline"] === "on", () => (app.newer = true));
}

/** The edition on its way, so that it is asked for once. */
let coming = "";

/** @param {"page" | "lab"} [edition] */
async function start(edition = editionFor(state.values["page"])) {
  coming = edition;
  app.trouble = null;
  if (typeof WebAssembly !== "object") {
    app.trouble = { kind: "blocked", detail: "" };
    return;
  }
  try {
    const engine = await engineOf(edition);
    // The reader went on to where the other edition is needed.
    if (coming !== edition) return;
    const checked = check(engine, state.values);
    state.set(checked.values);
    // The other edition finds the same things wrong.
    if (!app.engine) app.problems = [...app.problems, ...checked.problems];
    app.engine = engine;
    app.edition = edition;
    app.renderNow();
    keep();
    enrich();
  } catch (fault) {
    // The page goes on with what it has.
    if (app.engine && editionFor(state.values["page"]) === app.edition) return void (coming = "");
    const detail = fault instanceof Error ? fault.message : String(fault);
    // Browsers name the policy or the missing permission in a CompileError's text, each in its own words.
    const blocked = /unsafe-eval|Content Security Policy|disallowed|blocked by|Wasm code generation/i.test(detail);
    app.trouble = { kind: blocked ? "blocked" : "missing", detail };
    // Whoever comes to need it again asks again.
    if (coming === edition) coming = "";
  }
}

/** What a page shows last may need more of the engine than what it shows first. */
function enrich() {
  const edition = editionAfter(state.values["page"]);
  if (app.engine && app.edition === "page" && coming !== "lab" && edition === "lab") start(edition);
}

/**
 * An engine forgets no record: another one takes its place, with those that are kept. What referred to the removed one falls back
 * and is explained like a bad address.
 * @param {import("./lab/own-specs.js").OwnSpec[]} kept
 */
async function startWith(kept) {
  const engine = await engineOf(app.edition);
  for (const { kind, spec } of kept) addOwn(engine, kind, spec);
  const own = linkWithout(kept, String(state.values["own"] ?? ""));
  const checked = check(engine, { ...state.values, own });
  app.problems = checked.problems;
  app.engine = engine;
  state.set({ ...checked.values, own });
  app.renderNow();
}

/**
 * In place first. A browser may remember that a script did not arrive and never ask for it again (Chromium 150 does): what is missing
 * although the site answers comes with the page loaded anew, whose state is in the address.
 */
async function again() {
  const lacking = !app.engine || (editionFor(state.values["page"]) === "lab" && app.edition !== "lab");
  if (lacking) await start();
  else app.trouble = null;
  await app.fetchPage();
  if (!app.trouble || app.trouble.kind === "blocked") return;
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

app.addEventListener("retry", again);
app.addEventListener("specs-remove", (event) => startWith(/** @type {CustomEvent} */ (event).detail.kept));
state.subscribe(enrich);
bindAddress(state, {
  navigate: (search) => {
    const read = readParams(search);
    const checked = app.engine ? check(app.engine, read.values) : { values: {}, problems: [] };
    app.problems = [...read.problems, ...checked.problems];
    state.set({ ...read.values, ...checked.values });
  },
  settled: () => (app.carried = state.values),
});

const seed = state.values["fuzz"];
if (seed === null) {
  start();
} else {
  const { fuzz, prepare } = await import("./fuzz.js");
  prepare();
  start();
  fuzz(Number(seed), { names: Object.keys(params), pages: Object.keys(later) });
}

// The page's parts that need no browser: reading numbers, searching menus, keeping progress, comparing, exporting.
import assert from "node:assert/strict";
import test from "node:test";
import { parseNumber } from "../../web/controls/number.js";
import { matching } from "../../web/controls/select.js";
import { difference } from "../../web/lesson/comparison.js";
import { isRight } from "../../web/lesson/exercise.js";
import { toJson, toMarkdown } from "../../web/lesson/export.js";
import { createProgress } from "../../web/lesson/progress.js";
import { remembered } from "../../web/remembered.js";

test("a number is read as people write it, and nothing else is a number", () => {
  for (const [text, value] of /** @type {const} */ ([["2048", 2048], ["2,048.5", 2048.5], ["1 024", 1024], ["1.5", 1.5], ["1,5", 1.5], [".5", 0.5], ["3e9", 3e9], ["-2", -2], ["1,234,567.8", 1234567.8]])) {
    assert.equal(parseNumber(text), value, text);
  }
  for (const text of ["", "x", "1x", "0x10", "Infinity", "1..2", "--1", "e5", "1e"]) assert.ok(Number.isNaN(parseNumber(text)), text);
});

test("a menu is searched by every word in name, id or aliases, and what begins with it comes first", () => {
  const options = [
    { id: "llama-2-7b", name: "Llama 2 7B" }, { id: "codellama-7b", name: "Code Llama 7B" }, { id: "mixtral", name: "Mixtral 8x7B", keywords: "mistralai/Mixtral-8x7B" },
  ];
  assert.deepEqual(matching(options, "7b llama").map(({ id }) => id), ["llama-2-7b", "codellama-7b"]);
  assert.deepEqual(matching(options, "LLAMA").map(({ id }) => id), ["llama-2-7b", "codellama-7b"]);
  assert.deepEqual(matching(options, "mistralai").map(({ id }) => id), ["mixtral"]);
  assert.deepEqual(matching(options, " ").length, 3);
  assert.deepEqual(matching(options, "gemma"), []);
});

/** @param {string | null} text */
function storageOf(text) {
  let held = text;
  return { getItem: () => held, setItem: (/** @type {string} */ _, /** @type {string} */ value) => { held = value; }, held: () => held };
}
const noon = () => new Date("2026-05-01T12:00:00Z");

test("progress is kept, read back and forgotten", () => {
  const storage = storageOf(null);
  const progress = createProgress(storage, noon);
  progress.lock("decode.int4", 4);
  progress.lock("decode.int8", 2);
  assert.deepEqual(createProgress(storage).all(), {
    "decode.int4": { value: 4, at: "2026-05-01T12:00:00.000Z" }, "decode.int8": { value: 2, at: "2026-05-01T12:00:00.000Z" },
  });
  progress.forget();
  assert.equal(createProgress(storage).get("decode.int4"), undefined);
  assert.equal(createProgress(storage).get("constructor"), undefined);
});

test("who predicts once more after the answer was shown is remembered as having seen it, over a reload, until all is forgotten", () => {
  const storage = storageOf(null);
  const progress = createProgress(storage, noon);
  progress.lock("decode.int4", null);
  progress.reopen(["decode.int4"]);
  assert.equal(progress.get("decode.int4"), undefined);
  assert.equal(progress.told("decode.int4"), undefined, "who skipped said nothing");
  const later = createProgress(storage, noon);
  assert.equal(later.get("decode.int4"), undefined);
  later.lock("decode.int4", 3.4);
  later.lock("decode.int8", 2);
  assert.deepEqual(createProgress(storage).all(), {
    "decode.int4": { value: 3.4, at: "2026-05-01T12:00:00.000Z", seen: true }, "decode.int8": { value: 2, at: "2026-05-01T12:00:00.000Z" },
  });
  later.reopen(["decode.int4"]);
  later.lock("decode.int4", 3.3);
  assert.equal(later.get("decode.int4")?.seen, true);
  later.forget();
  later.lock("decode.int4", 4);
  assert.equal(later.get("decode.int4")?.seen, undefined);
});

test("what was predicted before the answer was shown stays, whatever is predicted after it, here or in another tab", () => {
  const storage = storageOf(null);
  const [one, other] = [createProgress(storage, noon), createProgress(storage, noon)];
  one.lock("decode.int4", 1.5);
  one.reopen(["decode.int4"]);
  assert.equal(one.told("decode.int4")?.value, 1.5, "asked once more and not answered yet");
  one.lock("decode.int4", 3.4);
  const at = "2026-05-01T12:00:00.000Z";
  assert.deepEqual(one.get("decode.int4"), { value: 3.4, at, seen: true, first: { value: 1.5, at } });
  // The other tab still shows the question.
  other.lock("decode.int4", 3.3);
  assert.deepEqual(other.get("decode.int4"), { value: 3.3, at, seen: true, first: { value: 1.5, at } });
  assert.equal(one.get("decode.int4")?.value, 3.4);
  one.refresh();
  assert.equal(one.get("decode.int4")?.value, 3.3);
});

test("an exercise's answer is marked when the right one had been shown before, and not by being checked twice", () => {
  const progress = createProgress(storageOf(null), noon);
  progress.check("larger", 2, false);
  assert.equal(progress.get("larger")?.seen, undefined);
  progress.check("larger", 2, true);
  assert.equal(progress.get("larger")?.seen, undefined);
  progress.check("larger", 3, true);
  assert.equal(progress.get("larger")?.seen, true);
  assert.equal(progress.get("larger")?.first, undefined);
});

test("progress works without storage, with a full one and with a foreign text in it", () => {
  const none = createProgress(null, noon);
  none.lock("a", 1);
  assert.equal(none.get("a")?.value, 1);
  assert.equal(none.kept, false);
  const full = createProgress({ getItem: () => null, setItem: () => { throw new Error("quota"); } }, noon);
  assert.equal(full.kept, true);
  full.lock("a", 1);
  assert.equal(full.kept, false);
  assert.equal(full.get("a")?.value, 1);
  for (const text of ["", "nonsense", "[1,2]", "null", "{\"a\":5,\"b\":{\"value\":1}}", "{\"a\":{\"value\":1,\"at\":\"x\"}}"]) {
    assert.doesNotThrow(() => createProgress(storageOf(text)), text);
  }
  assert.deepEqual(createProgress(storageOf("{\"a\":5,\"b\":{\"value\":1}}")).all(), {});
});

test("a prediction and an answer differ by a factor, a choice by being another", () => {
  const number = /** @type {const} */ ({ id: "x", kind: "number" });
  const choice = /** @type {const} */ ({ id: "x", kind: "choice" });
  assert.deepEqual(difference(number, 4, 2), { key: "high", factor: 2 });
  assert.deepEqual(difference(number, 1, 4), { key: "low", factor: 4 });
  assert.equal(difference(number, 2.06, 2).key, "close");
  assert.equal(difference(number, 1.05, 1).key, "close", "at the edge a binary fraction decides nothing");
  assert.equal(difference(number, 0.95, 1).key, "close");
  assert.equal(difference(number, 1.06, 1).key, "high");
  assert.equal(difference(number, 2, 2).key, "same");
  assert.equal(difference(number, 2, 0).key, "other");
  const written = (/** @type {number} */ value) => value.toFixed(1);
  assert.equal(difference(number, 3.4, 3.376, written).key, "same", "what reads alike is the same");
  assert.equal(difference(number, 0.95, 1, written).key, "close", "unless it is apart by more than its last digit lets see");
  assert.equal(difference(number, 6.05, 6.0496, written).key, "same", "as is what is as near as that, however it reads");
  assert.equal(difference(number, 3.5, 3.376, written).key, "close");
  assert.equal(difference(number, null, 2).key, "none");
  assert.equal(difference(choice, "a", "a").key, "same");
  assert.equal(difference(choice, "a", "b").key, "other");
});

test("an exercise accepts an answer as printed, and a whole one only exactly", () => {
  const number = { id: "x", kind: /** @type {const} */ ("number"), facts: () => ({}), answer: () => ({ accepted: [], values: {} }) };
  assert.ok(isRight(number, 3.8, [3.789]));
  assert.ok(!isRight(number, 3.4, [3.789]));
  assert.ok(!isRight({ ...number, tolerance: 0 }, 22, [21]));
  assert.ok(isRight({ ...number, tolerance: 0 }, 21, [21]));
  assert.ok(!isRight(number, 0, []));
});

const line = { id: "decode.int4", step: "One | token", setting: ["On *one* device."], question: "How many\ntimes?", predicted: 4, predicted_text: "4.0x", answer: 3.376, answer_text: "3.4x", at: "2026-05-01T12:00:00Z", seen: false, first: null, unit: "times", batches: null };

const tried = { id: "larger", question: "A | b?", given: 4, given_text: "4.0x", verdict: /** @type {const} */ ("near"), verdict_text: "Near.", at: "2026-05-01T12:00:00Z", seen: true };

test("predictions and exercises leave as a Markdown table whose cells cannot break out, and as JSON with every digit", () => {
  const words = { title: "T", note: "N", headings: ["Question", "Predicted", "Answer"], exercises: "E", headingsOfExercises: ["Question", "Given", "Checked"] };
  assert.equal(toMarkdown([{ ...line, question: "a | b\nc" }], [tried], words),
    "# T\n\nN\n\n## One | token\n\nOn *one* device.\n\n| Question | Predicted | Answer |\n| --- | --- | --- |\n| a \\| b c | 4.0x | 3.4x |\n\n## E\n\n| Question | Given | Checked |\n| --- | --- | --- |\n| A \\| b? | 4.0x | Near. |\n");
  const curve = { ...line, id: "crossover.curve", unit: "", seen: true, first: { value: [2, 2], at: "2026-05-01T11:00:00Z" }, predicted: [4, 3], batches: [1, 2], answer: { batches: new Float64Array([1, 2]), values: new Float64Array([3, 2.5]) } };
  const parsed = JSON.parse(toJson([line, curve], [tried], "1.0.0"));
  assert.deepEqual(parsed, {
    format: "crossover-lesson", format_version: 2, engine: "1.0.0", build: { version: "0.0.0", commit: "" },
    predictions: [
      { id: "decode.int4", step: "One | token", setting: ["On one device."], question: "How many\ntimes?", unit: "times", predicted: 4, answer: 3.376, at: "2026-05-01T12:00:00Z", answer_shown_before: false },
      {
        id: "crossover.curve", step: "One | token", setting: ["On one device."], question: "How many\ntimes?", unit: "",
        predicted: { batches: [1, 2], values: [4, 3] }, answer: { batches: [1, 2], values: [3, 2.5] }, at: "2026-05-01T12:00:00Z", answer_shown_before: true, predicted_first: { value: [2, 2], at: "2026-05-01T11:00:00Z" },
      },
    ],
    exercises: [{ id: "larger", question: "A | b?", given: 4, given_text: "4.0x", verdict: "near", at: "2026-05-01T12:00:00Z", answer_shown_before: true }],
  });
});

test("what is asked with the same objects is made once, and anew as soon as one of them differs", () => {
  const made = remembered((/** @type {number[]} */ values, /** @type {number} */ by) => values.map((value) => value * by));
  const values = [1, 2];
  const first = made(values, 2);
  assert.deepEqual(first, [2, 4]);
  assert.equal(made(values, 2), first);
  assert.deepEqual(made([1, 2], 2), first);
  assert.notEqual(made(values, 2), first);
  assert.deepEqual(made(values, NaN), [NaN, NaN]);
  assert.equal(made(values, NaN), made(values, NaN));
});

// What the tests of the lesson do and read in its page.

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page @param {number} number */
export const step = (page, number) => page.locator(`#step-${number}`);

/** Enters a prediction in every field of a step, and locks it. @param {Page} page @param {number} number @param {Record<string, string>} predictions */
export async function predict(page, number, predictions) {
  const section = step(page, number);
  for (const [label, value] of Object.entries(predictions)) {
    const field = section.getByRole("textbox", { name: new RegExp(label) });
    if (await field.count()) await field.fill(value);
    else await section.getByRole("group", { name: new RegExp(label) }).getByText(value, { exact: true }).click();
  }
  await section.getByRole("button", { name: "Lock my prediction" }).click();
}

/** What the comparison says the engine's answer is. @param {Page} page @param {string} question */
export const answer = (page, question) => page.locator(`[data-question="${question}"] .answer`).innerText();
/** @param {Page} page @param {string} question */
export const outcome = (page, question) => page.locator(`[data-question="${question}"]`).getAttribute("data-outcome");

/** What computes the evidence: the page says so at its start (web/delivery). Null where there are no measurements: in one file, elsewhere in others' pages. */

/** @type {{worker: (() => Worker) | null}} */
export const source = { worker: null };

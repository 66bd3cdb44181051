/** The engine's module as text: web/inline.mjs says how. */
declare const text: string;
export default text;

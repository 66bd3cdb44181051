/** What web/inline.mjs puts into a self-contained page: the engine's module, compressed with gzip. */
declare const packed: Uint8Array;
export default packed;

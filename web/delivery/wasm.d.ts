/** An edition of the engine's module, as web/build.mjs bundles it: where its file is, seen from the script. */
declare const address: string;
export default address;

/** The words that every embedded view needs; what a view says itself comes with it. */
import { setStrings } from "../strings.js";
import page from "../strings/en.js";
import embed from "../strings/en.embed.json";

setStrings({ ...page, ...embed });

/** evidence.html, the evidence under an address of its own: the state takes it over from here, whatever else the link carries. */
const carried = new URLSearchParams(location.search);
carried.set("page", "evidence");
history.replaceState(null, "", `index.html?${carried}`);
import("../main.js");

export {};

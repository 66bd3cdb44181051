/** Stands in what is pasted where the page has no address that others can reach. */
export const someSite = "https://example.org/crossover/";

/** The directory that this page lies in, or where somebody will put it. */
export function site() {
  const here = new URL("./", location.href);
  return here.protocol.startsWith("http") ? here.href : someSite;
}

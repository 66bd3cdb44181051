/** The sections of the guides, in order: `guide.<page>.<section>` in the strings. */
export const sections = /** @type {const} */ ({
  authors: ["start", "element", "frame", "tools", "views", "inputs", "listen", "look", "print", "hosts", "stable", "cite"],
  instructors: ["link", "predict", "canvas", "moodle", "disk", "offline", "privacy", "people", "stable", "cite"],
});

/** The pages whose code comes when they are asked for, each defining the element of its name, however the page came. */

/** @type {Record<string, () => Promise<unknown>>} */
export const pages = {
  lesson: () => import("../lesson/page.js"),
  lab: () => import("../lab/page.js"),
  links: () => import("../links/page.js"),
  authors: () => import("../guide/page.js"),
  instructors: () => import("../guide/page.js"),
};

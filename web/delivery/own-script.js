/** The site's scripts that run beside the page, addressed as browsers want it that enforce Trusted Types (web/policy.mjs). */

const beside = /^[\w-]+\.js(\?\S*)?$/;

/** @param {string} file beside the page, and no other */
function addressOf(file) {
  if (!beside.test(file)) throw new TypeError(`${file} is no script of this site`);
  return new URL(file, document.baseURI).href;
}

const policy = window.trustedTypes?.createPolicy("crossover", { createScriptURL: addressOf });

/**
 * @param {string} file
 * @returns {string} to the DOM's types, which know no TrustedScriptURL
 */
export const ownScript = (file) => /** @type {any} */ (policy ? policy.createScriptURL(file) : addressOf(file));

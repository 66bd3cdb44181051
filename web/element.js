/**
 * The page's custom elements: Lit without a shadow root, so that one stylesheet, one set of ids and one reading order hold
 * for the whole page. Styles stand in web/styles; an embedded view brings them into its own shadow root.
 */
import { LitElement } from "lit";

/** Elements that have something new to render. @type {Set<CrossoverElement>} */
const pending = new Set();

export class CrossoverElement extends LitElement {
  /** @override */
  createRenderRoot() {
    // What stands in the HTML is what is read until the script runs.
    this.replaceChildren();
    return this;
  }

  /**
   * Renders now, children included. Lit renders in a microtask, a level of elements at a time; an input's answer stands in the
   * document before the input's event is over.
   */
  renderNow() {
    this.performUpdate();
  }

  /** @override @param {Parameters<LitElement["requestUpdate"]>} given */
  requestUpdate(...given) {
    super.requestUpdate(...given);
    // One that the page has let go waits for its way back without being kept for it.
    if (this.isUpdatePending && (this.isConnected || !this.hasUpdated)) pending.add(this);
  }

  /** @override */
  performUpdate() {
    pending.delete(this);
    super.performUpdate();
    // What it asked of itself while it rendered is done with this, and would keep it here when the page has let it go.
    if (!this.isUpdatePending) pending.delete(this);
  }

  /** @override */
  updated() {
    // Those that others ask for meanwhile, too; but none that asks for itself twice, or this would not end.
    const done = new Set();
    for (const child of pending) {
      if (done.has(child) || !this.renderRoot.contains(child)) continue;
      done.add(child);
      child.performUpdate();
    }
  }
}

/**
 * Registers an element once: a host page may load the bundle twice.
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if (!customElements.get(name)) customElements.define(name, element);
}

let made = 0;
/**
 * An id no other element of the document has, for labels and descriptions.
 * @param {string} stem
 */
export function uniqueId(stem) {
  made += 1;
  return `${stem}-${made}`;
}

// Formulas beside the drawing whose numbers change while one is dragged: written anew where they stand, until the page
// draws them itself.

/** @param {string} place @param {string} html */
export function rewrite(place, html) {
  for (const node of document.querySelectorAll(`[data-moving="${place}"]`)) {
    if (node.innerHTML !== html) node.innerHTML = html;
    /** @type {any} */ (node.closest(".words")).shown = null; // what the page draws next is not what stands there
  }
}

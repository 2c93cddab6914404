// Equations as large as they fit: one that is wider than its panel is set smaller; where that would be too small to
// read, it scrolls.

const SMALLEST = 0.62; // share of its size
const PANEL = ".st-key-panel";

// all are measured before the first is changed, because a change between two measurements costs a layout each
export function fitEquations() {
  const displays = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`${PANEL} .formula`)]);
  for (const { style } of displays) style.removeProperty("--fit");
  const shares = displays.map((display) => display.clientWidth / display.scrollWidth);
  displays.forEach(({ style }, i) => {
    if (shares[i] < 1) style.setProperty("--fit", String(Math.max(SMALLEST, shares[i] * 0.985)));
  });
}

const isInPanel = ({ target }) => (target.parentElement ?? target).closest(PANEL);

// fit them now and whenever the panel, its fonts or its room change
export function watchEquations() {
  let fitting = 0;
  const changed = new MutationObserver((changes) => {
    if (!changes.some(isInPanel)) return;
    cancelAnimationFrame(fitting);
    fitting = requestAnimationFrame(fitEquations);
  });
  changed.observe(document, { childList: true, characterData: true, subtree: true });
  document.fonts.addEventListener("loadingdone", fitEquations);
  addEventListener("resize", fitEquations);
}

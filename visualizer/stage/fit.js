// Equations as large as they fit: one that is wider than its panel is set smaller; where that would be too small to
// read, it scrolls.

const SMALLEST = 0.62; // share of its size
const PANEL = ".st-key-panel";

function fitEquations() {
  for (const display of document.querySelectorAll(`${PANEL} .katex-display`)) {
    display.style.removeProperty("--fit");
    const share = display.clientWidth / display.scrollWidth;
    if (share < 1) display.style.setProperty("--fit", Math.max(SMALLEST, share * 0.985));
  }
}

const isInPanel = ({ target }) => (target.parentElement ?? target).closest(PANEL);

document.backpropStageFit?.disconnect();
document.backpropStageFit = new MutationObserver((changes) => changes.some(isInPanel) && fitEquations());
document.backpropStageFit.observe(document, { childList: true, characterData: true, subtree: true });

// Words and equations as large as they fit. At a desk an equation that is wider than its panel is set smaller, and so are
// all where the arithmetic would end below the panel's edge; where that would be too small to read, it scrolls. In a
// presentation all words are as large as the screen allows, and where the largest have no room, what is for the desk gives
// way first.

import { layout } from "../page/modes.js";

const SMALLEST = 0.62; // share of its size
const PANEL = ".st-key-panel";
const SETTLED = 150; // ms after which all letters are there
const LEAST = 1 / 60; // of the height of the screen: 18 px of 1080
// sizes to try, as multiples of the least, each with how much gives way: shapes, then reasons, then margins
const TRIES = [[1.6, 0], [1.4, 0], [1.25, 0], [1.4, 1], [1.2, 1], [1.3, 2], [1.15, 2], [1.15, 3], [1.05, 3], [1, 3]];

// sizes to try at a desk, as shares of the usual, each with how much gives way: margins, then shapes and pictures
const AT_DESK = [[1, 0], [1, 1], [0.93, 1], [0.86, 1], [0.86, 2], [0.8, 2], [0.74, 2], [0.68, 2]];

const find = (kinds) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`${PANEL} :is(${kinds})`)]);
const formulas = () => find(".formula");
const displays = () => find(".formula, pre"); // what is as wide as its longest line

// all are measured before the first is changed, because a change between two measurements costs a layout each
function fitEquations() {
  const all = formulas();
  for (const { style } of all) style.removeProperty("--fit");
  const shares = all.map((display) => display.clientWidth / display.scrollWidth);
  all.forEach(({ style }, i) => {
    if (shares[i] < 1) style.setProperty("--fit", String(Math.max(SMALLEST, shares[i] * 0.985)));
  });
}

// whether the arithmetic ends in sight; remarks below it may be scrolled to
function isWhole(box) {
  const worked = find(".st-key-arithmetic .formula")[0];
  return !worked || worked.getBoundingClientRect().bottom + box.scrollTop <= box.getBoundingClientRect().bottom;
}

function fitDesk() {
  const { style, dataset } = document.documentElement;
  const box = document.querySelector(PANEL);
  for (const [size, tight] of AT_DESK) {
    style.setProperty("--desk-size", `${size}rem`);
    dataset.tight = String(tight);
    fitEquations();
    if (!box || isWhole(box)) break;
  }
}

// the largest words with which nothing is cut; a formula that is too wide for them is smaller, down to the least
function fillScreen() {
  const { style, dataset } = document.documentElement;
  const boxes = [...document.querySelectorAll(`${PANEL}, .st-key-note`)];
  const wide = displays();
  const [[largest]] = TRIES;
  const least = LEAST * innerHeight;
  const grow = (size, spare) => {
    style.setProperty("--unit", `${(size * least).toFixed(2)}px`);
    dataset.spare = String(spare);
  };
  for (const { style: own } of wide) own.removeProperty("--fit");
  grow(largest, 0);
  const most = wide.map((display) => {
    const [fills, readable] = [display.clientWidth / display.scrollWidth, least / parseFloat(getComputedStyle(display).fontSize)];
    return fills < 1 ? largest * Math.max(0.97 * fills, readable) : largest;
  });
  for (const [size, spare] of TRIES) {
    grow(size, spare);
    wide.forEach(({ style: own }, i) => own.setProperty("--fit", String(Math.min(1, most[i] / size))));
    if (boxes.every((box) => box.scrollHeight <= box.clientHeight + 1)) break;
  }
  narrowRest(least);
  setTimeout(() => narrowRest(least), SETTLED);
}

// a formula is not as much smaller as its type: its widths are rounded, and its letters may arrive late
function narrowRest(least) {
  for (const display of displays()) {
    const fills = display.clientWidth / display.scrollWidth;
    if (fills >= 1) continue;
    const [size, fit] = [parseFloat(getComputedStyle(display).fontSize), parseFloat(display.style.getPropertyValue("--fit") || "1")];
    display.style.setProperty("--fit", String(fit * Math.max(0.99 * fills, Math.min(1, least / size))));
  }
}

let panel = null; // that is observed
let fitted = [0, 0]; // the room that its words are fitted to
const room = new ResizeObserver(([{ contentRect: { width, height } }]) => {
  if (width !== fitted[0] || (isBounded() && height !== fitted[1])) fitWords();
});
const isBounded = () => matchMedia("(min-width: 901px)").matches; // where it is narrow, the panel is as high as its words

// fit them again when the panel has got another room, which may be after the window has
function observe() {
  const now = document.querySelector(PANEL);
  if (now && now !== panel) {
    room.disconnect();
    room.observe(now);
  }
  panel = now;
  const style = now && getComputedStyle(now);
  const inside = (size, ...paddings) => size - paddings.reduce((all, one) => all + parseFloat(one), 0);
  fitted = now ? [inside(now.clientWidth, style.paddingLeft, style.paddingRight), inside(now.clientHeight, style.paddingTop, style.paddingBottom)] : [0, 0];
}

export function fitWords() {
  const { style, dataset } = document.documentElement;
  observe();
  const shape = layout();
  delete dataset.tight;
  if (shape === "beside" || shape === "below") return fillScreen();
  style.removeProperty("--unit");
  delete dataset.spare;
  fitDesk();
}

const isBeside = ({ target }) => (target.parentElement ?? target).closest(`${PANEL}, .st-key-note`);

// fit them now and whenever the panel, its fonts or its room change
/** @param {() => void} onWords */
export function watchWords(onWords) {
  let fitting = 0;
  const changed = new MutationObserver((changes) => {
    if (!changes.some(isBeside)) return;
    cancelAnimationFrame(fitting);
    fitting = requestAnimationFrame(() => (fitWords(), onWords()));
  });
  changed.observe(document, { childList: true, characterData: true, subtree: true });
  document.fonts.addEventListener("loadingdone", fitWords);
  addEventListener("resize", fitWords);
}

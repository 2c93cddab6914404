// Modes of the page, on the document for its style sheet: while it plays, while the stage is large and alone, and while
// the pointer moves there.

export const PLAYING = "data-playing";
export const PRESENTING = "data-presenting";
const POINTING = "data-pointing";

const page = () => document.documentElement;

/** @param {string} mode */
export const isOn = (mode) => page().hasAttribute(mode);

/** Switch a mode on or off, or over; whether it is on then. @param {string} mode @param {boolean} [on] */
export const setMode = (mode, on) => page().toggleAttribute(mode, on);

const ROOMY = matchMedia("(min-width: 901px)");
const WIDE = matchMedia("(min-aspect-ratio: 3/2)");
const REST = 2500; // ms after which a pointer that stands still is no longer there

/** Where the words of a presentation stand by the shape of the window; "" without one. */
export const layout = () => (!isOn(PRESENTING) ? "" : !ROOMY.matches ? "narrow" : WIDE.matches ? "beside" : "below");

/** Tell when the window has got another shape, which a presentation follows. @param {() => void} onLayout */
export function watchLayout(onLayout) {
  for (const query of [ROOMY, WIDE]) query.addEventListener("change", onLayout);
  document.addEventListener("fullscreenchange", onLayout);
}

// present: the page, and where the browser allows it the whole screen; who leaves that leaves the presentation
/** @param {boolean} [on] */
export function setPresenting(on) {
  const now = setMode(PRESENTING, on);
  if (now) page().requestFullscreen?.().catch(() => {}); // a frame of another page, or a telephone, has none
  else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  return now;
}

// what is there for the pointer is shown while it moves
export function watchPointer() {
  let resting = 0;
  const moved = () => {
    if (!isOn(PRESENTING)) return;
    setMode(POINTING, true);
    clearTimeout(resting);
    resting = setTimeout(() => setMode(POINTING, false), REST);
  };
  for (const name of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(name, moved, true);
}

// what two buttons of the page say while what they began goes on; the page has drawn them, and knows nothing of that
/** @param {Record<string, string>} words of the page */
export function labelButtons({ pause, leave }) {
  for (const [key, mode, word] of [["step_play", PLAYING, pause], ["present", PRESENTING, leave]]) {
    const on = isOn(mode);
    for (const button of document.querySelectorAll(`.st-key-${key} button`)) {
      if (button.getAttribute("aria-pressed") === String(on)) continue;
      button.setAttribute("aria-pressed", String(on));
      for (const name of ["data-says", "aria-label"]) on ? button.setAttribute(name, word) : button.removeAttribute(name);
    }
  }
}

// Two modes of the page, on the document for its style sheet: while it plays, and while the stage is large and alone.

export const PLAYING = "data-playing";
export const PRESENTING = "data-presenting";

const page = () => document.documentElement;

/** @param {string} mode */
export const isOn = (mode) => page().hasAttribute(mode);

/** Switch a mode on or off, or over; whether it is on then. @param {string} mode @param {boolean} [on] */
export const setMode = (mode, on) => page().toggleAttribute(mode, on);

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

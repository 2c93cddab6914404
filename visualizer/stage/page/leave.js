// Leaving for another page: a part of the present one that is being drawn has to be there first. The browser applies what
// arrives frame by frame, and what of this page is applied after the next one has begun breaks it: it would stay empty.

import { watchDrawing } from "./drawing.js";

const ASKED = 40; // ms after which something that has just been asked for is seen to be drawn
const SETTLED = 80; // ms of rest after which all that has arrived is in the page
const LATEST = 1000; // ms after which nothing is waited for any longer: a training never rests for long

/** The link to another page of the app in this tab that a click has hit. @param {MouseEvent} event */
export function leaves({ target, button, ctrlKey, metaKey, shiftKey, altKey }) {
  const plain = !(button || ctrlKey || metaKey || shiftKey || altKey);
  if (!plain || !(target instanceof Element)) return null;
  return /** @type {HTMLElement} */ (target.closest(".st-key-menu a, [data-testid=stPageLink] a"));
}

/** Hold a click that leaves the page until that is at rest; Streamlit hears of the browser's Back before anybody can. */
export function holdLeaving() {
  let [drawing, goes] = [false, false];
  /** @type {HTMLElement | null} */
  let link = null; // which leaves the page, once it may
  let [soon, latest] = [null, null];

  const release = () => {
    clearTimeout(latest);
    const followed = link;
    link = null;
    goes = true;
    followed?.click();
    goes = false;
  };

  const after = (ms) => {
    clearTimeout(soon);
    soon = setTimeout(() => drawing || release(), ms);
  };

  const hold = (event) => {
    const pressed = leaves(event);
    if (goes || !pressed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    link = pressed;
    after(ASKED);
    clearTimeout(latest);
    latest = setTimeout(release, LATEST);
  };

  watchDrawing((on) => {
    drawing = on;
    if (!on) after(SETTLED);
  });
  document.addEventListener("click", hold, true);
}

// The words of a step, and its place, on a page without Streamlit: the one in a file (export.js), and a follower's (player.js).

import { relight } from "./lights.js";

export const part = (key) => /** @type {HTMLElement} */ (document.querySelector(`.st-key-${key}`));

// badge, title and what is wrong are text, all else is formulas that this project has typeset
/** @param {Record<string, any>} words */
export function writeWords({ badge, title, why, symbols, numbers, worked, wrong, equation = {} }) {
  const panel = part("equation");
  const name = Object.assign(document.createElement("span"), { textContent: badge });
  const mark = Object.assign(document.createElement("span"), { className: "wrong", textContent: `✗ ${wrong}` });
  panel.querySelector("h2").replaceChildren(name, ` ${title}`, ...(wrong ? [mark] : []));
  panel.querySelector(".why").textContent = why;
  panel.querySelector(".symbols").innerHTML = symbols;
  panel.querySelector(".numbers").innerHTML = numbers;
  part("arithmetic").innerHTML = worked;
  document.backpropChannels = { ...document.backpropChannels, equation: { data: equation, send: () => {} } };
  relight(); // what plays may have begun before its words were here
}

// how far one may go may be less than there is
export function writePlace(position, last, furthest = last) {
  part("step_position").textContent = `${position} / ${last}`;
  for (const key of ["step_first", "step_prev"]) part(key).querySelector("button").disabled = position === 0;
  for (const key of ["step_last", "step_next"]) part(key).querySelector("button").disabled = position >= furthest;
}

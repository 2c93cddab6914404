// The words of a step, and its place, on a page without Streamlit: the one in a file (export.js), and a follower's (player.js).

export const part = (key) => /** @type {HTMLElement} */ (document.querySelector(`.st-key-${key}`));

// badge, title and what is wrong are text, all else is formulas that this project has typeset
/** @param {Record<string, string>} words */
export function writeWords({ badge, title, why, symbols, numbers, worked, wrong }) {
  const equation = part("equation");
  const name = Object.assign(document.createElement("span"), { textContent: badge });
  const mark = Object.assign(document.createElement("span"), { className: "wrong", textContent: `✗ ${wrong}` });
  equation.querySelector("h2").replaceChildren(name, ` ${title}`, ...(wrong ? [mark] : []));
  equation.querySelector(".why").textContent = why;
  equation.querySelector(".symbols").innerHTML = symbols;
  equation.querySelector(".numbers").innerHTML = numbers;
  part("arithmetic").innerHTML = worked;
}

// how far one may go may be less than there is
export function writePlace(position, last, furthest = last) {
  part("step_position").textContent = `${position} / ${last}`;
  for (const key of ["step_first", "step_prev"]) part(key).querySelector("button").disabled = position === 0;
  for (const key of ["step_last", "step_next"]) part(key).querySelector("button").disabled = position >= furthest;
}

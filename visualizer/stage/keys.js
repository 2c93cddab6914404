// Keys and clicks of the whole page: they never depend on where the focus was left.

import { watchDrawing } from "./drawing.js";
import { fitEquations, watchEquations } from "./fit.js";
import { PRESENTING, Stage } from "./stage.js";

const stage = new Stage();
let entered = null; // the field in which Enter was just pressed: it gives its keys back at once
let tabbed = false; // whether the focus was last moved by Tab; a control that was clicked gives its keys to the stage

function typing(target) {
  if (!(target instanceof Element) || target === entered) return false;
  if (target.closest('[data-testid="stDataFrame"], [contenteditable="true"]')) return true;
  const field = /** @type {HTMLInputElement} */ (target.closest("input, textarea"));
  if (!field || ["button", "checkbox", "radio", "range", "submit"].includes(field.type)) return false;
  return field.getAttribute("role") === "combobox" ? field.getAttribute("aria-expanded") === "true" : !field.readOnly;
}

// large and alone, for a lecture hall
function present(on) {
  stage.svg.classList.toggle("large", document.documentElement.toggleAttribute(PRESENTING, on));
  stage.sayButtons();
  fitEquations();
}

const ACTIONS = {
  ArrowRight: (shift) => (shift ? stage.jump(1) : stage.step(1)),
  ArrowLeft: (shift) => (shift ? stage.jump(-1) : stage.step(-1)),
  PageDown: () => stage.step(1),
  PageUp: () => stage.step(-1),
  Home: () => stage.go(0),
  End: () => stage.go(stage.film.last),
  1: () => stage.tell("granularity", { name: "layer" }),
  2: () => stage.tell("granularity", { name: "neuron" }),
  3: () => stage.tell("granularity", { name: "weight" }),
  " ": () => stage.playOn(),
  a: () => stage.again(),
  p: () => present(),
  // Escape leaves the presentation, and is nobody's elsewhere
  get Escape() {
    return document.documentElement.hasAttribute(PRESENTING) && (() => present(false));
  },
  // into the field of the question; where none is asked, Enter is nobody's
  get Enter() {
    const field = /** @type {HTMLInputElement} */ (document.querySelector(".st-key-predict_value input"));
    return field && (() => (field.focus(), field.select()));
  },
};

// a control that was reached by Tab keeps what it needs: a button Space and Enter, a switch Space, anything else all but
// the page keys
function keeps(control, key) {
  if (!control || !tabbed) return false;
  if (control.matches("[type=checkbox]")) return key === " ";
  return control.matches("button") ? key === " " || key === "Enter" : !key.startsWith("Page");
}

// with Ctrl or Cmd: undo, redo
function way({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter === "y" || (letter === "z" && shiftKey)) return "redo";
  return letter === "z" ? "undo" : null;
}

// take the focus from a field, after Streamlit has taken its value
function giveBack(field) {
  entered = field;
  setTimeout(() => {
    entered = null;
    field.blur?.();
  }, 0);
}

function onKey(event) {
  if (event.key === "Tab") tabbed = true;
  if (!stage.here() || !stage.film || event.altKey) return;
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey) {
    if (typing(target) || !way(event)) return;
    event.preventDefault();
    return stage.tell(way(event));
  }
  if (typing(target)) {
    if (event.key === "Enter") giveBack(target);
    return;
  }
  const control = target instanceof Element && target.closest("button, input, select, [role=slider], [role=option]");
  const act = ACTIONS[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  if (!act || keeps(control, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key !== " ") stage.pause();
  act(event.shiftKey);
}

const presses = (event, key) => event.target instanceof Element && event.target.closest(`.st-key-${key} button`);

// the cell of a matrix: which matrix of the equation, which row, which column
function cellAt({ target }) {
  const cell = target instanceof Element && target.closest(".st-key-equation .bmatrix mtd");
  if (!cell) return null;
  const row = cell.parentElement;
  const matrix = row.parentElement;
  const place = [...matrix.closest(".st-key-equation").querySelectorAll(".bmatrix")].indexOf(matrix);
  const index = (node) => [...node.parentElement.children].indexOf(node);
  return stage.line("equation").data.cells?.[place]?.[index(row)]?.[index(cell)];
}

function onPointer(event) {
  tabbed = false;
  if (!presses(event, "step_play")) stage.pause();
}

function onClick(event) {
  if (!stage.here()) return;
  if (presses(event, "step_play")) stage.playOn();
  if (presses(event, "present")) present();
  const cell = cellAt(event);
  if (cell) stage.tell("choose", { element: cell });
}

document.addEventListener("keydown", onKey, true);
document.addEventListener("pointerdown", onPointer, true);
document.addEventListener("click", onClick, true);
document.addEventListener("backprop-line", () => stage.hear());
watchDrawing((drawing) => {
  stage.drawing = drawing;
  if (!drawing) stage.rest();
});
watchEquations();

/** @param {import("./types").Mounted<import("./types").Film>} mounted */
export default function mount({ data, parentElement, setTriggerValue }) {
  stage.attach(parentElement, setTriggerValue);
  stage.load(data);
  stage.hear();
}

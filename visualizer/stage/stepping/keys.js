// Keys and clicks of the whole page: they never depend on where the focus was left.

import { watchDragging } from "./drag.js";
import { watchDrawing } from "../page/drawing.js";
import { fitWords, watchWords } from "./fit.js";
import { isTyping, keepsKey, undoOrRedo } from "../page/focus.js";
import { leaves } from "../page/leave.js";
import { relight } from "../scene/lights.js";
import { PRESENTING, isOn, layout, setPresenting, watchLayout, watchPointer } from "../page/modes.js";
import { Stage } from "./stage.js";

const stage = new Stage();
let entered = null; // the field in which Enter was just pressed: it gives its keys back at once
let wasFull = false; // whether the whole screen was taken
let tabbed = false; // whether the focus was last moved by Tab; a control that was clicked gives its keys to the stage

// large and alone, for a lecture hall
function present(on) {
  setPresenting(on);
  follow();
}

// the picture and its words take the room that the window has; on another page nothing is presented
function follow() {
  if (document.fullscreenElement === null && wasFull) setPresenting(false);
  wasFull = document.fullscreenElement !== null;
  if (isOn(PRESENTING)) document.documentElement.setAttribute(PRESENTING, layout());
  stage.scene.enlarge(layout());
  stage.labelButtons();
  fitWords();
}

const ACTIONS = {
  ArrowRight: (shift) => (shift ? stage.jump(1) : stage.step(1)),
  ArrowLeft: (shift) => (shift ? stage.jump(-1) : stage.step(-1)),
  PageDown: () => stage.step(1),
  PageUp: () => stage.step(-1),
  Home: () => stage.goTo(0),
  End: () => stage.goTo(stage.keyframes.last),
  1: () => stage.emit("granularity", { name: "layer" }),
  2: () => stage.emit("granularity", { name: "neuron" }),
  3: () => stage.emit("granularity", { name: "weight" }),
  " ": () => stage.togglePlay(),
  a: () => stage.scene.again(),
  p: () => present(),
  "-": () => stage.bar.changeSpeed(-1),
  "+": () => stage.bar.changeSpeed(1),
  "=": () => stage.bar.changeSpeed(1), // the same key without Shift
  // Escape leaves the presentation, and is nobody's elsewhere
  get Escape() {
    return isOn(PRESENTING) && (() => present(false));
  },
  // into the field of the question; where none is asked, Enter is nobody's
  get Enter() {
    const field = /** @type {HTMLInputElement} */ (document.querySelector(".st-key-predict_value input"));
    return field && (() => (field.focus(), field.select()));
  },
};

const GOES_ON = [" ", "-", "+", "="]; // with these it goes on playing, if it does

// the transport, which steps as keys do
const STEPS = {
  step_first: () => stage.goTo(0),
  step_prev: () => stage.step(-1),
  step_next: () => stage.step(1),
  step_last: () => stage.goTo(stage.keyframes.last),
};

// take the focus from a field, after Streamlit has taken its value
function giveBack(field) {
  entered = field;
  setTimeout(() => {
    entered = null;
    field.blur?.();
  }, 0);
}

const isTypedIn = (target) => target !== entered && isTyping(target);

function onKey(event) {
  if (event.key === "Tab") tabbed = true;
  if (!stage.here() || !stage.keyframes || event.altKey) return;
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey) {
    const what = undoOrRedo(event);
    if (isTypedIn(target) || !what) return;
    event.preventDefault();
    return stage.emit(what);
  }
  if (isTypedIn(target)) {
    if (event.key === "Enter") giveBack(target);
    return;
  }
  const act = ACTIONS[event.key.length > 1 ? event.key : event.key.toLowerCase()];
  if (!act || (tabbed && keepsKey(target, event.key))) return;
  event.preventDefault();
  event.stopPropagation();
  if (!GOES_ON.includes(event.key)) stage.pause();
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
  return stage.channel("equation").data.cells?.[place]?.split("|")[index(row)]?.split(" ")[index(cell)];
}

function onPointer(event) {
  tabbed = false;
  if (!presses(event, "step_play")) stage.pause();
}

function onClick(event) {
  if (!stage.here()) return;
  const link = /** @type {HTMLAnchorElement} */ (leaves(event));
  if (link) stage.onLeave(new URL(link.href).pathname === location.pathname);
  if (presses(event, "step_play")) stage.togglePlay();
  if (presses(event, "present")) present();
  const step = Object.keys(STEPS).find((key) => presses(event, key));
  if (step && stage.keyframes) {
    event.stopPropagation(); // the server would draw all of the stage for it
    STEPS[step]();
  }
  const cell = cellAt(event);
  if (cell) stage.emit("choose", { element: cell });
}

document.addEventListener("keydown", onKey, true);
document.addEventListener("pointerdown", onPointer, true);
document.addEventListener("click", onClick, true);
addEventListener("popstate", () => stage.onLeave());
document.addEventListener("backprop-channel", () => stage.onMessage());
watchDrawing((drawing) => {
  stage.drawing = drawing;
  if (!drawing) stage.onRest();
});
watchDragging(stage);
watchWords(relight);
watchLayout(follow);
watchPointer();

/** @param {import("../types").Mounted<import("../types").Keyframes>} mounted */
export default function mount({ data, parentElement, setTriggerValue }) {
  stage.attach(parentElement, setTriggerValue);
  stage.load(data);
  stage.onMessage();
}

// Numbers that follow the pointer: the slider of the chosen value, and a number that is dragged up or down in the graph
// with a mouse or a pen: a finger that begins on one scrolls the page.
// While one is dragged the server is asked for the numbers alone; when it is let go in the graph, for the network with it.

const DRAGGED = ".tag, .node.bias, .node.norm, .node.input, .node.target"; // what can be dragged in the graph
const STEP = 3; // px of a drag in the graph for one step of the slider
const SLACK = 5; // px within which a press is a click
const SETTLED = 400; // ms after which a slider that was let go has told the server where it stands

/** @param {import("./stage").Stage} stage */
export function watchDragging(stage) {
  /** @type {{ element: string, from: number, slider: HTMLInputElement | null, at: number, moves: boolean } | null} */
  let held = null;

  function onDown(event) {
    held = null;
    stage.dragged = false;
    const [target] = event.composedPath();
    if (event.button || !stage.here() || !(target instanceof Element)) return;
    const slider = target.closest("[class*=st-key-edit_drag]")?.querySelector("input");
    const tag = event.pointerType === "touch" ? null : /** @type {HTMLElement} */ (target.closest(DRAGGED));
    const element = slider ? stage.cursor?.chosen : tag?.dataset.choose;
    if (element) held = { element, from: event.clientY, slider, at: slider ? Number(slider.value) : 0, moves: false };
    if (held?.slider) lookAt(slider);
  }

  function onMove({ clientY }) {
    if (!held || held.slider || (!held.moves && Math.abs(clientY - held.from) <= SLACK)) return;
    held.moves = true;
    follow(Math.round((held.from - clientY) / STEP), "up");
  }

  // frame by frame, as the slider stands elsewhere only some time after the pointer has moved
  function lookAt(slider) {
    if (held?.slider !== slider) return;
    follow(Number(slider.value), "value");
    requestAnimationFrame(() => lookAt(slider));
  }

  function follow(at, name) {
    if (at === held.at) return;
    held.at = at;
    held.moves = true;
    stage.emit("drag", { element: held.element, [name]: at });
  }

  function onUp({ type }) {
    const { element, slider, at, moves } = held ?? {};
    held = null;
    if (!moves) return;
    stage.dragged = !slider; // the click that follows is none
    if (slider || type === "pointercancel") setTimeout(() => stage.emit("drag", { element: "" }), SETTLED);
    else stage.emit("set", { element, up: at });
  }

  document.addEventListener("pointerdown", onDown, true);
  document.addEventListener("pointermove", onMove, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, onUp, true);
}

// The live stage: draws scenes that Python decided, steps through them at once, and tells the server afterwards.
//
// The film (geometry, and what changes at each position) arrives rarely. Two lines connect it with the parts of the page
// that a step changes: the position, whose answers say where the server is, and the equation, which is asked for after
// it, so that the position need not wait for the typesetting. A position that was asked for here and not yet answered
// wins over what the server says.

const SVG = "http://www.w3.org/2000/svg";
const ANSWER_WITHIN = 2000; // ms after which an unanswered request is sent again
const TYPESET_WITHIN = 700; // ms after which an equation that did not come is asked for again
const PACE = 1600; // ms between two steps while it plays
const FLOW = 450; // ms for a value to travel along an edge

const element = (name, attributes = {}, parent = null) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
};
const fit = (plate, text, { margin, glyph }) => {
  const width = margin + glyph * text.length;
  plate.setAttribute("x", -width / 2);
  plate.setAttribute("width", width);
};
const show = (node, text) => {
  if (node && node.textContent !== text) node.textContent = text;
};

// ---------------------------------------------------------------------------------------------------- drawing

function drawSpot(spot, parent, { labelled, tag }) {
  const group = element("g", { class: `spot ${spot.kind}`, transform: `translate(${spot.x} ${spot.y})` }, parent);
  const { r, kind } = spot;
  const half = kind === "bias" ? [r, labelled ? tag.height / 2 : r] : [r, 0.82 * r];
  if (kind === "neuron" || kind === "cost") element("circle", { class: "shape", r }, group);
  else if (kind !== "fold") {
    const [w, h] = half;
    element("rect", { class: "shape", x: -w, y: -h, width: 2 * w, height: 2 * h, rx: Math.min(8, h) }, group);
  }
  const text = (name, y, size) => element("text", { class: name, y, "font-size": size }, group);
  const parts = { group, tagged: tag, title: element("title", {}, group) };
  if (kind === "bias" && labelled) {
    parts.plate = group.querySelector(".shape");
    parts.value = text("value", 1, tag.size);
  }
  if (kind === "fold") parts.value = text("value", 0, tag.size);
  if (kind !== "bias" && kind !== "fold" && r >= 15) {
    parts.name = text("name", -0.48 * r, Math.max(11, 0.36 * r));
    parts.value = text("value", 0.04 * r, Math.max(11, 0.4 * r));
    parts.detail = r >= 30 ? text("detail", 0.52 * r, 0.3 * r) : null;
  }
  if (spot.choose) group.dataset.choose = spot.choose;
  return parts;
}

function drawLine(line, lines, labels, tag) {
  const [x1, y1, x2, y2] = line.ends;
  const ends = { x1, y1, x2, y2 };
  const group = element("g", { class: "line" }, lines);
  const parts = { group, ends, tagged: tag, halo: element("line", { ...ends, class: "halo" }, group) };
  parts.stroke = element("line", { ...ends, class: "stroke" }, group);
  if (!line.choose) return parts;
  group.dataset.choose = line.choose;
  parts.title = element("title", {}, group);
  element("line", { ...ends, class: "hit" }, group);
  if (line.label) {
    const [x, y] = line.label;
    parts.tag = element("g", { class: "tag", transform: `translate(${x} ${y})`, "data-choose": line.choose }, labels);
    parts.plate = element("rect", { y: -tag.height / 2, height: tag.height, rx: 6 }, parts.tag);
    parts.text = element("text", { y: 1, "font-size": tag.size }, parts.tag);
  }
  return parts;
}

function lookSpot(parts, [name, value, detail, state, colour]) {
  parts.group.dataset.state = state;
  parts.group.classList.toggle("known", value !== "");
  if (colour) parts.group.style.setProperty("--tint", colour);
  else parts.group.style.removeProperty("--tint");
  show(parts.name, name);
  show(parts.value, value);
  show(parts.detail, detail);
  if (parts.plate) fit(parts.plate, value, parts.tagged);
  show(parts.title, [name, value].filter(Boolean).join(" = "));
}

function lookLine(parts, [name, label, colour, width, dashed, state]) {
  parts.group.dataset.state = state;
  parts.stroke.style.stroke = colour;
  parts.stroke.style.strokeWidth = width;
  parts.stroke.style.strokeDasharray = dashed ? "9 6" : "none";
  show(parts.title, `${name} = ${label}`);
  if (parts.tag) {
    parts.tag.dataset.state = state;
    show(parts.text, label);
    fit(parts.plate, label, parts.tagged);
  }
}

// ------------------------------------------------------------------------------------------------------ stage

class Stage {
  constructor() {
    this.position = 0;
    this.asked = 0; // number of the last request; the server's answer carries it back
    this.answered = 0;
    this.sent = 0; // the last one that was sent on; the next waits until it is answered
    this.typesetting = false;
    this.waiting = null;
  }

  attach(root, send) {
    this.root = root;
    this.send = send;
    if (root.querySelector("svg") && this.svg?.isConnected) return;
    root.querySelector("svg")?.remove();
    this.svg = element("svg", { class: "stage", role: "img", preserveAspectRatio: "xMidYMid meet" });
    root.querySelector(".frame").prepend(this.svg);
    this.svg.addEventListener("click", (event) => {
      const chosen = event.composedPath().find((node) => node.dataset?.choose);
      if (chosen) this.tell("choose", { element: chosen.dataset.choose });
    });
    this.film = null;
  }

  // a new film: another network, other numbers, another language
  load(film) {
    if (this.film?.id === film.id) return;
    const sameShape = this.film && JSON.stringify(this.film.geometry) === JSON.stringify(film.geometry);
    this.film = film;
    if (!sameShape) this.build(film.geometry);
    this.legend(film.legend);
    this.drawn = -1;
    this.follow(this.cursor);
  }

  build(geometry) {
    const { width, height, spots, lines, dense, tag } = geometry;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.classList.toggle("dense", dense);
    this.svg.replaceChildren();
    const [under, over, flows, nodes] = ["lines", "labels", "flows", "spots"].map((name) =>
      element("g", { class: name }, this.svg),
    );
    this.flows = flows;
    this.lines = new Map(lines.map((line) => [line.id, drawLine(line, under, over, tag)]));
    this.spots = new Map(spots.map((spot) => [spot.id, drawSpot(spot, nodes, geometry)]));
    this.svg.append(over);
  }

  legend(entries) {
    const list = this.root.querySelector(".legend");
    list.replaceChildren(
      ...entries.map(({ kind, text }) => {
        const item = document.createElement("li");
        item.className = kind;
        item.textContent = text;
        return item;
      }),
    );
  }

  // whether the reel that is here holds a position
  has(position) {
    const { first, frames } = this.film;
    return position >= first && position < first + frames.length;
  }

  // draw a position: forward from the one drawn before, or from the start of the reel
  draw(position, travel) {
    const { first, frames } = this.film;
    const from = this.drawn >= 0 && position >= this.drawn ? this.drawn + 1 : first;
    const now = frames[position - first];
    const looks = { spots: {}, lines: {} };
    for (const frame of frames.slice(from - first, position - first + 1)) {
      Object.assign(looks.spots, frame.spots);
      Object.assign(looks.lines, frame.lines);
    }
    for (const [id, look] of Object.entries(looks.spots)) lookSpot(this.spots.get(id), look);
    for (const [id, look] of Object.entries(looks.lines)) lookLine(this.lines.get(id), look);
    this.svg.setAttribute("aria-label", now.alt);
    this.drawn = position;
    this.flow(travel ? now.flow : "");
  }

  // let the values travel along the edges that the step reads
  flow(direction) {
    this.flows.replaceChildren();
    if (!direction || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const { group, ends, tag } of this.lines.values()) {
      if (group.dataset.state !== "read" || !group.dataset.choose) continue;
      const path = [[ends.x1, ends.y1], [ends.x2, ends.y2]];
      if (direction === "backward") path.reverse();
      const dot = element("circle", { class: "flow", r: tag ? 8 : 4 }, this.flows);
      const frames = path.map(([x, y]) => ({ transform: `translate(${x}px, ${y}px)` }));
      dot.animate(frames, { duration: FLOW, easing: "ease-in-out" }).onfinish = () => dot.remove();
    }
  }

  choose(id) {
    this.svg.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    if (id) this.svg.querySelectorAll(`[data-choose="${id}"]`).forEach((node) => node.classList.add("chosen"));
  }

  // the server's word on where we are
  follow(cursor) {
    this.cursor = cursor;
    if (!this.film || cursor?.lecture !== this.film.lecture || !this.has(cursor.position)) return;
    this.answered = Math.max(this.answered, cursor.answered);
    if (this.answered >= this.asked) {
      const ahead = cursor.position === this.drawn + 1;
      if (cursor.position !== this.drawn) this.draw(cursor.position, ahead);
      this.position = cursor.position;
      this.choose(cursor.chosen);
      if (cursor.query !== location.search.slice(1)) history.replaceState(history.state, "", `?${cursor.query}`);
    }
    if (this.waiting && this.free()) this.post();
    else if (!this.waiting && !this.typesetting && this.line("equation").data.shows !== cursor.shows) this.typeset();
  }

  free() {
    return this.answered >= this.sent;
  }

  // ask for a position: the newest request replaces one that still waits for an answer to the one before
  request(position) {
    this.waiting = { position, asked: ++this.asked, lecture: this.film.lecture };
    if (this.free()) this.post();
  }

  post() {
    const request = { ...this.waiting, by: this.waiting.position - this.cursor.position };
    this.sent = request.asked;
    this.waiting = null;
    this.line("position").send("go", request);
    clearTimeout(this.reminder);
    this.reminder = setTimeout(() => this.remind(request), ANSWER_WITHIN);
  }

  // an answer that never came: ask again, unless something newer waits
  remind(request) {
    if (this.answered >= request.asked) return;
    this.waiting ??= request;
    this.post();
  }

  // ask for the equation; Streamlit drops a request that falls together with another one, so look again a little later
  typeset() {
    this.typesetting = true;
    this.line("equation").send("go", {});
    clearTimeout(this.secondLook);
    this.secondLook = setTimeout(() => {
      this.typesetting = false;
      this.follow(this.cursor);
    }, TYPESET_WITHIN);
  }

  line(name) {
    return document.backpropLines?.[name] ?? { data: {}, send: () => {} };
  }

  // something arrived on a line
  hear() {
    const { shows } = this.line("equation").data;
    if (shows !== this.shown) this.typesetting = false;
    this.shown = shows;
    this.follow(this.line("position").data);
  }

  tell(what, value) {
    this.send("event", { what, ...value });
  }

  // step here at once, and tell the server; beyond the reel only the server knows what comes
  go(position) {
    const inside = this.has(position);
    if (inside ? position === this.drawn : this.waiting || !this.free()) return;
    this.request(position);
    if (!inside) return;
    this.draw(position, position === this.drawn + 1);
    this.position = position;
  }

  jump(direction) {
    const starts = this.film.phases.map(([, first]) => first);
    const stops = [0, ...starts, this.film.last];
    const ahead = stops.find((stop) => stop > this.position);
    const behind = stops.findLast((stop) => stop < this.position);
    this.go((direction > 0 ? ahead : behind) ?? this.position + direction);
  }

  // play to the end of the iteration, or pause
  play() {
    if (this.timer) return this.pause();
    if (this.position >= this.film.last) this.go(0);
    const onward = () => (this.position < this.film.last ? this.go(this.position + 1) : this.pause());
    this.timer = setInterval(onward, PACE);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
  }
}

// ------------------------------------------------------------------------------------------------------- keys

const stage = new Stage();
let tabbed = false; // whether the focus was last moved by Tab; a control that was clicked gives its keys to the stage

function typing(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest('[data-testid="stDataFrame"], [contenteditable="true"]')) return true;
  const field = target.closest("input, textarea");
  if (!field || ["button", "checkbox", "radio", "range", "submit"].includes(field.type)) return false;
  return field.getAttribute("role") !== "combobox" || field.getAttribute("aria-expanded") === "true";
}

const ACTIONS = {
  ArrowRight: (shift) => (shift ? stage.jump(1) : stage.go(stage.position + 1)),
  ArrowLeft: (shift) => (shift ? stage.jump(-1) : stage.go(stage.position - 1)),
  PageDown: () => stage.go(stage.position + 1),
  PageUp: () => stage.go(stage.position - 1),
  Home: () => stage.go(0),
  End: () => stage.go(stage.film.last),
  1: () => stage.tell("granularity", { name: "layer" }),
  2: () => stage.tell("granularity", { name: "neuron" }),
  3: () => stage.tell("granularity", { name: "weight" }),
  " ": () => stage.play(),
  // into the field of the question; where none is asked, Enter is nobody's
  get Enter() {
    const field = document.querySelector(".st-key-predict_value input");
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

function onKey(event) {
  if (event.key === "Tab") tabbed = true;
  if (!stage.svg?.isConnected || !stage.film || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.composedPath()[0];
  if (typing(target)) {
    if (event.key === "Enter") setTimeout(() => target.blur?.(), 0); // Streamlit takes the value first
    return;
  }
  const control = target instanceof Element && target.closest("button, input, select, [role=slider], [role=option]");
  const act = ACTIONS[event.key];
  if (!act || keeps(control, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key !== " ") stage.pause();
  act(event.shiftKey);
}

const isPlayButton = (event) => event.target instanceof Element && event.target.closest(".st-key-step_play");

function onPointer(event) {
  tabbed = false;
  if (!isPlayButton(event)) stage.pause();
}

function onClick(event) {
  if (isPlayButton(event)) stage.play();
}

if (document.backpropStageKeys) document.backpropStageKeys.abort();
document.backpropStageKeys = new AbortController();
const once = { capture: true, signal: document.backpropStageKeys.signal };
document.addEventListener("keydown", onKey, once);
document.addEventListener("pointerdown", onPointer, once);
document.addEventListener("click", onClick, once);
document.addEventListener("backprop-line", () => stage.hear(), once);

export default function mount({ data, parentElement, setTriggerValue }) {
  stage.attach(parentElement, setTriggerValue);
  stage.load(data);
  stage.hear();
}

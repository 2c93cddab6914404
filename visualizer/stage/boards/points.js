// A board to draw points on: by pointer, finger or keys. Points are added by a press or a stroke, dragged, and erased.
// What is on it is sent when the pointer is let go, as one list.

import { element } from "../scene/draw.js";

const SIDE = 100; // of the picture, in its own units
const RIM = 4;
const RADIUS = 2.3;
const REACH = 4; // within which a press means a point that is there
const APART = 6; // between the points of a stroke
const STEP = 0.05; // of the range, that an arrow key goes
const DIGITS = 1e4;
const PAST = 100;
const KINDS = ["zero", "one"];

const rounded = (value) => Math.round(value * DIGITS) / DIGITS + 0; // no −0, which would come back as another number

export class Board {
  constructor(root) {
    this.svg = root.querySelector("svg");
    this.tools = root.querySelector(".tools");
    this.said = root.querySelector(".said");
    this.points = [];
    this.past = [];
    this.pending = []; // what has been sent and has not come back
    /** @type {number | "erase"} the class of what is added, or that points are erased */
    this.tool = 0;
    this.held = -1; // which point is dragged
    this.stroke = null; // where the last point of a stroke was put
    this.cursor = null; // where the keys are
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
    this.svg.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, () => this.lift());
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("blur", () => this.leave());
  }

  show(data, send) {
    this.send = send;
    this.most = data.most;
    const words = JSON.stringify(data.words);
    const other = this.kind !== data.kind || this.language !== words;
    this.words = data.words;
    this.language = words;
    this.kind = data.kind;
    this.svg.setAttribute("aria-label", data.words.label);
    const told = JSON.stringify(data.points);
    const echo = this.pending.indexOf(told);
    this.pending.splice(0, echo + 1);
    const fresh = told !== this.told || other || data.edition !== this.edition;
    if (fresh && echo < 0 && !this.busy()) this.take(data);
    this.told = told;
    this.edition = data.edition;
    if (!this.busy()) this.ranges = data.ranges;
    if (other) this.drawTools();
    this.draw();
  }

  busy() {
    return this.held >= 0 || this.stroke !== null || this.erases;
  }

  take({ points }) {
    this.points = points.map((point) => [...point]);
    this.pending = [];
    this.past = [];
    this.cursor = null;
    this.lifted = -1;
    this.drawTools();
  }

  // places on the board and in the data
  placed([x, y]) {
    const [[left, right], [low, high]] = this.ranges;
    const room = SIDE - 2 * RIM;
    return [RIM + (room * (x - left)) / (right - left), SIDE - RIM - (room * (y - low)) / (high - low)];
  }

  meant([u, v]) {
    const room = SIDE - 2 * RIM;
    const shares = [(u - RIM) / room, (SIDE - RIM - v) / room];
    return this.ranges.map(([low, high], i) => rounded(Math.min(high, Math.max(low, low + shares[i] * (high - low)))));
  }

  under(at, reach = REACH) {
    const away = this.points.map((point) => {
      const [u, v] = this.placed(point);
      return Math.hypot(u - at[0], v - at[1]);
    });
    const nearest = away.indexOf(Math.min(...away));
    return away[nearest] <= reach ? nearest : -1;
  }

  pressed({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * SIDE, ((clientY - box.top) / box.height) * SIDE];
  }

  begin(event) {
    if (event.button || !event.isPrimary) return;
    event.preventDefault();
    this.svg.focus({ preventScroll: true });
    this.svg.setPointerCapture(event.pointerId);
    this.cursor = null;
    this.lifted = -1;
    const at = this.pressed(event);
    this.keep();
    if (this.tool === "erase") {
      this.erases = true;
      this.erase(at);
    } else {
      this.held = this.under(at);
      if (this.held < 0) this.add(at);
    }
    this.draw();
  }

  move(event) {
    if (!this.busy()) return;
    const at = this.pressed(event);
    if (this.erases) this.erase(at);
    else if (this.held >= 0) this.put(this.held, at);
    else if (Math.hypot(at[0] - this.stroke[0], at[1] - this.stroke[1]) >= APART) this.add(at);
    this.draw();
  }

  lift() {
    if (!this.busy()) return;
    this.held = -1;
    this.stroke = null;
    this.erases = false;
    this.tell();
  }

  add(at) {
    this.stroke = at;
    if (this.points.length >= this.most) return this.say(this.words.full);
    this.points.push([...this.meant(at), ...(this.kind === "classes" ? [this.tool] : [])]);
  }

  put(i, at) {
    this.points[i] = [...this.meant(at), ...this.points[i].slice(2)];
  }

  erase(at) {
    const i = this.under(at);
    if (i < 0) return;
    if (this.points.length === 1) return this.say(this.words.last);
    this.points.splice(i, 1);
  }

  say(words) {
    this.said.textContent = words;
  }

  keep() {
    this.before = JSON.stringify(this.points);
    this.say("");
  }

  // send what is there, where it is not what was there
  tell() {
    const now = JSON.stringify(this.points);
    if (now !== this.before) {
      this.past = [...this.past, this.before].slice(-PAST);
      this.pending.push(now);
      this.send("points", { kind: this.kind, points: this.points });
    }
    this.drawTools();
    this.draw();
  }

  undo() {
    const before = this.past.pop();
    if (!before) return;
    this.points = JSON.parse(before);
    this.pending.push(before);
    this.send("points", { kind: this.kind, points: this.points });
    this.drawTools();
    this.draw();
  }

  key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const undoes = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    const known = way || undoes || [" ", "Enter", "Delete", "Backspace", "0", "1"].includes(event.key);
    if (!known || event.altKey || ((event.ctrlKey || event.metaKey) && !undoes)) return;
    event.preventDefault();
    event.stopPropagation();
    if (undoes) return this.undo();
    if (event.key === "0" || event.key === "1") return this.kind === "classes" && this.choose(Number(event.key));
    this.cursor ??= this.ranges.map(([low, high]) => (low + high) / 2);
    const at = this.placed(this.cursor);
    if (way) this.go(way);
    else this.act(event.key === "Delete" || event.key === "Backspace", at);
    this.draw();
  }

  // the keys' place goes on, and a lifted point with it
  go(way) {
    this.cursor = this.ranges.map(([low, high], i) => Math.min(high, Math.max(low, rounded(this.cursor[i] + way[i] * STEP * (high - low)))));
    if (this.lifted >= 0) this.put(this.lifted, this.placed(this.cursor));
    else this.say(this.cursor.join(", "));
  }

  act(erases, at) {
    if (this.lifted >= 0) {
      this.lifted = -1;
      this.tell();
      return;
    }
    this.keep();
    if (erases) this.erase(at);
    else if (this.under(at) >= 0) {
      this.lifted = this.under(at);
      this.say(this.words.lifted);
      return;
    } else this.add(at);
    this.stroke = null;
    this.tell();
  }

  leave() {
    if (this.lifted >= 0) {
      this.lifted = -1;
      this.tell();
    }
    this.cursor = null;
    this.draw();
  }

  choose(tool) {
    this.tool = tool;
    this.drawTools();
  }

  drawTools() {
    const marks = this.kind === "classes" ? [0, 1] : [0];
    const named = this.kind === "classes" ? this.words.classes : [this.words.add];
    if (this.tool !== "erase" && !marks.includes(this.tool)) this.tool = 0;
    const button = (label, click, pressed, disabled = false) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.disabled = disabled;
      if (pressed !== null) made.setAttribute("aria-pressed", String(pressed));
      made.addEventListener("click", click);
      return made;
    };
    const choices = [...marks, "erase"].map((tool, i) => button(named[i] ?? this.words.erase, () => this.choose(tool), this.tool === tool));
    this.tools.replaceChildren(...choices, button(this.words.undo, () => this.undo(), null, !this.past.length));
  }

  draw() {
    this.svg.replaceChildren();
    const [left, top] = this.placed([this.ranges[0][0], this.ranges[1][1]]);
    const [right, bottom] = this.placed([this.ranges[0][1], this.ranges[1][0]]);
    const [u, v] = this.placed([0, 0]);
    element("line", { class: "axis", x1: left, x2: right, y1: v, y2: v }, this.svg);
    element("line", { class: "axis", x1: u, x2: u, y1: top, y2: bottom }, this.svg);
    const ends = [[left, v - 1, "start", this.ranges[0][0]], [right, v - 1, "end", this.ranges[0][1]], [u + 1, bottom, "start", this.ranges[1][0]], [u + 1, top + 3, "start", this.ranges[1][1]]];
    for (const [x, y, anchor, value] of ends) element("text", { class: "end", x, y, "text-anchor": anchor }, this.svg).textContent = String(value).replace("-", "−");
    this.points.forEach((point) => {
      const [x, y] = this.placed(point);
      const kind = this.kind === "classes" ? KINDS[point[2]] : "only";
      if (kind === "one") element("rect", { class: `point ${kind}`, x: x - RADIUS, y: y - RADIUS, width: 2 * RADIUS, height: 2 * RADIUS }, this.svg);
      else element("circle", { class: `point ${kind}`, cx: x, cy: y, r: RADIUS }, this.svg);
    });
    if (!this.cursor) return;
    const [x, y] = this.placed(this.cursor);
    element("circle", { class: "cursor", cx: x, cy: y, r: REACH }, this.svg);
  }
}

export default function mount({ data, parentElement, setTriggerValue }) {
  parentElement.board ??= new Board(parentElement);
  parentElement.board.show(data, setTriggerValue);
}

// The live stage: draws scenes that Python decided, steps through them at once, and tells the server afterwards.
//
// The film (geometry, and what changes at each position) arrives rarely. Two lines connect it with the parts of the page
// that a step changes: the position, whose answers say where the server is, and the equation, which is asked for after
// it, so that the position need not wait for the typesetting. A position that was asked for here and not yet answered
// wins over what the server says.

import { Bar } from "./bar.js";
import { Play } from "./beats.js";
import { drawLine, drawSpot, element, isWritten, lineLook, lookLine, lookSpot, show, tintOf } from "./draw.js";
import { ParticleLayer } from "./particles.js";
import { preferences } from "./preferences.js";

const ANSWER_WITHIN = 2000; // ms after which an unanswered request is sent again
const HEARD_WITHIN = 1000; // ms after which a deed of which the server has not heard is sent again
const TYPESET_WITHIN = 700; // ms after which an equation that did not come is asked for again
const PAUSE = 1100; // ms between two steps while it plays, beside what a step itself takes
// on the document, for the style sheet of the page: while it plays, and while the stage is large and alone
const PLAYING = "data-playing";
export const PRESENTING = "data-presenting";

export class Stage {
  constructor() {
    this.position = 0;
    this.asked = 0; // number of the last request; the server's answer carries it back
    this.answered = 0;
    this.sent = 0; // the last one that was sent on; the next waits until it is answered
    this.typesetting = false;
    this.drawing = false; // while the page is drawn, whatever is asked for brings along what its fields held before
    this.waiting = null;
    this.beyond = 0; // how far beyond the reel to go as soon as a request may go out
    this.play = new Play();
    this.marks = null; // the numbers before an edit
    this.deeds = []; // what was done in the drawing and the server has not heard of
    this.wanted = null; // what was clicked, until its field is in sight
  }

  attach(root, send) {
    this.root = root;
    this.send = send;
    const ground = getComputedStyle(root.querySelector(".frame")).getPropertyValue("--st-background-color");
    document.documentElement.style.setProperty("--page", ground); // which Streamlit tells its components only
    if (root.querySelector("svg.stage") && this.svg?.isConnected) return;
    root.querySelector("svg.stage")?.remove();
    this.svg = element("svg", { class: "stage", role: "img", preserveAspectRatio: "xMidYMid meet" });
    const picture = root.querySelector(".picture");
    picture.prepend(this.svg);
    this.swarm = new ParticleLayer(this.svg, picture.querySelector(".swarm"));
    // asking at every step would cost a layout each
    new ResizeObserver(() => (this.wider = picture.scrollWidth > picture.clientWidth)).observe(picture);
    this.told = root.querySelector(".told");
    this.bar = new Bar(root, { onMove: (position) => this.go(position), onAgain: () => this.again(), isWhole: () => this.cursor?.whole });
    this.svg.addEventListener("click", (event) => {
      const { choose, unfold } = event.composedPath().find(({ dataset: d }) => d?.choose || d?.unfold)?.dataset ?? {};
      if (choose) this.tell("choose", { element: (this.wanted = choose) });
      if (unfold) this.tell("unfold", { layer: Number(unfold) });
    });
    this.film = null;
    this.answered = this.sent = this.asked; // what was asked for before the page was left is no longer waited for
    this.waiting = null;
    this.beyond = 0;
    this.deeds = [];
  }

  // whether the page is still the stage's: on another one nothing may be asked for, and the address is not its own
  here() {
    return this.svg?.isConnected;
  }

  // a new film: another network, other numbers, another language
  load(film) {
    if (this.film?.id === film.id) return;
    const sameShape = this.film && JSON.stringify(this.film.geometry) === JSON.stringify(film.geometry);
    this.marks = sameShape && film.edition === this.film.edition ? this.numbers() : null;
    this.film = film;
    this.play.cut();
    if (!sameShape) this.build(film.geometry);
    this.legend(film.legend);
    this.bar.load(film);
    this.drawn = -1;
    this.follow(this.cursor);
  }

  build(geometry) {
    const { width, height, spots, lines, dense, tag } = geometry;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.classList.toggle("dense", dense);
    this.svg.replaceChildren();
    const [under, over, nodes, tokens] = ["lines", "labels", "spots", "tokens"].map((name) =>
      element("g", { class: name }, this.svg),
    );
    this.tokens = tokens;
    this.lines = new Map(lines.map((line) => [line.id, drawLine(line, under, over, tag)]));
    this.spots = new Map(spots.map((spot) => [spot.id, drawSpot(spot, nodes, geometry)]));
    this.svg.append(over, tokens);
  }

  // the numbers as they stand in the drawing, by the parts that show them
  numbers() {
    const shown = (parts) => (parts.text ?? parts.value)?.textContent ?? "";
    return new Map([...this.spots.values(), ...this.lines.values()].map((parts) => [parts, shown(parts)]));
  }

  // mark what an edit has changed, until the next step
  mark() {
    let edited = false;
    for (const [parts, text] of this.numbers()) {
      const changed = this.marks !== null && this.marks.get(parts) !== text;
      edited ||= changed;
      for (const node of [parts.group, parts.tag]) node?.classList.toggle("changed", changed);
    }
    this.root.querySelector(".frame").classList.toggle("edited", edited);
    this.marks = null;
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
    this.play.cut();
    this.before = [];
    this.tints = [];
    for (const [id, look] of Object.entries(looks.spots)) {
      const parts = this.spots.get(id);
      this.tints.push([parts, tintOf(parts)]);
      lookSpot(parts, look);
    }
    for (const [id, look] of Object.entries(looks.lines)) {
      const parts = this.lines.get(id);
      this.before.push([parts, lineLook(parts)]);
      lookLine(parts, look);
    }
    this.mark();
    this.svg.setAttribute("aria-label", now.alt);
    show(this.told, now.alt);
    this.bar.show(position, now.alt);
    this.drawn = position;
    if (travel) this.again();
    this.bringIntoSight();
  }

  // where the picture is wider than the screen: scroll to what the step reads and writes
  bringIntoSight() {
    const picture = this.svg.parentElement;
    const touched = this.wider ? [...this.spots.values()].filter(({ group }) => group.dataset.state) : [];
    if (!touched.length) return;
    const xs = touched.map(({ at: [x] }) => (x / this.svg.viewBox.baseVal.width) * picture.scrollWidth);
    picture.scrollTo({ left: (Math.min(...xs) + Math.max(...xs) - picture.clientWidth) / 2, behavior: "smooth" });
  }

  // play the present step over its picture
  again() {
    this.play.cut();
    const beats = this.beats();
    if (!beats.length || !preferences.motion) return;
    const { spots, lines, tokens: layer, swarm, before, tints } = this;
    const written = this.frame().written?.map((id) => spots.get(id) ?? lines.get(id)) ?? [...spots.values(), ...lines.values()].filter(isWritten);
    this.play.start({ beats, spots, lines, written, before, tints, layer, swarm, speed: preferences.speed });
  }

  beats() {
    return this.frame()?.beats ?? [];
  }

  frame() {
    return this.film.frames[this.drawn - this.film.first];
  }

  choose(id) {
    this.svg.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    if (id) this.svg.querySelectorAll(`[data-choose="${id}"]`).forEach((node) => node.classList.add("chosen"));
  }

  // the server's word on where we are
  follow(cursor) {
    this.cursor = cursor;
    if (!this.here()) return;
    if (this.deeds[0]?.told <= cursor?.heard) {
      this.deeds.shift();
      this.report();
    }
    if (!this.film || cursor?.lecture !== this.film.lecture || !this.has(cursor.position)) return;
    this.answered = Math.max(this.answered, cursor.answered);
    if (this.answered >= this.asked) {
      const ahead = cursor.position === this.drawn + 1 || (cursor.lesson && cursor.position > this.drawn);
      if (cursor.position !== this.drawn) this.draw(cursor.position, ahead);
      this.position = cursor.position;
      this.choose(cursor.chosen);
      if (cursor.query !== location.search.slice(1)) history.replaceState(history.state, "", `?${cursor.query}`);
    }
    if (this.waiting && this.free()) this.post();
    else if (this.beyond && this.free()) this.go(this.position + this.beyond);
    else if (!this.waiting && this.free() && this.line("equation").data.shows !== cursor.shows) this.typeset();
  }

  // whether a request may go out: Streamlit drops one of two that fall together
  free() {
    return this.answered >= this.sent && !this.typesetting && !this.drawing;
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
    if (this.answered >= request.asked || !this.here()) return;
    if (this.drawing) return void (this.reminder = setTimeout(() => this.remind(request), ANSWER_WITHIN));
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
    if (!this.deeds[0]?.told) this.report();
    this.follow(this.line("position").data);
  }

  // what was done goes to the server one by one, because Streamlit drops what falls together with another request
  tell(what, value) {
    const last = this.deeds.at(-1);
    if (what === "lesson" && last?.what === what && !last.told) last.by += value.by;
    else this.deeds.push({ what, ...value });
    if (this.deeds.length === 1) this.report();
  }

  // send the oldest deed, until the server has heard of it; its number keeps it from being done twice
  report() {
    clearTimeout(this.repeated);
    const [deed] = this.deeds;
    if (!deed || !this.here()) return;
    this.repeated = setTimeout(() => this.report(), HEARD_WITHIN);
    if (this.drawing) return;
    deed.told ??= (this.cursor?.heard ?? 0) + 1;
    this.send("event", { ...deed });
  }

  // step here at once, and tell the server; beyond the reel only the server knows what comes
  go(position) {
    const inside = this.has(position);
    if (inside ? position === this.drawn : this.waiting) return;
    this.beyond = inside || this.free() ? 0 : position - this.position;
    if (this.beyond) return;
    this.request(position);
    if (!inside) return;
    this.draw(position, position === this.drawn + 1);
    this.position = position;
  }

  // one step; in a lesson one stop
  step(by) {
    if (this.cursor?.lesson) this.tell("lesson", { by });
    else this.go(this.position + by);
  }

  jump(direction) {
    const starts = this.film.phases.map(({ first }) => first);
    const stops = [0, ...starts, this.film.last];
    const ahead = stops.find((stop) => stop > this.position);
    const behind = stops.findLast((stop) => stop < this.position);
    this.go((direction > 0 ? ahead : behind) ?? this.position + direction);
  }

  // play to the end of the iteration, or pause
  playOn() {
    if (this.timer) return this.pause();
    if (this.position >= this.film.last) this.go(0);
    const onward = () => {
      if (this.position >= this.film.last || !this.here()) return this.pause();
      this.go(this.position + 1);
      const playing = preferences.motion ? Play.length(this.beats(), preferences.speed) : 0;
      this.timer = setTimeout(onward, playing + PAUSE / preferences.speed);
    };
    this.timer = setTimeout(onward, PAUSE / preferences.speed);
    document.documentElement.toggleAttribute(PLAYING, true);
    this.sayButtons();
  }

  pause() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    document.documentElement.toggleAttribute(PLAYING, false);
    this.sayButtons();
  }

  // what two buttons of the page say while what they began goes on; the page has drawn them, and knows nothing of that
  sayButtons() {
    const words = this.film?.words ?? {};
    for (const [key, during, word] of [["step_play", PLAYING, words.pause], ["present", PRESENTING, words.leave]]) {
      const on = document.documentElement.hasAttribute(during);
      for (const button of document.querySelectorAll(`.st-key-${key} button`)) {
        if (button.getAttribute("aria-pressed") === String(on)) continue;
        button.setAttribute("aria-pressed", String(on));
        for (const name of ["data-says", "aria-label"]) on ? button.setAttribute(name, word) : button.removeAttribute(name);
      }
    }
  }

  // the page is drawn: on a small screen the field of what was clicked may stand far below
  rest() {
    this.hear();
    this.sayButtons();
    if (!this.wanted || this.cursor?.chosen !== this.wanted) return;
    this.wanted = null;
    document.querySelector(".st-key-edit_value")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

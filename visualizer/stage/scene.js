// The picture of a film: its geometry once, and of every position what it changes.

import { Play } from "./beats.js";
import { drawLine, drawSpot, element, isWritten, lineLook, lookLine, lookSpot, show, tintOf } from "./draw.js";
import { ParticleLayer } from "./particles.js";
import { preferences } from "./preferences.js";

export class Scene {
  /** @param {ShadowRoot} root */
  constructor(root) {
    root.querySelector("svg.stage")?.remove();
    const picture = root.querySelector(".picture");
    this.svg = /** @type {SVGSVGElement} */ (element("svg", { class: "stage", role: "img", preserveAspectRatio: "xMidYMid meet" }));
    picture.prepend(this.svg);
    this.particles = new ParticleLayer(this.svg, picture.querySelector("canvas"));
    this.frameOfAll = root.querySelector(".frame");
    this.list = root.querySelector(".legend");
    this.description = root.querySelector(".description");
    this.play = new Play();
    this.drawn = -1; // the position in the picture
    /** @type {import("./types").Film} */
    this.film = null;
    /** @type {Map<import("./types").Parts, string>} the numbers before an edit */
    this.marks = null;
    // asking at every step would cost a layout each
    new ResizeObserver(() => (this.wider = picture.scrollWidth > picture.clientWidth)).observe(picture);
  }

  /** Another network, other numbers, another language. @param {import("./types").Film} film */
  load(film) {
    const sameShape = this.film && JSON.stringify(this.film.geometry) === JSON.stringify(film.geometry);
    this.marks = sameShape && film.edition === this.film.edition ? this.numbers() : null;
    this.film = film;
    this.play.cut();
    if (!sameShape) this.build(film.geometry);
    this.legend(film.legend);
    this.drawn = -1;
  }

  /** @param {import("./types").Geometry} geometry */
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
    this.frameOfAll.classList.toggle("edited", edited);
    this.marks = null;
  }

  legend(entries) {
    this.list.replaceChildren(
      ...entries.map(({ kind, text }) => Object.assign(document.createElement("li"), { className: kind, textContent: text })),
    );
  }

  // whether the reel that is here holds a position
  has(position) {
    const { first, frames } = this.film;
    return position >= first && position < first + frames.length;
  }

  frame(position = this.drawn) {
    return this.film.frames[position - this.film.first];
  }

  beats() {
    return this.frame()?.beats ?? [];
  }

  // draw a position: forward from the one drawn before, or from the start of the reel
  draw(position, travel) {
    const { first, frames } = this.film;
    const from = this.drawn >= 0 && position >= this.drawn ? this.drawn + 1 : first;
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
    this.drawn = position;
    const { alt } = this.frame();
    this.svg.setAttribute("aria-label", alt);
    show(this.description, alt);
    if (travel) this.again();
    this.scrollIntoSight();
  }

  // where the picture is wider than the screen: scroll to what the step reads and writes
  scrollIntoSight() {
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
    const { spots, lines, tokens: layer, particles, before, tints } = this;
    const written = this.frame().written?.map((id) => spots.get(id) ?? lines.get(id)) ?? [...spots.values(), ...lines.values()].filter(isWritten);
    this.play.start({ beats, spots, lines, written, before, tints, layer, particles, speed: preferences.speed });
  }

  choose(id) {
    this.svg.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    if (id) this.svg.querySelectorAll(`[data-choose="${id}"]`).forEach((node) => node.classList.add("chosen"));
  }
}

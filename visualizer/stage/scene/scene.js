// The picture of the keyframes: their geometry once, and of every position what it changes.

import { Play, along } from "./animation.js";
import { drawEdge, drawNode, element, isWritten, lookEdge, lookNode, show } from "./draw.js";
import { Writer, decoded } from "./numbers.js";
import { ParticleLayer } from "./particles.js";
import { preferences } from "../page/preferences.js";
import { plate } from "./tokens.js";

const BESIDE = "beside";
const GROWTH = 1.255; // of letters, and a little for rounding
const FREE = { x: 6, y: 16 }; // around all nodes

const FAR = 0.14; // of the way along an edge

// whether a weight leads to a neuron, or away from it
const meets = (edge, node) => {
  const [[kind, layer, j, k], [, l, unit]] = [edge.split("."), node.split(".")];
  return kind === "W" && ((layer === l && j === unit) || (Number(layer) === Number(l) + 1 && k === unit));
};

// from where to where the nodes reach
const extent = (nodes, axis) => {
  const reach = (sign) => nodes.map((node) => sign * node[axis] + node.r);
  return [-Math.max(...reach(-1)) - FREE[axis], Math.max(...reach(1)) + FREE[axis]];
};

// between the outermost of these, by which whoever follows finds in a drawing of other proportions what is pointed at
const spanOf = (nodes) => {
  const large = nodes.filter(({ kind }) => kind !== "bias" && kind !== "norm");
  return ["x", "y"].flatMap((axis) => [Math.min, Math.max].map((most) => most(...large.map((node) => node[axis]))));
};

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
    this.layout = "";
    this.seen = new Set(); // kinds of steps that have played
    this.briefly = false;
    /** @type {import("../types").Keyframes} */
    this.keyframes = null;
    /** @type {Map<import("../types").Parts, string>} the numbers before an edit */
    this.marks = null;
    /** @type {Map<import("../types").Parts, string>} the numbers before one is dragged */
    this.settled = null;
    // asking at every step would cost a layout each
    new ResizeObserver(() => (this.wider = picture.scrollWidth > picture.clientWidth)).observe(picture);
  }

  /**
   * Another network, other numbers, another language.
   * @param {import("../types").Keyframes} keyframes
   * @param {import("../types").Numbers} numbers
   */
  load(keyframes, { lecture, edition, values }) {
    const sameShape = this.keyframes === keyframes || (this.keyframes && JSON.stringify(this.keyframes.geometry) === JSON.stringify(keyframes.geometry));
    this.play.cut(); // what it still holds back is a number too
    this.settled ??= sameShape ? this.numbers() : null; // while a number is dragged, what is changed is told from before
    this.marks = sameShape && edition === this.edition ? this.settled : null;
    if (lecture !== this.lecture) this.settled = null;
    this.lecture = lecture;
    if (this.keyframes !== keyframes) this.legend(keyframes.legend);
    this.keyframes = keyframes;
    if (!sameShape) this.build();
    this.edition = edition;
    this.writer = new Writer(keyframes, decoded(values));
    this.drawn = -1;
  }

  // as large as there is room, for a lecture hall: with the words beside the picture, below it, or at a desk ("")
  /** @param {string} layout */
  enlarge(layout) {
    if (layout === this.layout) return;
    this.layout = layout;
    this.svg.classList.toggle("large", Boolean(layout) && layout !== BESIDE);
    this.frameOfAll.classList.toggle("presented", Boolean(layout));
    if (!this.keyframes) return;
    const [position, chosen] = [this.drawn, this.svg.querySelector(".chosen")];
    this.build();
    this.drawn = -1;
    if (position >= 0) this.draw(position, false);
    this.choose(chosen instanceof SVGElement ? chosen.dataset.choose : "");
  }

  build() {
    const geometry = this.layout === BESIDE ? this.keyframes.hall : this.keyframes.geometry;
    const { width, height, nodes, edges, dense } = geometry;
    const [left, right] = this.layout ? extent(nodes, "x") : [0, width];
    const [top, bottom] = this.layout ? extent(nodes, "y") : [0, height];
    this.svg.setAttribute("viewBox", [left, top, right - left, bottom - top].join(" "));
    this.askForRoom(right - left, bottom - top);
    this.settled = this.marks = null;
    this.svg.classList.toggle("dense", dense);
    this.svg.dataset.span = spanOf(nodes).join(" ");
    this.svg.replaceChildren();
    const [under, over, circles, tokens] = ["edges", "labels", "nodes", "tokens"].map((name) =>
      element("g", { class: name }, this.svg),
    );
    this.tokens = tokens;
    this.edges = new Map(edges.map((edge) => [edge.id, drawEdge(edge, under, over, geometry)]));
    this.nodes = new Map(nodes.map((node) => [node.id, drawNode(node, circles, geometry)]));
    this.numbered = element("g", { class: "numbered" });
    this.svg.append(over, this.numbered, tokens);
  }

  // how large the picture is wanted on a screen: its height, and its width beside that at a desk where its letters are a
  // quarter larger than there
  askForRoom(width, height) {
    const { geometry, hall } = this.keyframes;
    const radius = ({ nodes }) => Math.max(...nodes.map(({ r }) => r));
    const larger = Math.min(hall.tag.size / geometry.tag.size, radius(hall) / radius(geometry));
    const { style } = document.documentElement;
    style.setProperty("--drawn", String(height));
    style.setProperty("--wanted", ((GROWTH * width) / geometry.width / larger).toFixed(3));
  }

  // the numbers as they stand in the drawing, by the parts that show them
  numbers() {
    const shown = (parts) => (parts.text ?? parts.value)?.textContent ?? "";
    return new Map([...this.nodes.values(), ...this.edges.values()].map((parts) => [parts, shown(parts)]));
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

  // whether the chunk of keyframes that is here holds a position
  has(position) {
    const { first, frames } = this.keyframes;
    return position >= first && position < first + frames.length;
  }

  frame(position = this.drawn) {
    return this.keyframes.frames[position - this.keyframes.first];
  }

  animation() {
    return (this.frame()?.animation ?? []).map((phase) => this.writer.phase(phase));
  }

  // what the step after the drawn one does, where that is known here
  coming() {
    return this.has(this.drawn + 1) ? this.frame(this.drawn + 1).title : "";
  }

  // how long the present step plays, in ms
  playing() {
    return preferences.motion ? Play.length(this.animation(), preferences.speed, this.briefly) : 0;
  }

  // the text alternative: what the step does, and all numbers
  alt() {
    const { nodes, edges } = this.keyframes.geometry;
    const told = [...nodes.map(({ id }) => this.nodes.get(id)), ...edges.filter(({ label }) => label).map(({ id }) => this.edges.get(id))];
    return [this.frame().title, told.map(({ told }) => told).filter((text) => text.includes(" = ")).join(", ")].filter(Boolean).join(": ");
  }

  // draw a position: forward from the one drawn before, or from the start of the chunk
  draw(position, travel) {
    const { first, frames } = this.keyframes;
    const from = this.drawn >= 0 && position >= this.drawn ? this.drawn + 1 : first;
    const looks = { nodes: {}, edges: {} };
    for (const frame of frames.slice(from - first, position - first + 1)) {
      Object.assign(looks.nodes, frame.nodes);
      Object.assign(looks.edges, frame.edges);
    }
    this.play.cut();
    for (const [id, look] of Object.entries(looks.nodes)) lookNode(this.nodes.get(id), this.writer.node(look));
    for (const [id, look] of Object.entries(looks.edges)) lookEdge(this.edges.get(id), this.writer.edge(look));
    this.mark();
    this.drawn = position;
    this.svg.dataset.at = `${this.lecture}@${position}`; // which a room follows
    if (this.keyframes.geometry.dense) this.spotlight(this.chosen);
    const alt = this.alt();
    this.svg.setAttribute("aria-label", alt);
    show(this.description, alt);
    this.briefly = this.seen.has(this.kind());
    if (travel) this.again();
    this.scrollIntoSight();
  }

  // where the picture is wider than the screen: scroll to what the step reads and writes
  scrollIntoSight() {
    const picture = this.svg.parentElement;
    const touched = this.wider ? [...this.nodes.values()].filter(({ group }) => group.dataset.state) : [];
    if (!touched.length) return;
    const { x: left, width } = this.svg.viewBox.baseVal;
    const xs = touched.map(({ at: [x] }) => ((x - left) / width) * picture.scrollWidth);
    picture.scrollTo({ left: (Math.min(...xs) + Math.max(...xs) - picture.clientWidth) / 2, behavior: "smooth" });
  }

  // play the present step over its picture
  again() {
    if (preferences.motion) this.start({ speed: preferences.speed, seen: this.briefly });
  }

  // by itself, or as it is wound by hand; whether there is something to play
  /** @param {{ speed: number, seen?: boolean, wound?: boolean }} way */
  start({ speed, seen = false, wound = false }) {
    this.play.cut();
    const animation = this.animation();
    if (!animation.length) return false;
    const { nodes, edges, tokens: layer, particles } = this;
    this.seen.add(this.kind());
    const shown = [...nodes, ...edges];
    const ids = this.frame().written ?? shown.filter(([, parts]) => isWritten(parts)).map(([id]) => id);
    const written = new Map(ids.map((id) => [nodes.get(id) ?? edges.get(id), this.lookBefore(id)]));
    this.play.start({ animation, nodes, edges, written, layer, particles, speed, seen, wound });
    return true;
  }

  // how a node or an edge looked at the position before, where the keyframes reach back to it
  lookBefore(id) {
    const { first, frames } = this.keyframes;
    const { nodes, edges } = frames.slice(0, this.drawn - first).findLast((frame) => frame.nodes[id] || frame.edges[id]) ?? { nodes: {}, edges: {} };
    return nodes[id] ? this.writer.node(nodes[id]) : edges[id] ? this.writer.edge(edges[id]) : null;
  }

  // what kind of step is drawn: the same in another layer has been seen before
  kind() {
    return this.frame().kind;
  }

  choose(id) {
    this.chosen = id;
    this.svg.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    if (id) this.svg.querySelectorAll(`[data-choose="${id}"]`).forEach((node) => node.classList.add("chosen"));
    if (this.keyframes.geometry.dense) this.spotlight(id);
  }

  // where edges have no room for numbers, those of the chosen neuron have them, and the others are dim
  spotlight(id) {
    const at = id?.startsWith("a.") ? this.nodes.get(id) : null;
    const own = at ? this.keyframes.geometry.edges.filter(({ id: edge }) => meets(edge, id)) : [];
    this.svg.classList.toggle("spotlit", own.length > 0);
    const dressed = new Set(own.map(({ id: edge }) => this.edges.get(edge)));
    for (const parts of this.edges.values()) parts.group.classList.toggle("own", dressed.has(parts));
    this.numbered.replaceChildren();
    for (const parts of dressed) {
      const { x1, y1, x2, y2 } = parts.ends;
      const into = Math.hypot(x2 - at.at[0], y2 - at.at[1]) < Math.hypot(x1 - at.at[0], y1 - at.at[1]);
      const [x, y] = along(parts.ends, into ? FAR : 1 - FAR); // near the other end, where its edges are apart
      const { group } = plate(this.numbered, "note", parts.number, this.keyframes.geometry.tag);
      group.setAttribute("transform", `translate(${x} ${y})`);
    }
    if (own.length && at.told) {
      const { group } = plate(this.numbered, "note", at.told, this.keyframes.geometry.tag);
      group.setAttribute("transform", `translate(${at.at[0]} ${at.at[1] - 2 * at.radius})`);
    }
  }
}

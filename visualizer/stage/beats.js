// How a step plays: numbers that travel along edges and what is said where they meet, over a picture that is complete
// already. What was written comes into sight at the end; cutting the play short leaves the picture as it is.

import { element, fit, edgeLook, setTint, show, tintOf } from "./draw.js";
import { SHOWN } from "./particles.js";

const BEAT = 620; // ms at normal speed
const TOKEN_MARGIN = 10;
const NOTE = 1.2; // what is said is larger than what travels

// the point of a line at a share of the way
export const along = ({ x1, y1, x2, y2 }, share) => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];

export class Play {
  constructor() {
    this.running = [];
    this.timers = [];
    this.waiting = []; // grounds of nodes that change when their numbers have arrived
    this.layer = null;
    this.particles = null;
  }

  // how long a step plays, in ms
  static length(beats, speed) {
    return (beats.length * BEAT) / speed;
  }

  // `before` tells how the edges looked that have changed, `tints` the grounds of the nodes: what is new of them comes
  // into sight with the numbers
  start({ beats, nodes, edges, written, before, tints, layer, particles, speed }) {
    this.cut();
    [this.layer, this.particles] = [layer, particles];
    const beat = BEAT / speed;
    const total = beats.length * beat;
    const acts = beats.map((each) => () => this.act(each, nodes, edges, beat));
    acts[0]();
    this.timers = acts.slice(1).map((act, i) => setTimeout(act, (i + 1) * beat));
    this.timers.push(setTimeout(() => this.cut(), total + beat));
    for (const parts of written) this.reveal(parts, total, beat);
    for (const [parts, look] of before) this.turn(parts, look, total, beat);
    for (const [parts, tint] of tints) this.holdTint(parts, tint);
    this.timers.push(setTimeout(() => this.release(), total));
  }

  // one beat alone, because all that moves is a layer of its own to the browser, also while it cannot be seen; made
  // apart from the page, which would be laid out again for each
  act({ moves, notes }, nodes, edges, duration) {
    const scene = document.createDocumentFragment();
    const dots = [];
    for (const [start, stop, texts] of moves)
      for (const [id, text] of Object.entries(texts)) {
        const { ends, tagged } = edges.get(id);
        const path = [start, stop].map((share) => along(ends, share));
        if (text) this.travel(scene, tagged, path, text, duration);
        else dots.push(path);
      }
    this.particles.cut();
    if (dots.length) this.particles.fly(dots, duration);
    for (const [id, text] of Object.entries(notes)) this.say(scene, nodes.get(id) ?? edges.get(id), text, duration);
    this.layer.replaceChildren(scene);
  }

  cut() {
    this.timers.forEach(clearTimeout);
    for (const animation of this.running) animation.cancel();
    this.running = [];
    this.release();
    this.particles?.cut();
    this.layer?.replaceChildren();
  }

  animate(node, frames, duration, delay = 0) {
    if (node) this.running.push(node.animate(frames, { delay, duration, fill: "both", easing: "ease-in-out" }));
  }

  travel(scene, tagged, path, text, duration) {
    const [from, to] = path.map(([x, y]) => `translate(${x}px, ${y}px)`);
    const frames = [
      { transform: from, opacity: 0 },
      { transform: from, opacity: 1, offset: SHOWN[0] },
      { transform: to, opacity: 1, offset: SHOWN[1] },
      { transform: to, opacity: 0 },
    ];
    this.animate(this.plate(scene, "token", text, tagged), frames, duration);
  }

  plate(scene, kind, text, { size, height, glyph }, larger = 1) {
    const tag = { size: larger * size, height: larger * height, glyph: larger * glyph, margin: TOKEN_MARGIN };
    const group = element("g", { class: kind }, scene);
    const rect = element("rect", { y: -tag.height / 2, height: tag.height, rx: tag.height / 2 }, group);
    show(element("text", { y: 1, "font-size": tag.size }, group), text);
    fit(rect, text, tag);
    return group;
  }

  say(scene, { at: [x, y], tagged }, text, duration) {
    const group = this.plate(scene, "note", text, tagged, NOTE);
    group.setAttribute("transform", `translate(${x} ${y})`);
    const frames = [{ opacity: 0 }, { opacity: 1, offset: 0.15 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }];
    this.animate(group, frames, duration);
  }

  reveal({ value, detail, tag }, delay, duration) {
    for (const node of [value, detail, tag])
      this.animate(node, [{ opacity: 0 }, { opacity: 0.99 }], duration / 2, delay);
  }

  // from one colour, width and dashes of an edge to others
  turn(parts, look, delay, duration) {
    this.animate(parts.stroke, [look, edgeLook(parts)], duration / 2, delay);
  }

  holdTint(parts, tint) {
    const now = tintOf(parts);
    if (now === tint) return;
    setTint(parts, tint);
    this.waiting.push(() => setTint(parts, now));
  }

  release() {
    for (const arrive of this.waiting) arrive();
    this.waiting = [];
  }
}

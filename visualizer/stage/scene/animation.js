// How a step plays: numbers that travel along edges and what is said where they meet, over a picture that is complete
// already. A number that was written comes into sight when it has arrived, and so do its colour, its sign and its width;
// cutting the play short leaves the picture as it is.

import { write } from "./draw.js";
import { light } from "./lights.js";
import { SHOWN } from "./particles.js";
import { boxOf, curve, grown, growth, inNeuron, linesOf, plate, touches } from "./tokens.js";

const PHASE = 620; // ms at normal speed
const LONGEST = 6000; // ms of a step that the reader has not seen yet
const AGAIN = 2000; // ms of one that has been seen
const NOTE = 1.2; // what is said at a node is larger than what travels
const STRONGEST = 48; // dots, where there are many: those on the widest edges
const BELOW = 0.45; // of the radius: what is said below a curve
const LOOKS = 8; // places on the way of a number at which it may cover a label

/** The point of a line at a share of the way. @returns {import("../types").Point} */
export const along = ({ x1, y1, x2, y2 }, share) => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];

export class Play {
  constructor() {
    this.running = []; // what moves, and when in the play it began
    this.timers = [];
    this.cues = []; // what is still to come of a play that is wound by hand
    this.now = 0;
    this.waiting = new Set(); // nodes and edges that show what they showed before, until their numbers arrive
    this.layer = null;
    this.particles = null;
  }

  // how long each phase of a step plays, in ms
  static lengths(animation, speed, seen = false) {
    const paces = animation.map(({ pace = 1 }) => pace * PHASE);
    const whole = paces.reduce((sum, pace) => sum + pace, 0);
    const share = Math.min(1, (seen ? AGAIN : LONGEST) / whole) / speed;
    return paces.map((pace) => pace * share);
  }

  // how long a step plays, in ms
  static length(animation, speed, seen = false) {
    return Play.lengths(animation, speed, seen).reduce((sum, length) => sum + length, 0);
  }

  // `written` has the nodes and edges whose numbers are new, each with the look that it keeps until they arrive. It plays
  // by itself, or it is wound: then `seek` says how far
  start({ animation, nodes, edges, written, layer, particles, speed, seen, wound = false }) {
    this.cut();
    [this.layer, this.particles] = [layer, particles];
    const lengths = Play.lengths(animation, speed, seen);
    const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
    const total = starts.at(-1) + lengths.at(-1);
    const arrivals = new Map();
    animation.forEach(({ arrive }, i) => arrive?.forEach((id) => arrivals.set(nodes.get(id) ?? edges.get(id), starts[i] + lengths[i])));
    const at = (parts) => arrivals.get(parts) ?? total;
    for (const [parts, look] of written) this.holdBack(parts, look);
    const notes = [{}, ...animation.map(({ notes }) => notes), {}];
    const cues = [
      ...[...written.keys()].map((parts) => [at(parts), () => this.arrive(parts, lengths.at(-1))]), // before a phase that covers it
      ...animation.map((each, i) => [starts[i], () => this.act(each, nodes, edges, lengths[i], notes[i], notes[i + 2])]),
      [total + lengths.at(-1), () => this.cut()],
    ].sort(([one], [other]) => one - other);
    if (wound) {
      this.cues = cues;
      return this.seek(0);
    }
    cues[0][1]();
    this.timers = cues.slice(1).map(([time, act]) => setTimeout(act, time));
  }

  // wind a play to a time, in ms, no earlier than the one before
  seek(time) {
    while (this.cues.length && this.cues[0][0] <= time) {
      const [at, act] = this.cues.shift();
      this.now = at;
      act();
    }
    for (const [animation, began] of this.running) {
      animation.pause();
      animation.currentTime = time - began;
    }
    this.particles.seek(time);
  }

  // one phase alone, because all that moves is a layer of its own to the browser, also while it cannot be seen; made
  // apart from the page, which would be laid out again for each
  act({ moves, notes, curves, arrive, lights, side = 0 }, nodes, edges, duration, before, after) {
    const scene = document.createDocumentFragment();
    const [dots, boxes] = [[], []];
    for (const [start, stop, texts] of moves)
      for (const [id, text] of Object.entries(texts)) {
        const { ends, tagged, meet, stroke } = edges.get(id);
        const path = [start, stop].map((share) => along(ends, share ?? meet[side]));
        if (text) boxes.push(...this.travel(scene, tagged, path, text, duration));
        else dots.push([path, parseFloat(stroke.style.strokeWidth) || 0]);
      }
    this.particles.cut();
    dots.sort(([, one], [, other]) => other - one);
    if (dots.length) this.particles.fly(dots.slice(0, STRONGEST).map(([path]) => path), duration, this.now);
    const drawn = Object.entries(curves ?? {}).filter(([id, point]) => this.draw(scene, nodes.get(id), point, duration));
    const below = new Set(drawn.map(([id]) => id));
    const said = Object.entries(notes).map(([id, text]) => [edges.get(id), text]).filter(([parts]) => parts);
    const share = said.length ? growth(said.map(([{ ends, meet }, text]) => [along(ends, meet[side]), text]), said[0][0].meeting, said[0][0].tagged) : 1;
    for (const [id, text] of Object.entries(notes)) {
      const frames = fade(id in before, id in after); // what is said before or afterwards stands on the same plate
      boxes.push(this.say(scene, nodes.get(id) ?? edges.get(id), text, side, duration, below.has(id), frames, share));
    }
    this.uncover(boxes, nodes, edges, duration);
    this.layer.replaceChildren(scene);
    light({ ids: new Set([...Object.keys(notes), ...moves.flatMap(([, , texts]) => Object.keys(texts))]), arrive: arrive ?? [], lights: lights ?? [], side });
  }

  cut() {
    this.timers.forEach(clearTimeout);
    for (const [animation] of this.running) animation.cancel();
    [this.running, this.cues] = [[], []];
    this.now = 0;
    this.release();
    this.particles?.cut();
    this.layer?.replaceChildren();
    light(null);
  }

  animate(node, frames, duration, delay = 0) {
    if (node) this.run(node.animate(frames, { delay, duration, fill: "both", easing: "ease-in-out" }));
  }

  run(animation) {
    this.running.push([animation, this.now]);
  }

  travel(scene, tagged, path, text, duration) {
    const [from, to] = path.map(([x, y]) => `translate(${x}px, ${y}px)`);
    const frames = [
      { transform: from, opacity: 0 },
      { transform: from, opacity: 1, offset: SHOWN[0] },
      { transform: to, opacity: 1, offset: SHOWN[1] },
      { transform: to, opacity: 0 },
    ];
    const { group, box } = plate(scene, "token", text, tagged);
    this.animate(group, frames, duration);
    const [[x1, y1], [x2, y2]] = path;
    return Array.from({ length: LOOKS + 1 }, (_, i) => boxOf([x1 + (i / LOOKS) * (x2 - x1), y1 + (i / LOOKS) * (y2 - y1)], box));
  }

  // at a node, or on an edge where its numbers meet
  say(scene, { at, ends, meet, meeting, tagged, radius }, text, side, duration, below, frames, share) {
    const place = ends ? along(ends, meet[side]) : below ? [at[0], at[1] + BELOW * radius] : at;
    const tag = ends ? meeting : inNeuron(tagged, radius);
    const longest = Math.max(...linesOf(text, tag).map(({ length }) => length));
    const room = ends ? Math.max(1, Math.min(share, meeting.characters / longest)) : NOTE;
    const { group, box } = plate(scene, "note", text, grown(tag, room), ends ? meeting.characters : Infinity);
    group.setAttribute("transform", `translate(${place[0]} ${place[1]})`);
    this.animate(group, frames, duration);
    return boxOf(place, box);
  }

  draw(scene, parts, point, duration) {
    const drawn = curve(scene, parts, point);
    this.animate(drawn, fade(), duration);
    return drawn;
  }

  // no label stands below what travels or what is said
  uncover(boxes, nodes, edges, duration) {
    for (const { at, plate: own, tag, group, ends } of [...edges.values(), ...nodes.values()]) {
      const label = tag ?? (!ends && group);
      if (!own || !label) continue;
      const half = ["width", "height"].map((name) => Number(own.getAttribute(name)) / 2);
      if (boxes.some((other) => touches(boxOf(at, half), other))) this.run(label.animate(HIDDEN, { duration }));
    }
  }

  // show what was there before; of what was not, nothing
  holdBack(parts, look) {
    if (!look) return;
    write(parts, look);
    this.waiting.add(parts);
  }

  arrive(parts, duration) {
    if (!this.waiting.delete(parts)) return;
    const line = parts.stroke && edgeLook(parts);
    write(parts, parts.look);
    for (const node of [parts.value, parts.detail, parts.tag]) this.animate(node, [{ opacity: 0 }, { opacity: 0.99 }], duration / 2);
    if (line) this.animate(parts.stroke, [line, edgeLook(parts)], duration / 2);
  }

  release() {
    for (const parts of this.waiting) write(parts, parts.look);
    this.waiting.clear();
  }
}

// how the line of an edge looks now
/** @param {import("../types").Parts} parts */
const edgeLook = ({ stroke: { style } }) => ({ stroke: style.stroke, strokeWidth: style.strokeWidth, strokeDasharray: style.strokeDasharray });
const fade = (goesOn = false, stays = false) => [
  { opacity: Number(goesOn) },
  { opacity: 1, offset: 0.12 },
  { opacity: 1, offset: 0.88 },
  { opacity: Number(stays) },
];
const HIDDEN = [{ opacity: 0 }, { opacity: 0 }];

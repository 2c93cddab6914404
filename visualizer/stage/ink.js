// What a lecturer draws and points at, over the picture and in its coordinates: strokes of a pen, and a spot that glows
// and fades.

import { element } from "./draw.js";

const FADES = 1800; // ms
const GLOW = [{ opacity: 0.95 }, { opacity: 0.8, offset: 0.5 }, { opacity: 0 }];

export class Ink {
  constructor() {
    /** @type {number[][]} */
    this.strokes = [];
  }

  // over all else in the picture, which another network draws anew
  layer(svg, name) {
    const found = svg.querySelector(`:scope > .${name}`);
    if (found) return found;
    const style = "pointer-events: none";
    return element("g", { class: name, style }, svg);
  }

  /** Draw all strokes again. @param {SVGSVGElement} svg */
  draw(svg) {
    const group = this.layer(svg, "ink");
    group.replaceChildren();
    for (const stroke of this.strokes) this.line(group, stroke);
  }

  /** @param {SVGSVGElement} svg @param {number[]} stroke x and y of each point in turn */
  add(svg, stroke) {
    this.strokes.push(stroke);
    return this.line(this.layer(svg, "ink"), stroke);
  }

  line(group, stroke) {
    const look = { fill: "none", stroke: "#d2532a", "stroke-width": 4, "stroke-linecap": "round", "stroke-linejoin": "round" };
    return element("polyline", { ...look, points: stroke.join(" ") }, group);
  }

  clear(svg) {
    this.strokes = [];
    if (svg) this.draw(svg);
  }

  /** @param {SVGSVGElement} svg @param {number[] | null} at */
  point(svg, at) {
    const group = this.layer(svg, "pointer");
    if (!at) return;
    const [cx, cy] = at;
    const spot = group.firstChild ?? element("circle", { r: 15, fill: "#c98a00", "fill-opacity": 0.4, stroke: "#d2532a", "stroke-width": 3 }, group);
    for (const [name, value] of Object.entries({ cx, cy })) spot.setAttribute(name, value);
    this.glow?.cancel();
    this.glow = spot.animate(GLOW, { duration: FADES, fill: "forwards" });
  }
}

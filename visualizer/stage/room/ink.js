// What a lecturer draws and points at, over the picture and in shares of it: strokes of a pen, and a spot that glows
// and fades.

import { element } from "../scene/draw.js";

const FADES = 1800; // ms
const GLOW = [{ opacity: 0.95 }, { opacity: 0.8, offset: 0.5 }, { opacity: 0 }];

const WITHOUT = 100; // units, where all nodes stand in one line

// the axes of a drawing: where each begins, and how long it is
const axes = (svg) => {
  const [left, right, top, bottom] = svg.dataset.span.split(" ").map(Number);
  return [[left, right - left || WITHOUT], [top, bottom - top || WITHOUT]];
};

/** A point as shares of the drawing, the same in every proportion of it. @param {SVGSVGElement} svg @param {number[]} point */
export const shared = (svg, point) => axes(svg).map(([start, length], i) => Math.round((1e4 * (point[i] - start)) / length) / 1e4);

/** Points, x and y in turn, as they are in this drawing. @param {SVGSVGElement} svg @param {number[]} points */
export const placed = (svg, points) => {
  const both = axes(svg);
  return points.map((share, i) => both[i % 2][0] + share * both[i % 2][1]);
};

export class Ink {
  constructor() {
    /** @type {number[][]} */
    this.strokes = [];
  }

  // over all else in the picture, which another network draws anew
  layer(svg, name) {
    return svg.querySelector(`:scope > .${name}`) ?? element("g", { class: name }, svg);
  }

  /** Draw all strokes again. @param {SVGSVGElement} svg */
  draw(svg) {
    const group = this.layer(svg, "ink");
    group.replaceChildren();
    for (const stroke of this.strokes) this.line(svg, group, stroke);
  }

  /** @param {SVGSVGElement} svg @param {number[]} stroke x and y of each point in turn */
  add(svg, stroke) {
    this.strokes.push(stroke);
    return this.line(svg, this.layer(svg, "ink"), stroke);
  }

  line(svg, group, stroke) {
    return element("polyline", { points: placed(svg, stroke).join(" ") }, group);
  }

  clear(svg) {
    this.strokes = [];
    if (svg) this.draw(svg);
  }

  /** @param {SVGSVGElement} svg @param {number[] | null} at */
  point(svg, at) {
    const group = this.layer(svg, "pointer");
    if (!at) return;
    const [cx, cy] = placed(svg, at);
    const spot = group.firstChild ?? element("circle", { r: 15 }, group);
    for (const [name, value] of Object.entries({ cx, cy })) spot.setAttribute(name, value);
    this.glow?.cancel();
    this.glow = spot.animate(GLOW, { duration: FADES, fill: "forwards" });
  }
}

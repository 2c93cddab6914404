// What a step plays with: plates with a number or a few words on them, the curve of an activation, and whether two of
// them cover each other.

import { element, fit, show } from "./draw.js";

const MARGIN = 10;
const REACH = 4; // a curve goes from -4 to 4

/** Half of the width and height of a box, and its middle. @param {import("./types").Point} at @param {number[]} half */
export const boxOf = ([x, y], [w, h]) => ({ x, y, w, h });

export const touches = (one, other) => Math.abs(one.x - other.x) < one.w + other.w && Math.abs(one.y - other.y) < one.h + other.h;

// a text on a plate; one with more characters than there is room for is smaller
export function plate(scene, kind, text, { size, height, glyph }, room = Infinity) {
  const share = Math.min(1, room / text.length);
  const tag = { size: share * size, height, glyph: share * glyph, margin: MARGIN };
  const group = element("g", { class: kind }, scene);
  const rect = element("rect", { y: -height / 2, height, rx: kind === "token" ? height / 2 : 6 }, group);
  show(element("text", { y: 1, "font-size": tag.size }, group), text);
  fit(rect, text, tag);
  return { group, box: [(MARGIN + tag.glyph * text.length) / 2, height / 2] };
}

// the curve of a neuron's activation above its number, the point on it, and the tangent, which is the slope
export function curve(scene, { at: [x, y], radius }, { values, at }) {
  if (!(radius >= 30) || !values) return null;
  const [wide, high] = [1.3 * radius, 0.62 * radius];
  const [low, top] = [Math.min(...values), Math.max(...values)];
  const last = values.length - 1;
  const place = Math.min(last, Math.max(0, ((at + REACH) / (2 * REACH)) * last));
  const left = Math.min(last - 1, Math.floor(place));
  const value = values[left] + (place - left) * (values[left + 1] - values[left]);
  const point = (i, v) => [(i / last - 0.5) * wide, -0.36 * radius + high / 2 - ((v - low) / (top - low || 1)) * high];
  const group = element("g", { class: "curve", transform: `translate(${x} ${y})` }, scene);
  element("circle", { class: "ground", r: 0.94 * radius }, group);
  element("polyline", { points: values.map((v, i) => point(i, v).join()).join(" ") }, group);
  const rise = values[left + 1] - values[left];
  const [from, to] = [place - last / 6, place + last / 6].map((i) => point(i, value + (i - place) * rise));
  element("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, group);
  const [cx, cy] = point(place, value);
  element("circle", { class: "point", cx, cy, r: 0.09 * radius }, group);
  return group;
}

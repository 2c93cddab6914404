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

// how much larger than the smallest all that is said on edges at the same time can be, up to the size of a label, without
// touching each other; none is wider than the longest would be
/** @param {[import("./types").Point, string][]} said @param {import("./types").Tag} small @param {import("./types").Tag} large */
export function growth(said, small, large) {
  const most = large.size / small.size;
  const share = (text, grown) => Math.min(grown, small.characters / text.length);
  const box = ([at, text], grown) => boxOf(at, [(MARGIN + share(text, grown) * small.glyph * text.length) / 2, (share(text, grown) * small.height) / 2]);
  for (const grown of [most, (1 + most) / 2]) {
    const boxes = said.map((one) => box(one, grown));
    if (boxes.every((one, i) => !boxes.slice(0, i).some((other) => touches(one, other)))) return grown;
  }
  return 1;
}

/** A tag that is larger by a share. @param {import("./types").Tag} tag @param {number} share */
export const grown = ({ size, height, glyph, margin }, share) => ({ size: share * size, height: share * height, glyph: share * glyph, margin });

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

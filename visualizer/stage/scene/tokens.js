// What a step plays with: plates with a number or a few words on them, the curve of an activation, and whether two of
// them cover each other.

import { element, fit, show } from "./draw.js";

const MARGIN = 10;
const ROOMY = 30; // the radius of a neuron with room for a curve, or for two lines
const IN_NEURON = 9; // characters that do not reach beyond it
const LINE = 1.15; // from one line of a plate to the next, in sizes of its type
const REACH = 4; // a curve goes from -4 to 4

/** Half of the width and height of a box, and its middle. @param {import("../types").Point} at @param {number[]} half */
export const boxOf = ([x, y], [w, h]) => ({ x, y, w, h });

export const touches = (one, other) => Math.abs(one.x - other.x) < one.w + other.w && Math.abs(one.y - other.y) < one.h + other.h;

// a text that is longer than there is room for, broken before or after a sign, or after a comma, where a plate has two lines
/** @param {string} text @param {{ characters?: number, lines?: number }} tag @returns {string[]} */
export function linesOf(text, { characters = Infinity, lines = 1 }) {
  if (lines < 2 || text.length <= characters) return [text];
  const ways = [...text.matchAll(/ (?=\S*[×−+·])|(?<=[×−+·,]) /g)].map(({ index }) => [text.slice(0, index), text.slice(index + 1)]);
  return ways.reduce((best, way) => (lengthOf(way) < lengthOf(best) ? way : best), [text]);
}
const lengthOf = (lines) => Math.max(...lines.map((line) => line.length));
const heightOf = ({ size, height, lines = 1 }, { length }) => height - (lines - length) * LINE * size;

/** The plate of what is said in a neuron, where there is room for two lines. @param {import("../types").Tag} tag @returns {import("../types").Tag} */
export const inNeuron = (tag, radius) => (radius >= ROOMY ? { ...tag, height: tag.height + LINE * tag.size, characters: IN_NEURON, lines: 2 } : tag);

// a text on a plate; one with more characters than there is room for is smaller
export function plate(scene, kind, text, tag, room = Infinity) {
  const lines = linesOf(text, tag);
  const length = lengthOf(lines);
  const share = Math.min(1, room / length);
  const [size, height] = [share * tag.size, heightOf(tag, lines)];
  const glyph = share * tag.glyph;
  const group = element("g", { class: kind }, scene);
  const rect = element("rect", { y: -height / 2, height, rx: kind === "token" ? height / 2 : 6 }, group);
  lines.forEach((line, i) => show(element("text", { y: 1 + (i - (lines.length - 1) / 2) * LINE * size, "font-size": size }, group), line));
  fit(rect, lines.find((line) => line.length === length), { glyph, margin: MARGIN });
  return { group, box: [(MARGIN + glyph * length) / 2, height / 2] };
}

// how much larger than the smallest all that is said on edges at the same time can be, up to the size of a label, without
// touching each other; none is wider than the longest would be
/** @param {[import("../types").Point, string][]} said @param {import("../types").Tag} small @param {import("../types").Tag} large */
export function growth(said, small, large) {
  const most = large.size / small.size;
  const box = ([at, text], grown) => {
    const lines = linesOf(text, small);
    const share = Math.min(grown, small.characters / lengthOf(lines));
    return boxOf(at, [(MARGIN + share * small.glyph * lengthOf(lines)) / 2, (share * heightOf(small, lines)) / 2]);
  };
  for (const grown of [most, (1 + most) / 2]) {
    const boxes = said.map((one) => box(one, grown));
    if (boxes.every((one, i) => !boxes.slice(0, i).some((other) => touches(one, other)))) return grown;
  }
  return 1;
}

/** A tag that is larger by a share. @param {import("../types").Tag} tag @param {number} share */
export const grown = ({ size, height, glyph, ...same }, share) => ({ size: share * size, height: share * height, glyph: share * glyph, ...same });

// the curve of a neuron's activation above its number, the point on it, and the tangent, which is the slope
export function curve(scene, { at: [x, y], radius }, { values, at }) {
  if (!(radius >= ROOMY) || !values) return null;
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

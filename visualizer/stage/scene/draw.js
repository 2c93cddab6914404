// Drawing: what scenes are made of, as SVG, and how their looks are put on.

const SVG = "http://www.w3.org/2000/svg";

export const element = (name, attributes = {}, parent = null) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
};
const DOT = 4; // the radius of a satellite without room for its number
const DETAILED = 2.7; // least sizes of type: the radius from which a third line has room
const ROOM = 0.6; // of the radius: the largest number that a node has room for
const FINGER = 22; // px: half of what one needs
const WIDE = 1.85; // of a Chinese character, in widths of a digit
export const fit = (plate, text, { margin, glyph }) => {
  const wide = text.match(/[\u2e80-\uffef]/g)?.length ?? 0;
  const width = margin + glyph * (text.length + (WIDE - 1) * wide);
  plate.setAttribute("x", -width / 2);
  plate.setAttribute("width", width);
};
export const show = (node, text) => {
  if (node && node.textContent !== text) node.textContent = text;
};

// what a neuron that is switched off is crossed out with
function strikeOut(r, group) {
  const d = 0.71 * r;
  for (const side of [1, -1]) element("line", { class: "strike", x1: -d, y1: -side * d, x2: d, y2: side * d }, group);
}

/** @param {import("../types").Node} node @returns {import("../types").Parts} */
export function drawNode(node, parent, { labelled, tag, least, number }) {
  const group = element("g", { class: `node ${node.kind}`, transform: `translate(${node.x} ${node.y})` }, parent);
  const { r, kind } = node;
  const satellite = kind === "bias" || kind === "norm";
  const plated = satellite && labelled && r > DOT;
  const half = satellite ? [r, plated ? tag.height / 2 : r] : [r, 0.82 * r];
  if (kind === "neuron" || kind === "cost") element("circle", { class: "shape", r }, group);
  else if (kind !== "fold") {
    const [w, h] = half;
    element("rect", { class: "shape", x: -w, y: -h, width: 2 * w, height: 2 * h, rx: Math.min(8, h) }, group);
  }
  const text = (name, y, size) => element("text", { class: name, y, "font-size": size }, group);
  /** @type {import("../types").Parts} */
  const parts = { group, tagged: tag, at: [node.x, node.y], radius: r, title: element("title", {}, group) };
  if (plated) {
    parts.plate = group.querySelector(".shape");
    parts.value = text("value", 1, tag.size);
  }
  if (kind === "fold") {
    group.dataset.unfold = node.unfold;
    const { height } = tag;
    parts.plate = element("rect", { class: "shape", y: -height / 2, height, rx: height / 2 }, group);
    parts.value = text("value", 1, tag.size);
  }
  if (kind === "neuron") strikeOut(r, group);
  if (!satellite && kind !== "fold" && r >= 15) {
    const roomy = r >= DETAILED * least;
    const apart = roomy ? 0.04 * r : Math.max(0.04 * r, 0.55 * least - 0.04 * r); // two lines have the middle to themselves
    parts.name = text("name", Math.min(-0.48 * r, apart - least), Math.max(least, 0.36 * r));
    parts.value = text("value", apart, Math.max(least, 0.4 * r, Math.min(number, ROOM * r)));
    parts.detail = roomy ? text("detail", 0.52 * r, Math.max(least, 0.3 * r)) : null;
  }
  if ((kind === "neuron" || kind === "cost") && r < 15) text("cross", 0, 1.7 * r).textContent = "✗"; // no room for more
  if (node.choose) group.dataset.choose = node.choose;
  return parts;
}

/** @param {import("../types").Edge} edge @returns {import("../types").Parts} */
export function drawEdge(edge, edges, labels, { tag, meeting }) {
  const [x1, y1, x2, y2] = edge.ends;
  const ends = { x1, y1, x2, y2 };
  const at = edge.label ?? [(x1 + x2) / 2, (y1 + y2) / 2];
  const group = element("g", { class: "edge" }, edges);
  /** @type {import("../types").Parts} */
  const parts = { group, ends, at, tagged: tag, meeting, meet: edge.meet, halo: element("line", { ...ends, class: "halo" }, group) };
  parts.stroke = element("line", { ...ends, class: "stroke" }, group);
  if (!edge.choose) return parts;
  group.dataset.choose = edge.choose;
  parts.title = element("title", {}, group);
  element("line", { ...ends, class: "hit" }, group);
  if (edge.label) {
    const [x, y] = edge.label;
    parts.tag = element("g", { class: "tag", transform: `translate(${x} ${y})`, "data-choose": edge.choose }, labels);
    parts.plate = element("rect", { y: -tag.height / 2, height: tag.height, rx: 6 }, parts.tag);
    parts.text = element("text", { y: 1, "font-size": tag.size }, parts.tag);
  }
  return parts;
}

// mark a number that a mistake has made, beside what is right
const wrong = (node, right) => node?.classList.toggle("wrong", Boolean(right));
const described = (name, value, right) => [name, right ? `${value} (✓ ${right})` : value].filter(Boolean).join(" = ");

// whether parts show a look already: an edit changes few of the many, and every attribute that is set is laid out anew
const isShown = (parts, look) => Boolean(parts.look) && look.every((each, i) => Object.is(each, parts.look[i]));

export function lookNode(parts, look) {
  if (isShown(parts, look)) return;
  const [name, value, , state, , crossed, right] = look;
  parts.group.dataset.state = state;
  parts.group.classList.toggle("crossed", crossed);
  parts.group.classList.toggle("known", value !== "");
  writeNode(parts, look);
  parts.look = look;
  show(parts.title, (parts.told = described(name, value, right)));
}

// the numbers of a node and its ground, without what the step does to it
export function writeNode(parts, [name, value, detail, , colour, , right]) {
  wrong(parts.group, right);
  setTint(parts, colour);
  show(parts.name, name);
  show(parts.value, value);
  show(parts.detail, detail);
  if (parts.plate) fit(parts.plate, value, parts.tagged);
  if (parts.plate && !parts.group.dataset.unfold) shape(parts.group, parts, value);
}

// a gradient stands on a round plate, a weight on one with corners
function shape(node, { plate, tagged }, text) {
  const round = text.includes("∂");
  node.classList.toggle("gradient", round);
  plate.setAttribute("rx", round ? tagged.height / 2 : 4);
}

export function lookEdge(parts, look) {
  if (isShown(parts, look)) return;
  const [name, label, , , , state, right] = look;
  parts.group.dataset.state = state;
  writeEdge(parts, look);
  parts.look = look;
  show(parts.title, (parts.told = described(name, label, right)));
  parts.number = label;
  if (parts.tag) parts.tag.dataset.state = state;
}

// the line of an edge and its number, without what the step does to it
export function writeEdge(parts, [, label, colour, width, dashed, , right]) {
  wrong(parts.tag, right);
  parts.stroke.style.stroke = colour;
  parts.stroke.style.strokeWidth = width;
  parts.stroke.style.strokeDasharray = dashed ? "9 6" : "none";
  if (!parts.tag) return;
  show(parts.text, label);
  fit(parts.plate, label, parts.tagged);
  shape(parts.tag, parts, label);
}

// what can be chosen nearest to where a finger has touched, if it is not farther away than a finger is wide
export function nearest(svg, { clientX, clientY }) {
  const beside = (at, start, end) => Math.max(start - at, at - end, 0);
  let [found, least] = [null, FINGER];
  for (const node of svg.querySelectorAll(".tag[data-choose], .node[data-choose]")) {
    const { left, right, top, bottom } = (node.querySelector(".shape") ?? node).getBoundingClientRect();
    const away = Math.hypot(beside(clientX, left, right), beside(clientY, top, bottom));
    if (away < least) [found, least] = [node, away];
  }
  return found;
}

// what a node or an edge shows, as another look of it has it
export const write = (parts, look) => (parts.stroke ? writeEdge : writeNode)(parts, look);
const setTint = ({ group }, tint) => (tint ? group.style.setProperty("--tint", tint) : group.style.removeProperty("--tint"));

// whether the latest step has written what these parts show
export const isWritten = ({ group }) => group.dataset.state === "write";

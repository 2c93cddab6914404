// What the browser writes, for the tests of Python: of keyframes every frame filled in with its numbers, and single numbers.

import { readFileSync } from "node:fs";

import { Writer, decoded } from "../../../visualizer/stage/scene/numbers.js";

const asked = JSON.parse(readFileSync(0, "utf8"));

const filled = (looks, write) => Object.fromEntries(Object.entries(looks).map(([id, look]) => [id, write(look)]));

function played({ keyframes, values }) {
  const writer = new Writer(keyframes, decoded(values));
  return keyframes.frames.map(({ nodes, edges, animation, title }) => ({
    nodes: filled(nodes, (look) => writer.node(look)),
    edges: filled(edges, (look) => writer.edge(look)),
    animation: animation.map((phase) => writer.phase(phase)),
    title,
  }));
}

// of each row of numbers: every way of writing it, and all but the first where it is wrong; its colour and its width
function written({ rules, ways, values, count }) {
  const places = ways.map((way) => [way, [0, 1], "", ""]);
  const numbers = decoded(values);
  return Array.from({ length: count }, (_, i) => {
    const writer = new Writer({ rules, places, thick: 7 }, numbers.subarray(3 * i, 3 * i + 3));
    const texts = places.map((_, at) => writer.text(at));
    const wrong = places.slice(1).map((_, at) => writer.beside(at + 1, 1) ?? []);
    return [texts, wrong, writer.colour([0, 2]), writer.width([0, 2])];
  });
}

process.stdout.write(JSON.stringify({ keyframes: (asked.keyframes ?? []).map(played), written: asked.written ? written(asked.written) : [] }));

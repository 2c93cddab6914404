// A board to draw points on: what is added, moved and erased, by pointer and keys, and what comes back from the server.

import assert from "node:assert/strict";
import test from "node:test";

const made = () => ({
  handlers: {},
  set: {},
  children: [],
  addEventListener(name, handler) { this.handlers[name] = handler; },
  setAttribute(name, value) { this.set[name] = value; },
  replaceChildren(...children) { this.children = children; },
  append(child) { this.children.push(child); },
  focus() {},
  setPointerCapture() {},
  getBoundingClientRect: () => ({ left: 0, top: 0, width: 100, height: 100 }),
});
globalThis.document = { createElement: made, createElementNS: made };
const { Board } = await import("../../../visualizer/stage/boards/points.js");

const WORDS = { label: "", add: "a", erase: "e", undo: "u", lifted: "lifted", full: "full", last: "last", classes: ["0", "1"] };
const DATA = { kind: "classes", points: [[0, 0, 0]], ranges: [[-1, 1], [-1, 1]], most: 30, words: WORDS, edition: 0 };

function board(data = {}) {
  const parts = { svg: made(), ".tools": made(), ".said": made() };
  const held = new Board({ querySelector: (name) => parts[name] });
  const sent = [];
  const show = (more) => held.show({ ...DATA, ...data, ...more }, (_, value) => sent.push(JSON.parse(JSON.stringify(value.points))));
  const pointer = (name, x = 0, y = 0) => held.svg.handlers[name]({ button: 0, isPrimary: true, clientX: x, clientY: y, preventDefault() {} });
  const key = (name, more = {}) => held.svg.handlers.keydown({ key: name, preventDefault() {}, stopPropagation() {}, ...more });
  const drag = (...places) => {
    pointer("pointerdown", ...places[0]);
    for (const place of places.slice(1)) pointer("pointermove", ...place);
    pointer("pointerup");
  };
  show();
  return { held, sent, show, drag, key };
}

test("a press adds a point of the chosen class, at its place", () => {
  const { held, sent, drag } = board();
  held.choose(1);
  drag([96, 4]);
  drag([27, 50]);
  assert.deepEqual(sent.at(-1), [[0, 0, 0], [1, 1, 1], [-0.5, 0, 1]]);
});

test("a stroke adds points that lie apart, up to the most there may be", () => {
  const { sent, drag } = board();
  drag(...Array.from({ length: 80 }, (_, i) => [10 + i, 20]));
  assert.equal(sent.length, 1);
  assert.equal(sent[0].length, 1 + Math.ceil(80 / 6));
  drag(...Array.from({ length: 300 }, (_, i) => [10 + (i % 80), 60 + i / 10]));
  assert.equal(sent[1].length, 30);
});

test("a point is dragged with its class, and stays on the board", () => {
  const { sent, drag } = board({ points: [[0, 0, 1]] });
  drag([50, 50], [60, 50], [500, -500]);
  assert.deepEqual(sent, [[[1, 1, 1]]]);
});

test("a press on a point without a move sends nothing", () => {
  const { sent, drag } = board();
  drag([50, 50]);
  assert.deepEqual(sent, []);
});

test("points are erased by a stroke, all but the last", () => {
  const { held, sent, drag } = board({ points: [[0, 0, 0], [0.5, 0, 1]] });
  held.choose("erase");
  drag([50, 50], [73, 50]);
  assert.deepEqual(sent, [[[0.5, 0, 1]]]);
  assert.equal(held.said.textContent, "last");
});

test("keys move a place, add, lift, move, put down and erase", () => {
  const { held, sent, key } = board();
  for (let i = 0; i < 3; i++) key("ArrowRight");
  key("1");
  key(" ");
  assert.deepEqual(sent.at(-1), [[0, 0, 0], [0.3, 0, 1]]);
  key("Enter");
  assert.equal(held.said.textContent, "lifted");
  key("ArrowUp");
  key("Enter");
  assert.deepEqual(sent.at(-1), [[0, 0, 0], [0.3, 0.1, 1]]);
  key("Delete");
  assert.deepEqual(sent.at(-1), [[0, 0, 0]]);
  key("z", { ctrlKey: true });
  assert.deepEqual(sent.at(-1), [[0, 0, 0], [0.3, 0.1, 1]]);
});

test("keys with Alt, and Control with another letter, are the browser's", () => {
  const { held, key } = board();
  key("ArrowRight", { altKey: true });
  key(" ", { ctrlKey: true });
  assert.equal(held.cursor, null);
});

test("what comes back from the server late does not undo what was drawn since", () => {
  const { held, sent, drag, show } = board();
  drag([20, 20]);
  drag([80, 80]);
  show({ points: sent[0] });
  assert.equal(held.points.length, 3);
  show({ points: sent[1] });
  assert.equal(held.points.length, 3);
  assert.equal(held.past.length, 2);
  show({ points: [[0.5, 0.5, 1]] });
  assert.deepEqual(held.points, [[0.5, 0.5, 1]]);
});

test("what the server refused is taken back", () => {
  const { held, drag, show } = board();
  drag([20, 20]);
  show({ edition: 1 });
  assert.deepEqual(held.points, DATA.points);
});

test("points of a curve have no class, and the other kind begins anew", () => {
  const { held, sent, drag, show } = board();
  held.choose(1);
  show({ kind: "curve", points: [[0, 0.5]] });
  assert.equal(held.tool, 0);
  drag([4, 96]);
  assert.deepEqual(sent.at(-1), [[0, 0.5], [-1, -1]]);
});

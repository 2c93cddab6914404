// What a step plays with: when two things cover each other.

import assert from "node:assert/strict";
import test from "node:test";

import { boxOf, grown, growth, linesOf, touches } from "../../../visualizer/stage/scene/tokens.js";

test("two boxes touch where they overlap in both directions", () => {
  const box = boxOf([10, 10], [5, 2]);
  assert.ok(touches(box, boxOf([18, 12], [4, 2])));
  assert.ok(!touches(box, boxOf([20, 10], [5, 2])));
  assert.ok(!touches(box, boxOf([12, 15], [5, 2])));
});

test("what is said on edges is as large as a label where there is room, and never so large that two touch", () => {
  const [small, large] = [{ size: 9, height: 14, glyph: 5, margin: 10, characters: 13 }, { size: 15, height: 22, glyph: 8, margin: 10 }];
  assert.equal(growth([[[0, 0], "0.0075"], [[0, 60], "0.02"]], small, large), 15 / 9);
  assert.equal(growth([[[0, 0], "0.0075"], [[0, 15], "0.02"]], small, large), 1);
  assert.equal(grown(small, 2).size, 18);
});

test("what is too long for a line of a plate of two is broken beside its sign, so that both lines are short", () => {
  const plate = { characters: 8, lines: 2 };
  assert.deepEqual(linesOf("0.35 × 0.0839", plate), ["0.35 ×", "0.0839"]);
  assert.deepEqual(linesOf("0.593 × 0.24", plate), ["0.593", "× 0.24"]);
  assert.deepEqual(linesOf("0.5 × −0.0381", plate), ["0.5 ×", "−0.0381"]);
  assert.deepEqual(linesOf("0.15 −0.00022", plate), ["0.15", "−0.00022"]);
  assert.deepEqual(linesOf("C (0.751, 0.01)", plate), ["C (0.751,", "0.01)"]);
  assert.deepEqual(linesOf("0.0839", plate), ["0.0839"]);
  assert.deepEqual(linesOf("0.35 × 0.0839", { characters: 13 }), ["0.35 × 0.0839"]);
});

test("a plate with one of two lines is half as high, and leaves room for its neighbour", () => {
  const [small, large] = [{ size: 10, height: 28, glyph: 5, margin: 10, characters: 8, lines: 2 }, { size: 20, height: 26, glyph: 10, margin: 10 }];
  assert.equal(growth([[[0, 0], "0.0075"], [[0, 34], "0.02"]], small, large), 2);
  assert.ok(growth([[[0, 0], "0.0075 × 1"], [[0, 34], "0.02 × 0.1"]], small, large) < 2);
});

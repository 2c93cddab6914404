// What a step plays with: when two things cover each other.

import assert from "node:assert/strict";
import test from "node:test";

import { boxOf, grown, growth, touches } from "../../../visualizer/stage/tokens.js";

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

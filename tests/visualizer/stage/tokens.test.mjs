// What a step plays with: when two things cover each other.

import assert from "node:assert/strict";
import test from "node:test";

import { boxOf, touches } from "../../../visualizer/stage/tokens.js";

test("two boxes touch where they overlap in both directions", () => {
  const box = boxOf([10, 10], [5, 2]);
  assert.ok(touches(box, boxOf([18, 12], [4, 2])));
  assert.ok(!touches(box, boxOf([20, 10], [5, 2])));
  assert.ok(!touches(box, boxOf([12, 15], [5, 2])));
});

// How wide a plate is, and what stands on it.

import assert from "node:assert/strict";
import test from "node:test";

import { fit, isWritten, lookNode, show } from "../../../visualizer/stage/scene/draw.js";

const node = () => ({ set: {}, setAttribute(name, value) { this.set[name] = value; } });
const width = (text) => {
  const plate = node();
  fit(plate, text, { margin: 10, glyph: 8 });
  assert.equal(plate.set.x, -plate.set.width / 2);
  return plate.set.width;
};

test("a plate is as wide as its digits and a margin", () => assert.equal(width("0.35"), 10 + 4 * 8));
test("a Chinese character takes the room of 1.85 digits", () => assert.equal(width("另 3 个"), 10 + 8 * (5 + 2 * 0.85)));
test("an empty plate is its margin", () => assert.equal(width(""), 10));

test("a text that stands there already is not written again", () => {
  let writes = 0;
  const text = { get textContent() { return "1"; }, set textContent(_) { writes += 1; } };
  show(text, "1");
  show(null, "2");
  assert.equal(writes, 0);
  show(text, "2");
  assert.equal(writes, 1);
});

test("what the latest step has written is told by its state", () => {
  const parts = (state) => ({ group: { dataset: { state } } });
  assert.deepEqual(["write", "read", ""].map((state) => isWritten(parts(state))), [true, false, false]);
});

test("a look that stands there already sets nothing, and another one all of it", () => {
  let sets = 0;
  const style = { setProperty: () => (sets += 1), removeProperty: () => (sets += 1) };
  const parts = { group: { dataset: {}, classList: { toggle: () => {} }, style } };
  lookNode(parts, ["z", "1", "", "read", "#fff", false, ""]);
  lookNode(parts, ["z", "1", "", "read", "#fff", false, ""]);
  assert.deepEqual([sets, parts.told], [1, "z = 1"]);
  lookNode(parts, ["z", "2", "", "read", "#fff", false, ""]);
  assert.deepEqual([sets, parts.told], [2, "z = 2"]);
});

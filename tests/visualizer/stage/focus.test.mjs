// Who keeps which key: a field that is typed in, a control that was reached by Tab, or the stage.

import assert from "node:assert/strict";
import test from "node:test";

import { isTyping, keepsKey, undoOrRedo } from "../../../visualizer/stage/page/focus.js";

// an element that is inside what some selectors name
class Element {
  constructor(names, attributes = {}, more = {}) {
    Object.assign(this, { names, attributes, ...more });
  }
  closest(selector) {
    return this.matches(selector) ? this : null;
  }
  matches(selector) {
    return selector.split(", ").some((one) => this.names.includes(one));
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
}
globalThis.Element = Element;

const field = (more, attributes) => new Element(["input"], attributes, { type: "text", readOnly: false, ...more });

test("a field keeps its keys, a button and a field to read do not", () => {
  assert.equal(isTyping(field()), true);
  assert.equal(isTyping(field({ readOnly: true })), false);
  assert.equal(isTyping(field({ type: "range" })), false);
  assert.equal(isTyping(new Element(["button"])), false);
  assert.equal(isTyping(null), false);
});

test("a box to choose from keeps them while it is open", () => {
  for (const open of ["true", "false"])
    assert.equal(isTyping(field({}, { role: "combobox", "aria-expanded": open })), open === "true");
});

test("cells of a table that is edited keep them", () => {
  assert.equal(isTyping(new Element(['[data-testid="stDataFrame"]'])), true);
});

test("a control reached by Tab keeps what it needs", () => {
  const kept = (...names) => [" ", "Enter", "ArrowRight", "PageDown"].map((key) => keepsKey(new Element(names), key));
  assert.deepEqual(kept("button"), [true, true, false, false]);
  assert.deepEqual(kept("input", "[type=checkbox]"), [true, false, false, false]);
  assert.deepEqual(kept("select"), [true, true, true, false]);
  assert.deepEqual(kept("div"), [false, false, false, false]);
});

test("undo and redo, as on every system", () => {
  const what = (key, shiftKey = false) => undoOrRedo({ key, shiftKey });
  assert.deepEqual([what("z"), what("Z", true), what("y"), what("x")], ["undo", "redo", "redo", null]);
});

// A question on a follower's page: what is sent, what is said, and what the reveal leaves. The page is a tree of objects.

import assert from "node:assert/strict";
import test from "node:test";

// as much of an element as the module asks for
const made = (name = "") => ({
  name,
  hidden: false,
  textContent: "",
  innerHTML: "",
  value: "",
  dataset: {},
  attributes: {},
  children: [],
  listeners: {},
  replaceChildren(...children) {
    this.children = children;
  },
  addEventListener(what, does) {
    this.listeners[what] = does;
  },
  setAttribute(key, value) {
    this.attributes[key] = value;
  },
  blur() {},
});
globalThis.document = { createElement: made };

const { Ask } = await import("../../../visualizer/stage/room/ask.js");
const WORDS = { tap: "tap", sent: "sent {}", own: "own {}", right: "right", wrong: "wrong", unanswered: "none" };
const QUESTION = { number: 3, kind: "choice", words: "z = ?", options: [["0.1", "0.1"], ["0.2", "0.2"]], position: 4 };

function page() {
  const parts = Object.fromEntries(["input", "form", ".answer", ".question", ".field", ".options", ".taken"].map((name) => [name, made(name)]));
  const root = { ...made("root"), querySelector: (name) => parts[name], querySelectorAll: () => parts[".options"].children };
  const [sent, limits, marks] = [[], [], []];
  const ask = new Ask(root, WORDS, { send: (message) => sent.push(message), onLimit: (at) => limits.push(at), onMark: (id) => marks.push(id) });
  return { ask, root, parts, sent, limits, marks };
}

test("an option that is pressed is sent, and shown as taken", () => {
  const { ask, root, parts, sent, limits } = page();
  ask.asked(QUESTION);
  assert.equal(root.hidden, false);
  assert.equal(limits.at(-1), 4);
  parts[".options"].children[1].listeners.click();
  assert.deepEqual(sent, [{ what: "answer", number: 3, text: "0.2" }]);
  ask.taken({ number: 3, own: "0.2", label: "0.2", problem: "" });
  assert.deepEqual(parts[".options"].children.map(({ attributes }) => attributes["aria-pressed"]), ["false", "true"]);
  assert.equal(parts[".taken"].textContent, "sent 0.2");
});

test("what was no answer is told, and an answer to an earlier question is not", () => {
  const { ask, parts } = page();
  ask.asked(QUESTION);
  ask.taken({ number: 2, own: "0.1", label: "0.1", problem: "" });
  assert.equal(parts[".taken"].textContent, "");
  ask.taken({ number: 3, own: "x", label: "x", problem: "no number" });
  assert.equal(parts[".taken"].textContent, "no number");
});

test("an answer that came too late is told, whether the reveal is here before or after", () => {
  const [late, reveal] = [{ number: 3, own: "0.1", label: "0.1", problem: "too late" }, { told: "z = 0.1", right: "0.1", own: "" }];
  for (const order of [["taken", "revealed"], ["revealed", "taken"]]) {
    const { ask, parts } = page();
    ask.asked(QUESTION);
    for (const what of order) ask[what](what === "taken" ? late : reveal);
    assert.equal(parts[".taken"].textContent, "too late");
    ask.asked({ ...QUESTION, number: 4 });
    assert.equal(parts[".taken"].textContent, "");
    ask.taken({ number: 4, own: "0.1", label: "0.1", problem: "" });
    ask.revealed({ told: "z = 0.1", right: "0.1", own: "0.1", is_right: true });
    assert.equal(parts[".taken"].textContent, ""); // that it may still be changed is over
  }
});

test("an edge is tapped while its question is open, and only then", () => {
  const { ask, sent, marks, limits } = page();
  ask.tap("W.1.1.1");
  ask.asked(QUESTION);
  ask.tap("W.1.1.1");
  assert.deepEqual(sent, []);
  ask.asked({ ...QUESTION, kind: "edge", options: [] });
  assert.equal(limits.at(-1), Infinity);
  for (const id of ["a.1.1", "", undefined, "W.1.2.1"]) ask.tap(id);
  assert.deepEqual(sent, [{ what: "answer", number: 3, text: "W.1.2.1" }]);
  ask.taken({ number: 3, own: "W.1.2.1", label: "w¹₂₁", problem: "" });
  assert.equal(marks.at(-1), "W.1.2.1");
  ask.revealed({ told: "w", right: "W.2.1.1", own: "w¹₂₁", is_right: false, away: "", slip: "" });
  assert.equal(marks.at(-1), "W.2.1.1");
  ask.tap("W.1.1.1");
  assert.equal(sent.length, 1);
});

test("the reveal tells the value, one's own, and how far it was; who has not answered hears that", () => {
  const { ask, parts, limits } = page();
  ask.asked(QUESTION);
  ask.revealed({ told: "z = 0.1", right: "0.1", own: "0.2", is_right: false, away: "0.1 away", slip: "Sign." });
  assert.deepEqual(parts[".answer"].children.map(({ innerHTML, textContent }) => innerHTML || textContent), ["z = ?", "z = 0.1", "own 0.2", "wrong (0.1 away) Sign."]);
  assert.equal(limits.at(-1), Infinity);
  ask.asked({ ...QUESTION, number: 4 });
  ask.revealed({ told: "z = 0.1", right: "0.1", own: "" });
  assert.equal(parts[".answer"].children.at(-1).textContent, "none");
});

test("a question that is put away leaves nothing", () => {
  const { ask, root, limits } = page();
  ask.whole({ asked: QUESTION, revealed: null, own: "0.1", label: "0.1" });
  ask.asked(null);
  assert.equal(root.hidden, true);
  assert.equal(limits.at(-1), Infinity);
});

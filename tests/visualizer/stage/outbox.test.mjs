// What the reader did goes to the server one by one, and is done once.

import assert from "node:assert/strict";
import test from "node:test";

import { ACK_WITHIN, Outbox } from "../../../visualizer/stage/stepping/outbox.js";

const SOON = 10 * ACK_WITHIN;

function outbox() {
  const sent = [];
  const state = { free: true };
  const box = new Outbox((event) => sent.push({ ...event }), () => state.free);
  return { box, sent, state };
}

const go = (position, by = 1) => ({ what: "go", position, by, lecture: "a" });
const brief = (sent) => sent.map(({ what, seq }) => [what, seq]);

test("one event is on its way, and the next follows its acknowledgement", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.emit({ what: "undo" });
  box.emit({ what: "redo" });
  assert.deepEqual(brief(sent), [["undo", 1]]);
  box.onAck(0);
  box.flush();
  assert.equal(sent.length, 1);
  box.onAck(1);
  box.flush();
  assert.deepEqual(brief(sent), [["undo", 1], ["redo", 2]]);
  box.onAck(2);
  assert.deepEqual(box.events, []);
});

test("the newest position wins over one that has not been sent, and its way is the sum", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  for (const position of [4, 5, 6]) box.emit(go(position));
  box.onAck(1);
  box.flush();
  assert.deepEqual(sent, [{ ...go(4), seq: 1 }, { ...go(6, 2), seq: 2 }]);
});

test("stops of a lesson add up, presses of another key do not", (t) => {
  t.mock.timers.enable();
  const { box } = outbox();
  box.emit({ what: "undo" });
  for (const by of [1, 1, -1]) box.emit({ what: "lesson", by });
  for (let i = 0; i < 2; i++) box.emit({ what: "undo" });
  assert.deepEqual(box.events.slice(1), [{ what: "lesson", by: 1 }, { what: "undo" }, { what: "undo" }]);
});

test("what happened between two steps keeps its place", (t) => {
  t.mock.timers.enable();
  const { box } = outbox();
  for (const event of [go(1), go(2), { what: "choose" }, go(3)]) box.emit(event);
  assert.deepEqual(box.events.map(({ what }) => what), ["go", "go", "choose", "go"]);
});

test("an event without an acknowledgement comes again under its number", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.emit(go(4));
  t.mock.timers.tick(SOON);
  assert.ok(sent.length > 1);
  assert.deepEqual(new Set(sent.map(({ seq }) => seq)), new Set([1]));
  box.onAck(1);
  const { length } = sent;
  t.mock.timers.tick(SOON);
  assert.equal(sent.length, length);
});

test("each event has its own time to be acknowledged", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.emit(go(4));
  t.mock.timers.tick(0.6 * ACK_WITHIN);
  box.onAck(1);
  box.emit(go(5));
  t.mock.timers.tick(0.6 * ACK_WITHIN);
  assert.deepEqual(brief(sent), [["go", 1], ["go", 2]]);
});

test("nothing is sent, and nothing again, while nothing may be", (t) => {
  t.mock.timers.enable();
  const { box, sent, state } = outbox();
  state.free = false;
  box.emit(go(4));
  assert.deepEqual(sent, []);
  state.free = true;
  box.flush();
  state.free = false;
  t.mock.timers.tick(SOON);
  assert.equal(sent.length, 1);
  state.free = true;
  box.flush();
  assert.deepEqual(brief(sent), [["go", 1], ["go", 1]]);
});

test("the numbers go on from those that the server knows", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.onAck(7);
  box.emit({ what: "undo" });
  assert.deepEqual(brief(sent), [["undo", 8]]);
});

test("of a page that was left nothing is sent any more", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.emit(go(4));
  box.emit({ what: "undo" });
  box.clear();
  t.mock.timers.tick(SOON);
  assert.equal(sent.length, 1);
  box.emit({ what: "redo" });
  assert.deepEqual(brief(sent), [["go", 1], ["redo", 2]]);
});

test("an older answer that comes late gives no number again", (t) => {
  t.mock.timers.enable();
  const { box, sent } = outbox();
  box.onAck(7);
  box.onAck(3);
  box.emit({ what: "undo" });
  assert.deepEqual(brief(sent), [["undo", 8]]);
});

test("only the newest event can be queued, and only before it is sent", (t) => {
  t.mock.timers.enable();
  const { box } = outbox();
  box.emit(go(4));
  assert.deepEqual([box.has("go"), box.isQueued("go")], [true, false]);
  box.emit(go(5));
  assert.equal(box.isQueued("go"), true);
  box.emit({ what: "undo" });
  assert.equal(box.isQueued("go"), false);
});

// A websocket that comes back: after it was closed, where nobody answers any more, and not after its end.

import assert from "node:assert/strict";
import test from "node:test";

const made = [];
class Socket {
  static OPEN = 1;
  constructor(address) {
    Object.assign(this, { address, readyState: 0, sent: [] });
    made.push(this);
  }
  send(text) {
    this.sent.push(text);
  }
  close(code = 1006) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }
  opens() {
    this.readyState = 1;
    this.onopen();
  }
}
globalThis.WebSocket = Socket;
globalThis.addEventListener = () => {};

const { Line } = await import("../../../visualizer/stage/room/socket.js");
const LONG = 8_000; // ms, longer than any pause between two attempts
const EVERY = 8_000; // ms between two questions

function begun(t, first = "") {
  t.mock.timers.enable();
  made.length = 0;
  const [states, messages] = [[], []];
  const line = new Line(() => "ws://x", { first, onMessage: (m) => messages.push(m), onState: (open, code) => states.push([open, code]) });
  return { line, states, messages };
}

test("the token is the first thing that is said", (t) => {
  begun(t, "token");
  made[0].opens();
  assert.deepEqual(made[0].sent, ["token"]);
});

test("a line that was closed is opened again, as often as it takes", (t) => {
  const { states } = begun(t);
  made[0].opens();
  made[0].close(4404);
  for (let i = 1; i < 6; i++) {
    t.mock.timers.tick(LONG);
    assert.equal(made.length, i + 1);
    made[i].close();
  }
  t.mock.timers.tick(LONG);
  made[6].opens();
  assert.deepEqual(states[1], [false, 4404]);
  assert.deepEqual(states.at(-1), [true, 0]);
});

test("who does not answer is left for another line, also while it is being opened", (t) => {
  begun(t);
  made[0].opens();
  t.mock.timers.tick(EVERY);
  assert.deepEqual(made[0].sent.map(JSON.parse), [{ what: "ping" }]);
  made[0].onmessage({ data: '{"what":"pong"}' });
  t.mock.timers.tick(EVERY);
  assert.equal(made.length, 1);
  t.mock.timers.tick(EVERY + 1);
  assert.equal(made.length, 2); // which is not opened
  t.mock.timers.tick(2 * EVERY + 1);
  assert.equal(made.length, 3);
});

test("after its end nothing is opened or asked", (t) => {
  const { line, states } = begun(t);
  made[0].opens();
  line.end();
  t.mock.timers.tick(10 * LONG);
  assert.equal(made.length, 1);
  assert.deepEqual(states, [[true, 0]]);
  assert.equal(line.send({ what: "x" }), false);
});

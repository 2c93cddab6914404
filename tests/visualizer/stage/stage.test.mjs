// Steps, the cursor and the equation: what the stage asks for, and when. Without a page, the picture is a list of frames.

import assert from "node:assert/strict";
import test from "node:test";

const LAST = 12;
const LONG = 10_000; // ms, longer than anything is waited for
const PAINTED = 40; // ms until what was drawn is in sight

// what the modules ask a browser for as they are read
globalThis.matchMedia = () => ({ matches: true });
globalThis.document = { documentElement: { toggleAttribute: () => false, hasAttribute: () => false }, querySelectorAll: () => [] };
globalThis.location = { search: "?", pathname: "/" };
globalThis.history = { replaceState: (_state, _title, address) => (location.search = address) };

const { Stage } = await import("../../../visualizer/stage/stepping/stage.js");

// a stage on keyframes of 12 steps, with a server that does what it is told once `answer` is called
function staged(t, chunk = [0, LAST]) {
  t.mock.timers.enable();
  const keyframes = { id: "f", last: LAST, phases: [{ first: 1 }, { first: 6 }], words: {}, first: chunk[0] };
  const numbers = { keyframes: "f", lecture: "a", edition: "", values: "1", chosen: "" };
  const cursor = { lecture: "a", position: 0, ack: 0, chosen: "", query: "step=0" };
  const sent = [];
  const send = (part) => (_name, event) => sent.push(event.what === part ? part : event);
  const stage = new Stage();
  stage.send = send("stage");
  stage.stay();
  stage.scene = {
    svg: { isConnected: true },
    drawn: -1,
    has: (position) => position >= chunk[0] && position <= chunk[1],
    draw: (position) => (stage.scene.drawn = position),
    alt: () => "",
    animation: () => [],
    load: () => (stage.scene.drawn = -1),
    choose: () => {},
  };
  stage.bar = { show: () => {}, load: () => {} };
  document.backpropChannels = { position: { data: cursor, send: send("position") }, equation: { data: { shows: "a@0" }, send: send("equation") }, numbers: { data: numbers, send: send("numbers") }, page: { data: {}, send: send("page") } };
  const arrive = (name, changes) => {
    const channel = document.backpropChannels[name];
    channel.data = { ...channel.data, ...changes };
    stage.onMessage();
  };
  stage.load(keyframes);
  stage.onMessage();
  return { stage, sent, arrive, keyframes };
}

test("a step is drawn at once, and asked for once", (t) => {
  const { stage, sent } = staged(t);
  stage.step(1);
  assert.equal(stage.scene.drawn, 1);
  assert.deepEqual(sent, [{ what: "go", position: 1, lecture: "a", by: 1, seq: 1 }]);
});

test("of steps in haste the newest is asked for after the answer to the first", (t) => {
  const { stage, sent, arrive } = staged(t);
  for (let i = 0; i < 5; i++) stage.step(1);
  arrive("position", { position: 1, ack: 1 });
  assert.equal(stage.scene.drawn, 5);
  assert.deepEqual(sent.map(({ position, by }) => [position, by]), [[1, 1], [5, 4]]);
});

test("the equation is asked for when nothing else is, and nothing else before it came", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.step(1);
  arrive("position", { position: 1, ack: 1 });
  assert.deepEqual(sent.slice(1), ["equation"]);
  stage.step(1);
  assert.equal(sent.length, 2);
  arrive("equation", { shows: "a@1", ack: 2 });
  assert.deepEqual(sent.slice(2).map(({ position }) => position), [2]);
});

test("a step is answered by the position, whatever else has been drawn", (t) => {
  const { stage, arrive } = staged(t);
  stage.step(1);
  arrive("equation", { shows: "a@1", ack: 1 });
  assert.equal(stage.position, 1);
  arrive("position", { position: 1, ack: 1 });
  assert.deepEqual([stage.position, stage.outbox.events], [1, []]);
});

test("numbers go on from the newest answer of either", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.step(1);
  arrive("position", { position: 1, ack: 1 });
  arrive("equation", { shows: "a@1", ack: 2 });
  stage.step(1);
  assert.equal(sent.at(-1).seq, 3);
});

test("an equation that does not come is asked for again", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.step(1);
  arrive("position", { position: 1, ack: 1 });
  t.mock.timers.tick(LONG);
  assert.ok(sent.filter((one) => one === "equation").length > 1);
});

test("the server's position is followed, unless a step is on its way", (t) => {
  const { stage, arrive } = staged(t);
  arrive("position", { position: 7 });
  assert.equal(stage.position, 7);
  arrive("equation", { shows: "a@7", ack: 1 });
  stage.step(1);
  arrive("position", { position: 3 });
  assert.equal(stage.position, 8);
  arrive("position", { position: 8, ack: 2 });
  arrive("position", { position: 3 });
  assert.equal(stage.position, 3);
});

test("beyond the chunk the server is asked, and later where something else is on its way", (t) => {
  const { stage, sent, arrive } = staged(t, [0, 4]);
  stage.goTo(4);
  stage.step(1);
  assert.equal(stage.scene.drawn, 4);
  assert.equal(sent.length, 1);
  arrive("position", { position: 4, ack: 1 });
  assert.deepEqual(sent.slice(1).map(({ position, by }) => [position, by]), [[5, 1]]);
});

test("the phases are the places to jump to", (t) => {
  const { stage } = staged(t);
  const stops = [];
  for (const way of [1, 1, 1, -1, -1, -1]) {
    stage.jump(way);
    stops.push(stage.position);
  }
  assert.deepEqual(stops, [1, 6, LAST, 6, 1, 0]);
});

test("whoever leaves the page asks for nothing more, unless the page stays", (t) => {
  const { stage, sent } = staged(t);
  stage.onLeave();
  stage.step(1);
  stage.emit("choose", { element: "W.1.1.1" });
  assert.deepEqual([sent, stage.scene.drawn], [[], 1]);
  t.mock.timers.tick(LONG);
  assert.deepEqual(sent[0], { what: "go", position: 1, lecture: "a", by: 1, seq: 1 });
});

test("what is drawn when the reader leaves may take long: nothing is asked for until the page has been at rest", (t) => {
  const { stage, sent } = staged(t);
  stage.step(1);
  stage.onLeave();
  stage.drawing = true;
  t.mock.timers.tick(LONG);
  stage.drawing = false;
  stage.onRest();
  assert.equal(sent.length, 1);
  t.mock.timers.tick(LONG);
  assert.deepEqual(sent.map(({ position, seq }) => [position, seq]), [[1, 1], [1, 1]]);
});

test("on the address of another page nothing is asked for, though the drawing may still be there", (t) => {
  const { stage, sent } = staged(t);
  stage.step(1);
  location.pathname = "/train";
  t.mock.timers.tick(LONG);
  stage.onRest();
  location.pathname = "/";
  assert.equal(sent.length, 1);
});

test("while the page is drawn nothing is asked for", (t) => {
  const { stage, sent } = staged(t);
  stage.drawing = true;
  stage.step(1);
  assert.deepEqual(sent, []);
  stage.drawing = false;
  stage.onMessage();
  assert.equal(sent.length, 1);
});

test("a page that is gone asks for nothing", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.onLeave();
  stage.step(1);
  stage.scene.svg.isConnected = false;
  t.mock.timers.tick(LONG);
  arrive("position", { position: 3, query: "step=z.1" });
  assert.deepEqual([sent, location.search], [[], "?step=0"]);
});

test("the address follows the server, but not while the page is left", (t) => {
  const { stage, arrive } = staged(t);
  arrive("position", { query: "step=z.1" });
  assert.equal(location.search, "?step=z.1");
  stage.onLeave();
  arrive("position", { query: "step=a.1" });
  assert.equal(location.search, "?step=z.1");
  t.mock.timers.tick(LONG);
  assert.equal(location.search, "?step=a.1");
});

test("numbers that come before their keyframes ask for nothing: the rest of the page is on its way", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.drawing = true;
  arrive("numbers", { keyframes: "g", lecture: "b" });
  stage.drawing = false;
  arrive("position", { lecture: "b" });
  t.mock.timers.tick(PAINTED);
  assert.deepEqual(sent.filter(({ what }) => what === "follow"), []);
});

test("the address has the network of the numbers and the view of the position", (t) => {
  const { arrive } = staged(t);
  arrive("numbers", { query: "example=mazur&net=1_2" });
  arrive("position", { query: "step=z.1&lang=en" });
  assert.equal(location.search, "?example=mazur&net=1_2&step=z.1&lang=en");
});

test("numbers of an edit are drawn at once at the same place, and the rest of the page is asked for once", (t) => {
  const { stage, sent, arrive } = staged(t);
  stage.goTo(3);
  arrive("position", { position: 3, ack: 1 });
  arrive("equation", { shows: "a@3", ack: 2 });
  const drawn = [];
  stage.scene.draw = (position) => drawn.push(position);
  arrive("numbers", { lecture: "b", values: "2" });
  stage.onMessage();
  assert.deepEqual([drawn, sent.slice(1)], [[3], ["equation"]]); // until it has been painted
  t.mock.timers.tick(PAINTED);
  assert.deepEqual(sent.slice(1), ["equation", "page"]);
  arrive("equation", { shows: "b@3" });
  arrive("position", { lecture: "b" });
  arrive("page", { ack: 3 });
  assert.equal(sent.length, 3);
});

test("a value chosen beside the numbers is followed by the page too", (t) => {
  const { sent, arrive } = staged(t);
  arrive("numbers", { chosen: "W.1.1.1" });
  t.mock.timers.tick(PAINTED);
  assert.deepEqual(sent, [{ what: "follow", seq: 1 }]);
});

test("keyframes wait for their numbers, and numbers for their keyframes", (t) => {
  const { stage, arrive, keyframes } = staged(t);
  const loaded = [];
  stage.scene.load = (made, numbers) => loaded.push([made.id, numbers.values]);
  stage.load({ ...keyframes, id: "g" });
  arrive("numbers", { values: "2" });
  arrive("numbers", { keyframes: "h", values: "3" });
  assert.deepEqual(loaded, []);
  stage.load({ ...keyframes, id: "h" });
  assert.deepEqual(loaded, [["h", "3"]]);
});

test("of what is dragged the newest is asked for, on a channel of its own, which answers", (t) => {
  const { stage, sent, arrive } = staged(t);
  for (const up of [1, 2, 3]) stage.emit("drag", { element: "W.1.1.1", up });
  arrive("position", { ack: 0 });
  assert.deepEqual(sent.map(({ up }) => up), [1]);
  arrive("numbers", { values: "2", ack: 1 });
  assert.deepEqual(sent.map(({ up, by }) => [up, by]), [[1, undefined], [3, undefined]]);
});

test("a page whose address is already another one does not stay, however long the other one takes", (t) => {
  const { stage, sent } = staged(t);
  stage.step(1);
  stage.onLeave();
  location.pathname = "/train";
  t.mock.timers.tick(LONG);
  location.pathname = "/";
  assert.deepEqual([sent.length, stage.leaving], [1, true]);
});

test("a link to another page is waited for until something has been drawn", (t) => {
  const { stage, sent } = staged(t);
  stage.step(1);
  stage.onLeave(false);
  t.mock.timers.tick(LONG);
  assert.equal(sent.length, 1);
  stage.onRest(); // the server has drawn this page again
  t.mock.timers.tick(LONG);
  assert.deepEqual([sent.length > 1, stage.leaving], [true, false]);
});

// Leaving for another page: held while something is drawn, let go once the page is at rest, and never lost.

import assert from "node:assert/strict";
import test from "node:test";

class Link {
  closest(selector) {
    return selector.includes(".st-key-menu a") ? this : null;
  }
}
globalThis.Element = Link;

// a page whose script runs when `state` says so, with a link that counts how often it is followed
async function opened(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = { state: "notRunning", getAttribute: () => page.state };
  const handlers = {};
  let change = () => {};
  globalThis.document = { querySelector: () => page, addEventListener: (name, handler) => (handlers[name] = handler) };
  globalThis.requestAnimationFrame = (next) => next();
  globalThis.MutationObserver = class { constructor(seen) { change = seen; } observe() {} };
  const { holdLeaving } = await import(`../../../visualizer/stage/page/leave.js?${Math.random()}`);
  holdLeaving();
  const seen = [];
  const event = (type, rest = {}) => ({ type, held: false, preventDefault() {}, stopImmediatePropagation() { this.held = true; }, ...rest });
  const press = (type, rest) => {
    const made = event(type, rest);
    handlers[type](made);
    if (!made.held) seen.push(made.name ?? type);
  };
  const linked = (name) => {
    const link = Object.assign(new Link(), { click: () => press("click", { target: link, name }) });
    return link;
  };
  const run = (state) => { page.state = state; change(); };
  return { seen, run, press, link: linked(), linked };
}

test("a page at rest is left almost at once", async (t) => {
  const { seen, press, link } = await opened(t);
  press("click", { target: link });
  assert.deepEqual(seen, []);
  t.mock.timers.tick(50);
  assert.deepEqual(seen, ["click"]);
  t.mock.timers.tick(5000);
  assert.deepEqual(seen, ["click"]);
});

test("while a part of the page is drawn, a click waits until it is there", async (t) => {
  const { seen, run, press, link } = await opened(t);
  run("running");
  press("click", { target: link });
    t.mock.timers.tick(500);
    assert.deepEqual(seen, []);
    run("notRunning");
    t.mock.timers.tick(10);
    run("running"); // the equation after the position
    t.mock.timers.tick(200);
    assert.deepEqual(seen, []);
    run("notRunning");
    t.mock.timers.tick(1);
    t.mock.timers.tick(100);
    assert.deepEqual(seen, ["click"]);
});

test("a page that never rests is left all the same", async (t) => {
  const { seen, run, press, link } = await opened(t);
  run("running");
  press("click", { target: link });
  t.mock.timers.tick(1100);
  assert.deepEqual(seen, ["click"]);
});

test("what opens another tab, and what is no link, is not held", async (t) => {
  const { seen, press, link } = await opened(t);
  press("click", { target: link, ctrlKey: true });
  press("click", { target: { closest: () => null } });
  assert.deepEqual(seen, ["click", "click"]);
});

test("of two links the last one is followed, however soon after the first it is pressed", async (t) => {
  for (const [pause, drawn] of [[10, false], [350, false], [350, true], [2000, true]]) {
    await t.test(`${pause} ms, ${drawn ? "while" : "before"} the page is drawn`, async (t) => {
      const { seen, run, press, linked } = await opened(t);
      if (drawn) run("running");
      press("click", { target: linked("first") });
      t.mock.timers.tick(pause);
      run("running"); // the first one
      press("click", { target: linked("last") });
      t.mock.timers.tick(500);
      run("notRunning");
      t.mock.timers.tick(1);
      t.mock.timers.tick(100);
      assert.equal(seen.at(-1), "last");
      assert.equal(seen.filter((name) => name === "last").length, 1);
    });
  }
});

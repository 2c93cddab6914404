// How long a step plays, and where on an edge something is.

import assert from "node:assert/strict";
import test from "node:test";

import { Play, along } from "../../../visualizer/stage/scene/animation.js";

test("a step plays as long as its phases, and half as long at twice the speed", () => {
  assert.equal(Play.length([], 1), 0);
  const [one, three] = [Play.length([{}], 1), Play.length([{}, {}, {}], 1)];
  assert.ok(one > 0);
  assert.equal(three, 3 * one);
  assert.equal(Play.length([{}], 2), one / 2);
});

test("a long step takes six seconds, and two where its kind has been seen, shared among its phases by their pace", () => {
  const phases = [...Array(20).fill({}), ...Array(10).fill({ pace: 0.2 })];
  assert.equal(Math.round(Play.length(phases, 1)), 6000);
  assert.equal(Math.round(Play.length(phases, 1, true)), 2000);
  assert.equal(Math.round(Play.length(phases, 2, true)), 1000);
  const lengths = Play.lengths(phases, 1);
  assert.ok(Math.abs(lengths[0] - 5 * lengths.at(-1)) < 1e-9);
  assert.equal(Play.length([{}, {}], 1), Play.length([{}, {}], 1, true)); // short ones are as they were
});

test("a share of the way leads from one end of an edge to the other", () => {
  const edge = { x1: 10, y1: 0, x2: 30, y2: 8 };
  assert.deepEqual([0, 0.25, 1].map((share) => along(edge, share)), [[10, 0], [15, 2], [30, 8]]);
});

test("a number arrives before the phase that may cover it begins, which can then hide it", () => {
  const [play, done, parts] = [new Play(), [], {}];
  Object.assign(play, { act: () => done.push("phase"), arrive: () => done.push("arrives"), cut: () => {} });
  play.start({ animation: [{ arrive: ["a"] }, {}], nodes: new Map([["a", parts]]), edges: new Map(), written: new Map([[parts, null]]), particles: { seek() {} }, speed: 1, wound: true });
  play.seek(1e6);
  assert.deepEqual(done, ["phase", "arrives", "phase"]);
});

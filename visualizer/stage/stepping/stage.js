// The live stage: draws scenes that Python decided, steps through them at once, and tells the server afterwards.
//
// The keyframes (geometry, and what changes at each position) arrive rarely; their numbers, a vector, after each edit. Two more
// channels connect it with the parts of the page that a step changes: the position, whose cursor says where the server
// is, and the equation, which is asked for after it, so that the position need not wait for the typesetting. Streamlit
// draws only one of two parts that are asked for at the same moment; so one thing is asked for at a time. A position that
// was asked for here and is not yet acknowledged wins over the cursor.

import { Bar } from "./bar.js";
import { PLAYING, labelButtons, setMode } from "../page/modes.js";
import { rewrite } from "../page/moving.js";
import { nearest } from "../scene/draw.js";
import { Outbox } from "./outbox.js";
import { preferences } from "../page/preferences.js";
import { Scene } from "../scene/scene.js";

const LEFT_WITHIN = 1000; // ms at rest after which a page that the reader wanted to leave stays after all
const ALONE = { equation: "equation", drag: "numbers", page: "page" }; // what is asked for on a channel that answers without the position
const PAINTED = 40; // ms within which what was drawn is in sight
const PAUSE = 1100; // ms between two steps while it plays, beside what a step itself takes

export class Stage {
  constructor() {
    this.position = 0;
    /** @type {import("../types").Keyframes} */
    this.keyframes = null; // that are drawn
    /** @type {import("../types").Keyframes} */
    this.arrived = null; // the newest, which may still wait for its numbers
    /** @type {import("../types").Numbers} */
    this.numbers = null;
    /** @type {import("../types").Cursor} */
    this.cursor = null;
    this.outbox = new Outbox((event) => this.sendWanted(event), () => this.maySend());
    this.overshoot = 0; // how far beyond the chunk to go as soon as a request may go out
    this.drawing = false; // while the page is drawn, whatever is asked for brings along what its fields held before
    this.leaving = false;
    this.dragged = false; // whether the pointer has just dragged a number
    this.path = ""; // of the page that the stage is on
    this.wanted = null; // what was clicked, until its field is in sight
  }

  // Streamlit tells the ground to its components only; a page that has one of its own keeps it, light or dark
  tellGround(frame) {
    const page = document.documentElement;
    const isOwn = getComputedStyle(page).getPropertyValue("--page") && !page.style.getPropertyValue("--page");
    if (!isOwn) page.style.setProperty("--page", getComputedStyle(frame).getPropertyValue("--st-background-color"));
  }

  /** @param {ShadowRoot} root @param {import("../types").Send} send */
  attach(root, send) {
    this.send = send;
    this.tellGround(root.querySelector(".frame"));
    if (root.querySelector("svg.stage") && this.scene?.svg.isConnected) return;
    this.scene = new Scene(root);
    this.scene.svg.addEventListener("click", (event) => this.onClick(event));
    this.bar = new Bar(root, { onMove: (position) => this.goTo(position), onAgain: () => this.scene.again(), isWhole: () => this.cursor?.whole });
    this.keyframes = this.numbers = this.arrived = null;
    this.stay();
    this.overshoot = 0;
    this.outbox.clear();
  }

  onClick(event) {
    if (this.dragged) return;
    const touched = event.composedPath().find(({ dataset: d }) => d?.choose || d?.unfold);
    const meant = touched ?? (event.pointerType === "touch" ? nearest(this.scene.svg, event) : null);
    const { choose, unfold } = meant?.dataset ?? {};
    if (choose) this.emit("choose", { element: (this.wanted = choose) });
    if (unfold) this.emit("unfold", { layer: Number(unfold) });
  }

  // whether the page is still the stage's: on another one nothing may be asked for, and the address is not its own
  here() {
    return Boolean(this.scene?.svg.isConnected) && location.pathname === this.path;
  }

  /** @param {import("../types").Keyframes} keyframes */
  load(keyframes) {
    if (this.arrived?.id !== keyframes.id) this.arrived = keyframes;
    this.join();
  }

  // keyframes and numbers travel apart, and are drawn when those that belong together are here
  join() {
    /** @type {import("../types").Channel<import("../types").Numbers>} */
    const { data: numbers } = this.channel("numbers");
    const [keyframes, now] = [this.arrived, this.numbers];
    if (!keyframes || numbers.keyframes !== keyframes.id) return;
    const isSame = this.keyframes === keyframes;
    this.numbers = numbers;
    for (const [place, html] of Object.entries(numbers.words ?? {})) rewrite(place, html);
    if (isSame && now.lecture === numbers.lecture && now.values === numbers.values) return;
    this.keyframes = keyframes;
    this.scene.load(keyframes, numbers);
    if (isSame) this.draw(this.position, false);
    else this.bar.load(keyframes);
    this.onCursor(this.cursor);
  }

  draw(position, travel) {
    this.scene.draw(position, travel);
    this.bar.show(position, this.scene.alt());
    this.position = position;
    if (this.timer) this.bar.announce(this.scene.coming());
  }

  // where the server is
  onCursor(cursor) {
    this.cursor = cursor;
    if (!this.here() || !this.keyframes) return;
    if (this.isBehind() && this.isIdle()) this.followSoon();
    if (cursor?.lecture !== this.numbers.lecture || !this.scene.has(cursor.position)) return;
    if (!this.outbox.has("go")) {
      const { drawn } = this.scene;
      const ahead = cursor.position === drawn + 1 || (cursor.lesson && cursor.position > drawn);
      if (cursor.position !== drawn) this.draw(cursor.position, ahead);
      this.scene.choose(cursor.chosen);
      const query = [this.numbers.query, cursor.query].filter(Boolean).join("&");
      if (!this.leaving && query !== location.search.slice(1)) history.replaceState(history.state, "", `?${query}`);
    }
    if (!this.isIdle()) return;
    const { shows } = this.channel("equation").data;
    if (this.overshoot) this.goTo(this.position + this.overshoot);
    else if (shows && shows !== `${cursor.lecture}@${cursor.position}`) this.emit("equation");
  }

  // whether the numbers are newer than the rest of the page: an edit draws them first, and alone; they may have come before
  // their keyframes, which are on their way then with all the rest
  isBehind() {
    const { data: numbers } = this.channel("numbers");
    return this.cursor && (this.cursor.lecture !== numbers.lecture || this.cursor.chosen !== numbers.chosen);
  }

  // ask for the rest of the page, which takes the browser a while: when the numbers are in sight
  followSoon() {
    clearTimeout(this.followTimer);
    const isOther = () => this.cursor.lecture !== this.channel("numbers").data.lecture;
    this.followTimer = setTimeout(() => this.isBehind() && this.isIdle() && this.emit(isOther() ? "page" : "follow"), PAINTED);
  }

  // something arrived on a channel
  onMessage() {
    this.join();
    // what is drawn without the position acknowledges by itself: the cursor is older then
    const { what } = this.outbox.events[0] ?? {};
    this.outbox.onAck(this.channel(ALONE[what] ?? "position").data.ack ?? 0);
    this.outbox.flush();
    this.onCursor(this.channel("position").data);
  }

  // the page is drawn: on a small screen the field of what was clicked may stand far below
  onRest() {
    if (this.leaving) this.onLeave(); // what runs at first may be what was asked for before
    this.onMessage();
    this.labelButtons();
    if (!this.wanted || this.cursor?.chosen !== this.wanted) return;
    this.wanted = null;
    document.querySelector(".st-key-edit_value")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  // the reader goes to another page: for what is asked for now, Streamlit would go back to this one, or draw it into that
  // one; unless this page stays after all. Whoever has followed a link to another page waits for the server to answer,
  // however long it takes
  onLeave(answered = true) {
    this.leaving = true;
    clearTimeout(this.leftTimer);
    if (!answered) return;
    this.leftTimer = setTimeout(() => {
      if (this.drawing || location.pathname !== this.path) return; // on another page's address it does not stay
      this.stay();
      this.onMessage();
    }, LEFT_WITHIN);
  }

  stay() {
    this.leaving = false;
    this.path = location.pathname;
  }

  /** @returns {import("../types").Channel<any>} */
  channel(name) {
    return document.backpropChannels?.[name] ?? { data: {}, send: () => {} };
  }

  maySend() {
    return this.here() && !this.drawing && !this.leaving;
  }

  // whether nothing is asked for, and something may be
  isIdle() {
    return !this.outbox.events.length && this.maySend();
  }

  // what the reader did, for the server
  emit(what, value = {}) {
    this.outbox.emit({ what, ...value });
  }

  // a step draws the position anew and then the equation, a drag the numbers, another network the whole page, everything
  // else all of the stage
  sendWanted(event) {
    const channel = event.what === "go" ? "position" : ALONE[event.what];
    const send = channel ? this.channel(channel).send : this.send;
    send("event", { ...event });
  }

  // step here at once, and tell the server; beyond the chunk only the server knows what comes
  goTo(position) {
    const inside = this.scene.has(position);
    if (inside ? position === this.scene.drawn : this.outbox.isQueued("go")) return;
    this.overshoot = inside || this.isIdle() ? 0 : position - this.position;
    if (this.overshoot) return;
    this.emit("go", { position, lecture: this.numbers.lecture, by: position - this.position });
    if (inside) this.draw(position, position === this.scene.drawn + 1);
  }

  // one step; in a lesson one stop
  step(by) {
    if (this.cursor?.lesson) this.emit("lesson", { by });
    else this.goTo(this.position + by);
  }

  jump(direction) {
    const starts = this.keyframes.phases.map(({ first }) => first);
    const stops = [0, ...starts, this.keyframes.last];
    const ahead = stops.find((stop) => stop > this.position);
    const behind = stops.findLast((stop) => stop < this.position);
    this.goTo((direction > 0 ? ahead : behind) ?? this.position + direction);
  }

  // play to the end of the iteration, or pause
  togglePlay() {
    if (this.timer) return this.pause();
    if (this.position >= this.keyframes.last) this.goTo(0);
    const onward = () => {
      if (this.position >= this.keyframes.last || !this.here()) return this.pause();
      this.goTo(this.position + 1);
      this.timer = setTimeout(onward, this.scene.playing() + PAUSE / preferences.speed);
    };
    this.timer = setTimeout(onward, PAUSE / preferences.speed);
    this.bar.announce(this.scene.coming());
    setMode(PLAYING, true);
    this.labelButtons();
  }

  pause() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.bar.announce("");
    setMode(PLAYING, false);
    this.labelButtons();
  }

  labelButtons() {
    labelButtons(this.keyframes?.words ?? {});
  }
}

// The page of whoever leads a room: tells it where the stage is, where the pointer is, and what the pen draws, over a
// socket of its own, so that nobody waits for the server's drawing of the page; and shows who is there, and how many
// have answered.

import { isTyping } from "../page/focus.js";
import { Ink, placed, shared } from "./ink.js";
import { PRESENTING, isOn } from "../page/modes.js";
import { ACK_WITHIN } from "../stepping/outbox.js";
import { Line } from "./socket.js";

const EVERY = 60; // ms between two messages of a kind
const LOOKS = 250; // ms between two looks for the drawing, which another page takes away
const NEAR = 0.004; // between two points of a stroke, as a share of the drawing
const SHORTEST = 4; // numbers of a stroke
const PEN = "data-pen";

const stageOf = () => {
  const inside = [...document.querySelectorAll(".st-key-network_chart *")].map((node) => node.shadowRoot);
  return /** @type {SVGSVGElement} */ (inside.map((node) => node?.querySelector("svg.stage")).find(Boolean) ?? null);
};

class Room {
  constructor({ code, token, base, window }) {
    this.code = code;
    this.leads = true; // until another window does
    this.onTaken = () => {};
    this.ink = new Ink();
    this.status = { people: 0, asked: "", answers: 0, revealed: false };
    /** @type {SVGSVGElement | null} */
    this.svg = null;
    this.open = false;
    this.draw = () => {}; // the bar
    this.onStatus = () => {};
    this.asked = ""; // the question for whose card the page has been asked
    this.next = {}; // what waits, by its kind
    const there = () => `${location.origin.replace(/^http/, "ws")}/${base ? `${base}/` : ""}hall/${code}/ws?lead=1&window=${window}`;
    this.line = new Line(there, { first: token, onMessage: (message) => this.take(message), onState: (isOpen) => this.onState(isOpen) });
    this.watch = new MutationObserver(() => this.onDrawn());
    this.timer = setInterval(() => this.look(), LOOKS);
    this.presenting = new MutationObserver(() => this.tell("present", { on: isOn(PRESENTING) }));
    this.presenting.observe(document.documentElement, { attributeFilter: [PRESENTING] });
    this.listeners = { pointermove: (e) => this.onMove(e), pointerdown: (e) => this.onDown(e), pointerup: () => this.onUp(), mousedown: (e) => this.onMouse(e), click: (e) => this.onClick(e), keydown: (e) => this.onKey(e) };
    for (const [name, does] of Object.entries(this.listeners)) addEventListener(name, does, true);
  }

  onState(open) {
    this.open = open;
    if (open) {
      this.tell("present", { on: isOn(PRESENTING) });
      this.tellPosition();
    }
    this.draw();
  }

  take(message) {
    if (message.what === "status") {
      this.status = message;
      this.onStatus();
    }
    if (message.what === "lead") this.onLead(message.leads);
    if (message.what === "stroke" && this.svg) this.ink.add(this.svg, message.stroke);
    if (message.what === "clear") this.ink.clear(this.svg);
    if (message.what === "ink") {
      this.ink.strokes = message.ink;
      if (this.svg) this.ink.draw(this.svg);
    }
    if (message.what === "end") this.leave();
    this.draw();
  }

  // one window leads, the newest unless another one has taken that back
  onLead(leads) {
    const taken = leads && !this.leads;
    this.leads = leads;
    if (!leads) this.pen(false);
    if (!taken) return;
    this.tellPosition();
    this.tell("present", { on: isOn(PRESENTING) });
    this.onTaken();
  }

  look() {
    const svg = stageOf();
    if (svg === this.svg) return;
    this.svg = svg;
    this.watch.disconnect();
    if (!svg) return;
    this.watch.observe(svg, { attributeFilter: ["data-at"] });
    this.ink.draw(svg);
    this.tellPosition();
  }

  // another step, or the same drawn anew, in which no ink is left
  onDrawn() {
    if (this.ink.strokes.length && !this.svg.querySelector(".ink > *")) this.ink.draw(this.svg);
    this.tellPosition();
  }

  tellPosition() {
    const [, lecture, position] = this.svg?.dataset.at?.match(/^(.*)@(\d+)$/s) ?? [];
    if (lecture) this.tell("go", { lecture, position: Number(position) });
  }

  // the first at once, of those that follow in haste the latest
  tell(what, content) {
    if (!this.leads) return;
    const now = performance.now();
    const waits = this.next[what];
    if (waits?.timer) return void (waits.content = content);
    if (waits && now - waits.at < EVERY) {
      waits.content = content;
      waits.timer = setTimeout(() => {
        this.next[what] = { at: performance.now() };
        this.line.send({ what, ...waits.content });
      }, EVERY - (now - waits.at));
      return;
    }
    this.next[what] = { at: now };
    this.line.send({ what, ...content });
  }

  // where a pointer is in the drawing; nothing beside it
  at(event) {
    if (!this.svg?.isConnected) return null;
    const box = this.svg.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return null;
    if (!event.composedPath().includes(this.svg.parentElement)) return null;
    const point = new DOMPoint(x, y).matrixTransform(this.svg.getScreenCTM().inverse());
    return shared(this.svg, [point.x, point.y]);
  }

  onMove(event) {
    const at = this.at(event);
    if (this.stroke) {
      const [x, y] = this.stroke.slice(-2);
      if (!at || Math.hypot(at[0] - x, at[1] - y) < NEAR) return;
      this.stroke.push(...at);
      this.drawn.setAttribute("points", placed(this.svg, this.stroke).join(" "));
      return;
    }
    if (!at || !this.leads) return;
    this.ink.point(this.svg, at);
    this.tell("point", { at });
  }

  onDown(event) {
    const at = this.leads && (isOn(PEN) || event.pointerType === "pen") ? this.at(event) : null;
    if (!at || event.button) return;
    event.stopImmediatePropagation(); // it drags no weight
    event.preventDefault();
    this.stroke = at;
    this.drawn = this.ink.add(this.svg, this.stroke);
  }

  // no text is selected by a stroke
  onMouse(event) {
    if (this.stroke) event.preventDefault();
  }

  onUp() {
    if (!this.stroke) return;
    if (this.stroke.length >= SHORTEST) this.line.send({ what: "draw", stroke: this.stroke });
    this.stroke = null;
    this.drew = true;
  }

  // the click that ends a stroke chooses nothing
  onClick(event) {
    if (this.drew && this.at(event)) event.stopImmediatePropagation();
    this.drew = false;
  }

  onKey(event) {
    if (!this.leads || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.composedPath()[0])) return;
    if (event.key.toLowerCase() === "d") this.pen();
    if (event.key.toLowerCase() === "x") this.clear();
  }

  /** @param {boolean} [on] */
  pen(on) {
    document.documentElement.toggleAttribute(PEN, on);
    this.draw();
  }

  clear() {
    this.ink.clear(this.svg);
    this.line.send({ what: "clear" });
  }

  leave() {
    this.onStatus = () => {};
    this.line.end();
    this.watch.disconnect();
    this.presenting.disconnect();
    clearInterval(this.timer);
    for (const [name, does] of Object.entries(this.listeners)) removeEventListener(name, does, true);
    this.pen(false);
    this.ink.clear(this.svg);
    if (document.backpropRoom === this) document.backpropRoom = null;
  }
}

/** @param {import("../types").Mounted<{ code: string, token: string, base: string, window: string, lang: string, question: string, words: Record<string, string> }>} mounted */
export default function mount({ data, parentElement, setTriggerValue }) {
  if (document.backpropRoom?.code !== data.code) {
    document.backpropRoom?.leave();
    document.backpropRoom = new Room(data);
  }
  const room = document.backpropRoom;
  const find = (name) => parentElement.querySelector(`.${name}`);
  const { words, code, base } = data;
  find("pen").onclick = () => room.pen();
  find("clear").onclick = () => room.clear();
  find("take").onclick = () => room.line.send({ what: "take" });
  room.onTaken = () => setTriggerValue("changed", { taken: performance.now() });
  find("desk").onclick = () => globalThis.open(`${location.origin}/${base ? `${base}/` : ""}hall/${code}/desk?lang=${data.lang}#${data.token}`, `desk-${code}`, "width=900,height=700");
  find("elsewhere").textContent = words.other;
  for (const name of ["pen", "clear", "desk", "take"]) [find(name).textContent, find(name).title] = words[name].split(" | ");
  // a step or an edit has ended a question: the page draws its card anew; asked again until it has, as one of two
  // requests that fall together is dropped
  room.onStatus = () => {
    const now = `${room.status.question} ${room.status.revealed}`;
    if (now === data.question || now === room.asked) return;
    room.asked = now;
    setTriggerValue("changed", { now });
    setTimeout(() => {
      room.asked = "";
      room.onStatus();
    }, ACK_WITHIN);
  };
  room.draw = () => {
    const { people, asked, answers, revealed } = room.status;
    find("people").textContent = room.open ? words.people.replace("{}", people) : words.connecting;
    for (const name of ["elsewhere", "take"]) find(name).hidden = room.leads;
    for (const name of ["pen", "clear"]) find(name).hidden = !room.leads;
    find("pen").setAttribute("aria-pressed", String(isOn(PEN)));
    find("answers").hidden = !asked;
    find("count").textContent = words.answers.replace("{}", answers).replace("{}", people);
    const bar = find("meter");
    bar.max = Math.max(people, answers, 1);
    bar.value = answers;
    bar.classList.toggle("revealed", revealed);
  };
  room.draw();
}

// The page of somebody who follows a lecturer's stage: takes the server's part for the stage, as the stage in a file does
// (export.js), with what comes over a websocket; steps of one's own leave the lecturer until one follows again.

import { Ask } from "./ask.js";
import { Ink } from "./ink.js";
import mount from "../stepping/keys.js";
import { PRESENTING, setMode } from "../page/modes.js";
import { Line } from "./socket.js";
import { part, writePlace, writeWords } from "../scene/step_words.js";

const { code, lang, window: WINDOW, words } = JSON.parse(document.getElementById("room").textContent);
const NO_ROOM = 4404;
const FULL = 4429;
const WIDE = "(min-width: 801px)";
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
const root = document.documentElement;

let me = "";
try {
  me = sessionStorage.getItem("backprop-me") ?? crypto.getRandomValues(new Uint32Array(4)).join("").slice(0, 32);
  sessionStorage.setItem("backprop-me", me);
} catch {
  me = String(Math.random()).slice(2);
}

let seq = 0; // of the latest message
let edition = -1; // of what is shown
let shown = null; // the numbers and names of it
let keyframes = null;
let there = 0; // where the lecturer is
let here = 0;
let following = true;
let ack = 0;
let problem = words.connecting;
let marked = ""; // the edge that one has tapped, or that would have been right
let limit = Infinity; // how far one may look while a question is open
const fetched = new Map();
/** @type {Map<number, Record<string, string>[]>} */
let said = new Map();
const ink = new Ink();

const get = async (path) => {
  const answer = await fetch(`${code}/${path}`);
  return answer.ok ? answer.json() : null;
};
const svg = () => /** @type {SVGSVGElement} */ (part("network_chart").shadowRoot.querySelector("svg.stage"));

function tellState() {
  const follows = following && !problem;
  root.dataset.following = String(following);
  root.dataset.connected = String(!problem);
  find(".state").textContent = problem || (follows ? words.following : words.looking);
  find(".follow").hidden = following || !shown;
  find(".other").hidden = problem !== words.waiting;
}

async function showWords() {
  const [at, place] = [edition, here];
  const number = Math.floor(place / WINDOW);
  if (!said.has(number)) {
    const got = await get(`words/${edition}/${lang}/${number}`);
    if (!got || at !== edition) return;
    said.set(number, got);
    if (place !== here) return;
  }
  const step = said.get(number)[place % WINDOW];
  if (step) writeWords(step);
}

// while the next value is asked for, the keyframes end before it
function visible() {
  return limit < Infinity ? { ...keyframes, id: `${keyframes.id} ${limit}`, frames: keyframes.frames.slice(0, limit - keyframes.first + 1) } : keyframes;
}

// hands the stage what it shows, as its server would
function publish() {
  const seen = visible();
  const chosen = marked || shown.chosen;
  const numbers = { keyframes: seen.id, lecture: String(edition), edition: shown.marks, values: shown.values, chosen, ack };
  const cursor = { lecture: String(edition), position: here, ack, chosen, query: location.search.slice(1) };
  document.backpropChannels = { position: { data: cursor, send: onStep }, numbers: { data: numbers, send: onEvent } };
  mount({ data: seen, parentElement: part("network_chart").shadowRoot, setTriggerValue: onEvent });
  document.dispatchEvent(new CustomEvent("backprop-channel"));
  root.dataset.position = `${here} / ${shown.last}`;
  writePlace(here, shown.last, Math.min(limit, shown.last));
  ink.draw(svg());
  tellState();
  showWords();
}

// what the stage asks for beside steps is the lecturer's, but an answer that is tapped
function onEvent(_, { what, element, seq: number }) {
  queueMicrotask(() => {
    ack = number;
    if (what === "choose") ask.tap(element);
    publish();
  });
}

// a step of one's own, which the stage has drawn already
function onStep(_, { position, seq: number }) {
  queueMicrotask(async () => {
    ack = number;
    here = Math.min(Math.max(position, 0), Math.min(limit, shown.last));
    following = here === there && following;
    await show(shown);
  });
}

// draws a state once its keyframes are here; of two states the newer one
async function show(body) {
  const at = edition;
  const inside = keyframes && body.keyframes === keyframes.id && here >= keyframes.first && here < keyframes.first + keyframes.frames.length;
  let wanted = body;
  if (!inside && body.at !== here) {
    const reaches = fetched.get(body.keyframes);
    if (reaches && !(here >= reaches.first && here < reaches.first + reaches.frames.length)) wanted = await get(`body/${edition}/${lang}/${here}`);
  }
  if (wanted && !fetched.has(wanted.keyframes)) {
    const got = await get(`keyframes/${edition}/${lang}/${wanted.chunk}`);
    if (got) fetched.set(got.id, got);
    if (fetched.size > 8) fetched.delete(fetched.keys().next().value);
  }
  if (at !== edition || !wanted) return;
  const ready = fetched.get(wanted.keyframes);
  if (!ready) return;
  [keyframes, shown] = [ready, wanted];
  find("main").hidden = false;
  find(".network").textContent = `${wanted.network} · ${words.iteration.replace("{}", wanted.iteration)}`;
  find(".note").innerHTML = wanted.note;
  problem = "";
  publish();
}

function take(message) {
  edition = message.edition;
  there = message.position;
  said = new Map([[message.shown.window, message.shown.words]]);
  ink.strokes = message.ink;
  if (following) here = there;
  here = Math.min(here, message.shown.last, limit);
  return show(message.shown);
}

const TAKES = {
  whole(message) {
    ask.whole(message);
    present(message.presenting);
    if (message.shown.keyframes) return take(message);
    problem = words.nothing;
    tellState();
  },
  shown: take,
  words(message) {
    if (message.edition === edition) said.set(message.window, message.words);
  },
  go(message) {
    there = message.position;
    if (message.edition !== edition || !shown) return;
    if (following && here !== there) {
      here = there;
      show(shown);
    }
  },
  point: ({ at }) => shown && following && ink.point(svg(), at),
  stroke: ({ stroke }) => (shown ? ink.add(svg(), stroke) : ink.strokes.push(stroke)),
  clear: () => ink.clear(shown && svg()),
  present: ({ on }) => present(on),
  asked: (message) => ask.asked(message.asked),
  revealed: (message) => ask.revealed(message.revealed),
  taken: (message) => ask.taken(message),
  end() {
    problem = words.ended;
    line.end();
    tellState();
  },
};

// on a screen with room for it
function present(on) {
  if (matchMedia(WIDE).matches) setMode(PRESENTING, Boolean(on) && following);
}

function onMessage(message) {
  if (message.what === "pong") {
    if (message.latest > seq) line.send({ what: "whole" });
    return;
  }
  if (message.what === "whole") seq = message.seq;
  else if (message.seq) {
    if (message.seq <= seq) return;
    if (message.seq > seq + 1 && message.what !== "end") return void line.send({ what: "whole" });
    seq = message.seq;
  }
  TAKES[message.what]?.(message);
}

const ask = new Ask(find(".ask"), words, {
  send: (message) => line.send(message),
  onLimit(position) {
    limit = position;
    here = Math.min(here, limit);
    if (shown) show(shown);
  },
  onMark(element) {
    if (element === marked) return;
    marked = element;
    if (shown) publish();
  },
});

const address = () => new URL(`${code}/ws?lang=${lang}&me=${me}`, location.href).href.replace(/^http/, "ws");
const line = new Line(address, {
  onMessage,
  onState(open, closed) {
    if (open) return;
    seq = 0;
    problem = closed === NO_ROOM ? words.waiting : closed === FULL ? words.full : words.connecting;
    tellState();
  },
});

find(".follow").addEventListener("click", () => {
  following = true;
  here = there;
  if (shown) show(shown);
  tellState();
});
tellState();

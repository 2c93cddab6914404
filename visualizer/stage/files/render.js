// Pictures of a lecture, one after the other, for a file that the browser writes: each is the drawing at a time of its
// play and the words beside it, drawn on a canvas. `rendering`, which writes the format, is a script before this one.

import { PRESENTING, setMode } from "../page/modes.js";
import { Play } from "../scene/animation.js";
import { preferences } from "../page/preferences.js";
import { Scene } from "../scene/scene.js";
import { plain, standingAlone } from "./standalone.js";
import { part, writeWords } from "../scene/step_words.js";

const [WIDE, HIGH] = [1280, 720];
const SIZES = [24, 22, 20, 18, 16.5, 15, 13.5, 12, 10.5]; // of the words, the largest that fit
const LINGER = 1600; // ms that a picture stands after its play, and
const STILL = 3200; // one without a play, at normal speed
const BREAK = 5; // ms for the page around, which draws and takes keys meanwhile
const { lectures, shots } = JSON.parse(document.getElementById("lecture").textContent);
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

setMode(PRESENTING, true);
preferences.motion = false; // what moves is wound
const root = part("network_chart").shadowRoot;
const scene = new Scene(root);
scene.enlarge("beside");
let drawn = -1; // the lecture in the picture

// a picture whose text is given, decoded
async function imageOf(text) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  return image;
}

// the largest words that fit beside the picture; a formula that is too wide for them is smaller
function fitWords() {
  const words = find(".words");
  const formulas = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".words :is(.symbols, .numbers, .st-key-arithmetic)")]);
  for (const size of SIZES) {
    words.style.fontSize = `${size}px`;
    for (const { style } of formulas) style.removeProperty("--fit");
    for (const formula of formulas) {
      const share = formula.clientWidth / formula.scrollWidth;
      if (share < 1) formula.style.setProperty("--fit", String(0.98 * share));
    }
    if (words.scrollHeight <= words.clientHeight) return;
  }
}

function show({ lecture, position, words }) {
  if (drawn !== lecture) scene.load(lectures[lecture].keyframes, lectures[lecture].numbers);
  if (drawn !== lecture || position !== scene.drawn + 1) scene.draw(Math.max(scene.keyframes.first, position - 1), false);
  drawn = lecture;
  scene.draw(position, false);
  writeWords(words);
  find(".note").innerHTML = words.note;
  find(".place").textContent = words.place;
  fitWords();
}

/** The page but for the drawing, which is in a root of its own. */
class WordsPicture {
  constructor(scale) {
    this.scale = scale;
    const style = [...document.querySelectorAll("style")].map(({ textContent }) => textContent).join("\n");
    this.head = `<style><![CDATA[${style}]]></style>`;
  }

  // the same as before unless a word or a light has changed
  async draw() {
    const body = new XMLSerializer().serializeToString(find("main"));
    if (body === this.body) return this.image;
    this.body = body;
    const [width, height] = [WIDE * this.scale, HIGH * this.scale];
    const scheme = document.documentElement.style.colorScheme;
    const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${WIDE} ${HIGH}" style="color-scheme: ${scheme}">`;
    const inside = `<foreignObject width="${WIDE}" height="${HIGH}"><body xmlns="http://www.w3.org/1999/xhtml">${body}</body></foreignObject>`;
    return (this.image = await imageOf(`${open}${this.head}${inside}</svg>`));
  }
}

/** Canvas with the pictures; each is drawn when it is not the same as the one before. */
class Paper {
  constructor(scale) {
    this.scale = scale;
    this.canvas = Object.assign(document.createElement("canvas"), { width: WIDE * scale, height: HIGH * scale });
    this.paper = this.canvas.getContext("2d", { willReadFrequently: true });
    this.words = new WordsPicture(scale);
    this.ground = plain(getComputedStyle(document.body).backgroundColor);
  }

  // what is to be seen now: the drawing, the words, and how clearly dots
  async look() {
    const { text } = standingAlone(scene.svg);
    return { text, words: await this.words.draw(), dots: Number(getComputedStyle(scene.particles.canvas).opacity) };
  }

  isDrawn({ text, words, dots }) {
    return this.drawn && text === this.drawn.text && words === this.drawn.words && !dots && !this.drawn.dots;
  }

  async draw(look) {
    const { left, top, width, height } = scene.svg.getBoundingClientRect();
    const [x, y, wide, high] = [left, top, width, height].map((size) => size * this.scale);
    const picture = await imageOf(look.text.replace(/ width="[^"]*" height="[^"]*"/, ` width="${wide}" height="${high}"`));
    this.paper.fillStyle = this.ground;
    this.paper.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.paper.drawImage(look.words, 0, 0);
    this.paper.drawImage(picture, x, y, wide, high);
    this.paper.globalAlpha = look.dots;
    if (look.dots) this.paper.drawImage(scene.particles.canvas, x, y, wide, high);
    this.paper.globalAlpha = 1;
    this.drawn = look;
  }
}

// how long each shot plays, and stands afterwards, in ms
function lengthOf({ lecture, position, plays }, speed) {
  const { keyframes } = lectures[lecture];
  const phases = plays ? keyframes.frames[position - keyframes.first].animation : [];
  const play = phases.length ? Play.length(phases, speed) : 0;
  return { play, stand: (play ? LINGER : STILL) / speed };
}

/**
 * Draw all pictures, and write the file.
 * @param {{ speed: number, onProgress: (share: number) => void, signal: AbortSignal }} options
 */
async function render({ speed, onProgress, signal }) {
  const { rate, scale, type, open } = globalThis.rendering;
  const paper = new Paper(scale);
  const encoder = open({ width: paper.canvas.width, height: paper.canvas.height });
  const lengths = shots.map((shot) => lengthOf(shot, speed));
  const whole = rate ? lengths.reduce((sum, { play }) => sum + play + 1, 0) : shots.length;
  let [done, held] = [0, 0];
  const told = async (share) => {
    signal.throwIfAborted();
    onProgress(Math.min(1, share / whole));
    if (!document.hidden) await new Promise((done) => setTimeout(done, BREAK)); // a page that is hidden waits too long
  };
  // a picture is written once it is known how long it stands
  const write = async (duration) => {
    const look = await paper.look();
    if (!paper.isDrawn(look) || !rate) {
      if (held) await encoder.add(paper.canvas, held);
      await paper.draw(look);
      held = 0;
    }
    held += duration;
  };
  for (const [i, shot] of shots.entries()) {
    show(shot);
    const { play, stand } = lengths[i];
    if (rate && play) scene.start({ speed, wound: true });
    for (let time = 0; rate && time < play; time += 1000 / rate) {
      scene.play.seek(time);
      await write(1000 / rate);
      await told(done + time);
    }
    scene.play.cut();
    await write(stand);
    await told((done += rate ? play + 1 : 1));
  }
  await encoder.add(paper.canvas, held);
  return new Blob([await encoder.end()], { type });
}

globalThis.render = render;

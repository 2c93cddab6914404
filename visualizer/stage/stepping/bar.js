// The bar below the drawing: the position as a timeline with its phases, again, speed, and motion.

import { preferences } from "../page/preferences.js";

const SAID = 4000; // ms that an answer stands
const NAME_GAP = 6; // px between the names of phases

export class Bar {
  /** @param {ShadowRoot} root */
  constructor(root, { onMove, onAgain, isWhole }) {
    const find = (name) => /** @type {HTMLElement} */ (root.querySelector(`.bar .${name}`));
    this.slider = /** @type {HTMLInputElement} */ (find("slider"));
    this.phases = find("phases");
    this.speed = /** @type {HTMLSelectElement} */ (find("speed"));
    this.motion = /** @type {HTMLInputElement} */ (find("moving"));
    this.link = /** @type {HTMLInputElement} */ (find("link"));
    this.said = find("said");
    this.coming = /** @type {HTMLElement} */ (root.querySelector(".coming"));
    /** @type {NodeListOf<HTMLElement>} */
    this.labelled = root.querySelectorAll(".bar [data-word]");
    this.slider.oninput = () => onMove(Number(this.slider.value));
    find("again").onclick = onAgain;
    this.speed.onchange = () => preferences.keep({ speed: Number(this.speed.value) });
    this.motion.onchange = () => preferences.keep({ motion: this.motion.checked });
    find("share").onclick = () => this.copy(isWhole());
    preferences.load();
    this.speed.value = String(preferences.speed);
    this.motion.checked = preferences.motion;
    new ResizeObserver(() => this.placeNames()).observe(this.phases);
  }

  /** Words, phases and length of a lecture. @param {import("../types").Keyframes} keyframes */
  load({ words, phases, last }) {
    this.slider.max = String(last);
    this.words = words;
    for (const node of this.labelled) {
      const text = words[node.dataset.word];
      node.title = text;
      if (node.children.length === 0 && node.matches("span")) node.textContent = text;
      else node.setAttribute("aria-label", text);
    }
    this.phases.replaceChildren(
      ...phases.map(({ text, first, stop }) => {
        const [band, name] = [document.createElement("span"), document.createElement("b")];
        name.textContent = band.title = text;
        band.append(name);
        band.dataset.first = String(first);
        band.style.flexGrow = String(stop - first + 1);
        return band;
      }),
    );
  }

  show(position, description) {
    this.link.hidden = true; // it was one to the moment before
    this.slider.value = String(position);
    this.slider.setAttribute("aria-valuetext", description);
    const now = this.bands().findLast((band) => position >= Number(band.dataset.first));
    if (now?.matches(".now")) return;
    for (const band of this.bands()) band.classList.toggle("now", band === now);
    this.placeNames();
  }

  // what comes next while it plays; nothing otherwise
  /** @param {string} title */
  announce(title) {
    this.coming.hidden = !title;
    this.coming.textContent = title && `${this.words.coming} ${title}`;
  }

  // faster or slower by one, and say so
  /** @param {number} by */
  changeSpeed(by) {
    const { options, selectedIndex } = this.speed;
    this.speed.selectedIndex = Math.min(options.length - 1, Math.max(0, selectedIndex + by));
    preferences.keep({ speed: Number(this.speed.value) });
    this.say(options[this.speed.selectedIndex].text);
  }

  bands() {
    return /** @type {HTMLElement[]} */ ([...this.phases.children]);
  }

  // a phase's name stands over its band and may reach beyond it; where names would meet, the present phase's has its
  // place, then those of the longer phases
  placeNames() {
    const room = this.phases.clientWidth;
    const rank = (band) => band.offsetWidth + (band.matches(".now") ? room : 0);
    const taken = [];
    for (const band of this.bands().sort((one, other) => rank(other) - rank(one))) {
      const name = /** @type {HTMLElement} */ (band.firstChild);
      const half = name.offsetWidth / 2;
      const middle = Math.max(half, Math.min(room - half, band.offsetLeft + band.offsetWidth / 2));
      const free = taken.every(([x, w]) => Math.abs(x - middle) > w + half + NAME_GAP);
      if (free) taken.push([middle, half]);
      name.style.left = `${middle}px`;
      name.style.visibility = free ? "" : "hidden";
    }
  }

  // copy the link; where the browser forbids that, show it selected; a link that cannot hold all is none
  async copy(whole) {
    this.link.hidden = true;
    if (!whole) return this.say(this.words.too_long);
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(this.words.copied);
    } catch {
      this.link.hidden = false;
      this.link.value = location.href;
      this.link.select();
      this.link.onblur = () => (this.link.hidden = true);
    }
  }

  say(text) {
    this.said.textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => (this.said.textContent = ""), SAID);
  }
}

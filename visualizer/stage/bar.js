// The bar below the drawing: the position as a timeline with its phases, again, speed, and motion.

const KEPT = "backprop-stage"; // what a reader prefers is kept in the browser

const SAID = 4000; // ms that an answer stands
const NAME_GAP = 6; // px between the names of phases

const preferences = {
  speed: 1,
  motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  load() {
    try {
      Object.assign(this, JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
    } catch {} // a browser may forbid storage; then nothing is remembered
  },
  keep(changes) {
    Object.assign(this, changes);
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...this.kept(), ...changes }));
    } catch {}
  },
  kept() {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  },
};

class Bar {
  constructor(root, { onMove, onAgain, isWhole }) {
    const find = (name) => root.querySelector(`.bar .${name}`);
    [this.slider, this.phases, this.again, this.speed] = ["slider", "phases", "again", "speed"].map(find);
    [this.motion, this.share, this.link, this.said] = ["moving", "share", "link", "said"].map(find);
    this.labelled = root.querySelectorAll(".bar [data-word]");
    this.slider.oninput = () => onMove(Number(this.slider.value));
    this.again.onclick = onAgain;
    this.speed.onchange = () => preferences.keep({ speed: Number(this.speed.value) });
    this.motion.onchange = () => preferences.keep({ motion: this.motion.checked });
    this.share.onclick = () => this.copy(isWhole());
    preferences.load();
    this.speed.value = preferences.speed;
    this.motion.checked = preferences.motion;
    new ResizeObserver(() => this.placeNames()).observe(this.phases);
  }

  // words, phases and length of a lecture
  load({ words, phases, last }) {
    this.slider.max = last;
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
        band.dataset.first = first;
        band.style.flexGrow = stop - first + 1;
        return band;
      }),
    );
  }

  show(position, told) {
    this.link.hidden = true; // it was one to the moment before
    this.slider.value = position;
    this.slider.setAttribute("aria-valuetext", told);
    const now = [...this.phases.children].findLast((band) => position >= Number(band.dataset.first));
    if (now?.matches(".now")) return;
    for (const band of this.phases.children) band.classList.toggle("now", band === now);
    this.placeNames();
  }

  // a phase's name stands over its band and may reach beyond it; where names would meet, the present phase's has its
  // place, then those of the longer phases
  placeNames() {
    const room = this.phases.clientWidth;
    const rank = (band) => band.offsetWidth + (band.matches(".now") ? room : 0);
    const taken = [];
    for (const band of [...this.phases.children].sort((one, other) => rank(other) - rank(one))) {
      const half = band.firstChild.offsetWidth / 2;
      const middle = Math.max(half, Math.min(room - half, band.offsetLeft + band.offsetWidth / 2));
      const free = taken.every(([x, w]) => Math.abs(x - middle) > w + half + NAME_GAP);
      if (free) taken.push([middle, half]);
      band.firstChild.style.left = `${middle}px`;
      band.firstChild.style.visibility = free ? "" : "hidden";
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

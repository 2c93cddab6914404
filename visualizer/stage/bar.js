// The bar below the drawing: the position as a timeline with its phases, again, speed, and motion.

const KEPT = "backprop-stage"; // what a reader prefers is kept in the browser

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
  constructor(root, { onMove, onAgain }) {
    const find = (name) => root.querySelector(`.bar ${name}`);
    [this.slider, this.phases, this.again, this.speed, this.motion] = [
      ".slider",
      ".phases",
      ".again",
      ".speed",
      ".motion input",
    ].map(find);
    this.words = root.querySelectorAll(".bar [data-word]");
    this.slider.oninput = () => onMove(Number(this.slider.value));
    this.again.onclick = onAgain;
    this.speed.onchange = () => preferences.keep({ speed: Number(this.speed.value) });
    this.motion.onchange = () => preferences.keep({ motion: this.motion.checked });
    preferences.load();
    this.speed.value = preferences.speed;
    this.motion.checked = preferences.motion;
  }

  // words, phases and length of a lecture
  load({ words, phases, last }) {
    this.slider.max = last;
    for (const node of this.words) {
      const text = words[node.dataset.word];
      node.title = text;
      if (node.children.length === 0 && node.matches("span")) node.textContent = text;
      else node.setAttribute("aria-label", text);
    }
    this.phases.replaceChildren(
      ...phases.map(({ text, first, stop }) => {
        const band = document.createElement("span");
        Object.assign(band, { textContent: text, title: text });
        band.dataset.first = first;
        band.style.flexGrow = stop - first + 1;
        return band;
      }),
    );
  }

  show(position, told) {
    this.slider.value = position;
    this.slider.setAttribute("aria-valuetext", told);
    const now = [...this.phases.children].findLast((band) => position >= Number(band.dataset.first));
    for (const band of this.phases.children) band.classList.toggle("now", band === now);
  }
}

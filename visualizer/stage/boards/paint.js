// A grid to draw a digit on: by pointer, finger or keys. What has been drawn is sent as one text, a cell a character.

const LEVELS = 15;
const EVERY = 120; // milliseconds between two messages while a stroke goes on

class Paint {
  constructor(root) {
    this.canvas = root.querySelector("canvas");
    this.said = root.querySelector(".said");
    this.clear = root.querySelector(".clear");
    this.paper = this.canvas.getContext("2d");
    this.pen = null; // where a stroke is
    this.cursor = null; // where the keys are
    this.down = false; // whether the keys draw
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, () => this.lift());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("blur", () => this.leave());
    this.clear.addEventListener("click", () => this.wipe());
  }

  show(data, send) {
    this.send = send;
    this.words = data.words;
    this.step = Math.max(1, Math.round(data.columns / 14));
    this.radius = data.radius;
    this.colours = data.colours;
    this.canvas.setAttribute("aria-label", data.words.label);
    this.clear.textContent = data.words.clear;
    if (this.edition === data.edition) return;
    this.edition = data.edition;
    this.rows = data.rows;
    this.columns = data.columns;
    this.canvas.width = data.columns;
    this.canvas.height = data.rows;
    const signs = [...data.ink];
    this.ink = Float32Array.from({ length: data.rows * data.columns }, (_, i) => parseInt(signs[i] ?? "0", 16) / LEVELS);
    this.cursor = null;
    this.draw();
  }

  /** @returns {[number, number]} */
  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.columns - 0.5;
    const y = ((event.clientY - box.top) / box.height) * this.rows - 0.5;
    return [x, y];
  }

  begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.cursor = null;
    this.pen = this.place(event);
    this.stroke(this.pen, this.pen);
  }

  move(event) {
    if (!this.pen) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const next = this.place(each);
      this.stroke(this.pen, next);
      this.pen = next;
    }
  }

  lift() {
    if (!this.pen) return;
    this.pen = null;
    this.sendInk(true);
  }

  stroke([x1, y1], [x2, y2]) {
    const count = Math.ceil(Math.hypot(x2 - x1, y2 - y1) * 2) || 1;
    for (let i = 0; i <= count; i++) this.stamp(x1 + ((x2 - x1) * i) / count, y1 + ((y2 - y1) * i) / count);
    this.draw();
    this.sendInk(false);
  }

  stamp(x, y) {
    const reach = Math.ceil(this.radius + 1);
    for (let row = Math.floor(y) - reach; row <= y + reach; row++)
      for (let column = Math.floor(x) - reach; column <= x + reach; column++) {
        if (row < 0 || column < 0 || row >= this.rows || column >= this.columns) continue;
        const ink = Math.min(1, Math.max(0, this.radius + 0.5 - Math.hypot(column - x, row - y)));
        const cell = row * this.columns + column;
        this.ink[cell] = Math.max(this.ink[cell], ink);
      }
  }

  key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const known = way || [" ", "Enter", "Delete", "Backspace"].includes(event.key);
    if (!known || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Delete" || event.key === "Backspace") return this.wipe();
    const from = this.cursor ?? [(this.columns - 1) / 2, (this.rows - 1) / 2];
    this.cursor = from;
    if (!way) {
      this.down = !this.down;
      this.said.textContent = this.down ? this.words.down : this.words.up;
      if (this.down) this.stroke(from, from);
    } else {
      const held = (value, most) => Math.min(most - 1, Math.max(0, value));
      this.cursor = [held(from[0] + way[0] * this.step, this.columns), held(from[1] + way[1] * this.step, this.rows)];
      if (this.down) this.stroke(from, this.cursor);
    }
    this.draw();
  }

  leave() {
    this.down = false;
    this.cursor = null;
    this.said.textContent = "";
    this.draw();
  }

  wipe() {
    this.ink.fill(0);
    this.draw();
    this.sendInk(true);
  }

  draw() {
    const { paper, ink } = this.colours;
    const picture = this.paper.createImageData(this.columns, this.rows);
    this.ink.forEach((share, i) => {
      for (let k = 0; k < 3; k++) picture.data[4 * i + k] = paper[k] + (ink[k] - paper[k]) * share;
      picture.data[4 * i + 3] = 255;
    });
    this.paper.putImageData(picture, 0, 0);
    if (!this.cursor) return;
    this.paper.fillStyle = `rgb(${this.colours.pen})`;
    const [x, y] = this.cursor.map(Math.round);
    this.paper.fillRect(x - 1, y - 1, 2, 2);
  }

  sendInk(now) {
    const wait = EVERY - (performance.now() - (this.sentAt ?? -EVERY));
    clearTimeout(this.timer);
    if (!now && wait > 0) {
      this.timer = setTimeout(() => this.sendInk(true), wait);
      return;
    }
    this.sentAt = performance.now();
    this.send("ink", Array.from(this.ink, (share) => Math.round(share * LEVELS).toString(16)).join(""));
  }
}

export default function mount({ data, parentElement, setTriggerValue }) {
  parentElement.paint ??= new Paint(parentElement);
  parentElement.paint.show(data, setTriggerValue);
  parentElement.paint.draw();
}

// Dots that travel where numbers have no room: often hundreds, therefore drawn on one canvas over the picture and not as
// elements, each of which would be a layer of its own to the browser.

export const SHOWN = [0.08, 0.92]; // between these shares of a phase what travels is in sight, and moves
const DOT_SIZE = 4.5; // radius
const FADE = [{ opacity: 0 }, { opacity: 1, offset: SHOWN[0] }, { opacity: 1, offset: SHOWN[1] }, { opacity: 0 }];

export class ParticleLayer {
  /** @param {SVGSVGElement} svg @param {HTMLCanvasElement} canvas */
  constructor(svg, canvas) {
    this.svg = svg;
    this.canvas = canvas;
    this.paper = canvas.getContext("2d");
    /** @type {[import("../types").Point, import("../types").Point][]} */
    this.paths = [];
    this.began = 0;
    // asking for the size when it is needed would cost a layout
    new ResizeObserver(([{ contentRect }]) => (this.room = contentRect)).observe(svg);
  }

  /**
   * Let dots travel, each from one point to another; the clock of their fade is that of the way.
   * @param {[import("../types").Point, import("../types").Point][]} paths
   * @param {number} duration
   * @param {number} began when in a play that is wound by hand
   */
  fly(paths, duration, began) {
    this.fit();
    [this.paths, this.began] = [paths, began];
    this.clock = this.canvas.animate(FADE, { duration, fill: "both", easing: "ease-in-out" });
    const draw = () => {
      if (this.move() < 1) this.next = requestAnimationFrame(draw);
    };
    draw();
  }

  // to where they are by their clock
  move() {
    const { progress } = this.clock.effect.getComputedTiming();
    this.draw(this.paths, Math.min(1, Math.max(0, (progress - SHOWN[0]) / (SHOWN[1] - SHOWN[0]))));
    return progress;
  }

  // to a time of a play that is wound by hand
  seek(time) {
    if (!this.clock || this.clock.playState === "idle") return;
    this.clock.pause();
    this.clock.currentTime = time - this.began;
    this.move();
  }

  // as large as the drawing, in its coordinates
  fit() {
    const { canvas, paper } = this;
    const room = this.room ?? this.svg.getBoundingClientRect(); // before the page was first laid out
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    const sharp = devicePixelRatio;
    const scale = Math.min(room.width / width, room.height / height);
    [canvas.width, canvas.height] = [room.width * sharp, room.height * sharp];
    [canvas.style.width, canvas.style.height] = [`${room.width}px`, `${room.height}px`];
    paper.scale(sharp, sharp);
    paper.translate((room.width - scale * width) / 2, (room.height - scale * height) / 2);
    paper.scale(scale, scale);
    paper.translate(-x, -y);
    paper.fillStyle = getComputedStyle(canvas).color;
  }

  draw(paths, share) {
    const { paper, svg } = this;
    const { width, height } = svg.viewBox.baseVal;
    paper.clearRect(-width, -height, 3 * width, 3 * height);
    paper.beginPath();
    for (const [[x1, y1], [x2, y2]] of paths) {
      const [x, y] = [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
      paper.moveTo(x + DOT_SIZE, y);
      paper.arc(x, y, DOT_SIZE, 0, 2 * Math.PI);
    }
    paper.fill();
  }

  cut() {
    cancelAnimationFrame(this.next);
    this.clock?.cancel();
  }
}

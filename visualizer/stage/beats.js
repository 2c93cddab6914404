// How a step plays: numbers that travel along edges and what is said where they meet, over a picture that is complete
// already. What was written comes into sight at the end; cutting the play short leaves the picture as it is.

const BEAT = 620; // ms at normal speed
const TOKEN_MARGIN = 10;
const NOTE = 1.2; // what is said is larger than what travels

class Play {
  constructor() {
    this.running = [];
    this.layer = null;
  }

  // how long a step plays, in ms
  static length(beats, speed) {
    return (beats.length * BEAT) / speed;
  }

  // `before` tells how the lines looked that have changed
  start({ beats, spots, lines, written, before, layer, speed }) {
    this.cut();
    this.layer = layer;
    const beat = BEAT / speed;
    beats.forEach(({ moves, notes }, i) => {
      for (const [start, stop, texts] of moves)
        for (const [id, text] of Object.entries(texts)) this.travel(lines.get(id), start, stop, text, i * beat, beat);
      for (const [id, text] of Object.entries(notes)) this.say(spots.get(id) ?? lines.get(id), text, i * beat, beat);
    });
    const total = beats.length * beat;
    for (const parts of written) this.reveal(parts, total, beat);
    for (const [parts, look] of before) this.turn(parts, look, total, beat);
    this.timer = setTimeout(() => this.cut(), total + beat);
  }

  cut() {
    clearTimeout(this.timer);
    for (const animation of this.running) animation.cancel();
    this.running = [];
    this.layer?.replaceChildren();
  }

  animate(node, frames, delay, duration, fill = "backwards") {
    if (node) this.running.push(node.animate(frames, { delay, duration, fill, easing: "ease-in-out" }));
  }

  travel({ ends: { x1, y1, x2, y2 }, tagged }, start, stop, text, delay, duration) {
    const point = (share) => `translate(${x1 + share * (x2 - x1)}px, ${y1 + share * (y2 - y1)}px)`;
    const [from, to] = [point(start), point(stop)];
    const frames = [
      { transform: from, opacity: 0 },
      { transform: from, opacity: 1, offset: 0.08 },
      { transform: to, opacity: 1, offset: 0.92 },
      { transform: to, opacity: 0 },
    ];
    this.animate(this.token(text, tagged), frames, delay, duration, "both");
  }

  token(text, tag) {
    if (!text) return element("circle", { class: "token", r: 4.5 }, this.layer);
    return this.plate("token", text, tag);
  }

  plate(kind, text, { size, height, glyph }, larger = 1) {
    const tag = { size: larger * size, height: larger * height, glyph: larger * glyph, margin: TOKEN_MARGIN };
    const group = element("g", { class: kind }, this.layer);
    const rect = element("rect", { y: -tag.height / 2, height: tag.height, rx: tag.height / 2 }, group);
    show(element("text", { y: 1, "font-size": tag.size }, group), text);
    fit(rect, text, tag);
    return group;
  }

  say({ at: [x, y], tagged }, text, delay, duration) {
    const group = this.plate("note", text, tagged, NOTE);
    group.setAttribute("transform", `translate(${x} ${y})`);
    const frames = [{ opacity: 0 }, { opacity: 1, offset: 0.15 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }];
    this.animate(group, frames, delay, duration, "both");
  }

  reveal({ value, detail, tag }, delay, duration) {
    for (const node of [value, detail, tag])
      this.animate(node, [{ opacity: 0 }, { opacity: 0.99 }], delay, duration / 2);
  }

  // from one colour and width of an edge to another
  turn({ stroke }, { colour, width }, delay, duration) {
    const now = { stroke: stroke.style.stroke, strokeWidth: stroke.style.strokeWidth };
    this.animate(stroke, [{ stroke: colour, strokeWidth: width }, now], delay, duration / 2);
  }
}

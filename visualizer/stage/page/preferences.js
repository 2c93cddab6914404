// What a reader prefers; the browser keeps it.

const KEPT = "backprop-stage";

export const preferences = {
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

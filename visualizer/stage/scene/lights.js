// The parts of the equation and of the arithmetic that are just being played light up. The equation may arrive after the
// picture: what plays is remembered, and lit when it is there.

const EQUATION = ".st-key-equation";
const LIT = "lit";
let now = null; // what plays: the ids of its numbers, those that arrive, and the places of its values in the equation

// the node that the number on an edge comes from
const origin = (id, side) => {
  const [kind, layer, j, k] = id.split(".");
  if (kind !== "W") return [];
  return [side ? `a.${layer}.${j}` : `a.${Number(layer) - 1}.${k}`];
};

/** @param {{ ids: Set<string>, arrive: string[], lights: number[], side: number } | null} phase */
export function light(phase) {
  now = phase;
  relight();
}

export function relight() {
  if (typeof document.querySelectorAll !== "function") return;
  for (const node of document.querySelectorAll(`.${LIT}`)) node.classList.remove(LIT);
  if (!now) return;
  const { cells = [], worked } = document.backpropChannels?.equation?.data ?? {};
  const ids = new Set([...now.ids, ...now.arrive, ...[...now.ids].flatMap((id) => origin(id, now.side))]);
  const firsts = document.querySelector(`${EQUATION} :is(.formula, .symbols)`)?.querySelectorAll("mstyle[mathcolor]") ?? [];
  for (const i of now.lights) firsts[i]?.classList.add(LIT);
  document.querySelectorAll(`${EQUATION} .bmatrix`).forEach((matrix, place) => {
    cells[place]?.split("|").forEach((row, i) =>
      row.split(" ").forEach((id, j) => ids.has(id) && matrix.children[i]?.children[j]?.classList.add(LIT)),
    );
  });
  if (!worked || !ids.has(worked)) return;
  const rows = [...document.querySelectorAll(".st-key-arithmetic .aligned > mtr")];
  for (const row of now.arrive.includes(worked) ? rows.slice(-1) : rows.slice(0, -1)) row.classList.add(LIT);
}

// Writes the numbers of the picture: keyframes say which value stands where and how it is written, and the values travel
// apart. The rules come with the keyframes; Python writes by the same (visualizer/writing/numbers.py and
// visualizer/lecture/placeholders.py), and a test compares the two.

const REST = 70; // digits beyond those asked for, in which every number that is written in full ends

/** The values of a pass, as they travel: float64, little-endian, in Base64. @param {string} text */
export const decoded = (text) => new Float64Array(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

// rounded to the nearest, and from the middle to the even neighbour: a browser's own rounding goes up from there
function rounded(digits, write) {
  const [long, exponent] = write(digits + REST).split("e");
  const head = long.slice(0, -REST).replace(/\.$/, "");
  const isMiddle = /^50*$/.test(long.slice(-REST)) && "02468".includes(head.at(-1));
  return isMiddle ? [head, exponent].filter(Boolean).join("e") : write(digits);
}

// in the middle is an odd half of a power of ten, which is whole when it is doubled for each of its decimals: most are not,
// and need no digits beyond their own
const fixed = (value, decimals) =>
  Number.isInteger(value * 2 ** (decimals + 1)) ? rounded(decimals, (digits) => value.toFixed(digits)) : value.toFixed(decimals);
const exponential = (value, decimals) => rounded(decimals, (digits) => value.toExponential(digits));
const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
const share = (value, largest) => (Math.abs(value) / largest < 1 ? Math.abs(value) / largest : 1);
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const sum = (values) => {
  let pairs = 0;
  for (let i = 0; i + 1 < values.length; i += 2) pairs += values[i] * values[i + 1];
  return pairs + (values.length % 2 ? values.at(-1) : 0);
};
const COMBINED = { value: ([one]) => one, product: ([one, other]) => one * other, difference: ([one, other]) => one - other, sum, total: (values) => values.reduce((all, one) => all + one, 0) };

export class Writer {
  /** @param {import("../types").Keyframes} keyframes @param {Float64Array} values */
  constructor({ rules, places, thick, curves }, values) {
    this.curves = curves;
    this.rules = rules;
    this.places = places;
    this.thick = thick;
    this.values = values;
  }

  number(value, digits) {
    const { rules } = this;
    if (Number.isNaN(value)) return rules.not_a_number;
    const size = Math.abs(value);
    if (size === Infinity) return (value < 0 ? rules.minus : "") + rules.infinite;
    let text = "0";
    if (value && !(rules.smallest <= size && size < rules.largest)) {
      const [mantissa, exponent] = exponential(value, digits - 1).split("e");
      text = `${trimmed(mantissa)}e${Number(exponent)}`;
    } else if (value) {
      const exponent = Number(size.toExponential(rules.most - 1).split("e")[1]);
      text = trimmed(fixed(value, Math.max(0, digits - 1 - exponent)));
    }
    return text.replaceAll("-", rules.minus);
  }

  signed(value, digits) {
    const text = this.number(value, digits);
    return text.startsWith(this.rules.minus) || !(value > 0) ? text : `+${text}`;
  }

  fitting(value, room, most, write) {
    for (let digits = most; digits > 1; digits--) {
      const text = write(value, digits);
      if (text.length <= room) return text;
    }
    return write(value, 1);
  }

  // two numbers with as few digits as tell them apart
  apart(one, other, write) {
    const { fewest, most } = this.rules;
    const some = one !== other ? most : fewest;
    for (let digits = fewest; digits < some; digits++) {
      const pair = [write(one, digits), write(other, digits)];
      if (pair[0] !== pair[1]) return pair;
    }
    return [write(one, some), write(other, some)];
  }

  // a new number with digits that tell it from the old one
  moved(now, old, room) {
    const { fewest, most, up, down } = this.rules;
    const write = (value, digits) => this.number(value, digits);
    const before = new Set(Array.from({ length: most }, (_, i) => write(old, i + 1)));
    for (let digits = fewest; digits <= most; digits++) {
      const text = write(now, digits);
      if (before.has(text)) continue;
      if (text.length <= room) return text;
      break;
    }
    return this.fitting(now, room - 1, fewest, write) + (now > old ? up : down);
  }

  colour([amount, largest]) {
    const { zero, positive, negative, bend } = this.rules;
    const [value, most] = [this.values[amount], this.values[largest]];
    const [start, stop] = [zero, value > 0 ? positive : negative].map(channels);
    const way = most > 0 ? share(value, most) ** bend : 0;
    return `#${start.map((from, i) => Math.round(from + (stop[i] - from) * way).toString(16).padStart(2, "0")).join("")}`;
  }

  width([amount, largest]) {
    const { thin } = this.rules;
    const most = this.values[largest];
    return Number(fixed(thin + (this.thick - thin) * (most > 0 ? share(this.values[amount], most) : 0), 2));
  }

  // words with their numbers filled in: a text, the index of a placeholder, or a list of both
  text(words) {
    if (typeof words === "string") return words;
    return typeof words === "number" ? this.place(words, this.rules.room) : words.map((part) => this.text(part)).join("");
  }

  place(index, room) {
    const [name, sources, before, after] = this.places[index];
    const way = this.rules.ways[name];
    const values = sources.map((at) => this.values[at]);
    const value = COMBINED[way.of](values);
    const left = room - (way.alone ? 0 : before.length);
    const write = this.writing(way);
    if (way.moves && values[0] !== values[1]) return before + this.moved(value, values[1], left) + after;
    return before + (way.fits ? this.fitting(value, left, way.digits, write) : write(value, way.digits)) + after;
  }

  writing(way) {
    return way.signed ? (value, digits) => this.signed(value, digits) : (value, digits) => this.number(value, digits);
  }

  // a number that a mistake has changed, and the correct one; nothing where it has not
  beside(index, right) {
    if (right === null || typeof index !== "number") return null;
    const [name, [source], before] = this.places[index];
    const [wrong, meant] = [this.values[source], this.values[right]];
    if (this.alike(wrong, meant)) return null;
    const way = this.rules.ways[name];
    const [text, shown] = this.apart(wrong, meant, this.writing(way));
    const { room } = this.rules;
    const told = way.alone || (before + text).length < room ? before + text : this.place(index, room - 1);
    return [this.rules.wrong + told, shown];
  }

  alike(one, other) {
    if (one === other || (Number.isNaN(one) && Number.isNaN(other))) return true;
    const { alike, nothing } = this.rules;
    return Number.isFinite(one) && Number.isFinite(other) && Math.abs(one - other) <= nothing + alike * Math.abs(other);
  }

  /** @param {import("../types").NodeTemplate} template @returns {import("../types").NodeLook} */
  node([name, value, detail, state, shade, mask, right]) {
    const found = this.beside(value, right);
    const told = (found && this.rules.ways[this.places[/** @type {number} */ (value)][0]].alone && `${this.rules.right} ${found[1]}`) || "";
    const colour = shade ? this.colour(shade) : "";
    const isOff = mask !== null && !this.values[mask];
    return [name, found ? found[0] : this.text(value), found ? told : this.text(detail), state, colour, isOff, found?.[1] ?? ""];
  }

  /** @param {import("../types").EdgeTemplate} template @returns {import("../types").EdgeLook} */
  edge([name, label, state, shade, right]) {
    if (!shade) return [name, "", this.rules.zero, 1, false, state, ""];
    const found = this.beside(label, right);
    return [name, found?.[0] ?? this.text(label), this.colour(shade), this.width(shade), this.values[shade[0]] < 0, state, found?.[1] ?? ""];
  }

  /** @param {import("../types").AnimationPhaseTemplate} template @returns {import("../types").AnimationPhase} */
  phase({ moves, notes, curves, ...rest }) {
    const texts = (all) => Object.fromEntries(Object.entries(all).map(([id, words]) => [id, this.text(words)]));
    const points = Object.entries(curves ?? {}).map(([id, [name, at]]) => [id, { values: this.curves[name], at: this.values[at] }]);
    /** @type {import("../types").AnimationPhase["moves"]} */
    const travels = moves.map(([start, stop, carried]) => [start, stop, texts(carried)]);
    const filled = { moves: travels, notes: texts(notes), curves: Object.fromEntries(points) };
    return { arrive: [], pace: 1, side: 0, lights: [], ...rest, ...filled };
  }
}

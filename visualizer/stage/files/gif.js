// Animated images (GIF89a): each picture is what differs from the one before, in 256 colours of its own.

import { ascii, joined, little } from "./bytes.js";

const [COLOURS, BITS, MOST_CODES] = [256, 8, 4096];
const CLEAR = COLOURS; // the code that begins a table anew; the next one ends a picture
const LOOPS = [0x21, 0xff, 11, ...ascii("NETSCAPE2.0"), 3, 1, 0, 0, 0]; // for ever
const bin = (colour) => ((colour >> 3) & 0x1f) | ((colour >> 6) & 0x3e0) | ((colour >> 9) & 0x7c00); // 5 bits of each

/**
 * The rectangle in which two pictures differ.
 * @param {Uint32Array} now @param {Uint32Array | null} before @param {number} width
 */
export function difference(now, before, width) {
  const height = now.length / width;
  if (!before) return { left: 0, top: 0, width, height };
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let i = 0; i < now.length; i++) {
    if (now[i] === before[i]) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  return bottom < 0 ? { left: 0, top: 0, width: 1, height: 1 } : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * At most 256 colours for those of a picture, and the place of each pixel's in them: a colour stands for those that are
 * near it, the most frequent ones for the others.
 * @param {Uint32Array} pixels as canvases have them: red is the lowest byte
 */
export function indexed(pixels) {
  const counts = new Map();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const bins = new Map();
  for (const [colour, count] of counts) {
    const key = counts.size <= COLOURS ? colour : bin(colour);
    const found = bins.get(key) ?? { count: 0, most: 0, colour };
    found.count += count;
    if (count > found.most) [found.most, found.colour] = [count, colour];
    bins.set(key, found);
  }
  const palette = [...bins.values()].sort((one, other) => other.count - one.count).slice(0, COLOURS).map(({ colour }) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  return { palette, indices: Uint8Array.from(pixels, (colour) => places.get(colour)) };
}

const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];

function nearest(palette, colour) {
  const [r, g, b] = parts(colour);
  let [best, least] = [0, Infinity];
  for (let i = 0; i < palette.length && least; i++) {
    const [dr, dg, db] = [(palette[i] & 255) - r, ((palette[i] >> 8) & 255) - g, ((palette[i] >> 16) & 255) - b];
    const far = dr * dr + dg * dg + db * db;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

/** Codes of variable length, one after the other in bytes, from the lowest bit. */
class BitWriter {
  constructor() {
    this.bytes = new Uint8Array(1 << 16);
    this.size = this.held = this.bits = 0;
  }

  write(code, length) {
    this.held |= code << this.bits;
    this.bits += length;
    while (this.bits >= 8) this.flush();
  }

  flush() {
    if (this.size === this.bytes.length) {
      const larger = new Uint8Array(2 * this.size);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes[this.size++] = this.held & 255;
    this.held >>>= 8;
    this.bits = Math.max(0, this.bits - 8);
  }

  end() {
    if (this.bits) this.flush();
    return this.bytes.subarray(0, this.size);
  }
}

const table = new Int32Array(MOST_CODES * COLOURS); // the code of a run and the index after it, of this round or an older
let round = 0;
const MOST_ROUNDS = 1 << 18; // beside a code in an entry of the table

/** A picture as LZW writes it. @param {Uint8Array} indices */
export function compressed(indices) {
  const out = new BitWriter();
  let next, length;
  const begin = () => {
    out.write(CLEAR, length ?? BITS + 1);
    [next, length] = [CLEAR + 2, BITS + 1];
    if (round === MOST_ROUNDS) table.fill((round = 0));
    round++;
  };
  begin();
  let run = indices[0];
  for (let i = 1; i < indices.length; i++) {
    const at = (run << BITS) | indices[i];
    if (table[at] >> 12 === round) {
      run = table[at] & (MOST_CODES - 1);
      continue;
    }
    out.write(run, length);
    run = indices[i];
    if (next === MOST_CODES) begin();
    else {
      if (next === 1 << length) length++;
      table[at] = (round << 12) | next++;
    }
  }
  out.write(run, length);
  if (next === 1 << length && length < 12) length++;
  out.write(CLEAR + 1, length);
  return out.end();
}

function* blocks(data) {
  for (let i = 0; i < data.length; i += 255) yield [Math.min(255, data.length - i), ...data.subarray(i, i + 255)];
  yield [0];
}

export class GifEncoder {
  /** @param {{ width: number, height: number }} size */
  constructor({ width, height }) {
    this.width = width;
    /** @type {ArrayLike<number>[]} */
    this.out = [[...ascii("GIF89a"), ...little(2, width, height), 0, 0, 0, ...LOOPS]];
    this.before = null;
  }

  /** Add a picture. @param {{ data: Uint8ClampedArray }} image @param {number} duration in ms */
  write({ data }, duration) {
    const now = new Uint32Array(data.slice().buffer);
    const { left, top, width, height } = difference(now, this.before, this.width);
    const cut = new Uint32Array(width * height);
    for (let y = 0; y < height; y++) cut.set(now.subarray((top + y) * this.width + left, (top + y) * this.width + left + width), y * width);
    const { palette, indices } = indexed(cut);
    const colours = new Uint8Array(3 * COLOURS);
    palette.forEach((colour, i) => colours.set(parts(colour), 3 * i));
    const control = [0x21, 0xf9, 4, 4, ...little(2, Math.round(duration / 10)), 0, 0];
    const place = [0x2c, ...little(2, left, top, width, height), 0x80 | (BITS - 1)];
    this.out.push(control, place, colours, [BITS], ...blocks(compressed(indices)));
    this.before = now;
  }

  /** @param {HTMLCanvasElement} canvas @param {number} duration in ms */
  add(canvas, duration) {
    this.write(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), duration);
  }

  end() {
    return joined([...this.out, [0x3b]]);
  }
}

globalThis.rendering = { rate: 12.5, scale: 0.75, type: "image/gif", open: (size) => new GifEncoder(size) };

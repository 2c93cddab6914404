// Pictures (PNG) in one archive (ZIP), numbered; they are compressed already.

import { ascii, joined, little } from "./bytes.js";

const DAY = 0x21; // 1 January 1980, the first day that an archive knows
const remainders = Uint32Array.from({ length: 256 }, (_, i) => {
  for (let bit = 0; bit < 8; bit++) i = i & 1 ? 0xedb88320 ^ (i >>> 1) : i >>> 1;
  return i;
});

/** @param {Uint8Array} data */
const checksum = (data) => ~data.reduce((sum, byte) => remainders[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

/** The archive of files. @param {{ name: string, data: Uint8Array }[]} files */
export function zip(files) {
  const [parts, list] = [[], []];
  let at = 0;
  for (const { name, data } of files) {
    const about = [...little(2, 20, 0, 0, 0, DAY), ...little(4, checksum(data), data.length, data.length), ...little(2, name.length, 0)];
    const head = [...ascii("PK\x03\x04"), ...about, ...ascii(name)];
    list.push([...ascii("PK\x01\x02"), ...little(2, 20), ...about, ...little(2, 0, 0, 0), ...little(4, 0, at), ...ascii(name)]);
    parts.push(head, data);
    at += head.length + data.length;
  }
  const size = list.reduce((sum, { length }) => sum + length, 0);
  const end = [...ascii("PK\x05\x06"), ...little(2, 0, 0, files.length, files.length), ...little(4, size, at), 0, 0];
  return joined([...parts, ...list, end]);
}

class ZipEncoder {
  constructor() {
    this.files = [];
  }

  /** @param {HTMLCanvasElement} canvas */
  async add(canvas) {
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const name = `${String(this.files.length + 1).padStart(3, "0")}.png`;
    this.files.push({ name, data: new Uint8Array(await blob.arrayBuffer()) });
  }

  end() {
    return zip(this.files);
  }
}

globalThis.rendering = { rate: 0, scale: 1.5, type: "application/zip", open: () => new ZipEncoder() };

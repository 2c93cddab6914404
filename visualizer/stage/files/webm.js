// Videos (WebM): pictures that the browser encodes as VP9, in the elements of Matroska, with an index to seek by.

import { ascii, big, joined } from "./bytes.js";

const RATE = 25;
const CODECS = [["vp09.00.40.08", "V_VP9"], ["vp8", "V_VP8"]];
const BITRATE = 4_000_000;
const EVERY = 4000; // ms between two pictures that stand for themselves, each the first of a cluster
const LONGEST = 1000; // ms that one picture is shown; of a longer one there are several

const element = (id, ...content) => {
  const body = joined(content.map((part) => (typeof part === "number" ? big(4, part) : part)));
  const name = big(4, id).slice(big(4, id).findIndex(Boolean));
  return joined([name, [1, ...big(7, body.length)], body]);
};
const float = (number) => new Uint8Array(new Float64Array([number]).buffer).reverse();

const HEAD = element(
  0x1a45dfa3,
  element(0x4286, 1),
  element(0x42f7, 1),
  element(0x42f2, 4),
  element(0x42f3, 8),
  element(0x4282, ascii("webm")),
  element(0x4287, 2),
  element(0x4285, 2),
);

/**
 * The file of encoded pictures.
 * @param {{ time: number, key: boolean, data: Uint8Array }[]} chunks times in ms
 * @param {{ width: number, height: number, codec: string, duration: number }} video
 */
export function webm(chunks, { width, height, codec, duration }) {
  const app = ascii("Backprop Stage");
  const info = element(0x1549a966, element(0x2ad7b1, 1_000_000), element(0x4d80, app), element(0x5741, app), element(0x4489, float(duration)));
  const shape = element(0xe0, element(0xb0, width), element(0xba, height));
  const tracks = element(0x1654ae6b, element(0xae, element(0xd7, 1), element(0x73c5, 1), element(0x83, 1), element(0x86, ascii(codec)), shape));
  const clusters = [];
  for (const chunk of chunks) {
    if (chunk.key) clusters.push({ time: chunk.time, blocks: [] });
    const { time, blocks } = clusters.at(-1);
    blocks.push(element(0xa3, [0x81, ...big(2, chunk.time - time), chunk.key ? 0x80 : 0], chunk.data));
  }
  const written = clusters.map(({ time, blocks }) => element(0x1f43b675, element(0xe7, time), ...blocks));
  const index = (places) => element(0x1c53bb6b, ...clusters.map(({ time }, i) => element(0xbb, element(0xb3, time), element(0xb7, element(0xf7, 1), element(0xf1, places[i])))));
  let at = info.length + tracks.length + index(written.map(() => 0)).length;
  const places = written.map(({ length }) => (at += length) - length);
  return joined([HEAD, element(0x18538067, info, tracks, index(places), ...written)]);
}

export class WebmEncoder {
  constructor(size) {
    this.size = size;
    this.chunks = [];
    this.time = 0;
    this.key = -EVERY;
  }

  async open() {
    for (const [name, codec] of CODECS) {
      const settings = { codec: name, ...this.size, bitrate: BITRATE, framerate: RATE };
      if (!(await VideoEncoder.isConfigSupported(settings)).supported) continue;
      this.codec = codec;
      this.encoder = new VideoEncoder({ output: (chunk) => this.take(chunk), error: (error) => (this.error = error) });
      this.encoder.configure(settings);
      return;
    }
    throw new Error(CODECS.map(([name]) => name).join(", "));
  }

  take(chunk) {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    this.chunks.push({ time: Math.round(chunk.timestamp / 1000), key: chunk.type === "key", data });
  }

  /** @param {HTMLCanvasElement} canvas @param {number} duration in ms */
  async add(canvas, duration) {
    if (!this.encoder) await this.open();
    for (let left = duration; left > 0; left -= LONGEST) {
      const keyFrame = this.time - this.key >= EVERY;
      if (keyFrame) this.key = this.time;
      const picture = new VideoFrame(canvas, { timestamp: 1000 * this.time });
      this.encoder.encode(picture, { keyFrame });
      picture.close();
      this.time += Math.min(left, LONGEST);
    }
    while (this.encoder.encodeQueueSize > 2 && !this.error) await new Promise((done) => setTimeout(done, 5));
    if (this.error) throw this.error;
  }

  async end() {
    await this.encoder.flush();
    return webm(this.chunks, { ...this.size, codec: this.codec, duration: this.time });
  }
}

globalThis.rendering = { rate: RATE, scale: 1, type: "video/webm", open: (size) => new WebmEncoder(size) };

// Files that the browser would write, of pictures that are drawn here, for the tests of Python: in the folder that is given.

import { readFileSync, writeFileSync } from "node:fs";

import { GifEncoder } from "../../../visualizer/stage/files/gif.js";
import { pdf } from "../../../visualizer/stage/files/pdf.js";
import { webm } from "../../../visualizer/stage/files/webm.js";
import { zip } from "../../../visualizer/stage/files/zip.js";

const folder = process.argv[2];
const { width, height, pictures, durations } = JSON.parse(readFileSync(`${folder}/pictures.json`, "utf8"));
const gif = new GifEncoder({ width, height });
pictures.forEach((rgb, i) => gif.write({ data: Uint8ClampedArray.from(rgb.flatMap((colour) => [...colour, 255])) }, durations[i]));
writeFileSync(`${folder}/pictures.gif`, gif.end());

const bytes = (size, first) => Uint8Array.from({ length: size }, (_, i) => (first + 7 * i) % 256);
writeFileSync(`${folder}/files.zip`, zip([["001.png", 1000], ["002.png", 70_000]].map(([name, size], i) => ({ name, data: bytes(size, i) }))));
writeFileSync(`${folder}/pages.pdf`, pdf([1, 2, 3].map((i) => ({ width: 16, height: 9, data: bytes(100 * i, i) }))));
const chunks = [0, 40, 80, 4000, 4040].map((time) => ({ time, key: time % 4000 === 0, data: bytes(50, time) }));
writeFileSync(`${folder}/video.webm`, webm(chunks, { width: 320, height: 180, codec: "V_VP9", duration: 4080 }));

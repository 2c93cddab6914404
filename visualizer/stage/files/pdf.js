// Pages (PDF): each holds one picture, as wide as the page.

import { ascii, joined } from "./bytes.js";

const WIDE = 960; // points: a slide of 13⅓ inches
const QUALITY = 0.94;

/** The file of pages. @param {{ width: number, height: number, data: Uint8Array }[]} pictures JPEG */
export function pdf(pictures) {
  const kids = pictures.map((_, i) => `${3 + 3 * i} 0 R`).join(" ");
  /** @type {(string | Uint8Array)[][]} */
  const objects = [["<< /Type /Catalog /Pages 2 0 R >>"], [`<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`]];
  pictures.forEach(({ width, height, data }, i) => {
    const [high, image] = [(WIDE * height) / width, 4 + 3 * i];
    const drawn = `${WIDE} 0 0 ${high} 0 0 cm /Picture Do`;
    objects.push(
      [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDE} ${high}] /Contents ${image + 1} 0 R /Resources << /XObject << /Picture ${image} 0 R >> >> >>`],
      [
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${data.length} >>\nstream\n`,
        data,
        "\nendstream",
      ],
      [`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`],
    );
  });
  const out = [ascii("%PDF-1.4\n"), [0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]]; // which is binary
  const places = [];
  let at = out[0].length + out[1].length;
  const put = (part) => {
    const bytes = typeof part === "string" ? ascii(part) : part;
    out.push(bytes);
    at += bytes.length;
  };
  objects.forEach((content, i) => {
    places.push(at);
    [`${i + 1} 0 obj\n`, ...content, "\nendobj\n"].forEach(put);
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  put(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`);
  return joined(out);
}

class PdfEncoder {
  constructor() {
    this.pictures = [];
  }

  /** @param {HTMLCanvasElement} canvas */
  async add(canvas) {
    const { width, height } = canvas;
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    this.pictures.push({ width, height, data: new Uint8Array(await blob.arrayBuffer()) });
  }

  end() {
    return pdf(this.pictures);
  }
}

globalThis.rendering = { rate: 0, scale: 2, type: "application/pdf", open: () => new PdfEncoder() };

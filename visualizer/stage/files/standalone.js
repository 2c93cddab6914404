// A drawing that stands alone: what style sheets say is written into every element, so that it looks the same in any
// other program, and on a canvas.

const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity",
  "visibility", "display", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "transform",
  "paint-order", "font-variant-numeric",
];

// colours as every program reads them, whatever a style sheet has mixed them from
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const known = new Map();
export const plain = (colour) => {
  if (!known.has(colour)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
    known.set(colour, a < 255 ? `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})` : `rgb(${r}, ${g}, ${b})`);
  }
  return known.get(colour);
};
const value = (style, name) => {
  const said = style.getPropertyValue(name);
  const coloured = (name === "fill" || name === "stroke") && said !== "none" && !said.startsWith("url");
  return coloured ? plain(said) : said;
};

/**
 * The text of a drawing, as large as its own coordinates, and its size.
 * @param {SVGSVGElement} svg
 * @param {string} [ground] its colour; none where it stands on another
 */
export function standingAlone(svg, ground) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const [x, y, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => {
    if (!i || node.tagName === "title") return;
    const style = getComputedStyle(originals[i]);
    node.setAttribute("style", STYLES.map((name) => `${name}:${value(style, name)}`).join(";"));
    node.removeAttribute("class");
  });
  const put = (node, said) => Object.entries(said).forEach(([name, one]) => node.setAttribute(name, String(one)));
  if (ground) {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    put(rect, { x, y, width, height, fill: plain(ground) });
    copy.prepend(rect);
  }
  put(copy, { width, height, xmlns: svg.namespaceURI });
  copy.removeAttribute("class");
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

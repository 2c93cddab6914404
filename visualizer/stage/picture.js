// Takes the drawing on the page away as a file: what style sheets say is written into every element, so that the picture
// looks the same in any other program; as pixels it is drawn at three times its size.

const STYLES = [
  "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity",
  "visibility", "display", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline", "transform",
];
const SHARP = 3;

// colours as every program reads them, whatever a style sheet has mixed them from
const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
const plain = (colour) => {
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = colour;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  return a < 255 ? `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})` : `rgb(${r}, ${g}, ${b})`;
};
const value = (style, name) => {
  const said = style.getPropertyValue(name);
  const coloured = (name === "fill" || name === "stroke") && said !== "none" && !said.startsWith("url");
  return coloured ? plain(said) : said;
};

const stage = () => {
  const inside = [...document.querySelectorAll(".st-key-network_chart *")].map((node) => node.shadowRoot ?? node);
  return inside.map((node) => node.querySelector("svg.stage")).find(Boolean);
};

function standingAlone(svg) {
  const copy = svg.cloneNode(true);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, i) => {
    if (!i || node.tagName === "title") return;
    const style = getComputedStyle(originals[i]);
    node.setAttribute("style", STYLES.map((name) => `${name}:${value(style, name)}`).join(";"));
    node.removeAttribute("class");
  });
  const ground = document.createElementNS(svg.namespaceURI, "rect");
  const page = getComputedStyle(document.documentElement).getPropertyValue("--page") || "white";
  for (const [name, said] of Object.entries({ width, height, fill: plain(page) })) ground.setAttribute(name, said);
  copy.prepend(ground);
  for (const [name, said] of Object.entries({ width, height, xmlns: svg.namespaceURI })) copy.setAttribute(name, said);
  copy.removeAttribute("class");
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

const save = (blob, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

async function saveAs(kind, name) {
  const { text, width, height } = standingAlone(stage());
  const drawn = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") return save(drawn, `${name}.svg`);
  const image = new Image(SHARP * width, SHARP * height);
  image.src = URL.createObjectURL(drawn);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0, image.width, image.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => save(blob, `${name}.png`), "image/png");
}

export default function mount({ data, parentElement }) {
  const row = parentElement.querySelector(".pictures");
  row.replaceChildren(
    ...data.buttons.map(({ kind, label, tip }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: tip });
      button.dataset.kind = kind;
      button.addEventListener("click", () => saveAs(kind, data.name));
      return button;
    }),
  );
}

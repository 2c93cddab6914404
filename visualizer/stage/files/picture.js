// Takes the drawing on the page away as a file; as pixels it is drawn at three times its size.

import { save } from "./save.js";
import { standingAlone } from "./standalone.js";

const SHARP = 3;

const stage = () => {
  const inside = [...document.querySelectorAll(".st-key-network_chart *")].map((node) => node.shadowRoot ?? node);
  return /** @type {SVGSVGElement} */ (inside.map((node) => node.querySelector("svg.stage")).find(Boolean));
};

async function saveAs(kind, name) {
  const page = getComputedStyle(document.documentElement).getPropertyValue("--page") || "white";
  const { text, width, height } = standingAlone(stage(), page);
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

// Files of moving pictures and of pages, made in the browser: a page out of sight draws the pictures and writes the file,
// while a panel tells how far it is and can stop it; one may go on stepping meanwhile.

import { preferences } from "../page/preferences.js";
import { save } from "./save.js";
import { plain } from "./standalone.js";
import { inflated } from "../page/words.js";

const STYLE = `
.panel { position: fixed; right: 1rem; bottom: 1rem; z-index: 1000000; display: flex; flex-wrap: wrap; align-items: center; gap: 0.6rem;
  max-width: calc(100vw - 2rem); box-sizing: border-box; padding: 0.6rem 0.9rem; border: 1px solid; border-radius: 0.5rem;
  font: 0.95rem var(--font); box-shadow: 0 4px 16px rgb(0 0 0 / 25%); }
progress { width: 10rem; }
button { min-height: 2.5rem; padding: 0.25rem 0.75rem; border: 1px solid; border-radius: 0.5rem; color: inherit; background: none; font: inherit; cursor: pointer; }
[hidden] { display: none; }`;
const SIZE = "position: fixed; left: -4000px; top: 0; width: 1280px; height: 720px; border: 0;";
const SAID = 8000; // ms that an answer stands

const made = (name, set, parent) => parent.appendChild(Object.assign(document.createElement(name), set));

/** Panel beside the page, not in it: Streamlit may draw that anew. */
class Panel {
  constructor(words, look) {
    document.getElementById("backprop-rendering")?.remove();
    this.host = made("div", { id: "backprop-rendering" }, document.body);
    const root = this.host.attachShadow({ mode: "open" });
    made("style", { textContent: STYLE }, root);
    this.box = made("div", { className: "panel" }, root);
    for (const [name, said] of Object.entries(look)) this.box.style.setProperty(name, said);
    this.said = made("span", {}, this.box);
    this.said.setAttribute("role", "status");
    this.bar = made("progress", { max: 1, value: 0 }, this.box);
    this.button = made("button", { type: "button", textContent: words.cancel }, this.box);
    this.words = words;
    this.button.onclick = () => this.onCancel?.();
  }

  begin(name, onCancel) {
    this.say(name);
    this.bar.setAttribute("aria-label", name);
    this.onCancel = onCancel;
  }

  progress(share) {
    this.bar.value = share;
  }

  say(text) {
    this.said.textContent = text;
  }

  end(text) {
    this.say(text);
    this.bar.hidden = true;
    this.button.textContent = this.words.close;
    this.onCancel = () => this.host.remove();
    setTimeout(() => this.host.remove(), SAID);
  }
}

const loaded = (frame) => new Promise((done) => (frame.onload = done));
const isDark = (colour) => {
  const [r, g, b] = plain(colour).match(/\d+/g).map(Number);
  return 2 * r + 3 * g + b < 3 * 255;
};

let running = null; // the controller of the file that is being made

async function render({ packed, name, label }, words, style) {
  running?.abort();
  const control = (running = new AbortController());
  const [ground, text, font] = ["background-color", "text-color", "font"].map((part) => style.getPropertyValue(`--st-${part}`));
  const panel = new Panel(words, { "background-color": ground, color: text, "--font": font });
  panel.begin(`${words.making} ${label}`, () => control.abort());
  const frame = made("iframe", { ariaHidden: "true", tabIndex: -1, title: label }, document.body);
  frame.style.cssText = SIZE;
  try {
    frame.srcdoc = await inflated(packed).text();
    await loaded(frame);
    frame.contentDocument.documentElement.style.colorScheme = isDark(ground) ? "dark" : "light";
    const onProgress = (share) => panel.progress(share);
    save(await frame.contentWindow.render({ speed: preferences.speed, onProgress, signal: control.signal }), name);
    panel.end(`${words.saved} ${name}`);
  } catch (problem) {
    panel.end(control.signal.aborted ? words.cancelled : `${words.failed} (${problem.message})`);
  } finally {
    frame.remove();
    if (running === control) running = null;
  }
}

export default function mount({ data, parentElement, setTriggerValue }) {
  const row = parentElement.querySelector(".renderings");
  const { renderings, spans, words, made: page, problem } = data;
  const style = getComputedStyle(row);
  const [select, buttons, said] = ["select", ".buttons", ".problem"].map((part) => row.querySelector(part));
  const chosen = select.value;
  select.replaceChildren(...spans.map(({ name, label }) => new Option(label, name)));
  if (spans.some(({ name }) => name === chosen)) select.value = chosen;
  select.setAttribute("aria-label", words.span);
  const lacks = renderings.some(({ needs }) => needs && !(needs in globalThis));
  said.textContent = problem || (lacks ? words.insecure : ""); // a button that is disabled tells nothing to a finger
  said.hidden = !said.textContent;
  buttons.replaceChildren(
    ...renderings.map(({ name, label, tip, needs }) => {
      const missing = needs && !(needs in globalThis);
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: missing ? words.insecure : tip, disabled: missing });
      button.dataset.rendering = name;
      button.addEventListener("click", () => setTriggerValue("wanted", { rendering: name, span: select.value }));
      return button;
    }),
  );
  if (!page || document.backpropRendered === page.id) return;
  document.backpropRendered = page.id; // it comes again with each drawing
  preferences.load();
  render(page, words, style);
}

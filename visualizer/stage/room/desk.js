// The lecturer's second window: the note, what comes next, the clock, who is there, and the answers as they come in.

import { Line } from "./socket.js";

const { code, lang, words } = JSON.parse(document.getElementById("room").textContent);
const WINDOW = 8; // positions whose words travel together
const MINUTE = 60_000;
const WIDEST = 10; // rem, of a bar
const KEPT = `backprop-desk-${code}`;
const find = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

let token = location.hash.slice(1);
try {
  token ||= sessionStorage.getItem(KEPT) ?? "";
  sessionStorage.setItem(KEPT, token);
} catch {} // a browser may forbid it; then a reload ends this window
history.replaceState(null, "", location.pathname + location.search); // it is shown to nobody

const minutes = /** @type {HTMLInputElement} */ (find(".minutes"));
let began = Date.now();
let seen = ""; // the place whose words are here

function tick() {
  find(".clock").textContent = new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
  const left = Math.ceil((Number(minutes.value) * MINUTE - (Date.now() - began)) / MINUTE);
  find(".left").textContent = (left < 0 ? words.over : words.left).replace("{}", Math.abs(left));
  find(".left").classList.toggle("over", left < 0);
}

async function titleAt(edition, position) {
  const answer = await fetch(`words/${edition}/${lang}/${Math.floor(position / WINDOW)}`);
  return answer.ok ? (await answer.json())[position % WINDOW] : null;
}

async function showPlace({ edition, position, last, place, note, following, asks }) {
  if (note !== undefined) {
    find("[data-kind=slide]").hidden = !asks;
    for (const [name, html] of [["note", note], ["following", following]]) {
      find(`.${name}`).hidden = !html;
      find(`.${name} div`).innerHTML = html;
    }
    find(".place").dataset.lesson = place;
  }
  const lesson = find(".place").dataset.lesson;
  find(".place").textContent = [`${position} / ${last}`, lesson].filter(Boolean).join(" · ");
  document.documentElement.dataset.position = `${position} / ${last}`;
  const now = `${edition} ${position}`;
  if (now === seen) return;
  seen = now;
  const [here, next] = await Promise.all([titleAt(edition, position), position < last ? titleAt(edition, position + 1) : null]);
  if (seen !== now) return;
  find("h1").textContent = here?.title ?? "";
  find(".next").textContent = next ? `${words.next}: ${next.title}` : "";
}

function showAnswers({ people, asked, answers, revealed, words: question, tally }) {
  find(".people").textContent = words.people.replace("{}", people);
  find(".question").textContent = asked ? question : words.no_question;
  if (asked) find(".problem").textContent = "";
  find(".ask").hidden = Boolean(asked);
  find(".asking").hidden = !asked;
  find(".reveal").hidden = revealed;
  find(".count").textContent = asked ? words.answers.replace("{}", answers).replace("{}", people) : "";
  find(".asked").classList.toggle("revealed", revealed);
  const most = Math.max(1, ...tally.map(([, count]) => count));
  find(".tally").replaceChildren(
    ...tally.map(([label, count, isRight]) => {
      const [row, bar] = [document.createElement("li"), document.createElement("b")];
      bar.style.width = `${(count / most) * WIDEST}rem`;
      row.className = isRight ? "right" : "";
      row.append(bar, `${count} × ${label}${isRight ? " ✓" : ""}`);
      return row;
    }),
  );
}

const line = new Line(() => `${location.origin.replace(/^http/, "ws")}${location.pathname.replace(/desk$/, "")}ws?lead=1&lang=${lang}`, {
  first: token || "none",
  onMessage(message) {
    if (message.what === "at") showPlace(message);
    if (message.what === "status") showAnswers(message);
    if (message.what === "problem") find(".problem").textContent = message.text;
    if (message.what === "end") {
      find(".people").textContent = words.ended;
      line.end();
    }
  },
  onState(open, closed) {
    if (!open) find(".people").textContent = closed === 4404 ? words.lost : words.connecting;
  },
});

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ask button")))
  button.addEventListener("click", () => line.send({ what: "ask", kind: button.dataset.kind }));
for (const what of ["reveal", "withdraw"]) find(`.${what}`).addEventListener("click", () => line.send({ what }));
find(".start").addEventListener("click", () => {
  began = Date.now();
  tick();
});
minutes.addEventListener("input", tick);
setInterval(tick, 1000);
tick();

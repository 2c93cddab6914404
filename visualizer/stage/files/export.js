// The stage in a page that has no server: takes the server's part, answers the stage on the channel of the position,
// and shows the words of the step.

import mount from "../stepping/keys.js";
import { part, writePlace, writeWords } from "../scene/step_words.js";

const { keyframes, numbers, steps, moments } = JSON.parse(document.getElementById("lecture").textContent);
let cursor = { lecture: numbers.lecture, position: 0, ack: 0, chosen: "", query: location.search.slice(1) };

const show = ({ position }) => {
  const [step, numbers, worked, equation] = moments[position];
  writeWords({ ...steps[step], numbers, worked, equation });
  writePlace(position, keyframes.last);
};

const publish = (changes) => {
  cursor = { ...cursor, ...changes };
  cursor.position = Math.min(Math.max(cursor.position, 0), keyframes.last); // there is no next iteration here
  document.backpropChannels = { position: { data: cursor, send: answer }, numbers: { data: { ...numbers, chosen: cursor.chosen }, send: answer } };
  show(cursor);
  document.dispatchEvent(new CustomEvent("backprop-channel"));
};

// afterwards, as a server would: the stage first draws what it asks for
const answer = (_, { position, seq }) => queueMicrotask(() => publish({ position, ack: seq }));

const choose = (_, { what, element, seq }) => {
  const chosen = what === "choose" && element !== cursor.chosen ? element : "";
  publish({ chosen, ack: seq });
};

publish({});
mount({ data: keyframes, parentElement: part("network_chart").shadowRoot, setTriggerValue: choose });
const targets = {
  step_first: () => 0,
  step_prev: () => cursor.position - 1,
  step_next: () => cursor.position + 1,
  step_last: () => keyframes.last,
};
for (const [key, target] of Object.entries(targets))
  part(key).addEventListener("click", () => publish({ position: target() }));

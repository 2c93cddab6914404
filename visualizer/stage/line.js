// A line between one part of the page and the stage: brings what the server says of that part, and lets the stage ask
// for that part alone to be drawn again.

export default function mount({ data, setTriggerValue }) {
  document.backpropLines = { ...document.backpropLines, [data.line]: { data, send: setTriggerValue } };
  document.dispatchEvent(new CustomEvent("backprop-line"));
}

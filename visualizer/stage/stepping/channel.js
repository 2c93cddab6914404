// A channel between one part of the page and the stage: brings what the server says of that part, and lets the stage ask
// for that part alone to be drawn again.

/** @param {import("../types").Mounted<any>} mounted */
export default function mount({ data, setTriggerValue }) {
  document.backpropChannels = { ...document.backpropChannels, [data.channel]: { data, send: setTriggerValue } };
  document.dispatchEvent(new CustomEvent("backprop-channel"));
}

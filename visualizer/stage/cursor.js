// Carries the server's position to the stage, apart from the film, so that a step sends a few bytes only.

export default function mount({ data }) {
  document.backpropCursor = data;
  document.dispatchEvent(new CustomEvent("backprop-cursor", { detail: data }));
}

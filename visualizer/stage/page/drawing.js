// Tells when the page is being drawn and when that is over: Streamlit says so on the page, and its fields know what they
// hold now in the frame after that.

const [RUN, RESTS] = ["data-test-script-state", "notRunning"];

export function watchDrawing(onDrawing) {
  const page = document.querySelector(`[${RUN}]`);
  if (!page) return; // without a server nothing is drawn but by the stage
  const drawing = () => page.getAttribute(RUN) !== RESTS;
  const over = () => drawing() || onDrawing(false);
  const changed = () => (drawing() ? onDrawing(true) : requestAnimationFrame(() => setTimeout(over, 0)));
  if (drawing()) onDrawing(true);
  new MutationObserver(changed).observe(page, { attributeFilter: [RUN] });
}

// Tells when the page is being drawn and when that is over: Streamlit says so on the page, and its fields know what they
// hold now in the frame after that.

const [RUN, RESTS] = ["data-test-script-state", "notRunning"];

function watchDrawing(tell) {
  document.backpropStageDrawing?.disconnect();
  const page = document.querySelector(`[${RUN}]`);
  if (!page) return; // without a server nothing is drawn but by the stage
  const drawing = () => page.getAttribute(RUN) !== RESTS;
  if (drawing()) tell(true);
  const over = () => drawing() || tell(false);
  document.backpropStageDrawing = new MutationObserver(() => {
    if (drawing()) tell(true);
    else requestAnimationFrame(() => setTimeout(over, 0));
  });
  document.backpropStageDrawing.observe(page, { attributeFilter: [RUN] });
}

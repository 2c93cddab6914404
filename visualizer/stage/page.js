// Asks for the whole page after every reconnection, also of other pages than the stage. A server that was started anew
// does not know the parts of a page that is already open, and would drop all that they ask for.

export default function mount({ setTriggerValue, parentElement }) {
  const app = document.querySelector("[data-test-connection-state]");
  const isConnected = () => app?.getAttribute("data-test-connection-state") === "CONNECTED";
  let wasLost = false;
  parentElement.reconnections?.disconnect(); // of the run before
  parentElement.reconnections = new MutationObserver(() => {
    if (isConnected() && wasLost) setTriggerValue("back", true);
    wasLost = !isConnected();
  });
  if (app) parentElement.reconnections.observe(app, { attributeFilter: ["data-test-connection-state"] });
  return () => parentElement.reconnections.disconnect();
}

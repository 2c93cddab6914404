// Brings a page back to life whose session the server has lost: a server that was started anew does not know the parts
// of a page that is open, and drops all that they ask for. After every reconnection the whole page is asked for; if
// another session answers, it begins anew from the address, which says where the reader was, and from the drafts that
// this tab has kept (drafts.js).

import { holdLeaving } from "./leave.js";

function drafts() {
  try {
    return JSON.parse(sessionStorage.getItem("backprop-drafts"));
  } catch {
    return null; // a browser may forbid it, or hold what somebody else has put there
  }
}

export default function mount({ data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  document.backpropPage ??= { session: data.session, address: location.href, drafts: drafts() };
  const known = document.backpropPage;
  if (known.session !== data.session) return location.replace(known.address);
  if (known.drafts) setTriggerValue("drafts", known.drafts);
  known.drafts = null; // once
  known.ask = () => setTriggerValue("back", true);
  if (known.watch) return;
  holdLeaving();
  const app = document.querySelector("[data-test-connection-state]");
  known.watch = new MutationObserver(() => {
    if (app.getAttribute("data-test-connection-state") === "CONNECTED") known.ask();
    else known.address = location.href; // before another session can write its own
  });
  if (app) known.watch.observe(app, { attributeFilter: ["data-test-connection-state"] });
}

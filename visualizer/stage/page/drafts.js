// Keeps what the reader has typed and no address carries, for as long as this tab is open: by place, name and text. The
// page hands it over at the beginning of the next session (page.js).

export default function mount({ data }) {
  try {
    const kept = JSON.parse(sessionStorage.getItem("backprop-drafts")) ?? {};
    for (const [place, texts] of Object.entries(data.drafts)) {
      delete kept[place]; // to be the latest
      if (Object.keys(texts).length) kept[place] = texts;
    }
    const latest = Object.entries(kept).slice(-data.most);
    sessionStorage.setItem("backprop-drafts", JSON.stringify(Object.fromEntries(latest)));
  } catch {} // a browser may forbid it, or hold what somebody else has put there
}

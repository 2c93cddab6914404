"""Screens that are presented: how large their letters are, and whether anything is cut; for journeys and benchmarks."""

SCREENS = ((1440, 900), (1920, 1080), (1024, 768))
LEAST = 18 / 1080  # of the height of a screen: the smallest type that is presented
GROWTH = 1.25  # of numbers and letters in the drawing, presented
_LOOKS = 20  # a tenth of a second apart, within which the words have been fitted
NODE = 24  # px: a neuron's number at 1920 × 1080
WINDOW = "delete Element.prototype.requestFullscreen"  # a window that fills the screen cannot be given another size
TYPE = """() => {
  const inside = [...document.querySelectorAll(".st-key-network_chart *")].map((node) => node.shadowRoot ?? node);
  const svg = inside.map((node) => node.querySelector("svg.stage")).find(Boolean);
  const { a } = svg.getScreenCTM();
  const size = (kind) => {
    const text = [...svg.querySelectorAll(kind)].find((one) => one.textContent);
    const scale = text && new DOMMatrix(getComputedStyle(text).transform).a;
    return text ? parseFloat(text.getAttribute("font-size")) * a * scale : 0;
  };
  return [".node:not(.bias, .norm) .value", ".node .name", ".tag text"].map(size);
}"""
FAULTS = """(least) => {
  const found = [];
  for (const box of document.querySelectorAll(".st-key-panel, .st-key-note")) {
    const { bottom, right } = box.getBoundingClientRect();
    if (box.scrollHeight > box.clientHeight + 1) found.push(`${box.scrollHeight - box.clientHeight} px too high`);
    if (bottom > innerHeight + 1 || right > innerWidth + 1) found.push("beyond the screen");
  }
  for (const one of document.querySelectorAll(".st-key-panel .formula"))
    if (one.scrollWidth > one.clientWidth + 1) found.push(`formula ${one.scrollWidth - one.clientWidth} px too wide`);
  const words = ":is(.st-key-panel, .st-key-note, .st-key-step_position) :is(p, h4, small, .formula, .badge)";
  for (const one of document.querySelectorAll(words)) {
    const size = parseFloat(getComputedStyle(one).fontSize);
    const isRead = one.checkVisibility() && one.textContent.trim();
    if (isRead && size < least * innerHeight - 0.1) found.push(`${size} px type`);
  }
  if (!document.querySelector(".st-key-panel h4")) found.push("no equation");
  if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
  return [...new Set(found)];
}"""


def type_sizes(page):
    """The size in pixels of a neuron's number, a letter, and the number of an edge; 0 where there is none."""
    return page.evaluate(TYPE)


def faults(page, desk):
    """Faults of a presented screen once it is at rest, where the letters of the drawing had the sizes `desk`."""
    for _ in range(_LOOKS):
        found = _faults(page, desk)
        if not found:
            break
        page.wait_for_timeout(100)
    return found


def _faults(page, desk):
    found = page.evaluate(FAULTS, LEAST)
    sizes = type_sizes(page)
    for name, now, before in zip(("number", "letter", "edge"), sizes, desk, strict=True):
        if before and now < before * GROWTH:
            found.append(f"{name} grows {now / before:.2f}×")
    return found


def to_stop(page, stop):
    """Wait until a lesson is at a stop, its note and its equation too."""
    page.wait_for_function("stop => (new URLSearchParams(location.search).get('stop') ?? '1') === stop", arg=str(stop))
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def on_screen(page, size):
    """Give the window the size of a screen, and wait until the words fit it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 120))")

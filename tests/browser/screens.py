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
FAULTS = """([least, speaks]) => {
  const found = [];
  const row = document.querySelector(".st-key-stage_row");
  const boxes = [...row.querySelectorAll(".st-key-panel, .st-key-note, .st-key-network_chart")];
  const places = boxes.map((box) => box.getBoundingClientRect());
  const isBefore = (one, other) => one.right < other.left + 2 || one.bottom < other.top + 2;
  const isApart = (one, other) => isBefore(one, other) || isBefore(other, one);
  const isWithin = (inner, { left, top, right, bottom }) =>
    inner.left > left - 1.5 && inner.right < right + 1.5 && inner.top > top - 1.5 && inner.bottom < bottom + 1.5;
  const screen = new DOMRect(0, 0, innerWidth, innerHeight);
  places.forEach((place, i) => {
    if (!isWithin(place, screen)) found.push("beyond the screen");
    if (places.slice(0, i).some((other) => !isApart(place, other))) found.push("one covers the other");
  });
  for (const one of row.querySelectorAll("*")) {
    if (!one.checkVisibility() || one.clientWidth < 3 || !one.clientHeight) continue;
    const { overflowX, overflowY } = getComputedStyle(one);
    const [down, aside] = [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth];
    const name = one.closest("[class*=st-key-]").className.match(/st-key-(\\w+)/)[1];
    if (overflowY !== "visible" && down > 1) found.push(`${down} px too high: ${one.localName} in ${name}`);
    if (overflowX !== "visible" && aside > 1) found.push(`${aside} px too wide: ${one.localName} in ${name}`);
  }
  const roots = [...row.querySelectorAll(".st-key-network_chart *")].map((one) => one.shadowRoot);
  const svg = roots.map((root) => root?.querySelector("svg.stage")).find(Boolean);
  if (!isWithin(svg.getBoundingClientRect(), screen)) found.push("the picture is cut");
  for (const box of document.querySelectorAll(".st-key-panel, .st-key-note, .st-key-step_position")) {
    const place = box.getBoundingClientRect();
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const one = texts.currentNode.parentElement;
      const words = texts.currentNode.textContent.trim();
      if (!words || !one.checkVisibility({ opacityProperty: true }) || one.closest(".st-key-note button")) continue;
      const letters = one.closest("math") ?? one; // of a formula, whose indices are smaller
      const size = parseFloat(getComputedStyle(letters).fontSize);
      const isSmall = one.dataset.testid !== "stIconMaterial" && size < least * innerHeight - 0.1;
      if (isSmall) found.push(`${size} px type: ${words}`);
      const range = document.createRange();
      range.selectNodeContents(letters === one ? texts.currentNode : letters);
      const written = range.getBoundingClientRect();
      if (written.width && !isWithin(written, place)) found.push(`cut: ${words}`);
    }
  }
  if (speaks && !row.querySelector(".st-key-panel :is(h4, pre)")) found.push("no equation");
  if (document.documentElement.scrollHeight > innerHeight) found.push("the page scrolls");
  return [...new Set(found)].slice(0, 5);
}"""


def type_sizes(page):
    """The size in pixels of a neuron's number, a letter, and the number of an edge; 0 where there is none."""
    return page.evaluate(TYPE)


def faults(page, desk, speaks=True):
    """Faults of a presented screen once it is at rest, where the letters of the drawing had the sizes `desk`.

    Where it `speaks`, an equation, a question or code stands beside the picture.
    """
    for _ in range(_LOOKS):
        found = _faults(page, desk, speaks)
        if not found:
            break
        page.wait_for_timeout(100)
    return found


def _faults(page, desk, speaks):
    found = page.evaluate(FAULTS, [LEAST, speaks])
    sizes = type_sizes(page)
    for name, now, before in zip(("number", "letter", "edge"), sizes, desk, strict=True):
        if before and now < before * GROWTH:
            found.append(f"{name} grows {now / before:.2f}×")
    return found


def to_stop(page, name):
    """Wait until a lesson is at the stop with a name, its note and its equation too."""
    page.wait_for_function("name => (new URLSearchParams(location.search).get('stop') ?? '1') === name", arg=name)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', state="attached")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def on_screen(page, size):
    """Give the window the size of a screen, and wait until the words fit it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 120))")

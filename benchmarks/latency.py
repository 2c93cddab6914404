"""Latency of a step, an edit and the first picture, beside a bare page: python benchmarks/latency.py [--times 20].

All pages are open in one browser and take turns. A step runs from the key, an edit from Enter, until the text
alternative of the drawing has changed and two frames have been painted; the bare page is one button and a count.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server and the same browser

from tests.browser.server import FLAGS, browser_path, serve

BARE = """import streamlit as st
st.session_state.setdefault("count", 0)
if st.button("go", key="go"):
    st.session_state.count += 1
st.markdown(f"count {st.session_state.count}")
"""
NETWORKS = {
    "Mazur": {"example": "mazur", "step": "z.1"},
    "8-16-16-4": {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "seed": "1", "step": "z.1"},
    "784-128-128-10": {"sizes": "784-128-128-10", "activations": "tanh-tanh-softmax", "seed": "1", "step": "z.1"},
}
GOALS = {"step": (1.0, 1.0, 1.3), "edit": (1.2, 1.3, 1.8), "first picture": (1.3, 1.3, 1.3)}
STAGE = "[...document.querySelectorAll('.st-key-network_chart *')].find((one) => one.shadowRoot)?.shadowRoot"
SAID = {"bare": "document.body.innerText", "stage": f"{STAGE}?.querySelector('svg.stage').getAttribute('aria-label')"}
CHANGED = """async ([said, before]) => {{
  const began = performance.now();
  while ((({}) ?? before) === before) {{
    if (performance.now() - began > 20000) throw new Error("nothing has changed in 20 s");
    await new Promise((done) => setTimeout(done, 4));
  }}
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now();
}}"""
SETTLED, BETWEEN = 5000, 700  # ms


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=20, help="of each")
    asked.add_argument("--only", choices=NETWORKS, help="one network instead of all")
    return asked.parse_args()


def took(page, kind, act):
    """Milliseconds from an act until a page says something else, and has been painted."""
    page.bring_to_front()
    said = SAID[kind]
    before, began = page.evaluate(said), page.evaluate("performance.now()")
    act()
    return page.evaluate(CHANGED.format(said), ["", before]) - began


def edits(page):
    """An act that types another weight, another one at each call."""
    page.locator("[data-choose='W.1.1.1']").first.click(force=True)
    field, count = page.locator(".st-key-edit_value input"), iter(range(10**6))
    field.wait_for()
    page.wait_for_timeout(BETWEEN)

    def edit():
        field.press("Enter", no_wait_after=True)

    return edit, lambda: field.fill(f"{next(count) % 7 - 3}.{next(count) + 11}")


def first_pictures(browser, address, ready, times):
    """Milliseconds from the asking for a page to what it draws."""
    found = []
    for _ in range(times):
        page = browser.new_context().new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(ready)
        found.append(page.evaluate("performance.now()"))
        page.context.close()
    return found


def measured(browser, bare_address, address, times):
    """The times of a bare page, and of steps, edits and first pictures, by name."""
    found = {"bare": [], "step": [], "edit": []}
    bare, stage = (browser.new_page(viewport={"width": 1440, "height": 900}) for _ in range(2))
    bare.goto(bare_address)
    bare.get_by_role("button", name="go").wait_for()
    stage.goto(address)
    stage.wait_for_selector("svg.stage[aria-label]")
    stage.wait_for_timeout(SETTLED)
    keys = {0: "ArrowRight", 1: "ArrowLeft"}
    for i in range(times):
        press = lambda: bare.get_by_role("button", name="go").click(no_wait_after=True)  # noqa: E731
        found["bare"].append(took(bare, "bare", press))
        found["step"].append(took(stage, "stage", lambda key=keys[i % 2]: stage.keyboard.press(key)))
        stage.wait_for_timeout(BETWEEN)
    if stage.locator("[data-choose='W.1.1.1']").count():
        edit, prepare = edits(stage)
        for _ in range(times):
            found["bare"].append(took(bare, "bare", press))
            prepare()
            found["edit"].append(took(stage, "stage", edit))
            stage.wait_for_timeout(BETWEEN)
    stage.close()
    bare.close()
    loads = max(3, times // 4)
    found["bare picture"] = first_pictures(browser, bare_address, "button", loads)
    found["first picture"] = first_pictures(browser, address, "svg.stage[aria-label]", loads)
    return found


def main():
    asked = settings()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "app.py").write_text(BARE, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        with serve(Path(folder) / "log") as (app, _), serve(Path(folder) / "bare", root=folder) as (bare, _):
            for place, (name, query) in enumerate(NETWORKS.items()):
                if asked.only in (None, name):
                    found = measured(browser, bare, f"{app}/?{urlencode(query | {'lang': 'en'})}", asked.times)
                    tell(name, place, {key: statistics.median(times) for key, times in found.items() if times})
        browser.close()


def tell(name, place, medians):
    """Print a row for each promise."""
    for promise, goals in GOALS.items():
        if promise in medians:
            base = medians["bare picture" if promise == "first picture" else "bare"]
            ratio = medians[promise] / base
            print(
                f"{name:15} {promise:14} {medians[promise]:6.0f} ms, {ratio:.2f} of a bare page (goal {goals[place]})"
            )


if __name__ == "__main__":
    main()

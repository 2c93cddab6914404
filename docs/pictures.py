"""Pictures of the README from the real page: `python docs/pictures.py`, with Chromium and playwright installed."""

import io
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
PORT = 8597
ADDRESS = f"http://127.0.0.1:{PORT}"
STILLS = {  # name: query, size, colour scheme, keys
    "bp2-3-4-2": ("step=bp2.1", (1440, 900), "light", ""),
    "bp1-mazur": ("example=mazur&step=bp1.2", (1440, 900), "light", ""),
    "bp4-3-4-2-zh-dark": ("step=bp4.1&lang=zh", (1440, 900), "dark", ""),
    "lesson-presented": ("lesson=lecture&stop=12", (1440, 900), "light", "p"),
}
TRAINED = "train-xor"
MOVING = ("example=mazur&step=c", 5, 2.6)  # query, steps, seconds for each
WIDTH, FRAMES_A_SECOND = 900, 10


def opened(browser, query: str, size: tuple[int, int], scheme: str) -> Page:
    """Return a page on which nothing moves."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale="en-US")
    page = context.new_page()
    page.goto(f"{ADDRESS}/?{query}")
    page.wait_for_selector(".st-key-network_chart svg.stage[aria-label]")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', state="attached")
    page.wait_for_timeout(1500)
    return page


def still(browser, name: str) -> None:
    """Save one picture as it is shown."""
    query, size, scheme, keys = STILLS[name]
    page = opened(browser, query, size, scheme)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(1000)
    page.screenshot(path=HERE / f"{name}.png")


def trained(browser) -> None:
    """Save the Train page when its first experiment has ended."""
    page = opened(browser, "", (1440, 900), "light")
    page.locator(".st-key-menu a", has_text="Train").click()
    page.locator(".st-key-experiments button").click()
    page.locator(".st-key-experiment_xor button").click()
    page.locator(".st-key-experiment_run button").click()
    page.wait_for_function("() => document.querySelectorAll('.st-key-loss_chart .legend .traces').length === 4")
    page.get_by_text("epoch 10,000 of 10,000").wait_for(timeout=90_000)
    page.locator(".st-key-train_play", has_text="Continue").wait_for()
    page.wait_for_timeout(3000)
    page.screenshot(path=HERE / f"{TRAINED}.png")


def moving(browser) -> None:
    """Save a few steps as they play."""
    query, steps, seconds = MOVING
    page = opened(browser, query, (1180, 760), "light")
    box = page.locator(".st-key-stage_row").bounding_box()
    frames = []
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
        start = time.monotonic()
        while (passed := time.monotonic() - start) < seconds:
            frames.append((start + passed, page.screenshot(clip=box)))
            time.sleep(max(0, 1 / FRAMES_A_SECOND - (time.monotonic() - start - passed)))
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for _, shot in frames]
    height = round(pictures[0].height * WIDTH / pictures[0].width)
    small = [picture.resize((WIDTH, height), Image.Resampling.LANCZOS).quantize(96) for picture in pictures]
    times = [at for at, _ in frames]
    durations = [round(1000 * (b - a)) for a, b in zip(times, [*times[1:], times[-1] + 1.5], strict=True)]
    first, *rest = small
    first.save(HERE / "stage.gif", save_all=True, append_images=rest, duration=durations, loop=0, optimize=True)


def main() -> None:
    """Start the app, and take all pictures."""
    options = ["--server.headless=true", f"--server.port={PORT}", "--server.fileWatcherType=none"]
    app = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py", *options], cwd=HERE.parent)
    try:
        while app.poll() is None:
            try:
                urlopen(f"{ADDRESS}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name in STILLS:
                still(browser, name)
            trained(browser)
            moving(browser)
            browser.close()
    finally:
        app.terminate()


if __name__ == "__main__":
    main()

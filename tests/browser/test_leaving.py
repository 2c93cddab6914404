"""Leaving the stage in haste while the server answers late: the reader gets the page that was asked for."""

import pytest

from tests.browser.conftest import STAGE
from tests.browser.steps import press, to_rest

pytestmark = pytest.mark.browser
LATE = 2600  # ms, longer than anything of the stage waits
TRAIN = ".st-key-train_play button"


def slow_way(context):
    """Let all that pages of a context send wait from `hold` to `release`, in its order."""
    state = {"holds": False, "held": []}

    def route(page_side):
        server = page_side.connect_to_server()
        page_side.on_message(lambda m: state["held"].append((server, m)) if state["holds"] else server.send(m))
        server.on_message(page_side.send)

    def release():
        state["holds"] = False
        for server, message in state["held"]:
            server.send(message)

    context.route_web_socket("**/_stcore/stream", route)
    return lambda: state.update(holds=True), release


@pytest.mark.parametrize("way", ["menu", "back"])
def test_a_page_that_is_asked_for_right_after_a_step_comes(chromium, address, way):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    hold, release = slow_way(context)
    page = context.new_page()
    page.goto(f"{address}/train?lang=en")
    page.wait_for_selector(TRAIN)
    to_rest(page)
    page.locator(".st-key-menu a", has_text="Step through").first.click()
    page.wait_for_selector(STAGE)
    page.wait_for_selector(".st-key-equation .words *")
    to_rest(page)
    hold()
    press(page, "ArrowRight")
    page.wait_for_timeout(50)
    if way == "back":
        page.go_back()
    else:
        page.locator(".st-key-menu a", has_text="Train").first.click()
    page.wait_for_timeout(LATE)
    release()
    page.wait_for_selector(TRAIN)
    to_rest(page)
    assert page.locator(TRAIN).count() == 1
    assert page.locator(STAGE).count() == 0
    context.close()

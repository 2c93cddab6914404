"""A server that is started anew under an open page, in a folder behind nginx where that is installed."""

import pytest

from tests.browser.server import before, free_port, serve
from tests.browser.steps import MAZUR, builder_of, to_agree

pytestmark = pytest.mark.browser
CELLS = "[class*=st-key-cell_] input"
KEPT = "typed => JSON.stringify(sessionStorage['backprop-drafts'] ?? '').includes(typed)"
GONE = "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'"
ASKED = (
    "() => document.querySelector('.st-key-demon_neuron input')?.value === 'z¹₂' && location.search.includes('=mazur')"
)


def test_an_open_page_goes_on_from_its_address_and_from_what_was_typed(chromium, tmp_path):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder, port = builder_of(MAZUR), free_port()
    with before(port, "course", tmp_path) as address:
        context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
        page, other, exercise = (context.new_page() for _ in range(3))
        with serve(tmp_path / "log", port, "course"):
            other.goto(f"{address}/check?example=mazur&view=demon&neuron=1.2&lang=en")
            other.wait_for_function(ASKED)
            other.evaluate("window.old = true")
            exercise.goto(f"{address}/exercises?level=relu&seed=3&lang=en")
            exercise.locator(CELLS).first.fill("0.777")
            exercise.keyboard.press("Tab")
            exercise.wait_for_function(KEPT, arg="0.777")
            exercise.evaluate("window.old = true")
            page.goto(f"{address}/?example=mazur&step=bp1.2")
            to_agree(page, builder, 6)
            page.keyboard.press("ArrowRight")
            to_agree(page, builder, 7)
        page.wait_for_function(GONE)
        page.evaluate("window.old = true")
        with serve(tmp_path / "log", port, "course"):
            page.wait_for_function("() => !window.old")
            to_agree(page, builder, 7)
            page.keyboard.press("ArrowRight")
            to_agree(page, builder, 8)
            other.wait_for_function(f"() => !window.old && ({ASKED})()")
            exercise.wait_for_function("() => !window.old")
            expect(exercise.locator(CELLS).first).to_have_value("0.777")
        context.close()

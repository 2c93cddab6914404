"""From a published example to its wrong step, and from a wrong number to the mistake behind it."""

from itertools import pairwise

import pytest

from engine.examples import EXAMPLES
from tests.browser.steps import AT, to_rest
from visualizer.checking import first_wrong

pytestmark = pytest.mark.browser


def menu(page, name):
    page.locator(".st-key-menu").get_by_role("link", name=name).click()


def test_two_clicks_lead_from_the_examples_to_the_step_that_is_wrong(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="hagan", lang="en")
    for before, name in pairwise(("hagan", "relu_softmax", "two_sigmoids")):
        menu(page, "Examples")
        expect(page.locator(".st-key-published")).to_contain_text(EXAMPLES[before].source.en)
        page.locator(".st-key-published_example").get_by_text(EXAMPLES[name].label.en, exact=False).first.click()
        expect(page.locator(".st-key-published")).to_contain_text(EXAMPLES[name].source.en)
        page.locator(".st-key-open_wrong button").click()
        page.wait_for_selector(".st-key-network_chart svg.stage[aria-label]")
        page.wait_for_function(AT, arg=first_wrong(name).address)
        expect(page.locator(".st-key-arithmetic")).to_contain_text("The source prints")
        to_rest(page)


def test_a_typed_number_is_explained(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", lang="en")
    menu(page, "Gradient check")
    page.locator(".st-key-check_view").get_by_text("Why does my number differ?").click()
    field = page.locator(".st-key-differ_number input")
    field.fill(".291027924")
    field.press("Enter")
    expect(page.get_by_text("output weights updated first")).to_be_visible()
    page.locator(".st-key-switch_0 button").click()
    expect(page.get_by_text("6 of 12 parameters are wrong")).to_be_visible()
    expect(page.locator(".st-key-check_graph svg[role=img]")).to_be_visible()
    to_rest(page)

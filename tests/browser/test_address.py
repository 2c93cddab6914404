"""One reader on all pages: the network of a link goes with them, through reloads, Back and Forward, another browser."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.browser.conftest import TIMEOUT
from tests.browser.steps import READY, press, to_rest
from visualizer.address import opened
from visualizer.writing import PAGES

pytestmark = pytest.mark.browser
SHOWS = "([path, query]) => location.pathname.slice(1) === path && location.search.includes(query)"
NUMBERS = "0.25_-2_0.5_0.1_0.2_0.3_0.4_0.5_0.6"


def menu(page, name):
    page.locator(".st-key-menu").get_by_role("link", name=PAGES[name].en, exact=True).click()


def state_of(page, name):
    """The state of the stage in the address of a page, once the page is drawn and its address is up to date."""
    path = "" if name == "stage" else name
    page.wait_for_selector(READY[name], state="attached")
    page.wait_for_function(SHOWS, arg=[path, "lang=en"])
    to_rest(page)
    spec, _, problems = opened(name, dict(parse_qsl(urlsplit(page.evaluate("location.href")).query)), "zh")
    assert problems == []
    return spec


def to_show(page, name, on_stage):
    """Wait until the address of a page has this state; after Back it first is the address when left."""
    for _ in range(TIMEOUT // 100):
        if state_of(page, name) == on_stage:
            return
        page.wait_for_timeout(100)
    assert state_of(page, name) == on_stage


def test_the_network_is_the_same_on_all_pages_after_reload_back_and_in_another_browser(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(sizes="2-2-1", net=NUMBERS, step="bp2.1", lang="en")
    on_stage = state_of(page, "stage")
    assert on_stage.view.step == "bp2.1"
    page.reload()
    assert state_of(page, "stage") == on_stage
    press(page, "ArrowRight")
    page.wait_for_function(SHOWS, arg=["", "step=bp3.1"])
    on_stage = state_of(page, "stage")
    for name in [*PAGES][1:]:
        menu(page, name)
        assert state_of(page, name) == on_stage
        page.reload()
        assert state_of(page, name) == on_stage
    menu(page, "check")
    page.locator(".st-key-check_view").get_by_text("Nudge a neuron").click()
    page.wait_for_function(SHOWS, arg=["check", "view=demon"])
    menu(page, "check")
    page.wait_for_function(SHOWS, arg=["check", "view=demon"])
    state_of(page, "check")
    page.locator(".st-key-open_saturated button").click()
    page.wait_for_function(SHOWS, arg=["check", "example=saturated"])
    changed = state_of(page, "check")
    for name in ("reference", "exercises"):
        page.go_back()
        to_show(page, name, changed)
    page.go_forward()
    page.go_forward()
    to_show(page, "check", changed)
    other = visit(page.evaluate("location.href"), settings={"locale": "zh-CN"}, ready=".st-key-check_view")
    assert state_of(other, "check") == changed
    expect(other.locator(".st-key-demon_curve")).to_be_visible()


def test_what_a_fragment_changes_is_in_the_address_too(visit):
    page = visit(path="landscape", ready=".st-key-landscape_chart", ground="beale", grid="25", lang="en")
    state_of(page, "landscape")
    page.locator(".st-key-site_solid button").last.click()
    page.wait_for_function(SHOWS, arg=["landscape", "solid=1"])
    to_rest(page)

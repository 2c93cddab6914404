"""Mistakes made on purpose: switched on and off on the stage, opened from the reference, beside a correct training."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.mistakes import MISTAKES
from engine.options import NO_MISTAKE
from tests.browser.steps import AT, CHART, MAZUR, to_agree, to_rest
from visualizer.scene import scene_builder

pytestmark = pytest.mark.browser
WRONG = f"{CHART} .wrong"


def with_mistake(name):
    model = replace(MAZUR, mistakes=(name,))
    return scene_builder(model.trace(), "layer", "en", right=MAZUR.trace())


def test_a_mistake_is_switched_on_and_off_on_the_stage(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page, label = visit(example="mazur", step="bp2.1", lang="en"), MISTAKES["sequential"].label.en
    expect(page.locator(WRONG)).to_have_count(0)
    page.locator(".st-key-settings button").first.click()
    expect(page.locator(".st-key-mistakes input")).to_be_visible()
    to_rest(page)
    page.locator(".st-key-mistakes input").click()
    page.locator(".st-key-mistakes input").fill(label)
    page.locator("[role=option]", has_text=label).click()
    expect(page.locator(".st-key-mistake_banner")).to_contain_text(label)
    page.keyboard.press("Escape")
    builder = with_mistake("sequential")
    to_agree(page, builder, builder.lecture.position("bp2.1"))
    expect(page.locator(f"{CHART} .node.neuron.wrong")).to_have_count(2)
    expect(page.locator(f"{CHART} svg.stage")).to_have_attribute("aria-label", builder.scene(9).alt)
    expect(page.locator(".st-key-arithmetic")).to_contain_text("0.00877135")
    assert parse_qs(urlsplit(page.url).query)["mistakes"] == ["sequential"]
    page.locator(".st-key-mistake_off button").click()
    expect(page.locator(WRONG)).to_have_count(0)
    expect(page.locator(".st-key-mistake_banner")).to_have_count(0)
    to_rest(page)
    assert "mistakes" not in page.url


def test_the_reference_opens_a_mistake_where_it_begins(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(path="reference", ready=".st-key-find input", lang="en")
    field = page.locator(".st-key-find input")
    field.fill("not transposed")
    field.press("Enter")
    page.locator(".st-key-open_mistakes_not_transposed button").first.click()
    page.wait_for_selector(f"{CHART} svg.stage[aria-label]")
    page.wait_for_function(AT, arg="bp2.1")
    expect(page.locator(".st-key-mistake_banner")).to_contain_text(MISTAKES["not_transposed"].why.en)
    expect(page.locator(WRONG).first).to_be_attached()
    to_rest(page)


def test_a_training_with_a_mistake_stands_beside_the_right_one(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    query = {"mistakes": "uphill", "epochs": "50", "lang": "en"}
    page = visit(path="train", ready=".st-key-train_view button", **query)
    page.locator(".st-key-train_view").get_by_text("Compare").click()
    page.locator(".st-key-family_mistakes button").first.click()
    legend = page.locator(".legendtext")
    expect(legend.filter(has_text=MISTAKES["uphill"].label.en)).to_have_count(1)
    expect(legend.filter(has_text=NO_MISTAKE.en)).to_have_count(1)
    to_rest(page)

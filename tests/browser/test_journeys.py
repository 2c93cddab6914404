from dataclasses import replace
from itertools import cycle
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.settings import Model
from tests.browser.steps import MAZUR, edge, press, to_agree
from tests.visualizer.oracles import builder_of

pytestmark = pytest.mark.browser
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def _key(name):
    return lambda page: press(page, name)


def _button(name):
    return lambda page: page.locator(f".st-key-{name} button").first.click()


ON = _key("ArrowRight"), _key("PageDown"), _button("step_next")
BACK = _key("ArrowLeft"), _key("PageUp"), _button("step_prev")


def test_a_whole_iteration_and_back_by_every_key_and_button_in_turn_and_on_into_the_next(visit):
    builder, after = builder_of(MAZUR), builder_of(replace(MAZUR, iteration=2))
    starts = [first for _, first, _ in builder.lecture.phases()]
    page = visit(example="mazur")
    to_agree(page, builder, 0)
    for ways, positions in ((ON, range(1, 13)), (BACK, range(11, -1, -1))):
        for way, position in zip(cycle(ways), positions, strict=False):
            way(page)
            to_agree(page, builder, position)
    for key, position in (
        ("End", 12),
        ("Home", 0),
        *(("Shift+ArrowRight", start) for start in starts),
        *(("Shift+ArrowLeft", start) for start in reversed((0, *starts[:-1]))),
        ("End", 12),
    ):
        press(page, key)
        to_agree(page, builder, position)
    for key, shown, position in (
        ("ArrowRight", after, 0),
        ("ArrowRight", after, 1),
        ("ArrowLeft", after, 0),
        ("ArrowLeft", builder, 12),
    ):
        press(page, key)
        to_agree(page, shown, position)


def test_the_keys_of_the_grain_and_the_language_keep_the_place(visit):
    page = visit(example="mazur", step="bp2.1", lang="en")
    for key, grain, position in (("2", "neuron", 17), ("3", "weight", 19), ("1", "layer", 9)):
        press(page, key)
        to_agree(page, builder_of(MAZUR, grain), position)
    for words, lang in (("中文", "zh"), ("English", "en")) * 3:
        page.locator(".st-key-lang button", has_text=words).click()
        to_agree(page, builder_of(MAZUR, lang=lang), 9)
        assert parse_qs(urlsplit(page.url).query)["lang"] == [lang]


def test_a_link_opens_the_same_moment_and_the_same_numbers(visit):
    model = replace(MAZUR, net=tuple((MAZUR.network().theta + 0.125).tolist()), iteration=2)
    builder = builder_of(model, "neuron", "zh")
    query = {"example": "mazur", "net": "_".join(map(repr, model.net)), "iteration": 2, "granularity": "neuron"}
    page = visit(**query, step="z.2.1", lang="zh")
    to_agree(page, builder, 5)
    press(page, "ArrowRight", "ArrowRight")
    to_agree(page, builder, 7)
    to_agree(visit(page.url, settings={}), builder, 7)


def _open_settings(page):
    page.locator(".st-key-settings button").first.click()
    page.locator(".st-key-eta input").wait_for()
    page.locator(".st-key-settings button").first.click()


CLICKS = {
    "button": (lambda page: page.locator(".st-key-step_next button").first.click(), 7),
    "grain": (lambda page: page.locator(".st-key-grain_layer button").first.click(), 6),
    "language": (lambda page: page.locator(".st-key-lang button", has_text="English").click(), 6),
    "node": (lambda page: page.locator('.st-key-network_chart g.node[data-choose="a.1.1"] .shape').click(), 6),
    "popover": (_open_settings, 6),
}


def test_after_a_click_the_keys_step_at_once_and_space_presses_nothing_again_but_plays_and_pauses(visit):
    builder = builder_of(MAZUR)
    page = visit(example="mazur", step="bp1.2")
    to_agree(page, builder, 6)
    for click, position in CLICKS.values():
        click(page)
        to_agree(page, builder, position)
        before = page.evaluate(SCROLLED)
        press(page, "Space", "ArrowRight")
        to_agree(page, builder, position + 1)
        assert page.evaluate(SCROLLED) == before
        press(page, *["ArrowLeft"] * (position - 5))
        to_agree(page, builder, 6)
    press(page, "Space")  # it plays
    to_agree(page, builder, 7)
    press(page, "Space")
    page.wait_for_timeout(2000)  # longer than the pace of the play
    to_agree(page, builder, 7)


def test_after_rubbish_and_after_an_option_of_a_list_the_keys_step_at_once(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(example="mazur", step="bp1.2")
    edge(page, "W.1.1.1").click()
    field = page.locator(".st-key-edit_value input").first  # the one before may stand there until the page is drawn
    field.fill("rubbish")
    press(page, "Enter")
    page.get_by_text("this is not a number").wait_for()
    assert field.input_value() == "rubbish"
    press(page, "ArrowRight")
    to_agree(page, builder, 7)
    page.locator(".st-key-choose input").click()
    page.get_by_role("option", name="w²₁₁", exact=True).click()
    expect(field).to_have_value("0.4")
    press(page, "ArrowRight")
    to_agree(page, builder, 8)
    page.locator(".st-key-example input").click()
    page.get_by_role("option", name="1-1-1, sigmoid").click()
    other = builder_of(Model.of_example("two_sigmoids"))
    to_agree(page, other, 0)
    press(page, "ArrowRight")
    to_agree(page, other, 1)


def test_a_burst_of_keys_ends_where_it_should(visit):
    builder = builder_of(Model.of_example("relu_softmax"), "weight")
    page = visit(example="relu_softmax", granularity="weight")
    for burst, last, end in (("ArrowRight", "Home", 0), ("ArrowRight", "End", 71), ("ArrowLeft", "ArrowRight", 42)):
        for _ in range(30):
            page.keyboard.press(burst, delay=30)
        press(page, last)
        to_agree(page, builder, end)


def test_numbers_do_not_cover_each_other_on_the_screen(visit):
    page = visit(example="relu_softmax", step="update")
    to_agree(page, builder_of(Model.of_example("relu_softmax")), 12)
    covered = page.locator(".st-key-network_chart svg.stage").evaluate(
        """(svg) => {
          const items = [...svg.querySelectorAll("g.tag, g.node")];
          const shape = (node) => node.querySelector("rect, circle").getBoundingClientRect();
          const boxes = items.map((node) => [node.dataset.choose, shape(node)]);
          const found = [];
          boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
            const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
            const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
            if (wide > 1 && high > 1) found.push(`${a} ${b}`);
          }));
          return found;
        }"""
    )
    assert covered == []

"""A network kept beside on the stage: drawn at the same step, swapped, removed, and in the address."""

import pytest

from engine.core import LANGUAGES
from tests.pages.app import checked, press, session, texts, visit
from visualizer.state import beside_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_kept_drawn_at_each_step_swapped_and_removed(lang):
    app = press(visit("stage", example="mazur", lang=lang), "beside_keep")
    first = session(app).spec.model
    assert session(app).spec.view.beside == beside_of(first)
    changed = first.edited(first.network().with_weight(layer=1, j=0, k=1, value=0.9))
    again = visit("stage", example="mazur", beside=beside_of(changed), lang=lang)
    words = {"en": "{} values differ", "zh": "有 {} 个值不同"}[lang]
    assert any(words.format(1) in text for text in texts(again))
    press(again, "step_next")
    assert not any(words.format(1) in text for text in texts(again))
    assert any("0.298982" in text for text in texts(again))
    press(again, "beside_swap")
    assert (session(again).spec.model, session(again).spec.view.beside) == (changed, beside_of(first))
    press(again, "beside_remove")
    assert session(again).spec.view.beside == ""
    checked(again.run())
    assert not [button for button in again.button if button.key == "beside_swap"]


@pytest.mark.parametrize("opens", [False, True])
def test_whoever_leads_a_room_is_told_that_it_does_not_see_it(opens):
    app = press(visit("stage", example="mazur"), "beside_keep")
    if opens:
        press(app, "hall_open", "step_next")
    assert any("The room sees only the network in the graph." in text for text in texts(app)) == opens


def test_a_network_of_other_layers_is_said_to_be_no_match():
    app = visit("stage", example="mazur", beside="sizes=3-4-2&seed=1")
    assert any("has different layers" in text for text in texts(app))

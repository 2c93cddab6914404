"""A value of the stage is chosen, typed, dragged and undone."""

from dataclasses import replace

import pytest

from engine.core import LANGUAGES, write_number
from engine.settings import Model
from tests.pages.app import CHINESE, channel, checked, mounted, press, session, visit
from tests.pages.stage import choose, position, slider, spec, status, type_value
from visualizer.state import Spec
from visualizer.writing import number


@pytest.mark.parametrize(("text", "value"), [("1/3", 1 / 3), ("0,35", 0.35), ("−2", -2.0), (" 1e-3 ", 0.001)])
@pytest.mark.parametrize("element", ["W.1.2.1", "b.2.1", "a.0.2", "y.1"])
def test_a_typed_value_is_computed_with_and_the_step_stays(element, text, value):
    app = choose(visit(example="mazur", step="bp1"), element)
    type_value(app, text)
    assert position(app) == (6, 12)
    assert len(app.warning) == 0
    kept = spec(app).model.trace()
    places = {
        "W.1.2.1": ("W", 1, (1, 0)),
        "b.2.1": ("b", 2, (0, 0)),
        "a.0.2": ("a", 0, (1, 0)),
        "y.1": ("y", 2, (0, 0)),
    }
    name, layer, indices = places[element]
    assert kept.value(name, layer)[indices] == value
    assert app.text_input(key="edit_value").value == write_number(value)
    assert number(kept.loss, 6) in status(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["abc", "", "1/0", "nan", "1e999", "1;2", "9" * 300, "<script>alert(1)</script>"])
def test_rubbish_is_answered_with_one_sentence_and_changes_nothing(text, lang):
    app = choose(visit(example="mazur", step="bp1", lang=lang), "W.1.1.1")
    model = spec(app).model
    type_value(app, text)
    assert spec(app).model == model
    assert position(app) == (6, 12)
    (warning,) = app.warning
    assert bool(CHINESE.search(warning.value)) == (lang == "zh")
    assert app.text_input(key="edit_value").value == text
    type_value(app, "0.5")
    assert len(app.warning) == 0


def test_a_target_that_the_loss_cannot_use_is_answered_with_a_sentence():
    app = choose(visit(sizes="2-1", loss="binary_cross_entropy"), "y.1")
    type_value(app, "2")
    assert "from 0 to 1" in app.warning[0].value
    assert spec(app).model.y == ((1.0,),)


def test_the_field_shows_the_value_of_what_is_chosen():
    app = choose(visit(example="mazur"), "W.1.1.1")
    assert app.text_input(key="edit_value").value == "0.15"
    choose(app, "b.2.2")
    assert app.text_input(key="edit_value").value == "0.6"
    choose(app, "a.1.1")
    assert not [field for field in app.text_input if field.key == "edit_value"]


def test_the_list_and_the_field_show_what_was_chosen_elsewhere():
    app = visit(example="mazur", step="bp1")
    model, view = spec(app)
    for element, value in (("W.1.1.1", "0.15"), ("b.2.2", "0.6"), ("", None), ("W.1.2.1", "0.25")):
        session(app).spec = Spec(model, replace(view, chosen=element))
        checked(app.run())
        assert app.selectbox(key="choose").value == (element or None)
        assert [field.value for field in app.text_input if field.key == "edit_value"] == [value] * bool(value)


def test_edits_are_undone_with_one_press():
    app = type_value(choose(visit(example="mazur", step="bp1"), "W.1.1.1"), "0.5")
    press(app, "reset")
    assert spec(app).model == Model.of_example("mazur")
    assert position(app) == (6, 12)
    assert app.text_input(key="edit_value").value == "0.15"


@pytest.mark.parametrize("element", ["W.1.1.2", "b.1.1", "a.0.1", "y.1"])
def test_an_edit_between_numbers_of_one_hash_is_drawn(element):
    """`hash(-1.0) == hash(-2.0)`: the browser draws only what has another name than what it shows."""
    app = choose(visit(sizes="2-2-1", seed="1", step="update"), element)
    sent = [channel(type_value(app, text), "numbers") for text in ("-1", "-2")]
    assert len({numbers["lecture"] for numbers in sent}) == len({numbers["values"] for numbers in sent}) == 2
    assert channel(app, "position")["lecture"] == sent[1]["lecture"]


def test_an_edit_sends_other_numbers_for_the_same_keyframes():
    app = choose(visit(example="mazur", step="bp4.1"), "W.1.1.1")
    (keyframes,), numbers = mounted(app, "stage"), channel(app, "numbers")
    type_value(app, "0.9")
    assert mounted(app, "stage") == [keyframes]
    after = channel(app, "numbers")
    assert after["keyframes"] == numbers["keyframes"] == keyframes["id"]
    assert after["values"] != numbers["values"]
    assert after["chosen"] == channel(app, "position")["chosen"] == "W.1.1.1"


def test_an_edit_is_undone_and_done_again():
    app = choose(visit(example="mazur", step="bp2.1"), "W.1.1.1")
    before = spec(app).model
    type_value(app, "0.9")
    after = spec(app).model
    press(app, "undo")
    assert (spec(app).model, spec(app).view.step) == (before, "bp2.1")
    assert app.button(key="undo").disabled
    press(app, "redo")
    assert spec(app).model == after
    assert app.text_input(key="edit_value").value == "0.9"
    assert app.button(key="redo").disabled


def test_a_dragged_value_is_the_typed_one():
    app = choose(visit(example="mazur", step="bp2.1"), "W.2.1.1")
    checked(slider(app).set_value(-0.25).run())
    assert app.text_input(key="edit_value").value == "-0.25"
    assert spec(app).model.network().layers[1].W[0, 0] == -0.25
    assert spec(app).view.step == "bp2.1"


def test_a_value_beyond_the_slider_widens_it():
    app = type_value(choose(visit(example="mazur"), "W.2.1.1"), "30")
    assert slider(app).value == 30
    assert slider(app).max == 60


@pytest.mark.parametrize("text", ["1e308", "-1.7e308"])
def test_a_value_too_large_for_a_slider_has_none(text):
    app = type_value(choose(visit(example="mazur"), "W.2.1.1"), text)
    assert spec(app).model.network().layers[1].W[0, 0] == float(text)
    assert not [slider for slider in app.slider if slider.key.startswith("edit_drag_")]
    assert slider(type_value(app, "0.5")).value == 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_samples_are_added_pasted_and_removed_beside_the_network(lang):
    app = visit(example="mazur", lang=lang)
    app.session_state.all_numbers = True
    checked(app.run())
    press(app, "sample_add_0")
    assert session(app).spec.model.x == ((0.05, 0.1), (0.05, 0.1))
    checked(app.text_area(key="samples_pasted").set_value("1 2 0 1\n3 4 1 0\n5 6 1 1").run())
    assert session(app).spec.model.x == ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    press(app, "sample_remove_1")
    assert session(app).spec.model.y == ((0.0, 1.0), (1.0, 1.0))
    checked(app.text_area(key="samples_pasted").set_value("1 2 0").run())
    assert len(app.warning) == 1

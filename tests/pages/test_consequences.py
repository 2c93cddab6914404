"""Consequences of a change are said where it is made, and go with the next one."""

import pytest

from tests.pages.app import CHINESE, checked, press, visit
from tests.pages.stage import choose, spec, type_value


def notes(app):
    return [text.value for text in app.markdown if text.value.startswith(":blue-badge[i]")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_other_sizes_keep_the_loss_and_say_what_they_change(lang):
    app = visit(example="two_sigmoids", lang=lang)
    before = spec(app).model.loss
    app.session_state.settings = True
    app.run()
    checked(app.text_input(key="sizes").set_value("2-3-2").run())
    assert spec(app).model.loss == before
    (note,) = notes(app)  # one line: it is one's own network now, and its numbers are drawn
    assert note.count("." if lang == "en" else "。") == 2
    assert bool(CHINESE.search(note)) == (lang == "zh")


def place(block, key):
    """The place of a field: the number among its siblings of each block around it, and its own."""
    for number, child in block.children.items():
        if getattr(child, "key", None) == key:
            return [number]
        inside = place(child, key) if hasattr(child, "children") else []
        if inside:
            return [number, *inside]
    return []


def test_a_note_moves_no_field():
    app = visit(example="two_sigmoids")
    app.session_state.settings = True
    app.run()
    before = place(app.main, "sizes")
    assert before
    assert notes(checked(app.text_input(key="sizes").set_value("2-3-2").run()))
    assert place(app.main, "sizes") == before


def test_a_loss_that_gives_way_is_named():
    app = visit(sizes="2-2-2", activations="tanh-softmax")
    app.session_state.settings = True
    app.run()
    checked(app.selectbox(key="activation_2").set_value("sigmoid").run())
    ((note),) = notes(app)
    assert "cross-entropy" in note
    checked(app.selectbox(key="activation_1").set_value("relu").run())
    assert notes(app) == []


def test_an_edit_at_a_later_iteration_says_so_and_undo_goes_back():
    app = type_value(choose(visit(example="mazur", iteration="3", step="bp1"), "W.1.1.1"), "0.5")
    (note,) = notes(app)
    assert "it was iteration 3" in note
    press(app, "undo")
    assert spec(app).model.iteration == 3
    assert notes(app) == []


def test_the_way_back_to_the_start_values_is_offered_for_numbers_and_keeps_the_settings():
    app = visit(example="mazur", dropout="0.5", optimizer="adam", iteration="2")
    assert "reset" not in [button.key for button in app.button]
    type_value(choose(app, "W.1.1.1"), "0.5")
    press(app, "reset")
    model = spec(app).model
    assert (model.dropout, model.optimizer, model.net) == (0.5, "adam", None)
    assert "reset" not in [button.key for button in app.button]


def test_a_training_says_which_loss_came_with_an_activation():
    app = visit("train")
    key = next(box.key for box in app.selectbox if box.key.startswith("train_f_1"))
    checked(app.selectbox(key=key).set_value("softmax").run())
    (note,) = notes(app)
    assert "cross-entropy" in note

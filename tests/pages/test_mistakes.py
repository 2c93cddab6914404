"""Mistakes made on purpose: on the stage, on the check page and in training."""

import pytest

from engine.core import LANGUAGES
from engine.mistakes import MISTAKES
from engine.options import NO_MISTAKE
from tests.pages.app import CHINESE, checked, press, session, shown, texts, visit
from tests.pages.stage import spec
from tests.pages.test_examples import page
from visualizer.runs import labels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_with_a_mistake_shows_the_wrong_equation_beside_the_right_one(lang):
    app = visit(example="mazur", mistakes="no_slope", step="bp2.1", lang=lang)
    mistake = MISTAKES["no_slope"]
    assert mistake.label(lang) in shown(app)
    assert mistake.why(lang) in shown(app)
    assert "0.00877135" in shown(app)  # what is right
    assert bool(CHINESE.search(shown(app))) == (lang == "zh")
    press(app, "mistake_off")
    assert spec(app).model.mistakes == ()
    assert mistake.why(lang) not in shown(app)
    assert "✗" not in shown(app)
    press(app, "undo")
    assert spec(app).model.mistakes == ("no_slope",)


def test_mistakes_are_chosen_among_the_settings_and_stay_with_the_network():
    app = visit(example="mazur", step="update", iteration="2", lang="en")
    app.session_state.settings = True
    checked(app.run())
    field = app.multiselect(key="mistakes")
    assert len(field.options) == len(MISTAKES)
    checked(field.set_value(["sequential"]).run())
    assert spec(app).model.mistakes == ("sequential",)
    assert (spec(app).view.step, spec(app).model.iteration) == ("update", 2)
    assert "0.291028" in shown(app)
    checked(app.switch_page("check/check.py").run())
    assert app.multiselect(key="check_mistakes").value == ["sequential"]
    assert ":red-badge[✗]" in shown(app)


def test_what_reproduces_a_printed_number_is_shown_being_done():
    app = page(example="mazur", lang="en")
    button = next(button for button in app.button if str(button.key).startswith("see_wrong_"))
    checked(button.click().run())
    assert spec(app).model.mistakes == ("sequential",)
    assert spec(app).model.iteration == 2


@pytest.mark.parametrize("said", ["nonsense", "no_slope-not_transposed"])
def test_a_link_with_mistakes_that_cannot_be_made_is_answered(said):
    app = visit(example="mazur", mistakes=said, lang="en")
    assert "mistake" in app.warning[0].value
    assert spec(app).model.mistakes == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_training_with_a_mistake_stands_beside_the_right_one(lang):
    app = visit("train", mistakes="uphill", epochs="3", lang=lang)
    field = next(field for field in app.multiselect if field.value == ["uphill"])
    checked(field.set_value(["uphill", "no_bias"]).run())
    assert session(app).lab.snapshot().task.mistakes == ("uphill", "no_bias")
    checked(app.button_group(key="train_view_all").set_value("families").run())
    press(app, "family_mistakes")
    while session(app).lab.snapshot().playing:
        checked(app.run())
    both = session(app).lab.snapshot().runs
    assert [run.trial.task.mistakes for run in both] == [("uphill", "no_bias"), ()]
    assert labels(both, lang) == [
        " + ".join(MISTAKES[name].label(lang) for name in ("uphill", "no_bias")),
        NO_MISTAKE(lang),
    ]
    wrong, right = (run.trial.loss for run in both)
    assert wrong[-1] > wrong[0]
    assert right[-1] < right[0]


def test_the_exports_say_that_code_makes_none_of_the_mistakes():
    for mistakes, said in (("sequential", True), ("", False)):
        app = visit(example="mazur", mistakes=mistakes, lang="en")
        app.session_state.exports = True
        checked(app.run())
        assert any("the code leaves them out" in text for text in texts(app)) == said

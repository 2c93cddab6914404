"""The stage is stepped through: positions, grains, samples, iterations, lessons, languages."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.settings import Model
from tests.pages.app import CHINESE, checked, in_turn, panel, press, texts, visit
from tests.pages.stage import choose, position, spec, status
from tests.visualizer.oracles import MODELS, builder_of
from visualizer.lecture import by_sample
from visualizer.lessons import LESSONS
from visualizer.state import stop_of
from visualizer.writing import IN_LESSON, TRANSPORT, number

WALKS = [(name, "layer", lang) for name, lang in in_turn(name for name in MODELS if name in EXAMPLES)]
WALKS += [("mazur", "neuron", "zh"), ("xor", "weight", "en")]


@pytest.mark.parametrize(("name", "grain", "lang"), WALKS)
def test_every_example_is_stepped_through_in_its_language(name, grain, lang):
    app = visit(example=name, granularity=grain, lang=lang)
    last = len(builder_of(Model.of_example(name), grain).lecture)
    for place in range(last + 1):
        assert position(app) == (place, last)
        words = panel(app)[0]
        assert words
        assert bool(CHINESE.search(words)) == (lang == "zh")
        if place < last:
            press(app, "step_next")


def test_the_buttons_step_forward_and_back():
    app = visit(example="mazur")
    keys = ("step_next", "step_next", "step_prev", "step_last", "step_prev", "step_first", "step_prev")
    assert [position(press(app, key))[0] for key in keys] == [1, 2, 1, 12, 11, 0, 0]


def test_the_cost_is_told_once_it_is_known_and_its_successor_after_the_update():
    losses = [replace(Model.of_example("mazur"), iteration=i).trace().loss for i in (1, 2)]
    before, after = (number(loss, 6) for loss in losses)
    app = visit(example="mazur")
    for place in range(13):
        assert (before in status(app)) == (place >= 5)
        assert (after in status(app)) == (place == 12)
        if place < 12:
            press(app, "step_next")


def test_the_step_after_the_last_begins_the_next_iteration_and_back_again():
    app = press(visit(example="mazur"), "step_last")
    assert "Iteration 1" in status(app)
    after = re.search(r"→ (\S+)", status(app))[1]
    press(app, "step_next")
    assert position(app) == (0, 12)
    assert "Iteration 2" in status(app)
    assert spec(app).model.iteration == 2
    press(app, *["step_next"] * 5)
    assert f"C = {after}" in status(app)
    press(app, "step_first", "step_prev")
    assert position(app) == (12, 12)
    assert "Iteration 1" in status(app)


def test_a_grain_keeps_the_place():
    app = press(visit(example="mazur"), *["step_next"] * 9)
    address = spec(app).view.step
    for grain, place in (("neuron", 17), ("weight", 19), ("layer", 9)):
        press(app, f"grain_{grain}")
        assert position(app)[0] == place
        assert spec(app).view.step.startswith(address)


def test_the_language_keeps_the_place_and_what_was_chosen():
    app = choose(visit(example="mazur", step="bp2.1"), "W.1.2.1")
    checked(app.button_group(key="lang").set_value("zh").run())
    assert position(app) == (9, 12)
    assert "第 1 次迭代" in status(app)
    assert app.selectbox(key="choose").value == "W.1.2.1"
    checked(app.button_group(key="lang").set_value("en").run())
    assert "Iteration 1" in status(app)


def test_another_example_starts_at_its_beginning():
    app = visit(example="mazur", step="bp2.1")
    checked(app.selectbox(key="example").set_value("xor").run())
    assert position(app) == (0, 12)
    assert spec(app).model == Model.of_example("xor")


def test_an_example_becomes_one_s_own_network_with_all_its_numbers():
    app = visit(example="mazur", step="bp1")
    before = spec(app).model.network().theta
    checked(app.selectbox(key="example").set_value("own").run())
    assert spec(app).model.example is None
    np.testing.assert_array_equal(spec(app).model.network().theta, before)
    assert position(app) == (6, 12)


@pytest.mark.parametrize("sample", [1, 2, 4])
def test_the_sample_shown_is_chosen(sample):
    app = checked(visit(example="xor", step="z.1").selectbox(key="sample").set_value(sample).run())
    assert spec(app).view.sample == sample
    assert position(app) == (1, 12)


@pytest.mark.parametrize("query", [{"sizes": "1-1", "net": "_".join(["1e308"] * 2), "eta": "1e308"}], ids=["overflow"])
def test_a_pass_that_diverges_is_stepped_through(query):
    app = visit(**query)
    while position(app)[0] < position(app)[1]:
        press(app, "step_next")
    press(app, "step_next")
    assert spec(app).model.iteration in (1, 2)


def test_going_on_to_the_next_iteration_is_nothing_to_undo():
    app = press(visit(example="mazur", step="update"), "step_next")
    assert spec(app).model.iteration == 2
    assert app.button(key="undo").disabled


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cost_so_far_is_drawn_from_the_second_iteration_on(lang):
    assert len(visit(example="mazur", lang=lang).get("plotly_chart")) == 0
    assert len(visit(example="mazur", lang=lang, iteration="3").get("plotly_chart")) == 1


def test_a_batch_is_told_sample_by_sample():
    said = "\n".join(texts(visit(example="xor", step="bp4.1", sample="2")))
    alone = by_sample(Model.of_example("xor").trace(), Ref("dW", 1), (0, 0))
    assert "**2**" in said
    assert all(number(value) in said for value in alone)


@pytest.mark.parametrize(("loss", "shown"), [("cross_entropy", True), ("quadratic", False)])
def test_the_long_way_stands_beside_the_short_form(loss, shown):
    said = "\n".join(texts(visit(example="relu_softmax", loss=loss, step="bp1.2")))
    assert ("The long form" in said) == shown


def test_the_digits_of_the_equation_are_a_setting():
    said = "\n".join(texts(visit(example="mazur", step="c", digits="9")))
    assert "0.298371109" in said


def test_a_lesson_leads_from_stop_to_stop():
    app = visit(lesson="mazur", lang="en")
    lesson = LESSONS["mazur"]
    for stop in range(1, len(lesson.stops) + 1):
        assert lesson.stops[stop - 1].note("en") in texts(app)
        expected = stop_of("mazur", stop, "en")
        assert (spec(app).model, spec(app).view.step) == (expected.model, expected.view.step)
        if stop < len(lesson.stops):
            press(app, "lesson_next")
    press(app, "lesson_prev", "step_last", "lesson_here", "lesson_leave")
    assert spec(app).view.lesson == ""
    assert spec(app).model == stop_of("mazur", len(lesson.stops) - 1, "en").model


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_lesson_next_and_back_go_from_stop_to_stop_as_the_keys_do_and_say_so(lang):
    app = visit(lesson="lecture", stop="5", lang=lang)
    place = LESSONS["lecture"].place("5")
    for key, further in (("step_next", 1), ("step_next", 2), ("step_prev", 1)):
        press(app, key)
        assert spec(app) == stop_of("lecture", place + further, lang)
        assert app.button(key=key).proto.help == IN_LESSON[key](lang)
    usual = visit(example="mazur", lang=lang)
    assert usual.button(key="step_next").proto.help == TRANSPORT["step_next"][1](lang)


def test_a_page_tells_the_browser_its_language():
    for lang, tag in (("en", "en"), ("zh", "zh-CN")):
        app = visit(lang=lang)
        (told,) = [json.loads(part.json) for part in app.get("bidi_component") if '"session"' in part.json]
        assert told["lang"] == tag

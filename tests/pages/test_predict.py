import json
import re
from base64 import b64decode
from gzip import decompress

import pytest

from engine.core import LANGUAGES, write_number
from engine.settings import Model
from tests.pages.app import CHINESE, checked, mounted, panel, press, session, texts, visit
from tests.pages.stage import choose, position, spec, status, type_value
from tests.visualizer.oracles import builder_of
from visualizer.equations.equation import coloured
from visualizer.pages.stage.remarks import _PRINTED
from visualizer.state import TOLERANCE, choices, question
from visualizer.writing import number, palette, tex_number


def predict(**query):
    """The page at an address, with the switch on."""
    return checked(visit(**query).toggle(key="predict").set_value(True).run())


def asked(app):
    """The question that this moment of the page has to ask."""
    model, view = spec(app)
    builder = builder_of(model, view.granularity, view.lang, view.sample - 1)
    return question(builder.lecture, position(app)[0], choices(builder.drawing).get(view.chosen), builder.sample)


def fields(app):
    return [field for field in app.text_input if field.key == "predict_value"]


def answer(app, text):
    app.text_input(key="predict_value").set_value(text)
    return press(app, "predict_check")


def right(app):
    return answer(app, write_number(asked(app).value))


def score(app):
    """Right, all, shown; nothing where nothing has been asked yet."""
    (words,) = [text for text in texts(app) if re.search("correct, .* revealed|答对", text)] or [""]
    first, second, *shown = map(int, re.findall(r"\d+", words)) if words else (0, 0)
    return ((second, first, *shown) if "答对" in words else (first, second, *shown)) if words else ()


def said(app, badge):
    return [text for text in texts(app) if text.startswith(f":{badge}")]


WALKS = [("relu_softmax", "layer", "zh"), ("xor", "layer", "en")]
WALKS += [("mazur", "neuron", "zh"), ("two_sigmoids", "weight", "en")]


@pytest.mark.parametrize(("name", "grain", "lang"), WALKS)
def test_a_whole_lecture_is_answered_and_no_value_is_told_before_it_is(name, grain, lang):
    app = predict(example=name, granularity=grain, lang=lang)
    last = len(builder_of(Model.of_example(name), grain).lecture)
    known = set()
    for place in range(last):
        assert position(app) == (place, last)
        now = asked(app)
        assert fields(app)[0].value == ""
        assert fields(app)[0].label.startswith(f"**{now.name}")
        assert TOLERANCE(lang) in texts(app)
        words = "\n".join(texts(app))
        assert "?" in words
        assert bool(CHINESE.search(words)) == (lang == "zh")
        told = coloured(tex_number(now.value, 6), palette.WRITE)  # as the arithmetic tells a result
        assert told in known or told not in words
        right(app)
        known.add(told)
        assert told in "\n".join(texts(app))
        (words,) = said(app, "green-badge[✓]")
        assert number(now.value, 6) in words
        assert write_number(now.value) in words
        assert score(app) == (place + 1, place + 1, 0)
    assert position(app) == (last, last)
    assert not fields(app)
    press(app, "step_next")
    assert spec(app).model.iteration == 2
    assert score(app) == (last, last, 0)
    assert fields(app)


def test_off_it_costs_and_shows_nothing():
    app = visit(example="mazur", step="bp1")
    assert not fields(app)
    press(app, "step_next")
    assert session(app).quiz is None
    checked(app.toggle(key="predict").set_value(True).run())
    assert fields(app)
    checked(app.toggle(key="predict").set_value(False).run())
    assert not fields(app)
    assert position(app) == (7, 12)


def test_a_wrong_answer_stays_and_may_be_tried_again():
    app = answer(predict(example="mazur", step="bp1"), "0.5")
    assert position(app) == (6, 12)
    assert "0.5" in said(app, "red-badge[✗]")[0]
    assert score(app) == ()
    assert fields(app)[0].value == "0.5"
    right(app)
    assert position(app) == (7, 12)
    assert score(app) == (1, 1, 0)
    assert not said(app, "red-badge[✗]")


def test_a_slip_is_named():
    app = predict(example="mazur", step="bp1")
    answer(app, write_number(-asked(app).value))
    assert "The sign is wrong." in said(app, "red-badge[✗]")[0]


@pytest.mark.parametrize("step_on", ["step_next", "predict_reveal"])
def test_whoever_steps_on_without_an_answer_is_shown_it(step_on):
    app = predict(example="mazur", step="bp1")
    value = asked(app).value
    press(app, step_on)
    assert position(app) == (7, 12)
    assert number(value, 6) in said(app, "gray-badge[→]")[0]
    assert score(app) == (0, 1, 1)
    answer(app, "0.5")
    value = asked(app).value
    press(app, step_on)
    assert score(app) == (0, 2, 1)
    (told,) = said(app, "red-badge[✗]")
    assert number(value, 6) in told
    assert "0.5" in told


def test_what_was_answered_is_not_asked_again():
    app = right(predict(example="mazur", step="bp1"))
    press(app, "step_prev")
    assert position(app) == (6, 12)
    assert not fields(app)
    (kept,) = [text for text in panel(app) if text.startswith("BP")]
    assert kept.startswith("BP3")  # the next step's, as the drawing marks it
    assert any("already answered" in text for text in texts(app))
    press(app, "step_next")
    assert fields(app)
    assert score(app) == (1, 1, 0)


def test_the_score_is_reset_with_a_button_and_by_another_network():
    app = right(predict(example="mazur", step="bp1"))
    press(app, "predict_reset")
    assert score(app) == ()
    assert position(app) == (7, 12)
    right(app)
    assert score(app) == (1, 1, 0)
    type_value(choose(app, "W.1.1.1"), "0.5")
    assert score(app) == ()
    right(app)
    checked(app.selectbox(key="example").set_value("xor").run())
    assert score(app) == ()
    assert fields(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["abc", "1/0", "nan", "1e999", "{}", "{name}", "$x$", "<script>", "9" * 300])
def test_rubbish_is_answered_with_one_sentence_and_stays_in_the_field(text, lang):
    app = answer(predict(example="mazur", step="bp1", lang=lang), text)
    (told,) = said(app, "orange-badge[?]")
    assert bool(CHINESE.search(told)) == (lang == "zh")
    assert not told.split("] ")[1][0].islower()
    assert fields(app)[0].value == text
    assert position(app) == (6, 12)
    press(app, "step_next")
    assert score(app) == (0, 1, 1)
    assert fields(app)[0].value == ""


def test_an_empty_answer_is_none():
    app = answer(predict(example="mazur", step="bp1"), "  ")
    assert position(app) == (6, 12)
    assert score(app) == ()


def test_the_language_keeps_the_switch_the_score_and_what_is_typed():
    app = answer(right(predict(example="mazur", step="bp1")), "0.5")
    for lang in ("zh", "en"):
        checked(app.button_group(key="lang").set_value(lang).run())
        assert app.toggle(key="predict").value is True
        assert fields(app)[0].value == "0.5"
        assert score(app) == (1, 1, 0)
        (told,) = said(app, "red-badge[✗]")
        assert bool(CHINESE.search(told)) == (lang == "zh")
    right(app)
    assert score(app) == (2, 2, 0)


@pytest.mark.parametrize("text", ["1/3", "0,35", "−2", "3.5e-1"])
def test_numbers_are_read_as_people_type_them(text):
    app = answer(predict(example="mazur", step="bp1"), text)
    assert text in said(app, "red-badge[✗]")[0]


def test_the_chosen_element_is_asked_for():
    app = choose(predict(example="mazur", step="bp4.2"), "a.1.2")
    assert fields(app)[0].label == "**δ¹₂ = ?**"
    right(app)
    assert number(builder_of(Model.of_example("mazur")).trace.value("delta", 1)[1, 0], 6) in said(app, "green-badge")[0]


def test_a_batch_says_which_sample():
    app = predict(example="xor", sample="2")
    assert "sample 2" in fields(app)[0].label
    right(app)
    assert score(app) == (1, 1, 0)


def test_a_grain_asks_for_its_own_next_value():
    app = press(predict(example="mazur"), "grain_neuron")
    right(app)
    assert fields(app)[0].label == "**z¹₂ = ?**"
    assert position(app) == (1, 25)


def test_a_lecture_that_diverges_is_stepped_through():
    app = predict(sizes="1-1", net="_".join(["1e308"] * 2), eta="1e308")
    while position(app)[0] < position(app)[1]:
        press(app, "step_next")
    press(app, "step_first")
    assert "C =" not in status(app)


def test_the_cost_is_not_told_before_it_is_answered():
    app = predict(example="mazur", step="a.2")
    loss = Model.of_example("mazur").trace().loss
    assert number(loss, 6) not in "\n".join(texts(app))
    right(app)
    assert number(loss, 6) in status(app)


def test_a_question_shows_nothing_of_another_step():
    app = predict(example="mazur", step="c")  # C is printed in the source, and was the latest step
    words = "\n".join([*texts(app), *panel(app)])
    assert any(text.startswith("BP1") for text in panel(app))
    printed = _PRINTED.en.split("{}")[0]
    assert printed in "\n".join(panel(visit(example="mazur", step="c")))
    assert printed not in words
    assert not [text for text in panel(app) if text.startswith("BP") and not text.startswith("BP1")]
    keyframes = json.loads(decompress(b64decode(mounted(app, "stage")[0]["packed"])))
    assert "written" in keyframes["frames"][0]


def test_the_working_of_an_answer_is_folded_away():
    app = right(predict(example="mazur", step="bp1"))
    (folded,) = [part for part in app.expander if part.label == "How the last value is computed"]
    assert not folded.proto.expanded


def test_the_score_that_a_browser_has_kept_goes_on_and_what_is_no_outcome_is_nothing():
    app = right(predict(example="mazur", lang="en"))
    assert score(app) == (1, 1, 0)
    (place,) = [place for place in session(app).drafts if place.startswith("predict ")]
    kept = dict(session(app).drafts)
    again = visit(example="mazur", step="z.1", lang="en")
    session(again).drafts = kept | {place: kept[place] | {"x": "a million", "": "right "}}
    assert score(checked(again.run())) == (1, 1, 0)

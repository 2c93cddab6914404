import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES, InputError
from engine.examples import EXAMPLES
from engine.settings import BODY, HEAD
from tests.together import together
from tests.visualizer.oracles import builder_of
from visualizer.lessons import LESSONS
from visualizer.state import choices
from visualizer.state import stop_of as spec_at
from visualizer.state.view import spec_from_query

every_lesson = pytest.mark.parametrize("name", LESSONS)
every_stop = together(
    {name: [(name, number) for number in range(1, len(lesson.stops) + 1)] for name, lesson in LESSONS.items()}
)
DECIMAL = re.compile(r"−?\d+\.\d+")
SIGN = str.maketrans("−", "-")


def stop_of(name, number):
    return LESSONS[name].stops[number - 1]


@cache
def hand_at(name, number):
    model, view = spec_at(name, number, "en")
    return builder_of(model, view.granularity, view.lang, view.sample - 1)


def moment_of(name, number):
    lecture = hand_at(name, number).lecture
    return lecture.moment(lecture.position(spec_at(name, number, "en").view.step))


def trace_of(name, number, iteration):
    model = spec_at(name, number, "en").model
    return replace(model, iteration=int(iteration)).trace() if iteration else hand_at(name, number).trace


def claimed(name, number, what):
    """The value that a claim is about, computed without its digits."""
    if "+" in what:
        return sum(claimed(name, number, part) for part in what.split("+"))
    what, _, times = what.partition("*")
    if times:
        return claimed(name, number, what) * float(times)
    if what.startswith("before."):
        return claimed(name, number - 1, what.removeprefix("before."))
    what, _, per = what.partition("/")
    what, _, iteration = what.partition("@")
    if what == "change":
        return (trace_of(name, number, "").loss - trace_of(name, number - 1, "").loss) / float(per or 1)
    value_name, *place = what.split(".")
    trace = trace_of(name, number, iteration)
    if value_name == "C":
        return trace.loss
    value = trace.value(value_name, int(place[0]))
    if place[1] == "max":
        return float(np.abs(value).max())
    row, column = int(place[1]) - 1, int(place[2]) - 1 if len(place) > 2 else 0
    return float(value[row, column if len(place) > 2 or value.shape[1] == 1 else hand_at(name, number).sample])


def is_rounded(said, value):
    """Whether `said` is what `value` rounds to at as many decimals."""
    decimals = len(said.partition(".")[2])
    return abs(float(said.translate(SIGN)) - value) <= 0.5000001 * 10.0**-decimals


def numbers_in(published):
    return [float(digits) for digits in np.array(published.digits).reshape(-1)]


@cache
def given(name, number):
    """Every number that stands on the stage before anything is computed, at this stop or one before it."""
    model = spec_at(name, number, "en").model
    rows = [value for row in (*model.x, *model.y) for value in row]
    now = {model.eta, *rows, *model.network().theta.tolist()}
    return now | (given(name, number - 1) if number > 1 else set())


def is_accounted_for(name, number, said):
    """Whether a number in a note is given, claimed here or before, or printed in the source of the example."""
    earlier = {text for stop in LESSONS[name].stops[:number] for text in stop.claims}
    if said in earlier or float(said.translate(SIGN)) in given(name, number):
        return True
    model = spec_at(name, number, "en").model
    if not model.example:
        return False
    example = EXAMPLES[model.example]
    words = [published.why for published in example.stated if published.why] + list(example.remarks)
    printed = [value for published in example.stated for value in numbers_in(published)]
    return any(is_rounded(said, value) for value in printed) or any(said in DECIMAL.findall(w.en) for w in words)


@every_lesson
def test_the_key_of_a_lesson_is_its_name(name):
    lesson = LESSONS[name]
    assert lesson.name == name
    assert all(text(lang).strip() for text in (lesson.label, lesson.source) for lang in LANGUAGES)
    assert all(text.en != text.zh for text in (lesson.label, lesson.source))


def test_every_source_has_a_lesson_and_so_has_a_lecture_of_forty_minutes():
    sources = {lesson.source.zh for lesson in LESSONS.values()}
    of_the_mission = ("relu_softmax", "saturated", "xor", "two_sigmoids", "mazur")
    assert {EXAMPLES[name].source.zh for name in of_the_mission} < sources
    assert {"《backpropagation算法原理》", "《深度学习中的反向传播原理》"} < {zh.split("，")[0] for zh in sources}
    assert LESSONS["lecture"].minutes == 40


@every_lesson
def test_there_is_time_for_every_stop(name):
    lesson = LESSONS[name]
    assert 5 <= lesson.minutes <= 40
    assert 0.8 <= lesson.minutes / len(lesson.stops) <= 2


@every_stop
def test_a_stop_is_a_link_that_is_understood_whole(name, number):
    query = LESSONS[name].query(number)
    assert set(query) <= {*HEAD, *BODY, "step", "granularity", "sample", "pixels"}
    assert spec_from_query(query, "en")[1] == []
    assert spec_at(name, number, "zh").view.lang == "zh"


@every_stop
def test_the_step_of_a_stop_is_one_of_its_lecture(name, number):
    lecture, step = hand_at(name, number).lecture, spec_at(name, number, "en").view.step
    assert lecture.address(lecture.position(step)) == step


@every_stop
def test_what_a_stop_chooses_can_be_chosen(name, number):
    chosen = stop_of(name, number).chosen
    assert spec_at(name, number, "en").view.chosen == chosen
    assert chosen in {"", *choices(hand_at(name, number).drawing)}


@every_stop
def test_a_note_is_short_in_both_languages(name, number):
    note = stop_of(name, number).note
    sentences = len(re.findall(r"[.?!](?= |$)", note.en)), len(re.findall(r"[。？！]", note.zh))
    assert all(1 <= count <= 5 for count in sentences)
    assert len(note.en) <= 400
    assert re.search(r"[\u4e00-\u9fff]", note.zh)
    assert not re.search(r"[\u4e00-\u9fff]", note.en)


@every_stop
def test_a_note_says_the_same_numbers_in_both_languages(name, number):
    note = stop_of(name, number).note
    assert sorted(DECIMAL.findall(note.en)) == sorted(DECIMAL.findall(note.zh))


@every_stop
def test_what_a_note_claims_is_computed_and_already_to_be_seen(name, number):
    stop, lecture, moment = stop_of(name, number), hand_at(name, number).lecture, moment_of(name, number)
    for said, what in stop.claims.items():
        assert is_rounded(said, claimed(name, number, what)), (said, what, claimed(name, number, what))
        assert all(said in stop.note(lang) for lang in LANGUAGES)
        value_name, *place = what.split(".")
        if not set("@*+/") & set(what) and value_name in ("z", "a", "C", "delta", "dW", "db", "W_new", "b_new"):
            layer = int(place[0]) if place else len(lecture.trace.given.layers)
            matrix = value_name in ("dW", "W_new")
            indices = tuple(int(i) - 1 for i in place[1 : 3 if matrix else 2] if i != "max")
            assert lecture.happened(moment, Ref(value_name, layer), indices), what


@every_stop
def test_every_number_in_a_note_is_accounted_for(name, number):
    for said in DECIMAL.findall(stop_of(name, number).note.en):
        assert is_accounted_for(name, number, said), said


def at(stop):
    return LESSONS["lecture"].place(stop)


def largest(name, number, layer):
    return claimed(name, number, f"delta.{layer}.max")


@pytest.mark.parametrize(
    ("name", "number", "words", "ratio", "low", "high"),
    [
        ("mazur", 6, "a sixteenth", lambda n, i: claimed(n, i, "delta.2.1") / claimed(n, i, "delta.1.1"), 15.5, 16.5),
        ("relu_softmax", 12, "about twice", lambda n, i: largest(n, i, 2) / largest(n, 6, 2), 1.99, 2.01),
        ("two_sigmoids", 8, "four times", lambda n, i: 0.25942358493 / claimed(n, i, "dW.1.1.1"), 4, 5),
        ("xor", 2, "twice", lambda n, i: claimed(n, i, "dW.1.1.1") / claimed(n, i, "dW.1.1.2"), 2, 2.0000001),
        ("depth", 2, "twenty thousand", lambda n, i: largest(n, i, 7) / largest(n, i, 1), 2e4, 2.1e4),
        ("depth", 3, "seven hundred", lambda n, i: largest(n, i, 1) / largest(n, 2, 1), 690, 710),
        ("depth", 5, "layer 6", lambda n, i: claimed(n, i, "a.6.max"), 0, 0),
        ("lecture", at("21"), "about twice", lambda n, i: largest(n, i, 2) / largest(n, i - 1, 2), 1.99, 2.01),
        ("lecture", at("24"), "hundreds", lambda n, i: largest(n, i, 1) / largest(n, i - 1, 1), 200, 999),
    ],
)
def test_what_a_note_says_in_words_is_so(name, number, words, ratio, low, high):
    assert words in stop_of(name, number).note.en
    assert low <= ratio(name, number) <= high


@every_lesson
def test_the_largest_error_of_which_a_note_speaks_is_the_one_that_is_worked_out(name):
    for number, stop in enumerate(LESSONS[name].stops, 1):
        shown = [what for what in stop.claims.values() if what.endswith(".max") and stop.equation and not stop.ask]
        for what in (each for each in shown if claimed(name, number, each)):
            assert claimed(name, number, what) == abs(claimed(name, number, f"delta.{stop.chosen.partition('.')[2]}"))


@every_lesson
def test_every_stop_shows_something_new(name):
    specs = [spec_at(name, number, "en") for number in range(1, len(LESSONS[name].stops) + 1)]
    assert all(one != other for one, other in pairwise(specs))


def test_settings_carry_over_until_another_network_is_named():
    queries = [LESSONS["mazur"].query(number) for number in (4, 5, 6)]
    assert [query["example"] for query in queries] == ["mazur"] * 3
    assert [query["granularity"] for query in queries] == ["neuron", "weight", "neuron"]
    last = LESSONS["two_sigmoids"].query(len(LESSONS["two_sigmoids"].stops))
    assert "example" not in last
    assert "iteration" not in last


@pytest.mark.parametrize(
    ("said", "value", "right"), [("0.30", 0.304, True), ("0.30", 0.306, False), ("−1.0", 1, False)]
)
def test_a_wrong_digit_is_seen(said, value, right):
    assert is_rounded(said, value) is right


@pytest.mark.parametrize("what", ["z.9.1", "nothing.1.1"])
def test_a_claim_about_nothing_is_seen(what):
    with pytest.raises(InputError):
        claimed("mazur", 2, what)

"""Parts that followers read: keyframes and numbers of the stage, and words of every position, in both languages."""

import json
from gzip import decompress

import pytest

from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from tests.visualizer.hall.rooms import shown, slide
from visualizer.exports import moment_numbers
from visualizer.hall.shown import WINDOW
from visualizer.lecture import GRANULARITIES
from visualizer.lessons import LESSONS
from visualizer.scene import chunk_of, gzipped_json, keyframes
from visualizer.writing import GIVEN_TITLE


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_the_keyframes_are_those_of_the_stage(granularity, lang):
    state = shown("mazur", granularity=granularity)
    packed_ones = state.keyframes(lang, 0)
    expected = keyframes(state.builder(lang).plan, 0)
    told = json.loads(decompress(packed_ones.packed))
    assert told["id"] == packed_ones.id
    assert told == json.loads(json.dumps(expected.data))
    body = state.body(lang, 3)
    assert body["values"] == expected.numbers(state.builder(lang).values)
    assert body["last"] == len(state.builder(lang).lecture)


def test_an_edit_keeps_the_keyframes_and_changes_the_numbers():
    one, other = shown(), shown(weight=0.5)
    assert one.keyframes("en", 0) is other.keyframes("en", 0)
    assert one.body("en", 0)["values"] != other.body("en", 0)["values"]
    assert one != other
    assert one == shown(position=5)  # a step is nothing else to show


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_position_has_words_in_each_language(example):
    state = shown(example)
    for lang in LANGUAGES:
        words = [one for window in range(state.last // WINDOW + 1) for one in state.words(lang, window)]
        assert len(words) == state.last + 1
        assert all(one["title"] and one["why"] for one in words)
        assert words[0]["title"] == GIVEN_TITLE(lang)
    assert words[1]["numbers"] == moment_numbers(state.builder(lang), 1, state.spec.view.digits)[0]


@pytest.mark.parametrize("position", [-5, 10**9])
def test_what_lies_beyond_the_ends_is_the_end(position):
    state = shown()
    assert state.words("en", position)
    assert state.keyframes("en", position).id == state.keyframes("en", chunk_of(0)).id
    assert state.body("en", max(0, position))["last"] == state.last


def test_while_the_next_value_is_asked_for_its_numbers_are_hidden():
    hidden, told = shown(asking=True).words("en", 0), shown().words("en", 0)
    assert hidden[0]["title"] == told[1]["title"]
    assert hidden[0]["worked"] == ""
    assert "0.3775" in told[1]["numbers"]
    assert "0.3775" not in hidden[0]["numbers"]


@pytest.mark.parametrize("what", ["ask", "code", "equation"])
def test_a_slide_has_its_own_words_where_it_shows_no_equation_and_only_there(what):
    stops = enumerate(LESSONS["lecture"].stops, 1)
    number, stop = next(
        (n, s) for n, s in stops if (not s.equation and not s.code if what == "equation" else getattr(s, what))
    )
    state = slide(number)
    words = [one for window in range(state.last // WINDOW + 1) for one in state.words("en", window)]
    assert words[state.position]["numbers"] == words[state.position]["title"] == ""
    assert ("<pre>" in words[state.position]["symbols"]) == bool(stop.code)
    assert all(one["title"] for at, one in enumerate(words) if at != state.position)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_question_is_of_the_next_value(example):
    state = shown(example)
    asked = state.question(0)
    assert asked is not None
    assert state.question(state.last) is None


def test_packing_is_the_same_for_the_same():
    assert gzipped_json({"a": "中"}) == gzipped_json({"a": "中"})
    assert json.loads(decompress(gzipped_json({"a": "中"}))) == {"a": "中"}

"""Questions to a room, their answers, and the verdicts."""

import pytest

from engine import InputError
from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from tests.visualizer.hall.rooms import shown
from visualizer.hall.ask import KINDS
from visualizer.state import slips

NEXT = [kind for kind in KINDS if kind != "edge"]  # those that ask for the next value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_right_answer_is_right_and_every_other_option_wrong(example, kind):
    state = shown(example)
    for position in range(state.last):
        if kind in NEXT and state.question(position) is None:
            continue
        asked = KINDS[kind].make(state, position)
        assert asked.judged(asked.right).right, (position, asked)
        assert not any(asked.judged(key).right for key in asked.options if key != asked.right)
        for lang in LANGUAGES:
            assert asked.words(lang)
            assert asked.told(lang)


def test_the_sign_is_that_of_the_value():
    state = shown("mazur")
    for position in range(state.last):
        value = state.question(position).value
        right = KINDS["sign"].make(state, position).right
        assert {"+": value > 0, "−": value < 0, "0": value == 0}[right]


def test_the_edge_has_the_largest_gradient():
    state = shown("mazur")
    asked = KINDS["edge"].make(state, 0)
    largest = max(
        (abs(state.trace.value("dW", l)[j, k]), f"W.{l}.{j + 1}.{k + 1}")
        for l in (1, 2)
        for j in range(2)
        for k in range(2)
    )
    assert asked.right == largest[1]
    assert len(asked.options) == 8


def test_a_choice_has_common_slips_which_are_named():
    state = shown("mazur")
    asked = KINDS["choice"].make(state, 0)
    assert 2 <= len(asked.options) <= 4
    assert list(asked.options) == sorted(asked.options, key=lambda text: float(text.replace("−", "-")))
    known = {words("en") for words, _ in slips(state.trace, state.question(0))}
    assert {asked.judged(key).slip("en") for key in asked.slips} <= known
    assert asked.slips


def test_a_number_is_judged_as_on_the_stage_and_says_how_far():
    asked = KINDS["number"].make(shown("mazur"), 0)  # z = 0.3775
    assert asked.judged("0.3775") == (True, None, None)
    near = asked.judged("0.378")
    assert near.right
    assert near.away("en") == "0.0005 away"
    assert not asked.judged("0.5").right
    assert "sign" in asked.judged("-0.3775").slip("en")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", ["", "?", "<b>", "1e999", "W.9.9.9", "0" * 40])
def test_what_is_no_answer_is_complained_about_or_wrong(kind, answer):
    asked = KINDS[kind].make(shown("mazur"), 0)
    try:
        verdict = asked.judged(answer)
    except InputError:
        return
    assert not verdict.right


@pytest.mark.parametrize("kind", NEXT)
def test_after_the_last_step_nothing_is_left_to_ask(kind):
    state = shown("mazur")
    with pytest.raises(InputError):
        KINDS[kind].make(state, state.last)

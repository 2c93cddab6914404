"""The worked solution: every step with every number."""

import pytest

from engine.core import LANGUAGES
from engine.settings import Model
from tests.visualizer.exports.cases import made, subject_of
from tests.visualizer.exports.test_documents import LARGE
from visualizer.exercises import given
from visualizer.exports import EXPORTS
from visualizer.exports.solution import MOST_WORKED, solution
from visualizer.writing import number


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_there_with_every_number(lang):
    subject = subject_of(Model.of_example("mazur"), lang=lang)
    blocks = list(solution(subject))
    text = "\n".join(block.text for block in blocks)
    assert sum(block.kind == "heading" for block in blocks) == 1 + len(subject.trace.steps)
    for step in subject.trace.steps:
        assert step.rule.title.format(l=step.layer)(lang) in text
    for name, l in (("delta", 1), ("dW", 1), ("dW", 2), ("W_new", 2), ("b_new", 1)):
        for value in subject.trace.value(name, l).ravel():
            assert number(value, 6).replace("−", "-").partition("e")[0] in text


def test_a_long_step_says_how_many_numbers_are_left_out():
    blocks = list(solution(subject_of(LARGE)))
    left = 30 * 12 - MOST_WORKED
    assert any(block.text.startswith(f"The other {left} numbers") for block in blocks)


def test_in_short_one_number_of_each_step_is_worked_out():
    subject = subject_of(made(1, "norm"))
    assert subject.trace.m > 1
    short, whole = list(solution(subject, most=1)), list(solution(subject))
    heads, formulas = ([block.kind for block in short].count(kind) for kind in ("heading", "formula"))
    updates = sum(block.text.startswith("Layer ") for block in short)
    assert [block for block in whole if block.kind == "heading"] == [b for b in short if b.kind == "heading"]
    assert formulas <= len(list(given(subject.trace))) + 3 * (heads - 1) + updates
    assert 2 * formulas < [block.kind for block in whole].count("formula")
    assert EXPORTS["solution_short"].make(subject).count("<math") == formulas

"""Common parts of the scripts for all libraries: no mistakes, no lost numbers, and what is said beside them."""

import ast
from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from engine.mistakes import MISTAKES
from tests.visualizer.exports.cases import CODE, DIVERGED, PLAIN, apart, executed, made, subject_of
from visualizer.exports import EXPORTS
from visualizer.exports.keras_code import VARIANCES
from visualizer.exports.script import BIASES, MASKS


@pytest.mark.parametrize("right", [PLAIN, made(1, "norm and dropout")], ids=["plain", "norm and dropout"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_purpose_is_not_handed_on(mistake, right):
    wrong = replace(right, mistakes=(mistake,))
    wrong.check()
    names, _ = executed("numpy", subject_of(wrong))
    assert apart(right.trace().value("W_new", 1), names["W1_new"]) <= 1e-14


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_a_diverged_network_is_written_too(name, lang):
    code = EXPORTS[name].make(subject_of(DIVERGED, lang=lang))
    assert "from math import inf, nan" in code
    ast.parse(code)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_what_a_library_would_do_otherwise_is_said(name, lang):
    of_norms = {BIASES, *([VARIANCES] if name == "keras" else ())}
    expected = {None: set(), "norm": of_norms, "dropout": {MASKS}, "norm and dropout": {MASKS, *of_norms}}
    for layers, notes in {**expected, "inference": set()}.items():
        code = EXPORTS[name].make(subject_of(made(0, layers), lang=lang))
        assert {
            note for note in (MASKS, BIASES, VARIANCES) if note(lang) in ast.get_docstring(ast.parse(code))
        } == notes

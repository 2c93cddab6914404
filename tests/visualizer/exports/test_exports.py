"""Every export can be made of every state, in every language; the project file opens bit for bit."""

import re
from dataclasses import replace
from itertools import cycle

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.mistakes import MISTAKES
from engine.settings import Model
from tests.pages.app import CHINESE
from tests.visualizer.exports.cases import CASES, DIVERGED, model, subject_of
from visualizer.exports import EXPORTS, GROUPS
from visualizer.state import from_file

STATES = {"mazur": Model.of_example("mazur"), "later": replace(Model.of_example("xor"), iteration=4), "nan": DIVERGED}
PLAIN_WORDS = re.compile("[a-zA-Z ,\u4e00-\u9fff]+")


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("state", STATES)
def test_every_export_of_every_state(state, name):
    for lang, step in zip(LANGUAGES, ("0", "bp3.1"), strict=True):
        assert EXPORTS[name].make(subject_of(STATES[state], lang=lang, step=step))


@pytest.mark.parametrize("name", EXPORTS)
def test_no_export_keeps_silent_about_a_mistake_that_is_made_on_purpose(name):
    """The mistake is named, or the correct numbers stand beside."""
    for lang, (key, mistake) in zip(cycle(LANGUAGES), MISTAKES.items(), strict=False):
        wrong = replace(STATES["mazur"], mistakes=(key,))
        made = EXPORTS[name].make(subject_of(wrong, lang=lang, step="bp3.1"))
        words = max(PLAIN_WORDS.findall(mistake.label(lang)), key=len)  # signs are written otherwise in TeX
        says = {"project": f'"mistakes": "{key}"'}.get(name, words)
        assert (",correct\n" if EXPORTS[name].group == "numbers" else says) in made


@pytest.mark.parametrize("name", EXPORTS)
def test_a_record_has_words_in_both_languages_and_a_file_of_its_own(name):
    record = EXPORTS[name]
    assert record.group in GROUPS
    assert CHINESE.search(record.why.zh)
    assert not CHINESE.search(record.label.en + record.why.en)
    assert [other.file for other in EXPORTS.values()].count(record.file) == 1


@pytest.mark.parametrize("case", CASES)
def test_the_project_file_opens_bit_for_bit(case):
    rng = np.random.default_rng(case)
    made = model(case)
    numbers = rng.normal(size=made.network().theta.size) * 10.0 ** rng.integers(-12, 12, made.network().theta.size)
    made = replace(made, net=tuple(numbers.tolist()), eta=float(rng.random()))
    subject = subject_of(made, step="bp4.1", granularity="neuron", lang="zh", digits=7)
    assert from_file(EXPORTS["project"].make(subject), "en") == (subject.spec, [])

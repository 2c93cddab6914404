"""The subject of an export: its place in the pass whatever the grain, and itself without mistakes."""

from dataclasses import replace

import pytest

from engine.settings import Model
from tests.visualizer.exports.cases import subject_of

MAZUR = Model.of_example("mazur")


@pytest.mark.parametrize("granularity", ["layer", "neuron", "weight"])
def test_the_address_is_that_of_the_whole_step_at_any_grain(granularity):
    addresses = []
    for position in range(len(subject_of(MAZUR, granularity=granularity).builder.lecture) + 1):
        subject = subject_of(MAZUR, granularity=granularity)
        step = subject.builder.lecture.address(position)
        addresses.append(subject_of(MAZUR, granularity=granularity, step=step).address)
    assert list(dict.fromkeys(addresses)) == ["0", *(step.address for step in MAZUR.trace().steps)]


def test_without_mistakes_it_is_itself_and_else_keeps_the_one_that_makes_them():
    plain = subject_of(MAZUR)
    assert plain.right is plain
    wrong = subject_of(replace(MAZUR, mistakes=("uphill",)), step="bp4.1")
    assert (wrong.right.spec.model, wrong.right.stage) == (MAZUR, wrong)
    assert wrong.right.address == wrong.address == "bp4.1"


@pytest.mark.parametrize(("lang", "said"), [("en", "iteration 3"), ("zh", "第 3 次迭代")])
def test_its_settings_end_with_the_iteration(lang, said):
    assert subject_of(replace(MAZUR, iteration=3), lang=lang).settings[-1] == said

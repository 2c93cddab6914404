"""Findings beside causes that are known: those put into trainings that go well, and those of the catalogue."""

from dataclasses import replace

import numpy as np
import pytest

from tests.visualizer.findings.known import named, run, scored
from tests.visualizer.findings.known_apart import apart
from tests.visualizer.findings.known_first import RECORDS
from tests.visualizer.findings.known_more import MORE
from visualizer.findings import GOOD, findings

ALL = {known.name: known for known in (*RECORDS, *MORE)}
FIRST_IS_ENOUGH = ("mistake", "overfitting", "none")  # whose truth does not show in the loss at the end


def test_the_catalogue_is_large_and_every_training_in_it_another_one():
    assert len({known.task for known in ALL.values()}) == len(ALL) >= 100
    assert len({known.cause for known in ALL.values()}) >= 18


@pytest.mark.parametrize(
    "known", [k for k in ALL.values() if k.cause not in FIRST_IS_ENOUGH], ids=lambda known: known.name
)
def test_without_its_cause_a_training_does_better(known):
    before = run(known.task).loss[-1]
    after = run(replace(known.task, **known.remedy)).loss[-1]
    assert after < 0.75 * before or (not np.isfinite(before) and np.isfinite(after))


@pytest.mark.parametrize("known", ALL.values(), ids=ALL)
def test_findings_never_contradict_each_other(known):
    found = findings(run(known.task))
    kinds, causes = {finding.kind for finding in found}, {finding.cause for finding in found}
    assert not ({"solved", "learned"} & kinds and "unlearned" in kinds)
    assert not {"solved", "learned"} <= kinds
    assert not {"slow", "stuck"} <= kinds
    assert not {"rate_small", "rate_large"} <= causes
    assert ("solved" in kinds) <= any(finding.tone == GOOD for finding in found)
    if known.cause == "none":
        assert causes == {""}


def test_of_those_kept_apart_nine_in_ten_are_named_rightly():
    some = list(apart()[::3])
    precision, recall = scored(some, {known.name: named(known) for known in some})
    assert precision >= 0.9
    assert recall >= 0.9

"""Trainings that decide: which there are, how they go on, and what they name."""

import pytest

from engine.settings import Task
from tests.visualizer.findings.known import classes, run
from visualizer.findings import findings, try_out
from visualizer.findings.tries import decide

DECIDED = {
    "minimum": Task(epochs=3000, optimizer="adam", eta=0.1),
    "small": classes("circle", (1,), optimizer="adam", eta=0.05, epochs=300),
}


@pytest.mark.parametrize("cause", DECIDED)
def test_the_trainings_name_the_cause(cause):
    trial = run(DECIDED[cause])
    *on_the_way, last = try_out(trial, findings(trial))
    shares = [each.share for each in on_the_way]
    assert shares == sorted(shares)
    assert (last.share, last.cause) == (1.0, cause)
    best = next(outcome for outcome in last.outcomes if outcome.tried.cause == cause and outcome.better)
    assert best.trial.loss[-1] < 0.6 * trial.loss[-1]
    assert best.words.en in last.verdict.en
    assert best.words.zh in last.verdict.zh


def test_where_nothing_helps_no_cause_is_named():
    words, cause = decide([])
    assert cause == ""
    assert words.en.startswith("None")

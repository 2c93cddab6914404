"""The evidence of findings: what is finite of a curve, what was wrong at the end, and since when something is so."""

from dataclasses import replace

import numpy as np
import pytest

from tests.visualizer.trials import TASKS, trial_of
from visualizer.findings.evidence import Evidence


def test_a_curve_counts_as_far_as_it_is_finite():
    trial = trial_of("diverged")
    evidence = Evidence(trial)
    assert np.isfinite(evidence.loss).all()
    assert not np.isfinite(trial.loss[len(evidence.loss) :]).any()
    assert (evidence.end, evidence.wrong, evidence.solved) == (None, None, False)


def test_wrong_samples_are_counted_against_the_targets():
    trial = trial_of("spiral")
    x, y = trial.data
    said = trial.network_at(trial.epochs).predict(x) > 0.5
    assert Evidence(trial).wrong == (said != (y > 0.5)).sum()
    assert Evidence(trial_of("sine")).wrong is None


@pytest.mark.parametrize("begins", [0, 1, 70, 120])
def test_since_when_something_holds_is_found_to_a_sixteenth_of_the_run(begins):
    trial = trial_of("spiral")
    late = {trial.network_at(epoch).theta.tobytes() for epoch in range(begins, trial.epochs + 1)}
    found = Evidence(trial).since(lambda network: network.theta.tobytes() in late)
    assert begins <= found <= begins + trial.epochs / 16 + 1


def test_of_a_run_too_long_to_look_into_it_is_the_end(monkeypatch):
    monkeypatch.setattr("visualizer.findings.evidence._MOST_WORK", 1)
    trial = trial_of("spiral")
    last = trial.network_at(trial.epochs).theta
    assert Evidence(trial).since(lambda network: np.array_equal(network.theta, last)) == trial.epochs
    assert Evidence(trial).task == replace(TASKS["spiral"])

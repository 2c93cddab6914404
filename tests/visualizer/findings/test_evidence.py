"""The evidence of findings: what is finite of a curve, what was wrong at the end, and since when something is so."""

from dataclasses import replace
from types import SimpleNamespace

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


def ended(**held):
    """The evidence of a run of which only this is known; no other property is asked for."""
    evidence = Evidence(SimpleNamespace(stopped="", epochs=3))
    for name, value in held.items():
        evidence.__dict__[name] = value  # as a cached property keeps it
    return evidence


def curve(loss, constant=1.0):
    return SimpleNamespace(loss=np.array(loss, float), low=0.04 * constant, constant=constant, last=len(loss) - 1)


END = SimpleNamespace(loss=0.5)


@pytest.mark.parametrize(
    ("loss", "wrong", "solved", "good", "learned"),
    [
        (0.5, None, False, False, False),
        (0.04, None, False, False, True),
        (0.039, None, True, True, True),
        (0.24, None, False, False, True),
        (0.25, None, False, False, False),
        (0.89, 0, True, False, True),
        (0.9, 0, False, False, True),
        (0.14, 3, False, True, True),
        (0.15, 3, False, False, True),
        (0.14, 4, False, False, True),
        (0.5, 10, False, False, True),
        (0.5, 11, False, False, False),
    ],
)
def test_how_a_run_ended_by_its_loss_and_by_how_many_of_a_hundred_are_wrong(loss, wrong, solved, good, learned):
    evidence = ended(
        end=SimpleNamespace(loss=loss), wrong=wrong, curve=curve([1.0, loss]), data=(np.zeros((100, 2)), 0)
    )
    assert (evidence.solved, evidence.good, evidence.learned) == (solved, good, learned)
    assert evidence.level == loss
    gone = ended(end=None, wrong=None, curve=curve([1.0, loss]), data=(np.zeros((100, 2)), 0))
    assert (gone.solved, gone.good, gone.learned) == (False, False, False)


def test_a_level_of_nothing_is_infinite():
    assert ended(curve=curve([], 1.0)).level == np.inf
    assert ended(curve=curve([1.0], 0.0)).level == np.inf


@pytest.mark.parametrize(("rows", "few"), [(256, 256), (257, 129), (512, 256), (513, 171), (3, 3)])
def test_the_curvature_is_measured_in_an_even_part_of_many_rows(rows, few):
    x = np.arange(rows)[:, None]
    evidence = ended(data=(x, 2 * x))
    assert [len(part) for part in evidence.few] == [few, few]
    assert len(set(np.diff(evidence.few[0][:, 0]))) == 1
    assert (evidence.few[1] == 2 * evidence.few[0]).all()


def test_samples_are_misread_where_the_largest_output_is_another_one():
    said, y = np.array([[0.2, 0.8], [0.6, 0.4], [0.9, 0.1]]), np.array([[0, 1], [0, 1], [1, 0]])
    kept = SimpleNamespace(given=SimpleNamespace(layers=(0, 0)), value=lambda name, l: said.T if l == 2 else None)
    segments = [SimpleNamespace(task=SimpleNamespace(classes=True))]
    evidence = ended(end=kept, data=(np.zeros((3, 1)), y))
    evidence.trial.segments = segments
    assert evidence.misread.tolist() == [False, True, False]
    assert (evidence.wrong, evidence.right) == (1, 1 - 1 / 3)
    said[0, 0] = np.nan
    again = ended(end=kept, data=(np.zeros((3, 1)), y))
    again.trial.segments = segments
    assert (again.wrong, again.right) == (3, 0.0)


def test_the_rate_of_an_epoch_is_that_of_the_task_it_was_trained_with():
    """Counted from 1, and a change takes effect in the epoch after."""
    asked = []

    def segment_at(epoch):
        asked.append(epoch)
        return SimpleNamespace(task=SimpleNamespace(rate=lambda number: number / 10 + epoch))

    evidence = Evidence(SimpleNamespace(stopped="", epochs=3, segment_at=segment_at))
    assert evidence.rates.tolist() == pytest.approx([0.1, 1.2, 2.3])
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(("rates", "last", "room"), [([0.5, 0.25], 2, 4.0), ([0.5, 0.25], 1, 2.0), ([0.5], 0, 2.0)])
def test_the_room_of_a_rate_is_measured_at_the_last_epoch(rates, last, room, monkeypatch):
    asked = []
    monkeypatch.setattr("visualizer.findings.evidence.limits_at", lambda trial, at: (asked.append(at), 1.0))
    evidence = ended(rates=np.array(rates), curve=curve([1.0] * (last + 1)))
    assert (evidence.room, asked) == (room, [last])


@pytest.mark.parametrize("stopped", ["diverged", ""])
def test_the_ends_are_passes_of_the_first_and_the_last_network(stopped):
    trial = trial_of("spiral")
    fake = SimpleNamespace(
        stopped=stopped, epochs=trial.epochs, data=trial.data, segments=trial.segments, network_at=trial.network_at
    )
    evidence = Evidence(fake)
    assert evidence.start.given is trial.network_at(0) or np.array_equal(
        evidence.start.given.theta, trial.network_at(0).theta
    )
    assert (evidence.end is None) == (stopped == "diverged")
    if not stopped:
        assert np.array_equal(evidence.end.given.theta, trial.network_at(trial.epochs).theta)


@pytest.mark.parametrize(
    ("samples", "size", "batch", "n", "looked"),
    [
        (100, 100, 0, 66_000, True),  # 66,000 × (10,000 + 5,000) is less than a second’s work
        (100, 100, 0, 67_000, False),
        (100, 100, 30, 33_000, True),  # four updates in an epoch
        (100, 100, 30, 34_000, False),
        (100, 100, 100, 66_000, True),
        (100, 100, 50, 50_000, True),
        (100, 100, 50, 50_001, False),
    ],
)
def test_since_when_is_looked_at_where_it_is_a_second_s_work(samples, size, batch, n, looked):
    network = SimpleNamespace(theta=np.zeros(size))
    trial = SimpleNamespace(
        network_at=lambda epoch: network if epoch < n else None,
        epochs=n,
        data=(np.zeros((samples, 1)),),
        segments=[SimpleNamespace(task=SimpleNamespace(batch=batch))],
    )
    asked = []
    assert Evidence(trial).since(lambda held: asked.append(held) or False) == n
    assert len(asked) == (5 if looked else 1)

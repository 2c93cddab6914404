"""Findings in a curve of losses, from made-up losses and from runs."""

from types import SimpleNamespace

import numpy as np

from engine import Ref
from tests.visualizer.findings.test_findings import SHOWN, found, run
from visualizer.findings import FINDINGS


def test_divergence_names_the_epoch_and_the_quantity():
    trial = run(SHOWN["diverged"][0])
    (finding,) = found(SHOWN["diverged"][0], "diverged")
    assert trial.divergence == (finding.last, ("C", 2))
    assert f"At epoch {finding.last} the cost C " in finding.words.en
    assert finding.first == trial.loss[:-1].argmin()
    assert f"lowest after epoch {finding.first} " in finding.words.en


def test_a_run_that_diverges_on_its_way_down_is_not_said_to_have_risen():
    (finding,) = FINDINGS["diverged"].find(Overflown([3.0, 2.0, 1.0]))
    assert finding.words.en == "At epoch 3 the cost C was no longer finite."
    (finding,) = FINDINGS["diverged"].find(Overflown([3.0, 1.0, 2.0]))
    assert finding.words.en.endswith("The loss was lowest after epoch 1 and has been higher ever since.")


class Overflown:
    """The evidence of a run that diverged in the epoch after these losses."""

    def __init__(self, loss):
        self.loss, self.last = np.array(loss), len(loss) - 1
        self.trial = SimpleNamespace(divergence=SimpleNamespace(epoch=len(loss), quantity=Ref("C", 2)))


class Made:
    """The evidence of a curve alone: a run with this loss, and an end unless it has diverged."""

    constant, low, solved, wrong = 1.0, 0.0, False, None

    def __init__(self, loss, end=True):
        self.loss, self.end = np.array(loss), end or None

    @property
    def last(self):
        return len(self.loss) - 1


def test_an_oscillation_goes_on_to_the_very_last_epoch():
    up_and_down = np.tile([1.0, 2.0], 50)  # it ends with a step up
    (finding,) = FINDINGS["oscillation"].find(Made(up_and_down))
    assert (finding.first, finding.last) == (0, 99)
    assert "goes up in 51% of the epochs, typically by 100%" in finding.words.en


def test_on_the_way_to_infinity_it_is_no_oscillation_beyond_the_lowest_loss():
    loss = np.concatenate((np.tile([1.0, 2.0], 50), [0.5], np.tile([4.0, 9.0], 50)))
    (finding,) = FINDINGS["oscillation"].find(Made(loss, end=False))
    assert (finding.first, finding.last) == (0, 99)


def test_a_stretch_that_stands_still_is_told_from_its_first_to_its_last_epoch():
    loss = np.concatenate((np.linspace(2, 1, 100), np.full(401, 1.0), np.linspace(0.99, 0.1, 500)))
    (finding,) = FINDINGS["plateau"].find(Made(loss))
    assert abs(finding.first - 100) <= 5
    assert abs(finding.last - 500) <= 15
    assert f"From epoch {finding.first} to {finding.last}" in finding.words.en


def test_a_run_is_slow_over_its_last_tenth():
    loss = 1 - np.arange(1001) / 2000
    (finding,) = FINDINGS["slow"].find(Made(loss))
    assert (finding.first, finding.last) == (900, 1000)
    assert "by 9.1% in the last tenth of the run, from 0.55 to 0.5" in finding.words.en


def test_the_loss_stands_still_on_a_plateau_and_falls_afterwards():
    trial = run(SHOWN["plateau"][0])
    (finding,) = found(SHOWN["plateau"][0], "plateau")
    before, after = trial.loss[finding.first], trial.loss[finding.last]
    assert finding.last - finding.first >= trial.epochs / 10
    assert 0.9 < after / before < 1
    assert trial.loss[finding.last :].min() < after / 2


def test_where_over_fitting_begins_the_held_out_loss_is_lowest():
    trial = run(SHOWN["over-fitting"][0])
    (finding,) = found(SHOWN["over-fitting"][0], "overfitting")
    assert abs(finding.first - trial.held_out_loss.argmin()) <= trial.epochs / 100
    assert trial.held_out_loss[-1] > 2 * trial.held_out_loss[finding.first]

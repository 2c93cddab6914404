"""Findings that a curve begins, beside what its run did."""

import re

import numpy as np
import pytest

from tests.visualizer.findings.known import curve
from tests.visualizer.findings.test_findings import SHOWN, found, run
from tests.visualizer.findings.test_outside import outside
from visualizer.findings import findings_outside


def test_divergence_names_the_epoch_and_the_quantity():
    trial = run(SHOWN["diverged"][0])
    (finding,) = found(SHOWN["diverged"][0], "diverged")
    assert trial.divergence == (finding.last, ("C", 2))
    assert f"At epoch {finding.last} the cost C " in finding.words.en
    assert finding.first == trial.loss[:-1].argmin()
    assert f"lowest after epoch {finding.first} " in finding.words.en


def test_a_run_that_diverges_on_its_way_down_is_not_said_to_have_risen():
    falling, risen = (findings_outside(outside([2.0, *losses, np.nan])) for losses in ((1.0, 0.5), (0.5, 1.0)))
    assert falling[0].words.en == "At epoch 3 the loss was no longer finite."
    assert risen[0].words.en.endswith("The loss was lowest after epoch 1 and has been higher ever since.")


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


@pytest.mark.parametrize("eta", [0.8, 1.5])
def test_a_rate_is_called_too_large_where_a_smaller_one_than_the_limit_does_not_swing(eta):
    named = [
        finding for finding in found(curve(eta=eta), "oscillation") + found(curve(eta=eta), "diverged") if finding.cause
    ]
    assert {finding.cause for finding in named} == {"rate_large"}
    limit = float(re.search(r"stable steps up to η = ([\d.]+)", named[0].words.en)[1])
    assert limit < eta
    assert not found(curve(eta=limit / 2), "oscillation")


def test_batches_are_called_too_small_where_all_samples_at_once_do_not_swing():
    small = curve((16,), eta=0.25, batch=2, epochs=100)
    assert {finding.cause for finding in found(small, "oscillation")} == {"batch_noise"}
    assert not found(curve((16,), eta=0.25, epochs=300), "oscillation")

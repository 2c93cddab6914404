"""Evidence of curves alone: of a run, and of a log whose held-out losses were measured elsewhere."""

import numpy as np
import pytest

from tests.visualizer.findings.test_evidence import trial_of
from visualizer.findings.curve_evidence import evidence_of
from visualizer.findings.evidence import Evidence
from visualizer.outside import Line, OutsideCurve


def test_that_of_a_run_is_its_curve():
    trial = trial_of("sine")
    curve = Evidence(trial).curve
    assert np.array_equal(curve.whole, trial.loss)
    assert curve.place(3) == ("epoch 3", "第 3 轮")
    assert not curve.diverged


def test_held_out_losses_lie_at_the_place_before_them_and_those_before_the_first_are_left_out():
    train, held = Line((), (10.0, 20.0, 30.0), (3.0, 2.0, np.nan)), Line((), (5.0, 10.0, 29.0), (9.0, 8.0, 7.0))
    curve = evidence_of(OutsideCurve("a", train, held))
    assert (curve.held_at.tolist(), curve.held_out.tolist()) == ([0, 1], [8.0, 7.0])
    assert (curve.last, curve.diverged, curve.constant) == (1, True, 3.0)
    assert curve.place(1) == ("update 20", "第 20 次更新")


@pytest.mark.parametrize(("last", "good"), [(0.1, True), (0.9, False)])
def test_a_loss_is_small_beside_the_one_it_began_with(last, good):
    assert evidence_of(OutsideCurve("a", Line((0.0, 1.0), (), (10.0, last)))).good is good

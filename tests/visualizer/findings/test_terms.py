"""Findings about penalty, clipping, schedule and mistakes, recomputed from the run."""

import re

import numpy as np
import pytest

from engine.passes import trace
from tests.visualizer.findings.known import classes, curve, run
from tests.visualizer.findings.test_findings import found


def test_the_pull_of_a_penalty_is_as_long_as_is_told():
    task = classes(eta=0.2, regularizer="l2", strength=0.05, epochs=1000)
    (finding,) = found(task, "penalty")
    end = run(task).network_at(1000)
    data = trace(end, *run(task).data, task.loss)
    pull = np.concatenate([0.05 * layer.W.ravel() for layer in end.layers])
    dW = np.concatenate([data.value("dW", l).ravel() for l in (1, 2)])
    ratio, cosine = (
        float(n.replace("−", "-"))
        for n in re.search(r"is ([\d.]+) times .* \(cosine (\S+)\)", finding.words.en).groups()
    )
    assert ratio == pytest.approx(np.linalg.norm(pull) / np.linalg.norm(dW), rel=0.06)
    assert cosine == pytest.approx(pull @ dW / np.linalg.norm(pull) / np.linalg.norm(dW), abs=0.06)
    penalty = 0.05 * sum(0.5 * (layer.W**2).sum() for layer in end.layers)
    assert float(re.search(r"([\d.]+)% of the whole", finding.words.en)[1]) == pytest.approx(
        100 * penalty / (penalty + data.loss), rel=0.06
    )


def test_without_penalty_clipping_schedule_or_mistake_nothing_is_said_of_them():
    for kind in ("penalty", "clip", "schedule", "mistake"):
        assert not found(curve(eta=0.1), kind)


def test_a_clip_that_no_gradient_reaches_is_not_blamed():
    assert found(curve(clip="norm", clip_at=0.005), "clip")
    assert not found(curve(clip="norm", clip_at=1e6), "clip")


def test_the_rates_that_a_schedule_leaves_are_told():
    task = classes(schedule="exponential", epochs=1500)
    (finding,) = found(task, "schedule")
    rates = [float(n) for n in re.search(r"from ([\d.]+) to ([\d.]+)\.", finding.words.en).groups()]
    assert rates == pytest.approx([task.rate(1), task.rate(1500)], rel=0.06)


def test_uphill_points_the_other_way():
    (finding,) = found(classes().with_options(mistakes=("uphill",)), "mistake")
    assert "180°" in finding.words.en
    assert "1 times as long" in finding.words.en

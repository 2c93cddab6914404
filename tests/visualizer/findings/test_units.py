"""Findings about units: dead and saturated ones, counted again in a trace."""

import re

import numpy as np
import pytest

from engine import ACTIVATIONS
from engine.passes import trace
from tests.visualizer.findings.test_findings import SHOWN, found, run


@pytest.mark.parametrize("name", ["dead", "a dead output"])
def test_dead_units_are_dead_since_then(name):
    trial = run(SHOWN[name][0])
    (finding,) = found(SHOWN[name][0], "dead")
    layer, count, of = map(int, re.search(r"layer (\d+): (\d+) of (\d+)", finding.words.en).groups())
    for epoch in (finding.first, trial.epochs):
        a = trace(trial.network_at(epoch), *trial.data, "squared_error").value("a", layer)
        assert ((a == 0).all(axis=1).sum(), len(a)) == (count, of)


@pytest.mark.parametrize("name", ["saturated", "saturated by long steps"])
def test_saturated_units_have_next_to_no_slope(name):
    trial = run(SHOWN[name][0])
    for finding in found(SHOWN[name][0], "saturated"):
        layer, count = map(int, re.search(r"layer (\d+): (\d+)", finding.words.en).groups())
        f = ACTIVATIONS[trial.task.activations[layer - 1]]
        slopes = f.df(trace(trial.network_at(trial.epochs), *trial.data, trial.task.loss).value("z", layer))
        assert ((slopes < 0.05 * f.df(np.zeros(1))).mean(axis=1) > 0.9).sum() == count

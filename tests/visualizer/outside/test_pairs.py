"""Losses among the series of a log, and remarks on what is left out of them."""

import numpy as np
import pytest

from engine.data import UPDATE, Series
from visualizer.outside import curves_of, pairs, usual_series
from visualizer.outside.curve import MOST_KEPT


def series(*names, count=3):
    return [Series(name, {UPDATE: np.arange(float(count))}, np.ones(count)) for name in names]


@pytest.mark.parametrize(
    ("names", "usual"),
    [
        (("loss", "accuracy", "lr"), ["loss"]),
        (("Value",), ["Value"]),
        (("1",), ["1"]),
        (("损失", "准确率"), ["损失"]),
        (("accuracy", "lr"), ["accuracy", "lr"]),
    ],
)
def test_the_losses_are_meant_else_all(names, usual):
    assert usual_series(series(*names)) == usual


def test_only_what_is_chosen_becomes_a_curve_and_a_single_point_is_none():
    assert [curve.name for curve in curves_of(series("a", "b"), ["b"])[0]] == ["b"]
    assert curves_of(series("a", count=1), ["a"])[0] == []


def test_each_of_many_curves_has_its_own_held_out_one(monkeypatch):
    asked = []
    monkeypatch.setattr(pairs, "_stem", lambda name: asked.append(name) or name.removeprefix("val_"))
    many = [name for i in range(300) for name in (f"val_loss{i}", f"loss{i}")]
    curves, _ = curves_of(series(*many), many)
    assert len(curves) == 300
    assert all(curve.held for curve in curves)
    assert len(asked) == len(many)  # not each with each: a log may have a thousand


def test_what_is_left_out_is_said():
    _, (said,) = curves_of(series("loss", count=MOST_KEPT + 5), ["loss"])
    assert str(MOST_KEPT + 5) in said.en
    assert str(MOST_KEPT + 5) in said.zh

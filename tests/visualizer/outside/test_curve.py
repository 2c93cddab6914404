"""Curves from outside as values: kept exactly, thinned honestly, and read back from links and files."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine import InputError, read_log
from engine.data import EPOCH, UPDATE, Series
from visualizer.outside import Line, OutsideCurve, curves_of, outside_from, outside_to
from visualizer.outside.curve import MOST_KEPT, line_of

CURVES = [
    OutsideCurve("both", Line((0.0, 0.0, 1.0), (9.0, 19.0, 29.0), (0.1, 1 / 3, np.inf)), Line((), (19.0,), (0.6,))),
    OutsideCurve("", Line((1.0, 2.0), (), (0.5, 1e-300))),
    OutsideCurve("损失", Line((), (-5.0, 1e6), (-2.5, 3.0))),
]


@pytest.mark.parametrize("curve", [*CURVES, replace(CURVES[0], hidden=True)])
def test_a_curve_reads_back_as_it_was(curve):
    assert outside_from(json.loads(json.dumps(outside_to(curve)))) == curve


@pytest.mark.parametrize(
    "written",
    [
        None,
        {"name": "a"},
        {"name": 1, "train": {}},
        {"name": "a", "train": {"values": "1 2"}},
        {"name": "a", "train": {"epochs": "1", "values": "1 2"}},
        {"name": "a", "train": {"epochs": "2 1", "values": "1 2"}},
        {"name": "a", "train": {"epochs": "1 nan", "values": "1 2"}},
        {"name": "a", "train": {"epochs": "1 x", "values": "1 2"}},
        {"name": "a", "train": {"epochs": [1, 2], "values": "1 2"}},
        {"name": "a", "train": {"epochs": "1 " * 10**5, "values": "1 " * 10**5}},
    ],
)
def test_what_is_no_curve_is_refused(written):
    with pytest.raises(InputError, match="external curves: cannot be read"):
        outside_from(written)


def test_of_many_points_the_extremes_and_the_divergence_are_kept():
    values = np.random.default_rng(0).normal(size=50_000)
    values[40_000:] = np.nan
    line, thinned = line_of(Series("a", {UPDATE: np.arange(50_000.0)}, values))
    assert thinned
    assert len(line.values) <= MOST_KEPT + 1
    assert (min(line.values[:-2]), max(line.values[:-2])) == (np.nanmin(values), np.nanmax(values))
    assert 40_000 in line.updates
    assert all(values[int(x)] == y or np.isnan(y) for x, y in zip(line.updates, line.values, strict=True))


def test_the_axis_is_that_on_which_a_place_is_one_point():
    assert [curve.axis for curve in CURVES] == [UPDATE, EPOCH, UPDATE]


LOGS = {
    "Keras": (b"epoch,loss,val_loss\n0,1,2\n1,1,2\n", [("f \xb7 loss", True)]),
    "Lightning": (b"epoch,step,train_loss,val_loss\n0,1,1,\n0,2,1,\n0,2,,2\n1,4,,2\n", [("f \xb7 train_loss", True)]),
    "slashes": (b"step,loss/train,loss/val\n0,1,2\n1,1,2\n", [("f \xb7 loss/train", True)]),
    "words in front": (b"step,train/loss,eval/loss\n0,1,2\n1,1,2\n", [("f \xb7 train/loss", True)]),
    "two runs": (b"Step,a - loss,b - loss\n0,1,2\n1,1,2\n", [("f \xb7 a - loss", False), ("f \xb7 b - loss", False)]),
    "held out alone": (b"epoch,val_loss\n0,1\n1,1\n", [("f \xb7 val_loss", False)]),
    "test beside validation": (
        b"epoch,loss,val_loss,test_loss\n0,1,2,3\n1,1,2,3\n",
        [("f \xb7 loss", True), ("f \xb7 test_loss", False)],
    ),
    "numbers": (b"1\n2\n", [("f", False)]),
    "a latent variable": (
        b"epoch,interval_loss,loss\n0,1,2\n1,1,2\n",
        [("f \xb7 interval_loss", False), ("f \xb7 loss", False)],
    ),
}


@pytest.mark.parametrize(("data", "expected"), LOGS.values(), ids=LOGS)
def test_held_out_losses_lie_with_those_of_their_training(data, expected):
    series = read_log(data).series
    curves, said = curves_of(series, [each.name for each in series], "f")
    assert [(curve.name, curve.held is not None) for curve in curves] == expected
    assert said == []


@pytest.mark.parametrize(("length", "kept"), [(80, 80), (81, 80)])
def test_a_name_has_eighty_characters(length, kept):
    assert len(outside_from({"name": "x" * length, "train": {"epochs": "1 2", "values": "1 2"}}).name) == kept

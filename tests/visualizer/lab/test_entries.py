"""Runs and curves from outside in one workspace: each has a colour of its own, and comes back."""

import pytest

from engine import InputError
from tests.visualizer.labs import SHORT, finish
from tests.visualizer.outside.test_curve import CURVES
from visualizer.lab import Lab
from visualizer.outside import MOST_CURVES


def test_no_colour_is_given_twice_and_each_entry_is_known_by_its_own():
    lab = Lab(SHORT)
    lab.add_outside(CURVES[:2])
    lab.play()
    finish(lab)
    lab.add_outside(CURVES[2:])
    now = lab.snapshot()
    colours = [each.colour for each in (*now.runs, *now.outside)]
    assert len(set(colours)) == len(colours) == 4
    assert all(curve.colour < 0 for curve in now.outside)
    lab.alter(now.outside[1].colour, name="mine", hidden=True)
    assert [(curve.name, curve.hidden) for curve in lab.snapshot().outside][1] == ("mine", True)
    assert [run.name for run in lab.snapshot().runs] == [""]


def test_a_removed_curve_comes_back_where_it_was_and_its_colour_is_not_given_away():
    lab = Lab()
    lab.add_outside(CURVES)
    before = lab.snapshot().outside
    lab.remove(before[0].colour)
    assert lab.snapshot().outside == before[1:]
    lab.bring_back()
    assert lab.snapshot().outside == before
    lab.remove(before[2].colour)
    lab.add_outside(CURVES[:1])
    lab.bring_back()
    assert len({curve.colour for curve in lab.snapshot().outside}) == 4


def test_there_is_room_for_so_many():
    lab = Lab()
    lab.add_outside(CURVES[:1] * MOST_CURVES)
    with pytest.raises(InputError, match="too many external curves"):
        lab.add_outside(CURVES[:1])
    assert len(lab.snapshot().outside) == MOST_CURVES
    lab.remove(lab.snapshot().outside[0].colour)
    lab.add_outside(CURVES[:1])
    with pytest.raises(InputError, match="too many external curves"):
        lab.bring_back()

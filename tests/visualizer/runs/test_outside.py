"""External curves in the figure: marked, on the axes of their logs, with no way to a network."""

import numpy as np
import pytest

from tests.visualizer.outside.test_curve import CURVES
from visualizer.outside import Line, OutsideCurve
from visualizer.runs import AXES, Look, curves_figure, outside_labels

LONG = OutsideCurve("![x](y) $z$", Line(tuple(map(float, range(5000))), (), tuple(np.linspace(1, 0, 5000))), colour=-1)


def traces(figure):
    return [trace for trace in figure.data if trace.mode == "lines+markers" and trace.customdata is None]


@pytest.mark.parametrize("axis", AXES)
def test_a_line_is_drawn_where_its_log_has_the_axis(axis):
    drawn = traces(curves_figure([], "en", look=Look(axis=axis), outside=CURVES))
    lines = [line for curve in CURVES for line in curve.lines if line.along(axis)]
    assert [list(trace.x) for trace in drawn] == [list(line.along(axis)) for line in lines]
    for trace, line in zip(drawn, lines, strict=True):
        finite = np.isfinite(line.values)
        assert np.array_equal(np.array(trace.y, float)[finite], np.array(line.values)[finite])


def test_they_are_drawn_beside_losses_only_and_hidden_ones_not_at_all():
    hidden = OutsideCurve("a", LONG.train, hidden=True)
    assert traces(curves_figure([], "en", look=Look("rate"), outside=[LONG])) == []
    assert traces(curves_figure([], "en", outside=[hidden])) == []


def test_a_log_axis_ends_below_the_smallest_and_the_horizontal_one_beyond_the_last():
    figure = curves_figure([], "en", look=Look(log=True), outside=[LONG])
    (trace,) = traces(figure)
    assert min(trace.y) > 0
    assert max(trace.x) == 4999
    assert len(trace.x) <= 800


def test_names_say_where_they_come_from_and_are_no_markup():
    (trace,) = traces(curves_figure([], "zh", outside=[LONG]))
    assert "（外部）" in trace.name
    assert len(set(outside_labels([LONG, LONG], "en"))) == 2
    assert all("external" in name for name in outside_labels(CURVES, "en"))

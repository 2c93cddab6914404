import pytest

from visualizer.runs import cost_figure
from visualizer.writing import palette


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_curve_holds_every_cost_and_marks_the_present_one(lang):
    curve, now = cost_figure((0.5, 0.25, 0.125), lang).data
    assert (list(curve.x), list(curve.y)) == ([1, 2, 3], [0.5, 0.25, 0.125])
    assert (list(now.x), list(now.y), now.marker.color) == ([3], [0.125], palette.WRITE)


@pytest.mark.parametrize("count", [1, 2, 6, 7, 100])
def test_no_iteration_stands_twice_below_the_axis(count):
    axis = cost_figure([1.0] * count, "en").layout.xaxis
    assert (axis.dtick or (count - 1) / axis.nticks) >= 1
    assert axis.tickformat == "d"


def test_the_axes_speak_the_language():
    titles = {lang: cost_figure((1.0,), lang).layout.xaxis.title.text for lang in ("en", "zh")}
    assert titles == {"en": "iteration", "zh": "迭代"}


def test_the_curve_is_thin_the_mark_is_seen_and_the_axis_begins_at_nothing():
    figure = cost_figure((0.5, 0.25), "en")
    curve, now = figure.data
    assert (curve.line.width, now.mode, now.marker.size) == (2, "markers", 11)
    assert (figure.layout.yaxis.rangemode, figure.layout.yaxis.nticks) == ("tozero", 4)
    assert figure.layout.height == 150

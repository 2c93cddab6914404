import pytest

from visualizer import palette
from visualizer.loss_figure import cost_figure


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_curve_holds_every_cost_and_marks_the_present_one(lang):
    curve, now = cost_figure((0.5, 0.25, 0.125), lang).data
    assert (list(curve.x), list(curve.y)) == ([1, 2, 3], [0.5, 0.25, 0.125])
    assert (list(now.x), list(now.y), now.marker.color) == ([3], [0.125], palette.WRITE)


def test_the_axes_speak_the_language():
    titles = {lang: cost_figure((1.0,), lang).layout.xaxis.title.text for lang in ("en", "zh")}
    assert titles == {"en": "iteration", "zh": "迭代"}

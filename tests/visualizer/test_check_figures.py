import numpy as np
import pytest

from engine.demon import all_nudges, costs, nudge
from engine.gradcheck import STEP
from engine.model import Model
from engine.text import LANGUAGES
from visualizer.check_figures import costs_figure, demon_figure, demons_figure, step_size_figure

MAZUR = Model.of_example("mazur").trace()
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@every_language
def test_the_tangent_touches_the_curve_at_no_nudge(lang):
    at, told = np.linspace(-1, 1, 21), nudge(MAZUR, 2, 0, 0.5)
    figure = demon_figure(at, costs(MAZUR, 2, 0, at), MAZUR.loss, told, 0.5, lang)
    true, tangent, real, predicted = figure.data
    assert true.y[10] == pytest.approx(tangent.y[10]) == pytest.approx(MAZUR.loss)
    assert real.y[0] == pytest.approx(true.y[15])
    assert predicted.y[0] == pytest.approx(tangent.y[15])


def test_every_demon_has_two_bars():
    nudges = all_nudges(MAZUR, 0.5, 60)
    predicted, real = demons_figure(nudges, "en").data
    assert list(predicted.x) == ["z¹₁", "z¹₂", "z²₁", "z²₂"]
    assert list(real.y) == [told.change for told in nudges]
    assert list(predicted.y) == [told.delta * 0.5 for told in nudges]


def test_the_step_that_is_used_is_marked_on_the_logarithmic_axis():
    steps = [1e-8, 1e-5, 1e-2]
    figure = step_size_figure(steps, np.array([[1e-4, 1e-6], [1e-9, 0.0], [1e-3, 1e-5]]), "zh")
    worst, median = figure.data
    assert list(worst.y) == [1e-4, 1e-9, 1e-3]
    assert min(median.y) > 0
    assert figure.layout.shapes[0].x0 == STEP
    assert figure.layout.annotations[0].x == pytest.approx(np.log10(STEP))


@every_language
def test_costs_are_drawn_from_the_first_iteration(lang):
    right, wrong = costs_figure([3.0, 2.0], [3.0, 4.0], lang).data
    assert (list(right.x), list(right.y), list(wrong.y)) == ([1, 2], [3.0, 2.0], [3.0, 4.0])
    assert right.line.dash != wrong.line.dash

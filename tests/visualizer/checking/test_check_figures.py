import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.passes import STEP, all_nudges, costs, nudge
from engine.settings import Model
from visualizer.checking import costs_figure, demon_figure, demons_figure, step_size_figure
from visualizer.writing import palette

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
    assert list(right.x) == list(wrong.x) == [1, 2]
    assert (list(right.y), list(wrong.y)) == ([3.0, 2.0], [3.0, 4.0])
    assert right.line.dash != wrong.line.dash


def test_what_grows_on_either_side_of_the_step_is_written_there():
    figure = step_size_figure([1e-8, 1e-5], np.full((2, 3), 1e-6), "en")
    used, rounding, truncation = figure.layout.annotations
    assert (rounding.text, rounding.x, rounding.xanchor) == ("rounding", 0.02, "left")
    assert (truncation.text, truncation.x, truncation.xanchor) == ("truncation", 0.98, "right")
    assert {note.y for note in (rounding, truncation)} == {0.02}
    assert (used.y, used.yref) == (1, "paper")
    worst, median = figure.data
    assert [(line.line.color, line.line.dash) for line in (worst, median)] == [
        (palette.WRONG, "solid"),
        (palette.RIGHT, "dash"),
    ]
    assert {line.line.width for line in (worst, median)} == {2.5}
    assert list(worst.x) == list(median.x) == [1e-8, 1e-5]


def test_no_error_is_lower_than_a_number_can_tell():
    worst, median = step_size_figure([1e-8], np.array([[0.0, 1e-20, 1e-3]]), "en").data
    assert (worst.y[0], median.y[0]) == (1e-3, 1e-17)


def test_the_demon_s_curve_has_room_and_both_changes_stand_at_the_nudge():
    at, told = np.linspace(-1, 1, 21), nudge(MAZUR, 2, 0, 0.5)
    found = costs(MAZUR, 2, 0, at)
    figure = demon_figure(at, found, MAZUR.loss, told, 0.5, "en")
    *_, real, predicted = figure.data
    assert list(real.x) == list(predicted.x) == [0.5]
    assert (real.y[0], predicted.y[0]) == (MAZUR.loss + told.change, MAZUR.loss + told.predicted)
    assert {(dot.marker.size, dot.marker.symbol) for dot in (real, predicted)} == {(12, "circle"), (12, "diamond")}
    span = found.max() - found.min()
    assert list(figure.layout.yaxis.range) == pytest.approx([found.min() - span / 4, found.max() + span / 4])
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (0, 0)
    assert figure.layout.xaxis.title.text == "Δz²₁"
    flat = demon_figure([0.0, 1.0], np.array([2.0, 2.0]), 2.0, told, 0.5, "en").layout.yaxis.range
    assert list(flat) == [1.5, 2.5]
    nothing = demon_figure([0.0, 1.0], np.zeros(2), 0.0, told, 0.5, "en").layout.yaxis.range
    assert list(nothing) == [-0.25, 0.25]


def test_bars_are_told_apart_without_their_colours():
    predicted, real = demons_figure(all_nudges(MAZUR, 0.5, 60), "en").data
    assert (predicted.marker.pattern.shape, real.marker.pattern.shape) == ("/", "")
    assert predicted.marker.color != real.marker.color

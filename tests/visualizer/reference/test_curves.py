import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, SCHEDULES
from engine.core import LANGUAGES
from visualizer.reference.curves import (
    FLAT,
    activation_curves,
    activation_figure,
    flat_regions,
    loss_figure,
    schedule_figure,
)
from visualizer.writing import palette


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_drawn_is_that_of_the_curve(name):
    z, value, slope = activation_curves(ACTIVATIONS[name])
    inside = np.abs(z[1:-1]) > 2 * (z[1] - z[0])  # not across a kink
    assert np.allclose(np.gradient(value, z)[1:-1][inside], slope[1:-1][inside], atol=2e-3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_shaded_regions_are_flat_and_no_long_flat_part_is_left_out(name):
    z, _, slope = activation_curves(ACTIVATIONS[name])
    flat = np.abs(slope) < FLAT * np.abs(slope).max()
    shaded = np.zeros_like(flat)
    for start, end in flat_regions(ACTIVATIONS[name]):
        shaded |= (z >= start) & (z <= end)
    assert not (shaded & ~flat).any()
    assert (flat & ~shaded).sum() * (z[1] - z[0]) < 0.7


@pytest.mark.parametrize(("name", "count"), [("linear", 0), ("sigmoid", 2), ("tanh", 2), ("relu", 1), ("elu", 1)])
def test_saturation_is_where_it_is_known_to_be(name, count):
    regions = flat_regions(ACTIVATIONS[name])
    assert len(regions) == count
    if name == "sigmoid":
        assert regions[1][0] == pytest.approx(-regions[0][1])
        assert regions[1][0] == pytest.approx(4.36, abs=0.03)  # where σ′ = 1/80
    if name == "relu":
        assert regions[0][1] == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*ACTIVATIONS, *LOSSES])
def test_a_figure_has_two_curves_in_colours_of_the_palette(name, lang):
    made = activation_figure(ACTIVATIONS[name], lang) if name in ACTIVATIONS else loss_figure(LOSSES[name], lang)
    lines = [trace for trace in made.data if trace.mode != "markers"]
    assert [line.line.color for line in lines] == [palette.READ, palette.WRITE]
    assert all(np.isfinite(np.array(line.y, dtype=float)).sum() > 150 for line in lines)
    shaded = [shape for shape in made.layout.shapes if shape.fillcolor == palette.ZERO]
    assert len(shaded) == (len(flat_regions(ACTIVATIONS[name])) if name in ACTIVATIONS else 0)


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_is_drawn_over_a_whole_training(name):
    (line,) = schedule_figure(SCHEDULES[name], "en").data
    T = len(line.x)
    assert line.y[0] == SCHEDULES[name].factor(0, T)
    assert line.y[-1] == SCHEDULES[name].factor(T - 1, T)

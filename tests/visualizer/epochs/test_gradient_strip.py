from dataclasses import replace

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.passes import trace
from engine.studies import RunDriver, limits_at, stable_below
from tests.visualizer.trials import trial_of
from visualizer.epochs import HEIGHT, deep, edge_figure, gradient_figure
from visualizer.epochs.gradient_strip import gradient_norms
from visualizer.experiments import EXPERIMENTS
from visualizer.writing import palette


def run(kind, layers=6, **settings):
    training = RunDriver(deep(kind, layers, epochs=40, **settings))
    while training.advance(1.0):
        pass
    return training.trial


@pytest.fixture(scope="module")
def sigmoids():
    return run("sigmoid")


def test_the_norms_are_those_of_each_layer_at_each_epoch(sigmoids):
    epochs, norms = gradient_norms(sigmoids)
    assert epochs[0] == 0
    assert epochs[-1] == 40
    assert norms.shape == (6, len(epochs))
    x, y = sigmoids.data
    kept = trace(sigmoids.network_at(epochs[3]), x, y, sigmoids.task.loss)
    for l in (1, 6):
        parts = [kept.value(name, l).ravel() for name in ("dW", "db")]
        assert norms[l - 1, 3] == pytest.approx(np.linalg.norm(np.concatenate(parts)), rel=1e-12)


def test_sigmoids_fade_towards_the_first_layer_and_normalized_ones_do_not(sigmoids):
    faded = gradient_norms(sigmoids)[1][:, 0]
    assert (np.diff(faded) > 0).all()
    assert faded[0] < 1e-2 * faded[-1]
    normed = gradient_norms(run("batch_norm"))[1][:, 0]
    assert normed[0] > 0.1 * normed[-1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strip_has_a_row_for_each_layer_and_the_lines_their_names(sigmoids, lang):
    figure = gradient_figure(sigmoids, 7, lang)
    strip, *lines = figure.data
    assert np.shape(strip.z) == (6, len(strip.x))
    assert [line.name for line in lines] == [f"layer {l}" if lang == "en" else f"第 {l} 层" for l in range(1, 7)]
    assert figure.layout.yaxis2.type == "log"
    assert figure.layout.shapes[0].x0 == 7
    np.testing.assert_allclose(10 ** np.array(strip.z, float), [line.y for line in lines])


def test_a_layer_without_gradient_has_a_gap_for_it():
    training = RunDriver(replace(EXPERIMENTS["symmetry"].tasks[0], epochs=10))
    while training.advance(1.0):
        pass
    first, last = gradient_norms(training.trial)[1]
    assert np.isnan(first).all()
    assert np.isfinite(last).any()
    gradient_figure(training.trial, 0, "en")


def test_strip_and_lines_lie_one_below_the_other_over_the_same_epochs(sigmoids):
    figure = gradient_figure(sigmoids, 7, "en")
    layout = figure.layout
    strip, *lines = figure.data
    (low, top), (bottom, high) = layout.yaxis.domain, layout.yaxis2.domain
    assert (top, bottom) == (1, 0)
    assert 0.1 < low - high < 0.2  # room for the title between
    assert (1 - low) * (layout.height - 120) == pytest.approx(0.86 * 22 * 6)  # so many pixels for each layer
    assert layout.height == 22 * 6 + HEIGHT // 2 + 120
    assert list(layout.xaxis.range) == list(layout.xaxis2.range) == [-0.4, 40.4]
    assert not any(axis.zeroline for axis in (layout.xaxis, layout.xaxis2, layout.yaxis))
    assert (list(layout.yaxis.range), layout.yaxis.dtick) == ([0.5, 6.5], 1)
    assert (strip.xaxis, strip.yaxis) == ("x", "y")
    assert list(strip.y) == [1, 2, 3, 4, 5, 6]
    assert list(strip.x) == list(lines[0].x)
    assert (strip.x[0], strip.x[-1]) == (0, 40)
    assert [(line.xaxis, line.yaxis, line.line.width, line.line.color) for line in lines] == [
        ("x2", "y2", 2, colour) for colour in palette.SERIES[:6]
    ]


def test_the_line_at_the_epoch_goes_through_both(sigmoids):
    (mark,) = gradient_figure(sigmoids, 7, "en").layout.shapes
    assert (mark.x0, mark.x1, mark.y0, mark.y1, mark.yref) == (7, 7, 0, 1, "paper")
    assert (mark.line.color, mark.line.width) == (palette.WRITE, 1.5)


def test_the_scale_has_at_most_five_whole_decades_that_hold_all(sigmoids):
    strip = gradient_figure(sigmoids, 7, "en").data[0]
    ticks = list(strip.colorbar.tickvals)
    powers = np.array(strip.z, float)
    assert ticks[0] == np.floor(powers.min())
    assert ticks[-1] > powers.max() - (ticks[1] - ticks[0])
    assert len(ticks) <= 5
    assert set(np.diff(ticks)) <= {1, 2, 3}
    assert list(strip.colorbar.ticktext) == [f"10<sup>{tick}</sup>" for tick in ticks]
    assert [list(stop) for stop in strip.colorscale] == palette.SCALE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sharpness_stands_beside_the_limit_of_the_rate_in_force(lang):
    trial = trial_of("sine")
    found, limit = edge_figure(trial, 3, lang).data
    assert found.x[0] == 0
    assert found.x[-1] == trial.epochs
    for epoch, sharp, most in zip(found.x, found.y, limit.y, strict=True):
        rate = trial.task.rate(epoch + 1)
        assert most == pytest.approx(stable_below(trial.task.optimizer) / rate)
        assert sharp == pytest.approx(limits_at(trial, epoch)[0])


def test_runs_that_stand_beside_each_other_have_the_same_colours_and_the_same_axis():
    pair = trial_of("spiral"), trial_of("sine")
    figures = [gradient_figure(trial, 0, "en", pair) for trial in pair]
    scales = [(figure.data[0].zmin, figure.data[0].zmax, figure.layout.yaxis2.range) for figure in figures]
    assert scales[0] == scales[1]
    for figure in figures:
        known = figure.data[0].z[np.isfinite(figure.data[0].z)]
        assert figure.data[0].zmin <= known.min() < known.max() <= figure.data[0].zmax

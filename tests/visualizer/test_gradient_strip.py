from dataclasses import replace

import numpy as np
import pytest

from engine import trace
from engine.text import LANGUAGES
from engine.trial import Training
from visualizer.experiments import EXPERIMENTS
from visualizer.gradient_strip import gradient_figure, gradient_norms
from visualizer.vanishing import deep


def run(kind, layers=6, **settings):
    training = Training(deep(kind, layers, epochs=40, **settings))
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
    training = Training(replace(EXPERIMENTS["symmetry"].tasks[0], epochs=10))
    while training.advance(1.0):
        pass
    first, last = gradient_norms(training.trial)[1]
    assert np.isnan(first).all()
    assert np.isfinite(last).any()
    gradient_figure(training.trial, 0, "en")

import numpy as np
import pytest

from tests.visualizer.trials import TASKS, trial_of
from visualizer.fits import (
    GRID,
    KINDS,
    LINE_POINTS,
    MOST_DRAWN,
    axis_of,
    kind_of,
    looked_at,
    parts_of,
    scatter_range,
    surface,
)

WANTED = {
    "spiral": "surface",
    "softmax": "surface",
    "sine": "curve",
    "table": "scatter",
    "digits": "classes",
    "long": "surface",
}


@pytest.mark.parametrize("name", WANTED)
def test_the_kind_of_picture_follows_the_data(name):
    assert kind_of(trial_of(name)) == WANTED[name]


@pytest.mark.parametrize("points", [GRID, 40])
@pytest.mark.parametrize("name", ["spiral", "softmax", "long"])
def test_the_surface_is_what_the_network_says_there(name, points):
    trial = trial_of(name)
    network = trial.network_at(7)
    heights, first, second = (surface(trial, network, points), *(axis_of(trial, i, points) for i in (0, 1)))
    for i, j in [(0, 0), (3, 20), (points - 1, 5), (17, points - 1)]:
        said = network.predict([first[j], second[i]])
        assert heights[i, j] == pytest.approx(said[-1] - (said[0] if len(said) == 2 else 0), abs=1e-12)


@pytest.mark.parametrize("name", TASKS)
def test_the_axes_hold_all_samples(name):
    trial = trial_of(name)
    axes = KINDS[kind_of(trial)].axes(trial, "en")
    for drawn in KINDS[kind_of(trial)].data(trial, "en"):
        for side in "xy":
            low, high = axes[f"{side}axis"]["range"]
            values = np.asarray(drawn[side])
            assert low <= values.min()
            assert values.max() <= high


def test_the_fitted_curve_is_what_the_network_says():
    trial = trial_of("sine")
    network = trial.network_at(20)
    (curve,) = KINDS["curve"].network(trial, network, "en")
    assert len(curve["x"]) == LINE_POINTS
    np.testing.assert_allclose(curve["y"], [network.predict([x])[0] for x in curve["x"]], atol=1e-12)


def test_every_sample_is_drawn_once_and_held_out_ones_are_hollow():
    trial = trial_of("spiral")
    drawn = KINDS["surface"].data(trial, "en")
    hollow = sum(len(d["x"]) for d in drawn if d["marker"]["symbol"].endswith("open"))
    assert (hollow, sum(len(d["x"]) for d in drawn)) == (len(trial.held_out[0]), 200)
    shapes = {d["name"]: (d["marker"]["symbol"], d["marker"]["color"]) for d in drawn}
    assert len(set(shapes.values())) == len(shapes) == 4


def test_outputs_stand_over_their_targets():
    trial = trial_of("table")
    network = trial.network_at(10)
    (drawn,) = KINDS["scatter"].network(trial, network, "en")
    x, y = trial.data
    np.testing.assert_allclose(drawn["x"], y[:, 0])
    np.testing.assert_allclose(drawn["y"], network.predict(x)[:, 0])
    (line,) = KINDS["scatter"].data(trial, "en")
    assert list(line["x"]) == list(line["y"]) == scatter_range(trial)


def test_a_class_shows_the_mean_outputs_for_it():
    trial = trial_of("digits")
    network = trial.network_at(8)
    (drawn,) = KINDS["classes"].network(trial, network, "en")
    x, y = trial.held_out
    outputs, is_three = network.predict(x), y[:, 3] == 1
    np.testing.assert_allclose(drawn["z"][3], outputs[is_three].mean(axis=0), rtol=1e-9)


def test_of_many_samples_some_are_drawn():
    class Many:
        data, held_out = (np.zeros((9000, 2)), np.zeros((9000, 1))), (np.ones((1000, 2)), np.ones((1000, 1)))

    assert 0.5 * MOST_DRAWN < sum(len(x) for x, _, _ in parts_of(Many)) <= MOST_DRAWN


@pytest.mark.parametrize(("count", "kept"), [(300, 300), (10_000, 10_000), (10_001, 3334), (60_000, 4000)])
def test_of_a_very_large_set_an_even_part_is_looked_at(count, kept):
    x, y = looked_at((np.arange(count), np.arange(count)))
    assert len(x) == len(y) == kept
    assert len(set(np.diff(x))) == 1

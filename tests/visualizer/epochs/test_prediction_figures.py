import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.settings import OWN, Task
from tests.visualizer.trials import TASKS, run, trial_of
from visualizer.epochs import looked_at, moment_figure
from visualizer.epochs.prediction_figures import (
    GRID,
    KINDS,
    LINE_POINTS,
    MOST_DRAWN,
    axis_of,
    kind_of,
    parts_of,
    scale_of,
    scatter_range,
    surface,
)
from visualizer.writing import palette
from visualizer.writing.palette import SERIES

BARE = "\n".join(",".join(str((i * k) % 7) for k in range(1, 7)) for i in range(1, 12))
MANY = "\n".join(["a,b,c,p,q,r,s,t", *(",".join(str((i * k) % 7) for k in range(1, 9)) for i in range(1, 12))])
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
    assert shapes["class 0"] == ("circle", palette.NEGATIVE)
    assert shapes["class 1, validation"] == ("square-open", palette.POSITIVE)
    names = {d["name"]: d for d in drawn}
    x, y = trial.data
    np.testing.assert_array_equal(names["class 1"]["x"], x[y[:, 0] == 1][:, 0])


def test_outputs_stand_over_their_targets():
    trial = trial_of("table")
    network = trial.network_at(10)
    (drawn,) = KINDS["scatter"].network(trial, network, "en")
    x, y = trial.data
    np.testing.assert_allclose(drawn["x"], y[:, 0])
    np.testing.assert_allclose(drawn["y"], network.predict(x)[:, 0])
    assert (drawn["name"], drawn["marker"]["symbol"], drawn["marker"]["color"]) == (
        f"output {trial.task.target_names[0]}",
        "circle",
        SERIES[0],
    )
    (line,) = KINDS["scatter"].data(trial, "en")
    assert list(line["x"]) == list(line["y"]) == scatter_range(trial)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("rows", "targets", "names"), [(MANY, "p,q,r,s,t", "pqrst"), (BARE, "2,3,4,5,6", "12345")])
def test_outputs_have_the_names_of_their_columns_else_numbers_each_with_its_symbol_and_colour(
    rows, targets, names, lang
):
    trial = run(Task(OWN, rows=rows, targets=targets, hidden=(), activations=("linear",), loss="mse", epochs=1))
    drawn = KINDS["scatter"].network(trial, trial.network_at(1), lang)
    words = {"en": "output {}", "zh": "输出 {}"}[lang]
    assert [trace["name"] for trace in drawn] == [words.format(name) for name in names]
    assert [trace["marker"]["color"] for trace in drawn] == list(SERIES[:5])
    symbols = ["circle", "square", "diamond", "triangle-up", "circle"]
    assert [trace["marker"]["symbol"] for trace in drawn] == symbols
    for i, trace in enumerate(drawn):
        np.testing.assert_array_equal(trace["x"], trial.data[1][:, i])
        np.testing.assert_allclose(trace["y"], trial.network_at(1).predict(trial.data[0])[:, i])


@pytest.mark.parametrize(("ends", "edge"), [((0.0, 10.0), 0.8), ((-3.0, -3.0), 1.0)])
def test_the_network_is_asked_a_little_beyond_the_samples(ends, edge):
    class Two:
        data, held_out = (np.array([[ends[0]], [ends[1]]]), np.zeros((2, 1))), None

    places = axis_of(Two, 0, 5)
    assert len(places) == 5
    assert (places[0], places[-1]) == (ends[0] - edge, ends[1] + edge)
    assert np.ptp(np.diff(places)) < 1e-12


def test_the_scale_of_a_surface_has_the_decision_in_its_middle():
    spiral, softmax = trial_of("spiral"), trial_of("softmax")
    assert scale_of(spiral) == (0, 1)
    assert scale_of(softmax) == (-1, 1)
    for trial, middle in ((spiral, 0.5), (softmax, 0.0)):
        (field,) = KINDS["surface"].network(trial, trial.network_at(3), "en")
        contours = field["contours"]
        assert contours["start"] == contours["end"] == middle
        assert (field["zmin"], field["zmax"]) == scale_of(trial)


def test_ranges_are_a_little_wider_than_the_targets():
    trial = trial_of("table")
    y = trial.data[1]
    assert scatter_range(trial) == pytest.approx([y.min() - 0.15 * np.ptp(y), y.max() + 0.15 * np.ptp(y)])
    sine = trial_of("sine")
    y = np.concatenate([rows for _, rows, _ in parts_of(sine)])
    heights = KINDS["curve"].axes(sine, "en")["yaxis"]["range"]
    assert heights == pytest.approx([y.min() - 0.25 * np.ptp(y), y.max() + 0.25 * np.ptp(y)])


def test_classes_have_cells_of_their_own_and_the_first_is_at_the_top():
    axes = KINDS["classes"].axes(trial_of("digits"), "en")
    assert (axes["xaxis"]["range"], axes["yaxis"]["range"]) == ([-0.5, 9.5], [9.5, -0.5])
    assert axes["xaxis"]["ticktext"] == axes["yaxis"]["ticktext"] == list("0123456789")
    (cells,) = KINDS["classes"].network(trial_of("digits"), trial_of("digits").network_at(0), "en")
    assert cells["x"] == cells["y"] == list(range(10))


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


def test_inputs_of_other_units_fill_the_plane():
    trial = trial_of("spiral")
    axes = KINDS["surface"].axes(trial, "en")
    assert [axis["range"] for axis in axes.values()] == [axis_of(trial, i)[[0, -1]].tolist() for i in (0, 1)]
    assert all("scaleanchor" not in axis for axis in axes.values())


def test_a_legend_has_one_entry_for_all_hollow_samples():
    for name in ("spiral", "sine", "table"):
        trial = trial_of(name)
        listed = [trace.name for trace in moment_figure(trial, 10, "en").data if trace.showlegend is not False]
        assert len(listed) == len(set(listed))
        assert [called for called in listed if "validation" in called] == ["hollow: validation"] * bool(trial.held_out)

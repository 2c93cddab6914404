import json

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.passes import trace
from tests.visualizer.trials import TASKS, trial_of
from visualizer.epochs import key_epochs, run_animation_figure
from visualizer.epochs.prediction_figures import KINDS, axis_of, kind_of, scale_of
from visualizer.epochs.run_animation import MOST_FRAMES, decades
from visualizer.writing import palette

NAMES = [*TASKS, "changed"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("most", [5, MOST_FRAMES])
def test_key_epochs_rise_from_the_first_to_the_last(name, most):
    trial = trial_of(name)
    epochs = key_epochs(trial, most)
    assert epochs == sorted(set(epochs))
    assert (epochs[0], epochs[-1]) == (0, trial.epochs)
    assert len(epochs) == min(most, trial.epochs + 1) or 0.5 * most < len(epochs) <= most


def test_they_are_denser_where_the_loss_changes():
    trial = type(trial_of("long"))(trial_of("long").segments)
    trial.__dict__["loss"] = np.where(np.arange(3001) < 1500, 1.0, np.exp(-np.maximum(0, np.arange(3001) - 1500) / 100))
    epochs = np.array(key_epochs(trial))
    assert (epochs > 1500).sum() > 1.5 * (epochs < 1500).sum()


@pytest.mark.parametrize("name", NAMES)
def test_the_networks_of_the_key_epochs_are_exact(name):
    trial = trial_of(name)
    epochs = key_epochs(trial)
    for epoch, network in list(zip(epochs, trial.networks_at(epochs), strict=True))[::7]:
        np.testing.assert_array_equal(network.theta, trial.network_at(epoch).theta)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_frame_has_its_step_and_changes_what_moves(name, lang):
    figure = run_animation_figure(trial_of(name), lang)
    assert [frame.name for frame in figure.frames] == [step.label for step in figure.layout.sliders[0].steps]
    assert [frame.name for frame in figure.frames] == [str(epoch) for epoch in key_epochs(trial_of(name))]
    for frame in figure.frames:
        assert len(frame.traces) == len(frame.data) < len(figure.data)
        for place, data in zip(frame.traces, frame.data, strict=True):
            assert figure.data[place].type == data.type
    json.loads(figure.to_json())


@pytest.mark.parametrize("name", ["spiral", "sine", "table"])
def test_a_frame_shows_the_network_loss_and_gradients_of_its_epoch(name):
    trial = trial_of(name)
    for frame in run_animation_figure(trial, "en").frames[:: MOST_FRAMES // 4]:
        epoch = int(frame.name)
        network = trial.network_at(epoch)
        fit, *_, loss, norms = frame.data
        _check_fit(trial, network, fit)
        assert (list(loss.x), loss.y[0]) == ([epoch], trial.loss[epoch])
        kept = trace(network, *trial.data, trial.task.loss)
        for l, norm in enumerate(norms.y, 1):
            squares = sum((kept.value(part, l) ** 2).sum() for part in ("dW", "db"))
            assert norm == pytest.approx(squares**0.5, rel=1e-9)


def _check_fit(trial, network, fit):
    kind = kind_of(trial)
    if kind == "surface":
        low, high = scale_of(trial)
        said = network.predict([[axis_of(trial, 0, 40)[7], axis_of(trial, 1, 40)[31]]])[0, 0]
        assert low + (high - low) * fit.z[31][7] / 200 == pytest.approx(said, abs=0.003)
    elif kind == "classes":
        (drawn,) = KINDS[kind].network(trial, network, "en")
        np.testing.assert_allclose(fit.z, drawn["z"])
    else:
        rows = np.asarray(fit.x)[:, None] if kind == "curve" else trial.data[0]
        np.testing.assert_allclose(fit.y, network.predict(rows)[:, 0], rtol=1e-4, atol=1e-4)


def test_sixty_frames_of_a_surface_are_light():
    assert len(run_animation_figure(trial_of("spiral"), "en").to_json()) < 300_000


def test_heat_maps_are_redrawn_and_curves_need_not_be():
    for name, redraw in (("spiral", True), ("sine", False)):
        layout = run_animation_figure(trial_of(name), "en").layout
        assert layout.updatemenus[0].buttons[0].args[1]["frame"]["redraw"] == redraw


@pytest.mark.parametrize("name", ["spiral", "sine"])
def test_three_pictures_stand_side_by_side_and_everything_on_its_own(name):
    trial = trial_of(name)
    figure = run_animation_figure(trial, "en")
    layout = figure.layout
    domains = [layout.xaxis.domain, layout.xaxis2.domain, layout.xaxis3.domain]
    assert domains == [(0, 0.28), (0.36, 0.65), (0.73, 1)]
    assert [note.text for note in layout.annotations] == [
        "loss C",
        "the network's output for the data",
        "gradient norm ‖∇C‖ of each layer",
    ]
    assert [note.x for note in layout.annotations] == [0, 0.36, 0.73]
    wide = [-0.02 * trial.epochs, 1.02 * trial.epochs]
    assert list(layout.xaxis.range) == list(layout.xaxis3.range) == pytest.approx(wide)
    *_, loss, norms = figure.data
    assert (loss.xaxis, norms.xaxis, loss.marker.size, norms.marker.size) == ("x", "x3", 11, 9)
    layers = len(trial.network_at(0).layers)
    lines = [trace for trace in figure.data if trace.xaxis == "x3" and trace.mode == "lines"]
    assert [line.name for line in lines] == [f"layer {l}" for l in range(1, layers + 1)]
    colours = list(palette.SERIES[:layers])
    assert [line.line.color for line in lines] == list(norms.marker.color) == colours
    assert {line.line.width for line in lines} == {2}
    assert figure.data[0].xaxis == "x2"


def test_the_surface_lies_over_its_two_inputs_in_two_hundred_shades():
    trial = trial_of("spiral")
    heat = run_animation_figure(trial, "en").data[0]
    for places, column in ((heat.x, 0), (heat.y, 1)):
        np.testing.assert_array_equal(places, axis_of(trial, column, 40))
    assert heat.x[0] != heat.y[0]
    assert (heat.zmin, heat.zmax) == (0, 200)


@pytest.mark.parametrize("name", ["spiral", "sine"])
def test_the_figure_stands_at_the_last_epoch_until_it_plays(name):
    trial = trial_of(name)
    figure = run_animation_figure(trial, "en")
    slider = figure.layout.sliders[0]
    assert slider.active == len(slider.steps) - 1
    assert slider.steps[-1].label == str(trial.epochs)
    *_, loss, norms = figure.data
    assert list(loss.x) == [trial.epochs]
    assert set(norms.x) == {trial.epochs}
    last = figure.frames[-1].data
    for place, moved in zip(figure.frames[-1].traces, last, strict=True):
        drawn = figure.data[place]
        np.testing.assert_equal(
            np.array(drawn.z if "z" in moved else drawn.y), np.array(moved.z if "z" in moved else moved.y)
        )


@pytest.mark.parametrize(
    ("values", "ticks"), [((1.0, 20.0), {"nticks": 5}), ((1.0, 20.1), {"dtick": 1}), ((), {"nticks": 5})]
)
def test_a_log_axis_of_more_than_a_decade_has_its_ticks_at_decades(values, ticks):
    assert decades(np.array([*values, np.nan, -1.0])) == {"type": "log", "exponentformat": "power"} | ticks

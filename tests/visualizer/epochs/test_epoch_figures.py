import json
from itertools import combinations

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.passes import trace
from engine.settings import Task
from tests.visualizer.trials import TASKS, run, trial_of
from visualizer.epochs import epoch_figures, layers_figure, moment_figure, weights_figure
from visualizer.epochs.epoch_figures import MOST_TRACED, gradient_norm, trace_at, update_ratio
from visualizer.writing import palette

FIGURES = [moment_figure, layers_figure, weights_figure]


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*TASKS, "changed"])
def test_every_trial_can_be_seen_at_its_first_and_last_epoch(name, lang, draw):
    trial = trial_of(name)
    for epoch in (0, trial.epochs):
        figure = draw(trial, epoch, lang)
        json.loads(figure.to_json())
        assert figure.layout.height
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


def test_a_network_that_is_not_finite_is_said_to_be():
    trial = type(trial_of("spiral"))(trial_of("spiral").segments)
    broken = trial.network_at(0).with_theta(np.full_like(trial.network_at(0).theta, np.nan))
    assert not moment_figure(trial, 0, "en").layout.annotations
    trial.__dict__["network_at"] = lambda epoch: broken
    assert "no longer finite" in moment_figure(trial, 0, "en").layout.annotations[0].text


@pytest.mark.parametrize("epoch", [0, 10, 50, 51, 120])
def test_gradients_and_updates_are_those_of_the_next_step(epoch):
    trial = trial_of("changed")
    task = trial.segment_at(epoch).task
    wanted = trace(trial.network_at(epoch), *trial.data, task.loss, task.optimizer, task.eta, trial.state_at(epoch))
    norms, ratios, *_ = layers_figure(trial, epoch, "en").data
    for l in (1, 2, 3):
        gradient = np.concatenate([wanted.value(name, l).ravel() for name in ("dW", "db")])
        assert norms.y[l - 1] == pytest.approx(np.sqrt((gradient**2).sum()), rel=1e-12)
        before, after = wanted.value("W", l), wanted.value("W_new", l)
        change = np.sqrt(((after - before) ** 2).sum() / (before**2).sum())
        assert ratios.y[l - 1] == pytest.approx(change, rel=1e-12)
    assert task.eta == (0.01 if epoch < 50 else 0.1)


def test_the_update_of_a_full_batch_is_the_step_that_was_taken():
    trial = trial_of("spiral")
    kept = trace_at(trial, 30)
    np.testing.assert_allclose(kept.network.theta, trial.network_at(31).theta, rtol=1e-12)
    assert gradient_norm(kept, 1) > 0
    assert update_ratio(kept, 1) > 0


def test_the_histograms_count_every_activation():
    trial = trial_of("spiral")
    network, (x, y) = trial.network_at(40), trial.data
    kept = trace(network, x, y, trial.task.loss)
    _, _, *spread = layers_figure(trial, 40, "en").data
    for l, drawn in enumerate(spread, 1):
        a = kept.value("a", l)
        assert sum(drawn.y) == a.size
        low, high = drawn.x[0] - drawn.width / 2, drawn.x[-1] + drawn.width / 2
        assert (low, high) == pytest.approx((a.min(), a.max()))


def place_of(figure, trace):
    """The part of the figure that a trace has: from where to where, from the left and from below."""
    axes = [figure.layout[f"{side}axis{getattr(trace, f'{side}axis')[1:]}"] for side in "xy"]
    return tuple(tuple(axis.domain) for axis in axes)


DEEP = Task("moons", 40, hidden=(2,) * 5, activations=(*["tanh"] * 5, "sigmoid"), epochs=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_stands_in_its_panel_under_its_title_four_in_a_row(lang):
    figure = layers_figure(run(DEEP), 1, lang)
    titles = [(note.text, note.x, note.y) for note in figure.layout.annotations]
    names = [f"activations of layer {l}" if lang == "en" else f"第 {l} 层的激活值" for l in range(1, 7)]
    assert [title for title, _, _ in titles[2:]] == names
    places = [place_of(figure, trace) for trace in figure.data]
    assert [(x[0], y[1]) for x, y in places] == [(x, y) for _, x, y in titles]
    assert [x[0] for x, _ in places] == [0, 0.5, 0, 0.25, 0.5, 0.75, 0, 0.25]
    tops = [y[1] for _, y in places]
    assert tops == pytest.approx([1 - 0.02] * 2 + [2 / 3 - 0.02] * 4 + [1 / 3 - 0.02] * 2)
    for (left, right), (low, high) in places:
        assert left < right
        assert -1e-9 < low < high
    for one, other in combinations(places, 2):
        assert any(one[side][1] < other[side][0] or other[side][1] < one[side][0] for side in (0, 1))


def test_a_layer_has_the_same_colour_and_number_in_all_pictures():
    norms, ratios, *spread = layers_figure(run(DEEP), 1, "en").data
    assert list(norms.x) == list(ratios.x) == [1, 2, 3, 4, 5, 6]
    assert list(norms.marker.color) == list(ratios.marker.color) == list(palette.SERIES[:6])
    assert [trace.marker.color for trace in spread] == list(palette.SERIES[:6])
    layout = layers_figure(run(DEEP), 1, "en").layout
    assert list(layout.xaxis.range) == list(layout.xaxis2.range) == [0.5, 6.5]
    for axis, values in ((layout.yaxis, norms.y), (layout.yaxis2, ratios.y)):
        low, high = axis.range
        assert low + 0.1 == pytest.approx(np.floor(np.log10(min(values))))
        assert high - 0.1 == pytest.approx(max(np.ceil(np.log10(max(values))), np.floor(np.log10(min(values))) + 1))


def test_the_graph_has_the_weights_of_the_epoch():
    trial = trial_of("sine")
    texts = {text for drawn in weights_figure(trial, 20, "en").data if drawn.mode == "text" for text in drawn.text}
    W = trial.network_at(20).layers[1].W
    assert {f"{weight:.3g}".replace("-", "−") for weight in W.ravel()} <= texts


def test_the_graph_shows_the_same_units_at_every_epoch():
    trial = trial_of("long")
    hovers = [
        [text.split("=")[0] for drawn in weights_figure(trial, epoch, "en").data for text in drawn.hovertext or ()]
        for epoch in (0, 3000)
    ]
    assert hovers[0] == hovers[1]


def test_a_trace_has_a_bounded_number_of_samples():
    assert trace_at(trial_of("spiral"), 0).m == len(trial_of("spiral").data[0]) <= MOST_TRACED


@pytest.mark.parametrize("name", TASKS)
def test_every_layer_has_a_tick_below_its_sizes(name):
    trial = trial_of(name)
    layers = len(trial.network_at(0).layers)
    axis = layers_figure(trial, trial.epochs, "en").layout.xaxis
    assert (axis.dtick, axis.zeroline, list(axis.range)) == (1, False, [0.5, layers + 0.5])


@pytest.mark.parametrize("values", [[1e20, 1e20], [np.inf, 1e17]])
def test_activations_that_floats_cannot_part_are_one_bar(values):
    bars = epoch_figures._histogram(np.array([values]), 1)
    assert list(bars["y"]) == [np.isfinite(values).sum()]
    assert np.isfinite(bars["x"]).all()
    assert bars["width"] > 0

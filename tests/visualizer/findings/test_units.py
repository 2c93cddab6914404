"""Findings about units: dead and saturated ones, counted again in a trace."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from engine import ACTIVATIONS, Dense, Network
from engine.passes import trace
from tests.visualizer.findings.known import classes
from tests.visualizer.findings.test_findings import SHOWN, found, run
from visualizer.findings import units


@pytest.mark.parametrize("name", ["dead", "a dead output"])
def test_dead_units_are_dead_since_then(name):
    trial = run(SHOWN[name][0])
    (finding,) = found(SHOWN[name][0], "dead")
    layer, count, of = map(int, re.search(r"layer (\d+): (\d+) of (\d+)", finding.words.en).groups())
    for epoch in (finding.first, trial.epochs):
        a = trace(trial.network_at(epoch), *trial.data, "squared_error").value("a", layer)
        assert ((a == 0).all(axis=1).sum(), len(a)) == (count, of)


@pytest.mark.parametrize("name", ["saturated", "saturated by long steps"])
def test_saturated_units_have_next_to_no_slope(name):
    trial = run(SHOWN[name][0])
    for finding in found(SHOWN[name][0], "saturated"):
        layer, count = map(int, re.search(r"layer (\d+): (\d+)", finding.words.en).groups())
        f = ACTIVATIONS[trial.task.activations[layer - 1]]
        slopes = f.df(trace(trial.network_at(trial.epochs), *trial.data, trial.task.loss).value("z", layer))
        assert ((slopes < 0.05 * f.df(np.zeros(1))).mean(axis=1) > 0.9).sum() == count


def passed(W, b, f, X=((-1.0,), (1.0,)), loss="squared_error", after=1):
    """A pass of a layer with these weights and a linear one behind it."""
    behind = (Dense(np.ones((1, len(W))), [0.0], "linear"),) * after
    net = Network((Dense(np.reshape(W, (len(W), -1)).astype(float), np.array(b, float), f), *behind))
    return trace(net, X, np.zeros((len(X), net.architecture.sizes[-1])), loss)


def test_a_unit_is_dead_that_is_0_and_flat_for_every_sample():
    kept = passed([1, 1, 0, -1], [-1.5, -0.5, 0, -1], "relu")
    assert units._dead(kept, 1).tolist() == [True, False, True, True]
    assert not units._dead(passed([0], [0], "tanh"), 1).any()  # 0 with a slope
    assert not units._dead(passed([0], [0], "linear"), 1).any()
    assert not units._dead(passed([0, 0], [0, 0], "softmax"), 1).any()


def test_a_unit_is_saturated_that_is_flat_for_nine_samples_of_ten():
    """Of tanh, the slope at 2.2 is just below a twentieth of that at 0, at 2.15 above."""
    X = [[1.0]] * 9 + [[0.0]]
    kept = passed([2.2, 2.15, -2.2, 0], [0, 0, 0, 0], "tanh", X)
    assert units._saturated(kept, 1).tolist() == [True, False, True, False]
    assert not units._saturated(passed([2.2], [0], "tanh", [*X, [0.0]]), 1).any()  # nine of eleven


def test_a_slope_that_the_loss_cancels_saturates_nothing():
    far = ((30.0,), (40.0,))
    for loss, expected in (("squared_error", True), ("binary_cross_entropy", False)):
        assert units._saturated(passed([1], [0], "sigmoid", far, loss, after=0), 1).all() == expected
    hidden = Network((Dense([[1.0]], [0.0], "sigmoid"), Dense([[1.0]], [0.0], "sigmoid")))
    assert units._saturated(trace(hidden, far, [[0.0], [1.0]], "binary_cross_entropy"), 1).all()


@pytest.mark.parametrize(
    ("name", "largest"),
    [
        ("sigmoid", 0.25),
        ("tanh", 1.0),
        ("relu", 0.0),
        ("softplus", 0.0),
        ("linear", 0.0),
        ("elu", 0.0),
        ("softmax", 0.0),
    ],
)
def test_the_steepest_slope_is_that_of_what_is_flat_on_both_sides(name, largest):
    assert units._steepest(name) == pytest.approx(largest, rel=1e-12)


def looked_into(end, start=None, good=False, since=0, **settings):
    return SimpleNamespace(
        end=end,
        start=start or end,
        good=good,
        solved=False,
        last=9,
        task=classes(**settings),
        since=lambda holds: since,
    )


@pytest.mark.parametrize(
    ("dead", "good", "since", "said", "cause"),
    [
        (2, False, 0, "in layer 1: 2 of 4, from the beginning.", "dead"),
        (2, False, 5, "in layer 1: 2 of 4, since epoch 5 at the latest.", "dead"),
        (2, True, 0, "2 of 4", ""),
        (1, False, 0, "1 of 4", ""),
    ],
)
def test_units_are_to_blame_where_they_are_half_of_their_layer(dead, good, since, said, cause):
    kept = passed([0.0] * 4, [-1.0] * dead + [1.0] * (4 - dead), "relu")
    (finding,) = units.dead(looked_into(kept, good=good, since=since))
    assert said in finding.words.en
    assert (finding.first, finding.last, finding.cause, finding.tone == "alarm") == (since, 9, cause, bool(cause))


@pytest.mark.parametrize(("many", "good", "told"), [(2, False, True), (1, False, False), (2, True, False)])
def test_units_that_were_many_at_the_start_and_have_come_free_are_told(many, good, told):
    free, before = (passed([0.0] * 4, [-1.0] * n + [1.0] * (4 - n), "relu") for n in (0, many))
    findings = list(units.dead(looked_into(free, before, good)))
    assert [(one.first, one.last, one.cause) for one in findings] == [(0, 9, "dead")] * told
    assert all(f"layer 1: {many} of 4 at the start." in one.words.en for one in findings)


def test_the_trainings_that_decide_take_an_eighth_of_the_rate_and_weights_that_suit():
    rate, drawn = units._afresh(looked_into(None, eta=0.8, init="normal"), "dead")
    assert rate.task.eta == pytest.approx(0.1)
    assert drawn.task.init == "xavier_uniform"
    assert len(units._afresh(looked_into(None), "dead")) == 1  # they suit already
    assert len(units._afresh(looked_into(None, hidden=(1,), net=(0.1,) * 5), "dead")) == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([[1, 2], [1, 2]], True),
        ([[1, 2], [1, 2 + 1e-9]], True),
        ([[1, 2], [1, 2 + 1e-8]], False),
        ([[-5, 2], [-5, 2]], True),
        ([[1, 2]], False),
    ],
)
def test_a_layer_is_alike_whose_units_are_all_equal_up_to_rounding(rows, told):
    kept = passed(rows, [0.5] * len(rows), "tanh", ((1.0, 0.0),))
    findings = list(units.alike(looked_into(kept)))
    assert [one.words.en[:41] for one in findings] == ["All 2 neurons of layer 1 have identical we"[:41]] * told
    assert [one.cause for one in units.alike(looked_into(kept, good=True))] == [""] * told


def deep(first, layers=3, level=1.0, good=False, causes=()):
    """A run whose first layer gets a share of the gradient of the last one."""
    net = Network((Dense([[1.0]], [0.0], "linear"),) * layers)
    start = trace(net, [[1.0]], [[0.0]], "squared_error")
    norms = {1: first, layers: 2.0}
    evidence = looked_into(start, good=good, hidden=(1,) * (layers - 1), f="tanh")
    evidence.level, evidence.causes, evidence.norms = level, set(causes), norms
    return evidence


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"first": 0.02}, True),
        ({"first": 0.021}, False),
        ({"first": 0.02, "layers": 2}, False),
        ({"first": 0.02, "layers": 4}, True),
        ({"first": 0.02, "level": 0.9}, True),
        ({"first": 0.02, "level": 0.89}, False),
        ({"first": 0.02, "good": True}, False),
        ({"first": 0.02, "causes": ["alike"]}, False),
        ({"first": 0.02, "causes": ["dead"]}, True),
    ],
    ids=str,
)
def test_the_error_vanishes_that_leaves_a_hundredth_to_the_first_of_three_layers(given, told, monkeypatch):
    evidence = deep(**given)
    monkeypatch.setattr(units, "gradient_norm", lambda kept, l: evidence.norms[l])
    findings = list(units.vanishing(evidence))
    assert [one.cause for one in findings] == ["vanishing"] * told
    for one in findings:
        assert f"layer 1 is 0.01 times as long as that of layer {given.get('layers', 3)}" in one.words.en
        assert one.tries[0].task.activations == ("relu",) * (given.get("layers", 3) - 1) + ("sigmoid",)


def test_no_error_at_all_is_none_that_vanishes(monkeypatch):
    monkeypatch.setattr(units, "gradient_norm", lambda kept, l: 0.0)
    assert not list(units.vanishing(deep(0.0)))


@pytest.mark.parametrize(
    ("wrong", "given", "told"),
    [
        (1, {}, "10%"),
        (2, {}, "20%"),
        (0, {}, None),
        (2, {"good": True}, None),
        (2, {"loss": "binary_cross_entropy"}, None),
        (2, {"causes": {"mistake"}}, None),
    ],
)
def test_an_output_is_flat_on_the_wrong_side_for_a_tenth_of_the_samples(wrong, given, told):
    z, y = np.full((10, 1), 5.0), np.ones((10, 1))
    y[:wrong] = 0.0
    loss = given.get("loss", "squared_error")
    evidence = looked_into(
        trace(Network((Dense([[1.0]], [0.0], "sigmoid"),)), z, y, loss), good=given.get("good", False), loss=loss
    )
    evidence.data, evidence.causes = (z, y), given.get("causes", set())
    findings = list(units.flat_output(evidence))
    assert [one.words.en.partition(" ")[0] for one in findings] == [told] * (told is not None)
    assert all(one.tries[0].task.loss == "binary_cross_entropy" for one in findings)

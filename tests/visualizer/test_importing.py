"""Weights on the stage: with the activations that were chosen, the samples that fit, and every number exactly."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, InputError, Network
from engine.model import Model
from engine.weights.stack import Part, Weights
from visualizer.importing import opened, proposed
from visualizer.saved import from_file, to_file

MAZUR = Model.of_example("mazur")


def weights_of(net, **more):
    parts = (Part(f"{l}", layer.W, layer.b[:, 0]) for l, layer in enumerate(net.layers))
    return Weights(tuple(parts), **more)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_number_gets_on_the_stage_and_through_a_file(dtype):
    net = Network.random((2, 3, 2), ("tanh", "softmax"), seed=4).astype(dtype)
    made = proposed("net.npz", weights_of(net)).with_activation(0, "tanh").with_activation(1, "softmax")
    spec = opened(made, MAZUR, "zh")
    assert np.array_equal(spec.model.network().theta, net.theta.astype(float))
    assert (spec.model.x, spec.model.y, spec.view.lang) == (MAZUR.x, MAZUR.y, "zh")
    assert len(spec.model.trace().steps) == 12
    assert from_file(to_file(spec), "en") == (spec, [])
    assert np.abs(spec.model.trace().value("a", 2)[:, 0] - net.predict(MAZUR.x[0])).max() <= 1e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_loss_goes_with_the_output(name):
    made = proposed("net.npz", weights_of(Network.random((2, 2), ("tanh",), seed=1))).with_activation(0, name)
    assert made.loss in made.losses
    assert set(made.losses) == {n for n, r in LOSSES.items() if not r.matched or r.matched.activation == name}
    opened(made, MAZUR, "en").model.check()


def test_what_the_file_tells_is_proposed():
    net = Network.random((3, 4, 1), ("tanh", "tanh"), seed=4)
    told = Weights(
        tuple(Part("", layer.W, None, f) for layer, f in zip(net.layers, ("elu", "sigmoid"), strict=True)), "mse"
    )
    made = proposed("net", told)
    assert (made.activations, made.loss) == (("elu", "sigmoid"), "mse")
    model = opened(made, MAZUR, "en").model
    assert not model.train_bias
    assert (len(model.x[0]), len(model.y[0])) == (3, 1)


def test_turned_matrices():
    net = Network.random((2, 2, 2), ("relu", "linear"), seed=4)
    made = proposed("net", weights_of(net, either_way=True))
    model = opened(replace(made, turned=True), MAZUR, "en").model
    assert np.array_equal(model.network().layers[0].W, net.layers[0].W.T)


def test_what_the_stage_cannot_take_is_said():
    with pytest.raises(InputError, match="at most 250000 parameters"):
        proposed("net", weights_of(Network.random((1000, 1000), ("relu",))))
    first, second = weights_of(Network.random((2, 2, 2), ("relu", "relu"))).parts
    with pytest.raises(InputError, match="only some of the layers"):
        proposed("net", Weights((first._replace(b=None), second)))
    made = proposed("net", weights_of(Network.random((2, 2), ("relu",)).with_weight(1, 0, 0, float("1e300"))))
    opened(made, MAZUR, "en")

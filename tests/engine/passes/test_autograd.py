from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import ACTIVATIONS, LOSSES, REGULARIZERS, InputError
from engine.core import NOWHERE
from engine.examples import EXAMPLES
from engine.passes import has_torch, torch_gradient, trace
from engine.program import program
from engine.settings import Model
from tests.engine.oracles import ALLOWED, draw_case, in_torch

PAIRS = [(output, loss) for output, loss in ALLOWED if output in in_torch(ACTIVATIONS) and loss in in_torch(LOSSES)]


@pytest.fixture(scope="module", autouse=True)
def _torch():
    pytest.importorskip("torch", reason="PyTorch is what is asked here")


def gradient(t):
    layers = range(1, len(t.given.layers) + 1)
    return np.concatenate([np.hstack((t.value("dW", l), t.value("db", l))).ravel() for l in layers])


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_pytorch_finds_the_same_gradient(output, loss):
    t = trace(*draw_case(np.random.default_rng(3), output, loss, hidden=in_torch(ACTIVATIONS)), loss)
    assert_allclose(torch_gradient(t), gradient(t), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("example", EXAMPLES)
def test_also_for_every_example(example):
    t = Model.of_example(example).trace()
    assert_allclose(torch_gradient(t), gradient(t), rtol=1e-9, atol=1e-12)


def test_it_is_known_to_be_there():
    assert has_torch()


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("dropout", [0.0, 0.5])
def test_also_through_norms_and_dropout(training, dropout):
    model = Model.drawn((3, 4, 2), ("tanh", "softmax"), "normal", 2).with_settings(batch_norm=True, dropout=dropout)
    t = model.with_settings(training=training).trace()
    assert len(t.gradient) == 4 * 4 + 2 * 5 + 2 * 4
    assert_allclose(torch_gradient(t), t.gradient, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("regularizer", REGULARIZERS)
def test_also_with_a_penalty(regularizer):
    model = Model.drawn((3, 4, 2), ("tanh", "sigmoid"), "normal", 2)
    t = model.with_settings(regularizer=regularizer, strength=0.3).trace()
    assert_allclose(torch_gradient(t), t.gradient, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("registry", "name"), [(ACTIVATIONS, "tanh"), (LOSSES, "quadratic"), (REGULARIZERS, "l2")])
def test_what_pytorch_does_not_have_is_told(registry, name, monkeypatch):
    monkeypatch.setitem(registry, name, replace(registry[name], elsewhere=NOWHERE))
    monkeypatch.setattr(program, "_cached", program.Program)  # those that are kept have the whole record
    model = Model.drawn((2, 2, 1), ("tanh", "sigmoid"), "normal", 2).with_settings(regularizer="l2")
    with pytest.raises(InputError, match="PyTorch has no counterpart") as told:
        torch_gradient(model.trace())
    assert registry[name].label.zh in told.value.sentence("zh")

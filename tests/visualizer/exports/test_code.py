"""The code that is exported is run, and comes to the numbers of the engine."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS, InputError, Network, trace
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.model import Model
from engine.text import LANGUAGES
from engine.weights import read_weights
from tests.visualizer.exports.cases import CASES, DIVERGED, apart, executed, model, subject_of
from visualizer.exports import EXPORTS

CODE = [name for name, record in EXPORTS.items() if record.group == "code"]


@pytest.mark.parametrize("registry", [ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZERS, CLIPS])
def test_every_record_says_how_it_is_written_elsewhere(registry):
    for record in registry.values():
        assert all(record.elsewhere[:2]) == (record.name != "none")


@pytest.mark.parametrize("case", CASES)
def test_numpy(case):
    subject = subject_of(model(case), step="bp4.1")
    trace = subject.trace
    names, said = executed("numpy", subject)
    for l in (1, 2):
        for name in ("z", "a", "delta", "dW", "db"):
            assert apart(trace.value(name, l), names[f"{name}{l}"]) <= 1e-14
        for name in ("W", "b"):
            assert apart(trace.value(f"{name}_new", l), names[f"{name}{l}_new"]) <= 1e-14
    assert names["C"] == pytest.approx(trace.loss, rel=1e-14)
    assert str(trace.value("dW", 1).tolist()[0][0])[:12] in said.split("dW1 =")[1]


@pytest.mark.parametrize("example", EXAMPLES)
def test_numpy_on_every_example(example):
    subject = subject_of(Model.of_example(example))
    names, _ = executed("numpy", subject)
    last = len(subject.spec.model.activations)
    assert apart(subject.trace.value("W_new", last), names[f"W{last}_new"]) <= 1e-14


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_purpose_is_not_handed_on(mistake):
    right = Model.drawn((3, 4, 2), ("sigmoid", "sigmoid"), "xavier_uniform", 1)
    try:
        wrong = replace(right, mistakes=(mistake,))
        wrong.check()
    except InputError:  # it does not go with this network
        return
    names, _ = executed("numpy", subject_of(wrong))
    assert apart(right.trace().value("W_new", 1), names["W1_new"]) <= 1e-14


@pytest.mark.parametrize("case", CASES)
def test_pytorch(case):
    pytest.importorskip("torch")
    subject = subject_of(model(case))
    trace = subject.trace
    names, _ = executed("torch", subject)
    names["torch"].set_default_dtype(names["torch"].float32)
    assert names["C"].item() == pytest.approx(trace.loss, rel=1e-12)
    for l, layer in enumerate(names["layers"], 1):
        for name, parameter in (("W", layer.weight), ("b", layer.bias)):
            after = trace.value(f"{name}_new", l)
            assert apart(after if name == "W" else after[:, 0], parameter.detach().numpy()) <= 1e-12


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Keras' own
def test_keras_and_its_weights_come_back(tmp_path, monkeypatch):
    """One test, because Keras takes seconds to be imported; on PyTorch it multiplies in float32."""
    pytest.importorskip("torch")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    for case in CASES:
        subject = subject_of(model(case))
        names, said = executed("keras", subject)
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")
        after = [subject.trace.value(f"{name}_new", l) for l in (1, 2) for name in ("W", "b")]
        for ours, theirs in zip(after, names["model"].get_weights(), strict=True):
            assert apart(ours, theirs.T if theirs.ndim > 1 else theirs[:, None]) <= 1e-4
        assert float(said.split()[2]) == pytest.approx(subject.trace.cost, rel=1e-6)
        names["model"].save_weights(tmp_path / "net.weights.h5")
        read = read_weights(tmp_path / "net.weights.h5").network(subject.spec.model.activations)
        for layer, theirs in zip(read.layers, names["layers"], strict=True):
            W, b = theirs.get_weights()
            assert np.array_equal(layer.W, W.T)
            assert np.array_equal(layer.b[:, 0], b)


@pytest.mark.parametrize("name", CODE)
def test_what_no_script_has_is_said(name, monkeypatch):
    subject = subject_of(Model.of_example("mazur"))
    normed = Network.random((2, 3, 2), ("tanh", "sigmoid"), batch_norm=True, seed=1)
    pass_ = trace(normed, [[0.1, 0.2], [0.3, 0.1]], [[0, 1], [1, 0]], "quadratic")
    for made in (subject, subject.right):
        monkeypatch.setattr(type(made), "trace", pass_)
    with pytest.raises(InputError, match="this network is not written as code"):
        EXPORTS[name].make(subject)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_a_diverged_network_is_written_too(name, lang):
    code = EXPORTS[name].make(subject_of(DIVERGED, lang=lang))
    assert "from math import inf, nan" in code
    ast.parse(code)


@pytest.mark.parametrize("name", [name for name, record in EXPORTS.items() if record.group == "code"])
@pytest.mark.parametrize("changes", [{"batch_norm": True}, {"dropout": 0.5}], ids=str)
def test_no_code_is_made_up_for_layers_that_it_does_not_know(name, changes):
    with pytest.raises(InputError, match="not written as code"):
        EXPORTS[name].make(subject_of(model(1).with_settings(**changes)))

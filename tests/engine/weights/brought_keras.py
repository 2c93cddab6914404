"""Files of weights that Keras writes: whole models and weights alone."""

import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from engine import Dense, Network
from tests.engine.weights.brought_files import W1, W2, File, b1, b2


def _keras_model(*, normalized: bool = False, biased: bool = True, compiled: bool = True) -> Any:
    keras = import_module("keras")
    layers = [keras.Input((3,)), keras.layers.Dense(4, activation=None if normalized else "tanh", use_bias=biased)]
    if normalized:
        layers += [keras.layers.BatchNormalization(), keras.layers.Activation("tanh")]
    model = keras.Sequential([*layers, keras.layers.Dropout(0.2), keras.layers.Dense(2, use_bias=biased)])
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    for layer, W, b in zip(dense, (W1, W2), (b1, b2), strict=True):
        layer.set_weights([W.T, b] if biased else [W.T])
    if normalized:
        norm = next(layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization))
        norm.set_weights([np.array(row) for row in STATISTICS])
    if compiled:
        model.compile("adam", "mse")
        model.optimizer.build(model.trainable_variables)
    return model


def _keras_folded() -> Network:
    gamma, beta, mean, variance = (np.array(row) for row in STATISTICS)
    scale = gamma / np.sqrt(variance + 1e-3)
    return Network((Dense(W1 * scale[:, None], scale * (b1 - mean) + beta, "tanh"), Dense(W2, b2, "linear")))


def _kept(model: Any, ending: str, weights_only: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"m{ending}"
        model.save_weights(path) if weights_only else model.save(path)
        return path.read_bytes()


def _convolution() -> Any:
    keras = import_module("keras")
    layers = [keras.Input((6, 1)), keras.layers.Conv1D(2, 3), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


STATISTICS = ([0.5, 1.5, -1.0, 2.0], [0.1, 0.2, 0.3, -0.4], [0.3, -0.2, 0.1, 0.5], [0.5, 1.5, 2.0, 0.7])


UNBIASED = Network(tuple(Dense(W, np.zeros(len(W)), f, train_bias=False) for W, f in ((W1, "tanh"), (W2, "linear"))))

K = ("keras", "torch", "h5py")
T = ("torch",)
KERAS = {
    ".keras": File("m.keras", lambda: _kept(_keras_model(), ".keras"), K, digits=1e-6, activations=("tanh", "linear")),
    ".keras without biases": File(
        "m.keras", lambda: _kept(_keras_model(biased=False), ".keras"), K, digits=1e-6, net=UNBIASED
    ),
    ".keras normalized": File(
        "m.keras", lambda: _kept(_keras_model(normalized=True), ".keras"), K, digits=1e-5, net=_keras_folded
    ),
    ".h5 of a compiled model": File(
        "m.h5",
        lambda: _kept(_keras_model(), ".h5"),
        K,
        digits=1e-6,
        activations=("tanh", "linear"),
        left_out=("optimizer_weights",),
    ),
    ".h5 normalized": File(
        "m.h5", lambda: _kept(_keras_model(normalized=True), ".h5"), K, digits=1e-5, net=_keras_folded
    ),
    ".weights.h5": File("m.weights.h5", lambda: _kept(_keras_model(), ".weights.h5", True), K, digits=1e-6),
    ".weights.h5 normalized": File(
        "m.weights.h5",
        lambda: _kept(_keras_model(normalized=True), ".weights.h5", True),
        K,
        refused="only the complete model says.*model.save",
    ),
    "convolution of Keras": File("c.keras", lambda: _kept(_convolution(), ".keras"), K, refused="Conv1D"),
}

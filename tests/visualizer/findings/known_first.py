"""First trainings with a known cause, on the data sets and on tables; records as those of `known.py`."""

from dataclasses import replace
from typing import Any

import numpy as np

from engine.settings import Task
from tests.visualizer.findings.known import (
    BCE,
    SQUARES,
    classes,
    coins,
    curve,
    far,
    flats,
    kept,
    line,
    spectra,
    standardized,
    table,
    thirds,
    threshold,
    written,
)


def _deep(f: str, layers: int, **settings: Any) -> Task:
    return classes("moons", (8,) * layers, f, **{"eta": 0.1} | settings)


def _spiral(f: str = "tanh", **settings: Any) -> Task:
    return classes("spiral", (16, 16), f, **{"batch": 16, "init": "he_uniform"} | settings)


def _digits(**settings: Any) -> Task:
    return Task().with_data("digits").drawn(**settings)


def _relus(seed: int) -> Task:
    return Task(activations=("relu", "sigmoid"), loss=BCE, optimizer="adam", eta=0.05, epochs=1000, seed=seed)


def _large(rows: np.ndarray, **settings: Any) -> tuple[Task, dict[str, Any]]:
    return table(rows, **settings), {"rows": written(standardized(rows))}


_FLATS, _FLATS_REMEDY = _large(flats(), eta=0.05)
_DEEP_FLATS, _DEEP_FLATS_REMEDY = _large(flats(2), hidden=(8, 8), f="sigmoid", eta=0.3, epochs=1500)
_SPECTRA, _SPECTRA_REMEDY = _large(spectra(), output="linear", loss=SQUARES, eta=0.02, epochs=500)
_KELVIN, _KELVIN_REMEDY = _large(spectra(4), output="linear", loss="mse", optimizer="adam", eta=0.01, epochs=400)

RECORDS = (
    kept("sine, a small rate", "rate_small", curve(eta=0.003), eta=0.1),
    kept("moons, a small rate", "rate_small", classes(eta=0.003, epochs=400), eta=0.5),
    kept("circle, Adam with a tiny rate", "rate_small", classes("circle", optimizer="adam", eta=2e-5), eta=0.02),
    kept("digits, a small rate", "rate_small", _digits(optimizer="sgd", eta=0.0003, epochs=4), eta=0.1),
    kept("sine, momentum with a small rate", "rate_small", curve(optimizer="momentum", eta=2e-4), eta=0.01),
    kept("spiral, a small rate", "rate_small", _spiral(eta=0.002, epochs=400), eta=0.1),
    kept("sine, a rate that leaves the numbers", "rate_large", curve(eta=1.5), eta=0.1),
    kept("sine, a rate that swings", "rate_large", curve(eta=0.8), eta=0.1),
    kept(
        "line, diverges at once", "rate_large", table(line(0, 2), (), output="linear", loss=SQUARES, eta=1.1), eta=0.3
    ),
    kept("wide sine, momentum diverges", "rate_large", curve((16,), optimizer="momentum", eta=0.5), eta=0.05),
    kept("leaky ReLU, swings", "rate_large", curve((16,), "leaky_relu", init="he_uniform", eta=0.9), eta=0.05),
    kept("sine with Nesterov, diverges", "rate_large", curve((16,), optimizer="nesterov", eta=0.3), eta=0.01),
    kept("sine, steps of the rate", "schedule", curve(eta=0.05, epochs=800, schedule="step"), schedule="constant"),
    kept(
        "moons, an exponential schedule", "schedule", classes(schedule="exponential", epochs=1500), schedule="constant"
    ),
    kept(
        "spiral, an exponential schedule",
        "schedule",
        _spiral(optimizer="momentum", eta=0.05, schedule="exponential", epochs=300),
        schedule="constant",
    ),
    kept("circle, steps of the rate", "schedule", classes("circle", schedule="step", epochs=1000), schedule="constant"),
    kept("moons, L2", "penalty", classes(eta=0.2, regularizer="l2", strength=0.05, epochs=1000), regularizer="none"),
    kept("sine, L1", "penalty", curve(regularizer="l1", strength=0.02, epochs=2000), regularizer="none"),
    kept(
        "circle, elastic net",
        "penalty",
        classes("circle", regularizer="elastic", strength=0.03, epochs=1000),
        regularizer="none",
    ),
    kept(
        "wide moons, Adam with L2",
        "penalty",
        classes(hidden=(32,), optimizer="adam", eta=0.02, regularizer="l2", strength=0.03),
        regularizer="none",
    ),
    kept("tanh units given far out", "saturated", classes("moons", (4,), net=far(12.0)), net=()),
    kept(
        "sigmoid units given far out",
        "saturated",
        classes("circle", (4,), "sigmoid", net=far(-20.0), epochs=1000),
        net=(),
        eta=2.0,
    ),
    kept(
        "tanh units given far out, a circle",
        "saturated",
        classes("circle", (4,), net=far(13.0), optimizer="momentum", eta=0.05, epochs=500),
        net=(),
    ),
    kept(
        "sigmoid units given far out, moons",
        "saturated",
        classes("moons", (4,), "sigmoid", net=far(20.0), epochs=1000),
        net=(),
        eta=2.0,
    ),
    kept("ReLU thrown far off", "dead", curve(f="relu", eta=0.9), ("rate_large",), eta=0.05),
    kept(
        "a ReLU output below zero",
        "dead",
        curve((4,), "relu", output="relu", eta=0.5, epochs=50, init="he_uniform"),
        ("range", "rate_large"),
        activations=("relu", "linear"),
        eta=0.05,
    ),
    kept("moons, ReLU thrown far off", "dead", classes(f="relu", eta=8.0, init="he_uniform"), ("rate_large",), eta=0.5),
    kept(
        "spiral, ReLU thrown far off",
        "dead",
        _spiral("relu", optimizer="momentum", eta=2.0, epochs=100),
        ("rate_large",),
        eta=0.02,
    ),
    kept("circle from zeros", "alike", classes("circle", (4,), init="zeros"), init="xavier_uniform"),
    kept(
        "circle from equal weights",
        "alike",
        classes("circle", (4,), init="constant", epochs=1000),
        init="xavier_uniform",
    ),
    kept("XOR from zeros", "alike", replace(Task(), hidden=(4,), init="zeros", eta=2.0, epochs=3000), init="randn"),
    kept(
        "sine from equal weights", "alike", curve((8,), init="constant", eta=0.05, epochs=1500), init="xavier_uniform"
    ),
    kept("flats in metres", "scale", _FLATS, ("saturated", "rate_large"), **_FLATS_REMEDY),
    kept("flats in metres, two layers", "scale", _DEEP_FLATS, ("saturated", "rate_large"), **_DEEP_FLATS_REMEDY),
    kept("kelvin and pascal", "scale", _SPECTRA, ("saturated", "rate_large"), **_SPECTRA_REMEDY),
    kept("kelvin and pascal, Adam", "scale", _KELVIN, ("saturated", "rate_large"), **_KELVIN_REMEDY),
    kept(
        "three classes as one number",
        "range",
        table(thirds(), loss=SQUARES, eta=0.3, epochs=1000),
        ("saturated",),
        activations=("tanh", "linear"),
        eta=0.05,
    ),
    kept(
        "a line up to eight under a sigmoid",
        "range",
        table(line(0, 8), loss=SQUARES, eta=0.1, epochs=500),
        ("saturated",),
        activations=("tanh", "linear"),
        eta=0.02,
    ),
    kept(
        "a line from minus three under tanh",
        "range",
        table(line(-3, 3), output="tanh", loss=SQUARES, eta=0.05, epochs=500),
        ("saturated",),
        activations=("tanh", "linear"),
        eta=0.02,
    ),
    kept(
        "a sine under a ReLU",
        "range",
        curve((16,), output="relu", loss="mse", eta=0.05, epochs=800),
        ("dead",),
        activations=("tanh", "linear"),
    ),
    kept(
        "squared error far on the wrong side",
        "wrong_loss",
        table(threshold(0.3), (), loss=SQUARES, net=(0.5, 8.0), epochs=500),
        ("saturated",),
        loss=BCE,
    ),
    kept(
        "blobs, squared error far on the wrong side",
        "wrong_loss",
        classes("blobs", (2,), loss="mse", net=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.5, 0.5, 9.0), noise=0.3, epochs=500),
        ("saturated",),
        loss=BCE,
    ),
    kept(
        "half the squared error, far on the wrong side",
        "wrong_loss",
        table(
            threshold(-0.5),
            (4,),
            loss="quadratic",
            net=(0.5, 0, 0.3, 0, -0.4, 0, 0.2, 0, 0.3, -0.3, 0.4, 0.2, -8.0),
            epochs=500,
        ),
        ("saturated",),
        loss=BCE,
    ),
    kept(
        "blobs with momentum, far on the wrong side",
        "wrong_loss",
        classes("blobs", (), loss=SQUARES, net=(0.5, 0.2, -10.0), optimizer="momentum", eta=0.1, noise=0.3, epochs=300),
        ("saturated",),
        loss=BCE,
    ),
    kept("overlapping blobs", "noise", classes("blobs", (4,), noise=2.0, eta=0.2, epochs=500), noise=0.3),
    kept("overlapping moons", "noise", classes(hidden=(6,), noise=0.7, eta=0.2, epochs=800), noise=0.05),
    kept(
        "one input, both answers",
        "noise",
        table(coins(), (4,), eta=0.2, epochs=500),
        rows=written(np.column_stack((np.arange(40) % 4, np.arange(40) % 4 > 1))),
    ),
    kept("overlapping circle", "noise", classes("circle", (8,), noise=0.5, eta=0.2, epochs=1000), noise=0.02),
    kept("sine, few epochs", "few_epochs", curve(eta=0.2, epochs=25), epochs=1500),
    kept("moons, few epochs", "few_epochs", classes(eta=1.0, epochs=40), epochs=1500),
    kept("spiral, few epochs", "few_epochs", _spiral(optimizer="momentum", eta=0.05, epochs=40), epochs=400),
    kept("circle, few epochs", "few_epochs", classes("circle", (8,), eta=1.0, epochs=60), epochs=800),
    kept(
        "noisy moons by heart",
        "overfitting",
        classes(hidden=(32,), size=60, noise=0.35, optimizer="adam", eta=0.02, held=50, epochs=1000),
        epochs=20,
    ),
    kept(
        "noisy sine by heart",
        "overfitting",
        curve((64,), size=20, noise=1.0, optimizer="adam", eta=0.02, held=50, epochs=3000),
        epochs=30,
    ),
    kept(
        "noisy circle by heart",
        "overfitting",
        classes("circle", (32,), size=60, noise=0.4, optimizer="adam", eta=0.03, held=50, epochs=1000),
        epochs=30,
    ),
    kept(
        "overlapping blobs by heart",
        "overfitting",
        classes("blobs", (32, 32), size=50, noise=2.0, optimizer="adam", eta=0.02, held=50, epochs=600),
        epochs=10,
    ),
    kept(
        "XOR, a transposed gradient",
        "mistake",
        Task().with_options(mistakes=("transposed_gradient",)),
        ("minimum",),
        mistakes=(),
    ),
    kept(
        "XOR without the slope",
        "mistake",
        Task().with_options(mistakes=("no_slope",)),
        ("minimum", "rate_large"),
        mistakes=(),
    ),
    kept(
        "moons uphill",
        "mistake",
        classes().with_options(mistakes=("uphill",)),
        ("rate_large", "saturated"),
        mistakes=(),
    ),
    kept(
        "circle without the hidden slope",
        "mistake",
        classes("circle", epochs=1000).with_options(mistakes=("no_hidden_slope",)),
        (),
        mistakes=(),
    ),
    kept(
        "XOR without a hidden layer",
        "small",
        Task(hidden=(), activations=("sigmoid",), epochs=2000, eta=1.0),
        hidden=(8,),
        activations=("tanh", "sigmoid"),
    ),
    kept("circle without a hidden layer", "small", classes("circle", ()), hidden=(8,), activations=("tanh", "sigmoid")),
    kept(
        "spiral with two units",
        "small",
        classes("spiral", (2,), optimizer="adam", eta=0.02, epochs=600, init="he_uniform"),
        hidden=(16, 16),
        activations=("tanh", "tanh", "sigmoid"),
    ),
    kept("circle with one unit", "small", classes("circle", (1,), optimizer="adam", eta=0.05, epochs=500), hidden=(8,)),
    kept("the published XOR", "minimum", Task(), seed=2),
    kept("the published XOR with Adam", "minimum", Task(optimizer="adam", eta=0.1, epochs=3000), seed=2),
    kept("XOR with two ReLUs", "minimum", _relus(1), ("dead",), seed=0),
    kept("XOR with two ReLUs, another start", "minimum", _relus(3), ("dead",), seed=0),
    kept(
        "ten layers of sigmoids",
        "vanishing",
        _deep("sigmoid", 9, epochs=300),
        ("few_epochs", "rate_small"),
        activations=("relu",) * 9 + ("sigmoid",),
        init="he_uniform",
    ),
    kept(
        "six layers of sigmoids",
        "vanishing",
        _deep("sigmoid", 6, epochs=300),
        ("few_epochs", "rate_small"),
        activations=("tanh",) * 6 + ("sigmoid",),
    ),
    kept(
        "sine, seven layers of sigmoids",
        "vanishing",
        curve((8,) * 7, "sigmoid", eta=0.05, epochs=400),
        ("few_epochs", "rate_small"),
        activations=("tanh",) * 7 + ("linear",),
    ),
    kept(
        "eight layers of sigmoids, momentum",
        "vanishing",
        _deep("sigmoid", 8, optimizer="momentum", eta=0.01, epochs=200),
        ("few_epochs", "rate_small"),
        activations=("relu",) * 8 + ("sigmoid",),
        init="he_uniform",
    ),
    kept("sine, clipped short", "clip", curve(clip="norm", clip_at=0.005), ("few_epochs",), clip="none"),
    kept("moons, clipped by value", "clip", classes(clip="value", clip_at=0.0005), ("few_epochs",), clip="none"),
    kept("circle, clipped short", "clip", classes("circle", clip="norm", clip_at=0.004), ("few_epochs",), clip="none"),
    kept(
        "digits, clipped short",
        "clip",
        _digits(optimizer="sgd", eta=0.1, clip="norm", clip_at=0.002, epochs=4),
        ("few_epochs",),
        clip="none",
    ),
    kept(
        "sine, one sample at a time",
        "batch_noise",
        curve(eta=0.15, batch=1, epochs=100),
        ("rate_large",),
        batch=0,
        epochs=2000,
    ),
    kept(
        "sine, two samples at a time",
        "batch_noise",
        curve((16,), eta=0.25, batch=2, epochs=100),
        ("rate_large",),
        batch=0,
        epochs=2000,
    ),
    kept(
        "noisy moons, two samples at a time",
        "batch_noise",
        classes(noise=0.3, eta=5.0, batch=2, epochs=60),
        ("rate_large", "saturated", "noise"),
        batch=0,
        epochs=1000,
    ),
    kept(
        "noisy circle, two samples at a time",
        "batch_noise",
        classes("circle", (16,), noise=0.2, eta=3.0, batch=2, epochs=60),
        ("rate_large", "saturated", "noise"),
        batch=0,
        epochs=1000,
    ),
    kept("XOR with three", "none", Task(hidden=(3,))),
    kept("moons", "none", classes(eta=1.0, epochs=1500)),
    kept(
        "blobs in batches",
        "none",
        classes("blobs", (4,), noise=0.3, eta=0.05, optimizer="momentum", batch=32, epochs=60),
    ),
    kept("sine", "none", curve(eta=0.02, optimizer="adam", epochs=1500)),
    kept("digits", "none", _digits(epochs=5)),
    kept("softmax", "none", classes("blobs", (4,), output="softmax", loss="cross_entropy", noise=0.3)),
    kept("circle, held out", "none", classes("circle", (8,), f="relu", init="he_uniform", epochs=1000, held=20)),
    kept("spiral with Adam", "none", _spiral(optimizer="adam", eta=0.01, epochs=300)),
)

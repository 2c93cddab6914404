"""States whose settings go through every entry of every registry, and the results of scripts for them."""

import contextlib
import io
from dataclasses import replace
from typing import Any

import numpy as np

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS
from engine.settings import Model
from visualizer.exports import EXPORTS, Subject
from visualizer.state import Spec, View


def nth(registry, i):
    return list(registry.values())[i % len(registry)]


def model(i):
    loss = nth(LOSSES, i)
    names = nth(ACTIVATIONS, i).name, loss.matched.activation if loss.matched else nth(ACTIVATIONS, 3 * i).name
    many: dict[str, Any] = {"x": ((0.1, 0.2, 0.3), (1.0, -1.0, 0.5)), "y": ((1.0, 0.0), (0.3, 0.6))} if i % 2 else {}
    settings: dict[str, Any] = {
        "optimizer": nth(OPTIMIZERS, i).name,
        "eta": 0.05,
        "iteration": 1 + i % 3,
        "train_bias": i % 4 != 1,
    }
    settings |= {"regularizer": nth(REGULARIZERS, i).name, "clip": nth(CLIPS, i).name, "clip_at": 0.1}
    made = replace(Model.drawn((3, 4, 2), names, "xavier_uniform", i), loss=loss.name, **many, **settings)
    made.check()
    return made


REGISTRIES: tuple[dict[str, Any], ...] = (ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZERS, CLIPS)
CASES = range(max(map(len, REGISTRIES)))


LAYERS: dict[str, dict[str, Any]] = {
    "norm": {"batch_norm": True},
    "dropout": {"dropout": 0.5},
    "norm and dropout": {"batch_norm": True, "dropout": 0.3},
    "inference": {"batch_norm": True, "dropout": 0.5, "training": False},
}
_BATCH: dict[str, Any] = {
    "x": ((0.1, 0.2, 0.3), (1.0, -1.0, 0.5), (-0.7, 0.4, -0.2), (0.6, 0.9, -0.8), (-0.4, -0.6, 0.7)),
    "y": ((1.0, 0.0), (0.3, 0.6), (0.5, 0.5), (0.0, 1.0), (0.9, 0.1)),
}


def layered(i, layers):
    """The settings of a case with two hidden layers of a kind, which start from other numbers than 1 and 0."""
    plain = model(i)
    names = plain.activations[0], nth(ACTIVATIONS, i + 6).name, plain.activations[1]
    drawn: dict[str, Any] = {"sizes": (3, 5, 4, 2), "activations": names, "init": "xavier_uniform", "seed": i}
    made = replace(plain, **drawn, **_BATCH, **LAYERS[layers])
    theta = made.network().theta
    made = replace(made, net=tuple(theta + np.random.default_rng(i).uniform(0, 0.5, theta.shape)))
    made.check()
    return made


ALL = [*((case, None) for case in CASES), *((case, layers) for layers in LAYERS for case in CASES)]


def made(case, layers):
    return layered(case, layers) if layers else model(case)


def bound(trace, name, l, usual, rounding):
    """The largest distance of a value from the engine's.

    The gradient of a bias before normalization is nothing but rounding, and some optimizers divide it by its own size.
    """
    nothing = name in ("b", "db") and trace.options.training and trace.given.architecture.is_normed(l)
    return rounding if nothing else usual


PLAIN = Model.drawn((3, 4, 2), ("sigmoid", "sigmoid"), "xavier_uniform", 1)
CODE = [name for name, record in EXPORTS.items() if record.group == "code"]
DIVERGED = replace(Model.drawn((2, 2, 2), ("linear", "linear"), "xavier_uniform", 1), eta=1e200, iteration=4)


def subject_of(model, **look):
    return Subject(Spec(model, View(**look)))


def lacks(name, model):
    """Whether a library has no counterpart for one of the records of a model, which then say so themselves."""
    records: list[Any] = [
        LOSSES[model.loss],
        OPTIMIZERS[model.optimizer],
        REGULARIZERS[model.regularizer],
        CLIPS[model.clip],
    ]
    records += map(ACTIVATIONS.get, model.activations)
    return any(not getattr(record.elsewhere, name) for record in records if record.name != "none")


def executed(name, subject):
    """The names that a script leaves behind, and what it printed."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(EXPORTS[name].make(subject), names)
    return names, said.getvalue()


def apart(ours, theirs):
    """The largest difference, against the largest entry or a thousandth."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    return np.abs(ours - theirs).max() / max(1e-3, np.abs(ours).max())

"""Trainings with a known cause, drawn: a training that goes well, into which one cause is put.

They are kept apart: what is found in them was counted with the rules as they were, and no rule was changed for it.
The cause is known because it was put there, and because the training does well without it: a combination in which it
does no harm is left out.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from engine.settings import Task
from engine.training import SOLVED, constant_loss
from tests.visualizer.findings.known import BCE, Known, classes, curve, run, written

_SEED, _OF_EACH, _HARM = (
    20,
    4,
    0.4,
)  # the loss, or the held-out one, without the cause is at most this much of that with it
_FAR = 400.0

BASES: dict[str, Task] = {
    "circle": classes("circle", (10,), epochs=1500),
    "moons": classes("moons", (12,), optimizer="adam", eta=0.02, epochs=800),
    "blobs": classes("blobs", (6,), optimizer="momentum", eta=0.05, epochs=300, noise=0.3),
    "sine": curve((10,), optimizer="adam", eta=0.02, epochs=1200),
    "sine, momentum": curve((16,), optimizer="momentum", eta=0.02, epochs=1500),
    "XOR": Task(hidden=(5,), eta=1.0, epochs=4000, seed=3),
    "circle, ReLU": classes("circle", (12,), "relu", init="he_uniform", optimizer="nesterov", eta=0.03, epochs=800),
    "moons in batches": classes("moons", (12,), eta=0.2, batch=20, epochs=400),
}


def _in_metres(task: Task) -> dict[str, Any]:
    x, y = task.samples()
    return {
        "data": "own",
        "rows": written(np.column_stack((x[:, :1] * _FAR, x[:, 1:] + 50, y))),
        "size": None,
        "noise": None,
    }


def _deep(task: Task) -> dict[str, Any]:
    return {"hidden": (8,) * 8, "activations": ("sigmoid",) * 8 + task.activations[-1:], "init": "xavier_uniform"}


def _one(task: Task) -> dict[str, Any]:
    return {"hidden": (1,), "activations": (task.activations[0], task.activations[-1])}


def _by_heart(task: Task) -> dict[str, Any]:
    noise = 0.45 if task.activations[-1] == "sigmoid" else 0.8
    return {"size": 50, "noise": noise, "held": 50, "hidden": (40,), "optimizer": "adam", "eta": 0.02, "epochs": 1500}


PUT_IN: dict[str, Any] = {  # the settings with which a cause is put into a training, and causes that come along with it
    "rate_small": (lambda task, k: {"eta": task.eta / (300 * (1 + k))}, ()),
    "rate_large": (lambda task, k: {"eta": task.eta * (25 + 10 * k)}, ("saturated", "dead", "batch_noise")),
    "schedule": (
        lambda task, k: {"schedule": ("step", "exponential")[k % 2], "epochs": max(30, task.epochs // 3)},
        ("few_epochs",),
    ),
    "penalty": (lambda task, k: {"regularizer": ("l1", "l2", "elastic")[k % 3], "strength": 0.03 * (1 + k)}, ()),
    "clip": (lambda task, k: {"clip": "norm", "clip_at": 0.002}, ("few_epochs",)),
    "alike": (lambda task, k: {"init": ("constant", "zeros")[k % 2]}, ("dead", "saturated")),
    "noise": (lambda task, k: {"noise": 0.8 + 0.3 * k}, ("few_epochs",)),
    "few_epochs": (lambda task, k: {"epochs": max(8, task.epochs // (25 + 5 * k))}, ("rate_small",)),
    "range": (
        lambda task, k: {"activations": (*task.activations[:-1], ("sigmoid", "relu")[k % 2])},
        ("saturated", "dead"),
    ),
    "scale": (lambda task, _: _in_metres(task), ("saturated", "rate_large", "dead", "batch_noise")),
    "mistake": (
        lambda task, k: {"mistakes": (("uphill", "no_hidden_slope", "gradient_for_error", "no_activation")[k % 4],)},
        ("saturated", "dead", "rate_large", "minimum"),
    ),
    "small": (lambda task, _: _one(task), ("dead", "saturated")),
    "vanishing": (lambda task, _: _deep(task), ("few_epochs", "rate_small")),
    "overfitting": (lambda task, _: _by_heart(task), ()),
}


def _harm(with_it: Task, without: Task, cause: str) -> bool:
    """Whether a training ends clearly worse with a cause than without it; of over-fitting the held-out loss is "
    "asked."""
    if cause == "overfitting":
        held = run(with_it).held_out_loss
        return held is not None and held.min() < _HARM * held[-1]
    if cause == "noise":  # not the same targets: harm is that the same training no longer gets to a small loss
        return bool(run(with_it).loss[-1] > 0.5 * run(with_it).loss[0])
    ended = run(with_it).loss[-1]
    solved = SOLVED * constant_loss(with_it.loss, run(with_it).data[1])
    return not np.isfinite(ended) or bool(run(without).loss[-1] < _HARM * ended and ended > solved)


def _drawn() -> Iterator[Known]:
    """Yield some trainings of each cause, on data sets in a drawn order, and the trainings without any."""
    draw = np.random.default_rng(_SEED)
    for cause, (put, along) in PUT_IN.items():
        found = 0
        for k, name in enumerate(draw.permutation(list(BASES))):
            base = BASES[name]
            if found == _OF_EACH or (cause == "range" and base.activations[-1] == "sigmoid"):
                continue
            if cause in ("noise", "overfitting") and base.data == "xor":
                continue
            if cause == "noise" and base.loss != BCE:
                continue
            task = replace(base, **put(base, k))
            if _harm(task, base, cause):
                found += 1
                yield Known(f"{name}: {cause}", cause, task, {}, along)
    for name, base in BASES.items():
        yield Known(name, "none", base, {})


@cache
def apart() -> tuple[Known, ...]:
    """Return all of them, drawn once."""
    return tuple(_drawn())

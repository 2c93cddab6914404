"""Eight trainings, four of them changed midway: the CSV of the page beside loops that were written in PyTorch."""

import csv as tables
from dataclasses import replace
from io import StringIO
from math import ceil, cos, pi

import numpy as np
import pytest

from engine.settings import Task
from engine.studies import RunDriver
from tests.late import torch
from visualizer.runs import NamedRun, csv

BCE = {"activations": ("tanh", "sigmoid"), "loss": "binary_cross_entropy", "hidden": (6,)}
TASKS = {
    "xor": (Task(epochs=60), {20: {"eta": 2.0}, 40: {"optimizer": "momentum", "eta": 0.1}}),
    "spiral": (
        Task("spiral", 60, **BCE | {"hidden": (8,)}, optimizer="adam", eta=0.02, batch=10, epochs=30, held=25),
        {12: {"eta": 0.005}},
    ),
    "blobs": (
        Task(
            "blobs", 60, hidden=(5,), activations=("relu", "softmax"), init="he_normal", loss="cross_entropy"
        ).with_options(regularizer="l2", strength=0.01),
        {},
    ),
    "sine": (
        Task(
            "sine", 40, hidden=(6,), activations=("tanh", "linear"), loss="mse", optimizer="momentum", eta=0.01
        ).with_options(regularizer="l1", strength=0.001),
        {15: {"regularizer": "none"}},
    ),
    "moons": (
        replace(
            Task("moons", 50, noise=0.2, **BCE), optimizer="nesterov", eta=0.05, epochs=30, schedule="warmup", held=20
        ).with_options(clip="norm", clip_at=0.3),
        {10: {"batch": 8}, 20: {"optimizer": "adamw"}},
    ),
    "circle": (
        replace(
            Task("circle", 40, hidden=(6,), activations=("tanh", "sigmoid"), loss="quadratic"), schedule="inverse_time"
        ).with_options(clip="value", clip_at=0.05),
        {},
    ),
    "classes": (Task("blobs", 45, hidden=(4,), activations=("sigmoid", "softmax"), loss="cross_entropy"), {}),
    "steps": (Task("moons", 40, **BCE, schedule="step"), {}),
}
MORE = {
    "blobs": {"optimizer": "adagrad", "eta": 0.1, "batch": 16, "epochs": 30, "held": 20, "schedule": "cosine"},
    "sine": {"batch": 8, "epochs": 30},
    "circle": {"batch": 7, "epochs": 30, "eta": 0.5},
    "classes": {"optimizer": "rmsprop", "eta": 0.01, "batch": 9, "epochs": 25, "held": 20},
    "steps": {"optimizer": "adam", "eta": 0.05, "epochs": 30},
}
FUNCTIONS = {
    "tanh": lambda z: z.tanh(),
    "sigmoid": lambda z: z.sigmoid(),
    "relu": lambda z: z.relu(),
    "linear": lambda z: z,
    "softmax": None,
}
LOSSES = {  # of outputs a and last weighted inputs z
    "squared_error": lambda a, z, y: ((a - y) ** 2).sum(1).mean(),
    "quadratic": lambda a, z, y: ((a - y) ** 2).sum(1).mean() / 2,
    "mse": lambda a, z, y: torch.nn.functional.mse_loss(a, y),
    "binary_cross_entropy": lambda a, z, y: torch.nn.functional.binary_cross_entropy_with_logits(z, y),
    "cross_entropy": lambda a, z, y: torch.nn.functional.cross_entropy(z, y),
}
METHODS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=1.0),
    "momentum": lambda p: torch.optim.SGD(p, lr=1.0, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=1.0, momentum=0.9, nesterov=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=1.0, eps=1e-10),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1.0, alpha=0.99, eps=1e-8),
    "adam": lambda p: torch.optim.Adam(p, lr=1.0),
    "adamw": lambda p: torch.optim.AdamW(p, lr=1.0, weight_decay=0.01),
}
FACTORS = {  # of the rate after t of T epochs
    "constant": lambda t, T: 1.0,
    "step": lambda t, T: 0.1 ** (t // ceil(T / 3)),
    "cosine": lambda t, T: (1 + cos(pi * t / T)) / 2,
    "inverse_time": lambda t, T: 1 / (1 + 10 * t / T),
    "warmup": lambda t, T: min(1.0, (t + 1) / ceil(0.1 * T)),
}
PENALTIES = {"none": lambda w: 0.0, "l2": lambda w: (w**2).sum() / 2, "l1": lambda w: w.abs().sum()}


def cost(task, leaves, rows):
    a, y = (torch.tensor(part) for part in rows)
    for weights, bias, name in zip(leaves[::2], leaves[1::2], task.activations, strict=True):
        z = a @ weights.T + bias
        a = FUNCTIONS[name](z) if FUNCTIONS[name] else torch.softmax(z, 1)
    return LOSSES[task.loss](a, z, y)


def step(task, method, leaves, rows):
    method.zero_grad()
    penalty = sum(PENALTIES[task.regularizer](weights) for weights in leaves[::2])
    (cost(task, leaves, rows) + task.strength * penalty).backward()
    if task.clip == "norm":
        torch.nn.utils.clip_grad_norm_(leaves, task.clip_at)
    elif task.clip == "value":
        torch.nn.utils.clip_grad_value_(leaves, task.clip_at)
    method.step()


def by_hand(task, changes, trial):
    """The curves of a training; data, first weights and the order of the batches are the engine's."""
    network = trial.network_at(0)
    arrays = [array for layer in network.layers for array in (layer.W.copy(), layer.b[:, 0].copy())]
    leaves = [torch.tensor(array, requires_grad=True) for array in arrays]
    method, sets = METHODS[task.optimizer](leaves), [rows for rows in (trial.data, trial.held_out) if rows]
    curves = [[cost(task, leaves, rows).item()] for rows in sets]
    for epoch in range(1, task.epochs + 1):
        before, task = task, replace(task, **changes.get(epoch - 1, {}))
        method = method if task.optimizer == before.optimizer else METHODS[task.optimizer](leaves)
        for group in method.param_groups:
            group["lr"] = task.eta * FACTORS[task.schedule](epoch - 1, task.epochs)
        for batch in trial.batches(epoch):
            step(task, method, leaves, [part[batch] for part in trial.data])
        for curve, rows in zip(curves, sets, strict=True):
            curve.append(cost(task, leaves, rows).item())
    return curves


@pytest.mark.parametrize("name", TASKS)
def test_the_csv_of_the_page_is_what_pytorch_trains(name):
    task, changes = TASKS[name]
    task = replace(task, **MORE.get(name, {}))
    driver, now = RunDriver(task), task
    for epoch, changed in changes.items():
        driver.advance(60, epoch - driver.epochs)
        now = replace(now, **changed)
        driver.change(now)
    driver.advance(60)
    trial = driver.trial
    assert trial.epochs == task.epochs
    assert list(trial.changes) == list(changes)
    _, *rows = tables.reader(StringIO(csv([NamedRun("", trial)])))
    columns = np.array(rows, float).T[1:]
    for column, curve in zip(columns, by_hand(task, changes, trial), strict=True):
        np.testing.assert_allclose(column, curve, rtol=1e-8)

"""Quantities of a run that are drawn, and axes over which they are."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text
from engine.catalogue import REGULARIZERS
from engine.settings import Task
from engine.studies import RunRecord


class Quantity(NamedTuple):
    """Quantity that is drawn as a curve.

    Attributes
    ----------
    label : Text
    curves : callable
        curves(trial): the epochs and the values of each curve; the first is of the training set.
    """

    label: Text
    curves: Callable[[RunRecord], list[tuple[NDArray, NDArray]]]


class Axis(NamedTuple):
    """Axis along which curves are drawn.

    Attributes
    ----------
    label : Text
    places : callable
        places(trial): the place of each epoch of a run, from epoch 0.
    whole : bool
        Whether places are whole numbers.
    """

    label: Text
    places: Callable[[RunRecord], NDArray]
    whole: bool = True


def _losses(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    held_out = trial.held_out_loss
    return [(np.arange(len(c)), c) for c in ([trial.loss] if held_out is None else [trial.loss, held_out])]


def _rates(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    """Return the learning rate of each epoch, from 1; of a run before its first one that to come."""
    epochs = np.arange(1, max(1, trial.epochs) + 1)
    return [(epochs, np.array([trial.segment_at(int(epoch) - 1).task.rate(int(epoch)) for epoch in epochs]))]


def _penalties(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    """Return λ Ω at the epochs whose networks are kept, so that none is computed again."""
    epochs = np.array(trial.kept)
    values = [_penalty(trial.segment_at(int(epoch)).task, trial.network_at(int(epoch))) for epoch in epochs]
    return [(epochs, np.array(values))]


def _penalty(task: Task, network: Network) -> float:
    of_weights = REGULARIZERS[task.regularizer].value
    return task.strength * float(sum(of_weights(layer.W).sum() for layer in network.layers))


def _costs(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    ((epochs, penalties),) = _penalties(trial)
    return [(epochs, trial.loss[epochs] + penalties)]


def _updates(trial: RunRecord) -> NDArray:
    counts = [(len(trial.data_at(k)[0]), trial.segment_at(k).task.batch) for k in range(trial.epochs)]
    of_each = [-(-samples // (batch or samples)) for samples, batch in counts]
    return np.concatenate(([0], np.cumsum(of_each, dtype=int)))


QUANTITIES = {
    "loss": Quantity(Text("loss C", "损失 C"), _losses),
    "rate": Quantity(Text("learning rate η", "学习率 η"), _rates),
    "penalty": Quantity(Text("penalty λΩ", "惩罚 λΩ"), _penalties),
    "cost": Quantity(Text("total cost J = C + λΩ", "总代价 J = C + λΩ"), _costs),
}
AXES = {
    "epoch": Axis(Text("epoch", "轮"), lambda trial: np.arange(trial.epochs + 1)),
    "update": Axis(Text("update", "更新次数"), _updates),
    "second": Axis(
        Text("seconds of training on this machine", "本机训练用时（秒）"), lambda trial: trial.seconds, whole=False
    ),
}

"""A moment of a training as a state of the stage: the network, the next batch, and the optimizer's memory."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import Dense, Network, Text
from engine.layer_rules import NORM_EPSILON
from engine.model import MOST_SAMPLES, Model
from engine.task import Task
from engine.trial import Trial
from visualizer.view import Spec, View

Rows = tuple[NDArray, NDArray]

_LEFT_OUT = {  # the techniques that the stage does not show, and what it shows instead
    "batch_norm": Text(
        "The stage has no batch normalization: its running averages are folded into the weights and biases, and the "
        "optimizer's memory is left out.",
        "舞台上没有批归一化：其滑动平均已并入权重与偏置，优化器的记忆也略去。",
    ),
    "dropout": Text("The stage drops nothing: it shows all neurons.", "舞台上不做 dropout：所有神经元都参与。"),
}


def opened(trial: Trial, epoch: int, lang: str) -> tuple[Spec, int]:
    """Return what the stage shows of the first update after an epoch, and how many samples its batch has.

    The stage takes no more than 64 samples. After the last epoch it is the update that would come next.
    """
    rows = trial.batches(epoch + 1)[0]
    x, y = (values[rows[:MOST_SAMPLES]] for values in trial.data)
    return _spec(trial, epoch, (x, y), lang), len(rows)


def opened_image(trial: Trial, epoch: int, image: ArrayLike, label: int, lang: str) -> Spec:
    """Return what the stage shows of the network of an epoch with one image, which is to be taken for `label`."""
    y = np.zeros((1, trial.data[1].shape[1]))
    y[0, label] = 1
    return _spec(trial, epoch, (np.atleast_2d(image), y), lang)


def _spec(trial: Trial, epoch: int, rows: Rows, lang: str) -> Spec:
    """Return a state with the network, the settings and the memory of an epoch, and rows of x and y."""
    (x, y), task, network = rows, trial.leg_at(epoch).task, _plain(trial.network_at(epoch))
    state = {} if task.batch_norm else trial.state_at(epoch)
    drawn = Model.drawn(network.sizes, network.activations, task.init, task.seed)
    samples = {"x": tuple(map(tuple, x.tolist())), "y": tuple(map(tuple, y.tolist()))}
    memory = tuple((name, tuple(vector.ravel().tolist())) for name, vector in state.items())
    settings = {"loss": task.loss, "optimizer": task.optimizer, "eta": task.rate(epoch + 1)}
    settings |= {name: getattr(task, name) for name in ("regularizer", "strength", "clip", "clip_at", "mistakes")}
    model = replace(drawn, **settings, **samples, state=memory or None)
    return Spec(model.edited(network), View(lang=lang, pixels=task.picture[1] if task.picture else 0))


def left_out(task: Task) -> tuple[Text, ...]:
    """Return what has to be said of the techniques of a training that the stage does not show."""
    usual = Task()
    return tuple(words for name, words in _LEFT_OUT.items() if getattr(task, name) != getattr(usual, name))


def _plain(network: Network) -> Network:
    """Return the network without normalized layers and dropout that says the same outside training."""
    if not network.architecture.has_modes:
        return network
    return Network(tuple(map(_folded, network.layers)))


def _folded(layer: Dense) -> Dense:
    if layer.batch_norm is None:
        return Dense(layer.W, layer.b, layer.activation, layer.train_bias)
    gamma, beta, mean, variance = layer.batch_norm
    scale = gamma / np.sqrt(variance + NORM_EPSILON)
    return Dense(scale * layer.W, scale * (layer.b - mean) + beta, layer.activation, layer.train_bias)

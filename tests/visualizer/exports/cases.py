"""States whose settings go through every record of every registry, and what a script makes of one."""

import contextlib
import io
from dataclasses import replace

import numpy as np

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS
from engine.model import Model
from visualizer.exports import EXPORTS, Subject
from visualizer.view import Spec, View


def nth(registry, i):
    return list(registry.values())[i % len(registry)]


def model(i):
    loss = nth(LOSSES, i)
    names = nth(ACTIVATIONS, i).name, loss.matched.activation if loss.matched else nth(ACTIVATIONS, 3 * i).name
    many = {"x": ((0.1, 0.2, 0.3), (1.0, -1.0, 0.5)), "y": ((1.0, 0.0), (0.3, 0.6))} if i % 2 else {}
    settings = {"optimizer": nth(OPTIMIZERS, i).name, "eta": 0.05, "iteration": 1 + i % 3, "train_bias": i % 4 != 1}
    settings |= {"regularizer": nth(REGULARIZERS, i).name, "clip": nth(CLIPS, i).name, "clip_at": 0.1}
    made = replace(Model.drawn((3, 4, 2), names, "xavier_uniform", i), loss=loss.name, **many, **settings)
    made.check()
    return made


CASES = range(max(map(len, (ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZERS, CLIPS))))


DIVERGED = replace(Model.drawn((2, 2, 2), ("linear", "linear"), "xavier_uniform", 1), eta=1e200, iteration=4)


def subject_of(model, **look):
    return Subject(Spec(model, View(**look)))


def executed(name, subject):
    """The names that a script leaves behind, and what it printed."""
    names, said = {}, io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(EXPORTS[name].make(subject), names)
    return names, said.getvalue()


def apart(ours, theirs):
    """The largest difference, against the largest entry or a thousandth."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.shape == theirs.shape
    return np.abs(ours - theirs).max() / max(1e-3, np.abs(ours).max())

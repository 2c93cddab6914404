"""Workspaces for the tests, and actions on them."""

from dataclasses import replace

from engine.settings import Task
from visualizer.lab import Lab

SHORT = Task(epochs=20)


def finish(lab):
    while lab.advance():
        pass
    return lab.snapshot()


def trained(task=SHORT):
    lab = Lab(task)
    lab.play()
    finish(lab)
    return lab


def paused(task, epochs):
    """A workspace that is paused after so many epochs."""
    lab = Lab(task)
    for _ in range(epochs):
        lab.one_epoch()
        finish(lab)
    return lab


def take(lab, **changes):
    lab.change(lambda task: replace(task, **changes))

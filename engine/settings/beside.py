"""Settings of a task beside each other: activations and losses that go together, and what tasks differ in."""

from collections.abc import Sequence
from dataclasses import replace

from engine.catalogue import LOSSES, Loss
from engine.options import setting_names
from engine.settings.task import Task


def losses_for(task: Task) -> dict[str, Loss]:
    """Return the losses that go with the output activation."""
    output = task.activations[-1]
    return {name: loss for name, loss in LOSSES.items() if not loss.matched or loss.matched.activation == output}


def with_activation(task: Task, layer: int, name: str) -> Task:
    """Return a task with another activation; a loss that no longer fits the output gives way to one that does."""
    names = tuple(name if l == layer else old for l, old in enumerate(task.activations))
    changed = replace(task, activations=names)
    if task.loss not in losses_for(changed):
        changed = replace(changed, loss="mse")
    suited = next(
        (loss.name for loss in LOSSES.values() if loss.matched and loss.matched.activation == names[-1]), None
    )
    if layer == len(task.hidden) and suited and suited != task.loss and name != task.activations[-1]:
        changed = replace(changed, loss=suited)
    return changed


def with_output(task: Task, name: str) -> Task:
    """Return a task with another activation of its output, and a loss that goes with it."""
    return with_activation(task, len(task.hidden), name)


def differences(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the names of the settings in which tasks differ."""
    return tuple(name for name in setting_names(Task) if len({getattr(task, name) for task in tasks}) > 1)

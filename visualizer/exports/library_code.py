"""Common parts of the scripts for PyTorch and Keras: each registry entry has its expression in either library."""

from collections.abc import Iterator

import numpy as np

from engine import ACTIVATIONS, Trace
from engine.core import written
from engine.optimizers import COUNT
from engine.options import OPTIONS, Transform
from visualizer.exports.script import drawn, dropped, layers, literal, moved, parameters, running, updated


def given(trace: Trace, array: str) -> str:
    """Return the code of all numbers that the script starts from: samples, parameters, masks, optimizer's state."""
    values = [(f"{name}{l}", trace.value(name, l)) for name, l in (*parameters(trace), *running(trace))]
    values += [(f"{slot}_{name}{l}", trace.value(f"{slot}_{name}", l)) for name, l, slot in memory(trace)]
    rows = [("x", trace.value("a", 0).T), ("y", trace.value("y").T)]
    rows += [(f"mask{l}", trace.value("mask", l).T) for l in dropped(trace)]
    values += [(f"{name}{l}", trace.value(name, l)) for name, l in drawn(trace)]
    values = rows + [(name, value if "W" in name else value[:, 0]) for name, value in values]
    return "\n".join(("# one sample in each row", *(f"{name} = {array}({literal(value)})" for name, value in values)))


def asked(trace: Trace, transform: Transform, library: str) -> str:
    """Return the expression of a library for a transform, with places for the settings and what it is done to.

    Raises
    ------
    InputError
        Where the library has no place for it, or nothing like the record that its setting names.
    """
    registry = OPTIONS[transform.setting].registry
    record = written(registry[getattr(trace.options, transform.setting)], library) if registry else ""
    return written(transform, library).replace("{record}", record)


def memory(trace: Trace) -> list[tuple[str, int, str]]:
    """Return the parts of the optimizer's memory, parameter by parameter; none before the very first update."""
    slots = [slot for slot in updated(trace).optimizer.slots if slot != COUNT]
    used = any(np.any(updated(trace).before[slot]) for slot in slots)
    return [(name, l, slot) for name, l in moved(trace) for slot in slots] if used else []


def updates(trace: Trace) -> int:
    """The number of updates so far; of an optimizer that does not count them, 1."""
    return int(updated(trace).before.get(COUNT, 1))


def output(trace: Trace) -> str:
    """Return the letter of the model's output: z where the loss includes the output activation."""
    return "z" if trace.loss_function.matched else "a"


def words(trace: Trace) -> str:
    """Return a remark on the dense layers that the code does not show."""
    last = trace.given.activations[-1]
    return f"the {last} of the output is part of the loss" if output(trace) == "z" else "the dense ones"


def biased(trace: Trace) -> bool:
    """Whether updates move the biases."""
    return all(layer.train_bias for layer in trace.given.layers)


def stack(trace: Trace, library: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield for every layer its number, its inputs and units, and the library's name of its activation."""
    *hidden, last = trace.given.activations
    functions = [*hidden, "linear" if output(trace) == "z" else last]
    for l, name in zip(layers(trace), functions, strict=True):
        yield l, trace.given.sizes[l - 1], trace.given.sizes[l], written(ACTIVATIONS[name], library)

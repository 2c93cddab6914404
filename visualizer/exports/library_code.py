"""What the scripts for PyTorch and for Keras have in common: every entry of a registry says how it is written there."""

from collections.abc import Iterator

import numpy as np

from engine import ACTIVATIONS, Trace
from engine.elsewhere import written
from engine.update import COUNT
from visualizer.exports.script import drawn, dropped, layers, literal, moved, parameters, running


def given(trace: Trace, array: str) -> str:
    """Write all numbers that the script starts from: samples, parameters, masks, and what the optimizer remembers."""
    values = [(f"{name}{l}", trace.value(name, l)) for name, l in (*parameters(trace), *running(trace))]
    values += [(f"{slot}_{name}{l}", trace.value(f"{slot}_{name}", l)) for name, l, slot in memory(trace)]
    rows = [("x", trace.value("a", 0).T), ("y", trace.value("y").T)]
    rows += [(f"mask{l}", trace.value("mask", l).T) for l in dropped(trace)]
    values += [(f"{name}{l}", trace.value(name, l)) for name, l in drawn(trace)]
    values = rows + [(name, value if "W" in name else value[:, 0]) for name, value in values]
    return "\n".join(("# one sample in each row", *(f"{name} = {array}({literal(value)})" for name, value in values)))


def memory(trace: Trace) -> list[tuple[str, int, str]]:
    """Return the parts of the optimizer's memory, parameter by parameter; none before the very first update."""
    slots = [slot for slot in trace.update.optimizer.slots if slot != COUNT]
    used = any(np.any(trace.update.before[slot]) for slot in slots)
    return [(name, l, slot) for name, l in moved(trace) for slot in slots] if used else []


def updates(trace: Trace) -> int:
    """Return how many updates there have been; those of an optimizer that does not count are no matter."""
    return int(trace.update.before.get(COUNT, 1))


def output(trace: Trace) -> str:
    """Return the letter of what the model gives: z where the loss takes the output activation upon itself."""
    return "z" if trace.loss_function.matched else "a"


def words(trace: Trace) -> str:
    """Say of the dense layers what is not to be seen in them."""
    last = trace.given.activations[-1]
    return f"the {last} of the output is part of the loss" if output(trace) == "z" else "the dense ones"


def biased(trace: Trace) -> bool:
    """Return whether updates move the biases."""
    return all(layer.train_bias for layer in trace.given.layers)


def stack(trace: Trace, library: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield of every layer its number, how many inputs and units it has, and the library's name of its activation."""
    *hidden, last = trace.given.activations
    functions = [*hidden, "linear" if output(trace) == "z" else last]
    for l, name in zip(layers(trace), functions, strict=True):
        yield l, *trace.given.sizes[l - 1 : l + 1], written(ACTIVATIONS[name], library)

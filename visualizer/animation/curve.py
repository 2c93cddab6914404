"""The curve of an activation inside its neuron, with the point at which its value or its slope is taken."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from engine import ACTIVATIONS
from visualizer.lecture import Source

_REACH, _POINTS = 4.0, 33


class Curve(NamedTuple):
    """Curve in a neuron: the activation's name, and where the input of the point is to be found."""

    name: str
    at: Source


def curves(activations: Iterable[str]) -> dict[str, list[float]]:
    """Return the curve of each activation that has one, at equal steps from -4 to 4.

    Examples
    --------
    >>> curves(["relu", "softmax"])["relu"][::16]
    [0.0, 0.0, 4.0]
    """
    at = np.linspace(-_REACH, _REACH, _POINTS)
    drawn = [name for name in dict.fromkeys(activations) if ACTIVATIONS[name].elementwise]
    return {name: ACTIVATIONS[name].f(at).round(3).tolist() for name in drawn}

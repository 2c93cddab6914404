"""The demon of the book: somebody adds Δz to one neuron's weighted input, and the cost changes by about δ · Δz."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import as_floats
from engine.passes.steps import Trace
from engine.passes.trace import trace

_NOTHING = 1e-3  # of the largest δ, or of the cost: below it a demon can do nothing to speak of


class Nudge(NamedTuple):
    """Effect of a demon at neuron j of `layer`, in every sample alike.

    Attributes
    ----------
    layer, j : int
        Layers count from 1, neurons from 0.
    delta, slope : float
        The mean over the samples of the neuron's error, and of the slope of its activation.
    predicted, change : float
        δ · Δz, and what the cost really changes by.
    helpless : bool
        Whether δ is so near zero that the demon can do nothing.
    """

    layer: int
    j: int
    delta: float
    slope: float
    predicted: float
    change: float
    helpless: bool


def costs(kept: Trace, layer: int, j: int, nudges: ArrayLike) -> NDArray:
    """Return the cost of a trace's network with each Δz added to neuron j of `layer`; a bias does the same to z.

    Raises
    ------
    InputError
        Where there is no such neuron.
    """
    given, x, y = kept.given, kept.value("a", 0).mT, kept.value("y").mT
    bias = given.theta[given.index(layer, j, None)]
    moved = (given.with_bias(layer, j, bias + dz) for dz in as_floats("nudges", nudges).ravel())
    return np.array([trace(network, x, y, kept.loss_name, **kept.beside).loss for network in moved])


def nudge(kept: Trace, layer: int, j: int, dz: float) -> Nudge:
    """Return the effect of a demon's Δz at neuron j of `layer`.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[2.0]], [0.0], "linear"),)), [1.0], [1.0])
    >>> nudge(t, 1, 0, 0.5)[2:6]
    (1.0, 1.0, 0.5, 0.625)
    """
    change = float(costs(kept, layer, j, [dz])[0] - kept.loss)
    delta = float(kept.value("db", layer)[j, 0])
    slope = float(kept.value("slope", layer)[j].mean())
    return Nudge(layer, j, delta, slope, delta * dz, change, abs(delta) <= _NOTHING * _largest(kept))


def all_nudges(kept: Trace, dz: float, most: int) -> list[Nudge]:
    """Return the effects of demons at every neuron, layer by layer; of many only the first ones."""
    neurons = [(l, j) for l, n in enumerate(kept.given.sizes[1:], 1) for j in range(n)]
    return [nudge(kept, l, j, dz) for l, j in neurons[:most]]


def _largest(kept: Trace) -> float:
    layers = range(1, len(kept.given.sizes))
    return max(abs(kept.loss), *(float(np.abs(kept.value("db", l)).max()) for l in layers))

"""Gradient check: every parameter is nudged both ways, and the slope of the cost compared with its gradient.

The nudged copies of the network are run as one stack, in double precision.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.catalogue import ACTIVATIONS, REGULARIZERS
from engine.equations import Ref
from engine.layers import NORM_VALUES
from engine.network import Network
from engine.passes.steps import Trace
from engine.passes.trace import trace
from engine.program import TO_THE_COST, Program, program_for

STEP = 6e-6  # near the cube root of the rounding unit, where truncation and rounding of a central difference balance
TOLERANCE = 1e-5
_SMALLEST = 1e-3  # times the cost: below this size of a gradient, the difference is judged by its absolute size
_NUMBERS_AT_ONCE = 2**20


class ParameterCheck(NamedTuple):
    """Gradient check of one parameter.

    Attributes
    ----------
    name, layer, j, k : str, int, int, int or None
        Weight `W` from neuron k to neuron j of `layer`; or with k None bias `b`, scale `gamma` or shift `beta` of
        neuron j.
    analytic, numeric : float
        ∂C/∂w by backpropagation and by a central difference.
    error : float
        Their relative difference.
    verdict : str
        `ok`; `kink`, where the nudge crosses the corner of a ReLU and no difference can tell; or `wrong`.
    """

    name: str
    layer: int
    j: int
    k: int | None
    analytic: float
    numeric: float
    error: float
    verdict: str


class GradientCheck(NamedTuple):
    """Gradient check of all parameters, in the order of the parameter vector."""

    parameters: tuple[ParameterCheck, ...]

    @property
    def passed(self) -> bool:
        """Whether no parameter is `wrong`."""
        return all(parameter.verdict != "wrong" for parameter in self.parameters)

    @property
    def worst(self) -> ParameterCheck:
        """The parameter with the largest relative error."""
        return max(self.parameters, key=lambda parameter: parameter.error)


def check_gradients(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    step: float = STEP,
    *,
    regularizer: str = "none",
    strength: float = 0.01,
    training: bool = True,
    mask_seed: int | Sequence[int] = 0,
) -> GradientCheck:
    """Compare the gradient of every parameter with a central difference.

    Parameters
    ----------
    network, x, y, loss
        As for `engine.passes.trace`. A float32 network is checked in float64.
    step : float
        The nudge h of (C(w + h) − C(w − h)) / 2h, for parameters up to 1; larger ones are nudged in proportion.
    regularizer, strength, training, mask_seed
        As in `engine.passes.trace`: the gradient checked is that of the whole cost, the penalty included.

    Returns
    -------
    GradientCheck

    Examples
    --------
    >>> check_gradients(Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1), [0.5, -1.0], [1.0]).passed
    True
    """
    options = {"regularizer": regularizer, "strength": strength, "training": training, "mask_seed": mask_seed}
    kept = trace(network.astype(np.float64), x, y, loss, **options)  # type: ignore[arg-type]
    return compare(kept, kept.gradient, step)


def compare(kept: Trace, gradient: NDArray, step: float = STEP) -> GradientCheck:
    """Compare any claimed gradient, a vector like theta, with the central differences at a trace."""
    numeric, kinks = _central_differences(kept, step)
    size = np.maximum(np.maximum(np.abs(gradient), np.abs(numeric)), _SMALLEST * max(1.0, abs(kept.cost)))
    error = np.abs(gradient - numeric) / size
    verdict = np.where(error <= TOLERANCE, "ok", np.where(kinks, "kink", "wrong"))
    rows = zip(_names(kept), gradient.tolist(), numeric.tolist(), error.tolist(), verdict.tolist(), strict=True)
    return GradientCheck(tuple(ParameterCheck(*name, *row) for name, *row in rows))


def _names(kept: Trace) -> list[tuple[str, int, int, int | None]]:
    shapes = [(l, *layer.W.shape) for l, layer in enumerate(kept.given.layers, 1)]
    named: list[tuple[str, int, int, int | None]] = [
        ("b", l, j, None) if k == n_in else ("W", l, j, k)
        for l, n_out, n_in in shapes
        for j in range(n_out)
        for k in range(n_in + 1)
    ]
    columns = [column for column in kept.given.architecture.columns if column[0] in NORM_VALUES[0]]
    return named + [(name, l, j, None) for name, l, part in columns for j in range(part.stop - part.start)]


def _central_differences(kept: Trace, step: float) -> tuple[NDArray, NDArray]:
    """Return the central difference of every parameter, and whether its nudge crosses a kink."""
    theta = kept.given.theta[: kept.given.architecture.parameters]
    nudge = step * np.maximum(1, np.abs(theta))
    at_once = max(1, _NUMBERS_AT_ONCE // (2 * len(theta) + len(kept._record)))  # noqa: SLF001  # nobody else asks how much a pass holds
    slope, kinks = np.empty_like(theta), np.zeros(len(theta), bool)
    for start in range(0, len(theta), at_once):
        part = np.arange(start, min(start + at_once, len(theta)))
        slope[part], kinks[part] = _nudge(kept, part, nudge)
    return slope, kinks


def _nudge(kept: Trace, part: NDArray, nudge: NDArray) -> tuple[NDArray, NDArray]:
    network = kept.given
    shift = np.zeros((len(part), len(network.theta)))
    shift[np.arange(len(part)), part] = nudge[part]
    program = program_for(network.architecture, kept.loss_name, kept.m, (2 * len(part),), TO_THE_COST, kept.options)
    with program.lock, np.errstate(all="ignore"):
        theta = np.concatenate((network.theta + shift, network.theta - shift))
        for l in range(1, len(network.layers)):
            if kept.options.training and network.architecture.dropout(l):
                program.value(Ref("mask", l))[...] = kept.value("mask", l)
        program.run(theta, kept.value("a", 0).mT, kept.value("y").mT)
        cost = Ref("J", 0) if kept.options.regularized else Ref("C", len(network.layers))
        up, down = np.split(program.value(cost), 2)
        above, below = (np.diagonal(half[:, part]) for half in np.split(theta, 2))
        kinks = _crosses_kink(program, network)
        if REGULARIZERS[kept.options.regularizer].kink:
            kinks = kinks | (above * below <= 0)
        return (up - down) / (above - below), kinks


def _crosses_kink(program: Program, network: Network) -> NDArray:
    """Whether each nudge takes some neuron with a corner at z = 0 to the other side of it."""
    crossed = []
    for l, name in enumerate(network.activations, 1):
        if ACTIVATIONS[name].kink:
            up, down = np.split(program.value(Ref("u" if network.architecture.is_normed(l) else "z", l)), 2)
            crossed.append(((up > 0) != (down > 0)).any(axis=(-2, -1)) | ((up == 0) | (down == 0)).any(axis=(-2, -1)))
    half = len(program.record) // 2
    return np.any(crossed, axis=0) if crossed else np.zeros(half, bool)

"""Stability of a training: the sharpness of the cost, and the step at which an optimizer begins to overshoot.

Along the direction in which the cost curves most, with the largest eigenvalue λ of its Hessian, gradient descent swings
ever further as soon as η λ > 2. An optimizer with a memory of the gradients has another limit, and one that divides
each gradient by its usual size sees the Hessian scaled by that. Both follow from its laws: what is even in the gradient
is such a size and is held where it is, the rest is linear.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.network import Network
from engine.optimizers import COUNT, OPTIMIZERS, Optimizer, State, UpdateRule
from engine.options import PLAIN, Options
from engine.passes import trace
from engine.studies.trial import RunRecord

_LOOKS, _ENOUGH = 40, 1e-4  # turns of the iteration, and the relative change with which it ends
_LATE = 1e6  # updates after which corrections for starting at zero are 1
_STEP = 1e-5  # of a difference of two gradients, in lengths of the parameters
_HALVINGS, _MOST_ROWS = 60, 256


def sharpness(
    network: Network,
    x: NDArray,
    y: NDArray,
    loss: str,
    gains: NDArray | float = 1.0,
    options: Options = PLAIN,
) -> float:
    """Return the largest eigenvalue of the Hessian of the cost J, by Lanczos' iteration on differences of gradients.

    Parameters
    ----------
    network : Network
    x, y : ndarray
        Rows of data.
    loss : str
    gains : ndarray or float
        What each parameter's gradient is multiplied by, as `gains_of` gives it: the Hessian is scaled by them.
    options : Options
        The penalty counts as part of the cost; mistakes and clipping do not.

    Examples
    --------
    >>> flat = Network.random((1, 1), ("linear",), "zeros")
    >>> round(sharpness(flat, np.array([[1.0], [-1.0]]), np.zeros((2, 1)), "quadratic"), 6)
    1.0
    """
    beside = {"regularizer": options.regularizer, "strength": options.strength}
    count = network.architecture.parameters
    root = np.sqrt(np.broadcast_to(np.asarray(gains, float), (count,)))
    reach = _STEP * max(1.0, float(np.linalg.norm(network.theta[:count])))

    def gradient(offset: NDArray) -> NDArray:
        theta = network.theta.copy()
        theta[:count] += offset
        return trace(network.with_theta(theta), x, y, loss, training=False, **beside).gradient[:count]  # type: ignore[arg-type]

    def turned(v: NDArray) -> NDArray:
        along = root * v
        length = np.linalg.norm(along)
        if not length:
            return np.zeros(count)
        step = along * (reach / length)
        return root * (gradient(step) - gradient(-step)) * (length / (2 * reach))

    with np.errstate(all="ignore"):
        return _largest(turned, count)


def _largest(turned: Callable[[NDArray], NDArray], count: int) -> float:
    """Return the largest eigenvalue of a symmetric map: within the span of a vector turned again and again.

    Plain power iteration finds the one of largest size, and goes to and fro where one as large is negative.
    """
    v = np.random.default_rng(0).normal(size=count)
    across: list[float] = []
    beside: list[float] = []
    basis, value = [v / np.linalg.norm(v)], -np.inf
    for _ in range(min(_LOOKS, count)):
        image = turned(basis[-1])
        across.append(float(basis[-1] @ image))
        if not np.isfinite(image).all():
            return np.inf
        for _ in range(2):  # once more, for what rounding leaves
            image = image - np.array(basis).T @ (np.array(basis) @ image)
        now = float(np.linalg.eigvalsh(np.diag(across) + np.diag(beside, 1) + np.diag(beside, -1)).max())
        length = float(np.linalg.norm(image))
        if abs(now - value) <= _ENOUGH * abs(now) or length <= _ENOUGH * abs(now):
            return now
        value = now
        beside.append(length)
        basis.append(image / length)
    return value


def limits_at(trial: RunRecord, epoch: int, most: int = _MOST_ROWS) -> tuple[float, float]:
    """Return the sharpness at an epoch of a run as its optimizer sees it, and the rate beyond which that is unstable.

    An even part of the training set stands for all where it has more than `most` rows.

    Examples
    --------
    >>> from engine.settings import Task
    >>> from engine.studies import untrained
    >>> sharp, rate = limits_at(untrained(Task()), 0)
    >>> round(sharp * rate, 9)
    2.0
    """
    task, (x, y) = trial.segment_at(epoch).task, trial.data_at(epoch)
    rows = slice(None, None, -(-len(x) // most))
    gains = gains_of(task.optimizer, trial.state_at(epoch))
    found = max(0.0, sharpness(trial.network_at(epoch), x[rows], y[rows], task.loss, gains, task.options))
    with np.errstate(all="ignore"):
        return found, float(stable_below(task.optimizer) / np.float64(found))


def gains_of(optimizer: str, state: State) -> NDArray | float:
    """Return by how much a steady gradient is multiplied, for each parameter, in the step of an optimizer, without η.

    Examples
    --------
    >>> gains_of("sgd", {}), round(gains_of("momentum", {"v": np.zeros(3)}), 9)
    (1.0, 10.0)
    """
    record = OPTIMIZERS[optimizer]
    held = {slot: value for slot, value in state.items() if slot in _even(optimizer)}
    gain = _gain(record, held, max(1.0, float(state[COUNT])) if COUNT in state else _LATE)
    return gain if np.ndim(gain) else float(gain)


@cache
def stable_below(optimizer: str) -> float:
    """Return the limit of η · gain · λ: beyond it a step along the sharpest direction overshoots ever further.

    Examples
    --------
    >>> [round(stable_below(name), 6) for name in ("sgd", "momentum", "adam")]
    [2.0, 38.0, 38.0]
    """
    record = OPTIMIZERS[optimizer]
    held = {slot: np.asarray(1.0) for slot in _even(optimizer)}
    gain = float(_gain(record, held, _LATE))
    low, high = 0.0, 1e4
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _radius(record, held, middle) <= 1 else (low, middle)
    return low * gain


@cache
def _even(optimizer: str) -> frozenset[str]:
    """Names of the state's vectors that do not change with the sign of the gradient: sizes."""
    found = set()
    for law in OPTIMIZERS[optimizer].laws[:-1]:
        others = {name: np.float64(0.5) for name in law.reads}
        one, other = (_called(law, others | {"g": np.float64(g)}) for g in (1.0, -1.0))
        if one == other:
            found.add(law.writes)
    return frozenset(found)


def _gain(record: Optimizer, held: State, t: float) -> NDArray:
    """Return the step for a gradient of 1 that has been the same for ever."""
    values = {"theta": np.float64(0.0), "g": np.float64(1.0), "rate": np.float64(1.0), **held, **record.corrected(t)}
    for law in record.laws[:-1]:
        if law.writes not in held:
            kept, new = (_called(law, values | {law.writes: at, "g": g}) for at, g in ((1.0, 0.0), (0.0, 1.0)))
            values[law.writes] = new / (1 - kept)
    return np.asarray(-_called(record.laws[-1], values))


def _radius(record: Optimizer, held: State, curvature: float) -> float:
    """Return the spectral radius of the update of one parameter on a parabola, its memory included."""
    memory = [law.writes for law in record.laws[:-1] if law.writes not in held]
    names = ["theta", *memory]
    columns = []
    for unit in np.eye(len(names)):
        values = dict(zip(names, unit, strict=True)) | held | record.corrected(_LATE) | {"rate": np.float64(1.0)}
        values["g"] = curvature * values["theta"]
        for law in record.laws:
            if law.writes not in held:
                values[law.writes] = _called(law, values)
        columns.append([float(values[name]) for name in names])
    return float(np.abs(np.linalg.eigvals(np.array(columns).T)).max())


def _called(law: UpdateRule, values: dict) -> NDArray:
    return law.function(*[values[name] for name in law.reads])

"""Test surfaces: functions of two numbers with a known shape, for optimizers to walk on.

`f(x, y)` is the height, element by element, and `gradient(x, y)` its two slopes. They show on two parameters what an
optimizer meets on thousands: a round bowl, a bent valley, a plateau beside steep walls.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.catalogue import SCHEDULES
from engine.core import InputError, Text, as_numbers, as_whole, lookup
from engine.optimizers import OPTIMIZERS, as_rate

MOST_STEPS = 100_000


@dataclass(frozen=True)
class Surface:
    """Registry entry of a test surface.

    Attributes
    ----------
    name : str
        The key in `SURFACES`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what is hard about it.
    source : str
        Authors and year of the publication.
    tex, tex_gradient : str
        The height and its gradient in TeX.
    f, gradient : callable
        f(x, y), and gradient(x, y): the slopes along x and along y.
    minimum, start : tuple of float
        The lowest point, and a start from which the way there is worth watching.
    x, y : tuple of float
        The range that shows the shape.
    rate : float
        A learning rate with which gradient descent gets there.
    """

    name: str
    label: Text
    why: Text
    source: str
    tex: str
    tex_gradient: str
    f: Callable[[NDArray, NDArray], NDArray]
    gradient: Callable[[NDArray, NDArray], tuple[NDArray, NDArray]]
    minimum: tuple[float, float]
    start: tuple[float, float]
    x: tuple[float, float]
    y: tuple[float, float]
    rate: float


class Walk(NamedTuple):
    """Trajectory of an optimizer over a surface.

    Attributes
    ----------
    points : ndarray of shape (steps + 1, 2)
        The points of the trajectory, the start first; it ends early where it left the finite numbers.
    heights : ndarray of shape (steps + 1,)
    """

    points: NDArray
    heights: NDArray


def _beale_parts(x: NDArray, y: NDArray) -> list[tuple[NDArray, int]]:
    return [(c - x + x * y**k, k) for k, c in enumerate((1.5, 2.25, 2.625), 1)]


SURFACES = {
    record.name: record
    for record in (
        Surface(
            "bowl",
            Text("bowl", "碗"),
            Text(
                "Ten times as steep in one direction as in the other: a learning rate that suits one is wrong for "
                "the other.",
                "一个方向比另一个陡十倍：适合其一的学习率不适合另一个。",
            ),
            "Polyak 1964",
            r"\tfrac12 \left(x^{2} + 10\, y^{2}\right)",
            r"\left(x,\; 10\, y\right)",
            lambda x, y: 0.5 * (x * x + 10 * y * y),
            lambda x, y: (x, 10 * y),
            (0.0, 0.0),
            (-4.0, 1.5),
            (-5.0, 5.0),
            (-2.5, 2.5),
            0.1,
        ),
        Surface(
            "rosenbrock",
            Text("Rosenbrock's valley", "Rosenbrock 峡谷"),
            Text(
                "The valley is found at once, but along its curved floor there is almost no slope.",
                "很快就能落入谷中；但沿弯曲的谷底几乎没有坡度。",
            ),
            "Rosenbrock 1960",
            r"(1 - x)^{2} + 100\, (y - x^{2})^{2}",
            r"\left(-2 (1 - x) - 400\, x\, (y - x^{2}),\; 200\, (y - x^{2})\right)",
            lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
            lambda x, y: (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
            (1.0, 1.0),
            (-1.2, 1.0),
            (-2.0, 2.0),
            (-1.0, 3.0),
            0.001,
        ),
        Surface(
            "beale",
            Text("Beale's function", "Beale 函数"),
            Text(
                "A plateau with steep walls at its corners: small steps hardly move, large ones are thrown far away.",
                "中间是平坦区，四角是陡壁：步子小则几乎不动，步子大则被抛得很远。",
            ),
            "Beale 1958",
            r"\sum_{k=1}^{3} \left(c_k - x + x y^{k}\right)^{2}, \quad c = (1.5,\; 2.25,\; 2.625)",
            r"2 \sum_{k=1}^{3} \left(c_k - x + x y^{k}\right) \left(y^{k} - 1,\; k\, x\, y^{k-1}\right)",
            lambda x, y: sum(part * part for part, _ in _beale_parts(x, y)),
            lambda x, y: (
                sum(2 * part * (y**k - 1) for part, k in _beale_parts(x, y)),
                sum(2 * part * k * x * y ** (k - 1) for part, k in _beale_parts(x, y)),
            ),
            (3.0, 0.5),
            (1.0, 1.5),
            (-4.5, 4.5),
            (-4.5, 4.5),
            0.01,
        ),
    )
}


def walk(
    surface: str,
    optimizer: str = "sgd",
    learning_rate: float | None = None,
    steps: int = 100,
    start: ArrayLike | None = None,
    schedule: str = "constant",
) -> Walk:
    """Let an optimizer walk on a test surface.

    Parameters
    ----------
    surface, optimizer, schedule : str
        Names in `SURFACES`, `OPTIMIZERS` and `SCHEDULES`; a step counts as an epoch.
    learning_rate : float, optional
        η; unless given, the surface's for gradient descent and for every other optimizer the optimizer's own.
    steps : int
        From 1.
    start : array_like of shape (2,), optional
        Unless given, the surface's own.

    Raises
    ------
    InputError
        For an unknown name, a rate or number of steps that does not work, or a start that is no point.

    Examples
    --------
    >>> walk("bowl", "adam", 0.3, steps=200).points[-1].round(2) + 0.0
    array([0., 0.])
    """
    ground = lookup(Text("surface", "曲面"), SURFACES, surface)
    method = lookup(Text("optimizer", "优化器"), OPTIMIZERS, optimizer)
    plan = lookup(Text("schedule", "学习率调度"), SCHEDULES, schedule)
    usual = ground.rate if optimizer == "sgd" else method.rate
    rate = usual if learning_rate is None else as_rate(learning_rate)
    count = as_whole(Text("invalid number of steps", "步数无效"), steps, 1, MOST_STEPS)
    points = [_as_point(ground.start if start is None else start)]
    state = None
    with np.errstate(all="ignore"):
        for t in range(count):
            gradient = np.array(ground.gradient(*points[-1]))
            point, state = method.step(points[-1], gradient, rate * plan.factor(t, count), state)
            if not np.isfinite(ground.f(*point)):
                break
            points.append(point)
        way = np.array(points)
        return Walk(way, np.asarray(ground.f(*way.T)))


def _as_point(values: ArrayLike) -> NDArray:
    point = as_numbers("start", values, np.float64)
    if point.shape != (2,):
        raise InputError(Text("the start is not a point", "起点不是一个点"), Text("two numbers", "两个数"), point.shape)
    return point

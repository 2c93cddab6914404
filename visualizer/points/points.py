"""Points on a plane and the table that they make: x₁, x₂ and a class, or x and y of a curve to fit."""

from dataclasses import replace
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text
from engine.core import write_number
from engine.data import OWN
from engine.settings import Task

CLASSES, CURVE = "classes", "curve"
MOST_POINTS = 400
_HEADS = {CLASSES: "x1,x2,class", CURVE: "x,y"}
_LIKE = {CLASSES: "moons", CURVE: "sine"}  # data for which output and loss are the same as for these points
_LARGEST, _EDGE = 1e6, 0.05  # a point farther away is nobody's; a point nearer to an edge than this share moves it
_PROBLEM = Text("these points cannot be used", "这些点无法使用")
_ALLOWED = Text(
    "at least one and at most {} points of two or three finite numbers", "1 到 {} 个点，每个点为两三个有限数"
)
Point = tuple[float, ...]
START: dict[str, tuple[Point, ...]] = {
    CLASSES: ((-0.6, -0.5, 0.0), (-0.3, 0.4, 0.0), (0.5, -0.4, 1.0), (0.4, 0.6, 1.0)),
    CURVE: ((-0.8, -0.4), (-0.3, 0.5), (0.2, 0.1), (0.7, 0.8)),
}


class Points(NamedTuple):
    """Points of a table.

    Attributes
    ----------
    kind : str
        `CLASSES`: x₁, x₂ and a class, 0 or 1; `CURVE`: x and y.
    points : tuple of tuple of float
    """

    kind: str
    points: tuple[Point, ...]

    @property
    def ranges(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Ends of both axes: −1 to 1, and whole numbers beyond, where points lie there."""
        sides = np.array([point[:2] for point in self.points] or [(0.0, 0.0)]).T
        low, high = sides.min(axis=1) - _EDGE, sides.max(axis=1) + _EDGE
        across, up = ((min(-1, floor(a)), max(1, ceil(b))) for a, b in zip(low, high, strict=True))
        return across, up

    @property
    def rows(self) -> str:
        """Text of the table."""
        lines = (",".join(write_number(value) for value in point) for point in self.points)
        return "\n".join([_HEADS[self.kind], *lines])


def points_of(task: Task) -> Points | None:
    """Return the samples of a task as points; None where they do not lie on a plane, or are too many to be moved.

    Examples
    --------
    >>> points_of(Task()).points
    ((0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0))
    """
    try:
        x, y = task.samples()
    except InputError:
        return None
    if len(x) > MOST_POINTS or np.abs(x).max() > _LARGEST or np.abs(y).max() > _LARGEST:
        return None
    if x.shape[1] == 1 and y.shape[1] == 1:
        return _points(CURVE, np.hstack((x, y)))
    two = y.shape[1] == 1 or (y.shape[1] == 2 and task.activations[-1] == "softmax")
    if x.shape[1] == 2 and two and np.isin(y, (0.0, 1.0)).all():
        return _points(CLASSES, np.hstack((x, y[:, -1:])))
    return None


def _points(kind: str, values: NDArray) -> Points:
    return Points(kind, tuple(tuple(point) for point in values.tolist()))


def read_points(kind: str, sent: object) -> Points:
    """Return the points that a browser has sent.

    Raises
    ------
    InputError
        Where they are none.
    """
    width = 3 if kind == CLASSES else 2
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_POINTS or kind not in _HEADS:
        raise InputError(_PROBLEM, _ALLOWED.format(MOST_POINTS), sent if isinstance(sent, str) else type(sent).__name__)
    for point in sent:
        if not _is_point(point, width):
            raise InputError(_PROBLEM, _ALLOWED.format(MOST_POINTS), point)
    return _points(kind, np.array(sent, float))


def _is_point(point: object, width: int) -> bool:
    if not isinstance(point, list) or len(point) != width:
        return False
    is_near = all(type(v) in (int, float) and abs(v) <= _LARGEST for v in point)
    return is_near and (width < 3 or point[2] in (0, 1))


def drawn_task(task: Task, made: Points) -> Task:
    """Return a task on these points; an output and a loss that suit the other kind give way.

    As long as the network fits, its weights stay: a point is moved under a training that goes on.
    """
    before = points_of(task)
    suited = task if before and before.kind == made.kind else task.with_data(_LIKE[made.kind])
    return replace(suited, data=OWN, size=None, noise=None, rows=made.rows, targets="", decimal="")

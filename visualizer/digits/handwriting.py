"""A digit drawn by hand on the paint grid, made into an image like those that a network has learned from."""

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text

_FINE = 32  # cells of the grid along the longer side, at least about
_LARGEST, _FAINT = 15, 0.1  # what one character of the drawing counts to, and what is no ink
_MOST_GROWTH = 3.0  # a dot stays a dot
_SMALL = 16  # up to this side images fill their frame; those of MNIST leave a rim, and rest on their centre of mass
_RIM = 20 / 28
_PROBLEM = Text("not a valid drawing", "这不是手绘")


def grid_of(picture: tuple[int, int]) -> tuple[int, int]:
    """Return the rows and columns of the grid on which an image of this shape is drawn."""
    fine = max(1, _FINE // max(picture))
    return picture[0] * fine, picture[1] * fine


def read_drawing(text: str, grid: tuple[int, int]) -> NDArray:
    """Return the ink of a grid, from 0 to 1, of which each cell is a digit from 0 to f.

    Raises
    ------
    InputError
        Where it is no such text.
    """
    rows, columns = grid
    try:
        values = [int(sign, 16) for sign in text]
    except (TypeError, ValueError):
        values = []
    if len(values) != rows * columns:
        raise InputError(_PROBLEM, Text("{} cells from 0 to f", "{} 格，每格 0 到 f").format(rows * columns), text)
    return np.array(values, float).reshape(grid) / _LARGEST


def as_image(drawn: NDArray, picture: tuple[int, int]) -> NDArray:
    """Return a drawing as an image, of shape (rows · columns,): moved and scaled as those of the data sets are.

    Images of 8 × 8 were cut out and fill their frame (Alpaydin & Kaynak 1998); those of MNIST fill 20 of 28 pixels
    and lie with their centre of mass in the middle (LeCun, Cortes & Burges 1998).
    """
    small = max(picture) <= _SMALL
    if drawn.max(initial=0) > _FAINT:
        drawn = _moved(drawn, 1.0 if small else _RIM, by_mass=not small)
    (rows, columns), (r, c) = drawn.shape, picture
    return drawn.reshape(r, rows // r, c, columns // c).mean(axis=(1, 3)).ravel()


def _moved(drawn: NDArray, share: float, by_mass: bool) -> NDArray:
    """Return a drawing scaled to this share of its frame, in the middle of it."""
    inked = np.argwhere(drawn > _FAINT)
    low, high = inked.min(axis=0), inked.max(axis=0)
    growth = min(_MOST_GROWTH, (share * np.array(drawn.shape) / (high - low + 1)).min())
    places = np.indices(drawn.shape).reshape(2, -1)
    middle = (places * drawn.ravel()).sum(axis=1) / drawn.sum() if by_mass else (low + high) / 2
    frame = (np.array(drawn.shape) - 1) / 2
    wanted = middle[:, np.newaxis] + (places - frame[:, np.newaxis]) / growth
    return _between(drawn, wanted).reshape(drawn.shape)


def _between(values: NDArray, places: NDArray) -> NDArray:
    """Return the values at places between the cells, of shape (2, n); outside there is none."""
    padded = np.pad(values, 1)
    inside = np.clip(places + 1, 0, np.array(padded.shape)[:, np.newaxis] - 1.001)
    (i, j), (s, t) = np.floor(inside).astype(int), inside % 1
    above = padded[i, j] * (1 - t) + padded[i, j + 1] * t
    return above * (1 - s) + (padded[i + 1, j] * (1 - t) + padded[i + 1, j + 1] * t) * s

"""Points of a curve that are drawn: no more than a screen has columns, and no peak is lost."""

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 800  # of a curve; a screen has not many more columns


def thinned(curve: NDArray, most: int = MOST_POINTS) -> NDArray:
    """Indices of the points of a curve to draw: lowest and highest of every stretch, the first and the last."""
    count = len(curve)
    if count <= most:
        return np.arange(count)
    stretches = most // 2 - 1
    width = -(-count // stretches)
    padded = np.full(stretches * width, np.nan)
    padded[:count] = np.where(np.isfinite(curve), curve, np.nan)
    rows = padded.reshape(stretches, width)
    starts = np.arange(0, stretches * width, width)
    lowest = starts + np.where(np.isnan(rows), np.inf, rows).argmin(axis=1)
    highest = starts + np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1)
    kept = np.unique(np.concatenate([[0, count - 1], lowest, highest]))
    return kept[kept < count]

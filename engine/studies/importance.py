"""Importance of settings for the loss at the end: how much worse a random forest guesses it without each of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text

FEWEST = 5  # runs
TREES = 100
_REPEATS, _WORSE = 5, 10.0
_LEAVES = 128  # of a tree, about: thousands of runs take no longer, and no run has a leaf of its own
_FEW = Text("too few runs", "训练次数太少")
_ALLOWED = Text("at least {} that differ in a setting", "至少 {} 次，且有设置不同").format(FEWEST)


class Importance(NamedTuple):
    """Importance of one setting.

    Attributes
    ----------
    setting : str
    share : float
        Of all importances together, from 0 to 1.
    correlation : float
        Between the ranks of its values and those of the losses; NaN where its values have no order.
    """

    setting: str
    share: float
    correlation: float


class Importances(NamedTuple):
    """Importances of all settings, the largest first, of so many runs.

    `explained` is the share of the differences between losses that the forest guesses of runs that it has not seen: a
    coefficient of determination, out of the bag; near 0 or below, the importances say nothing.
    """

    rows: tuple[Importance, ...]
    explained: float
    runs: int


def importances(values: Mapping[str, Sequence[Any]], losses: Sequence[float]) -> Importances:
    """Return the importance of settings by permutation, on a random forest that guesses log₁₀ of the final loss.

    Parameters
    ----------
    values : mapping of sequence
        By the name of each setting its value in each run; what are no numbers have no order.
    losses : sequence of float
        The final loss of each run; one that is not finite counts as ten times the worst.

    Raises
    ------
    InputError
        For fewer than five runs, and where they differ in nothing.
    """
    names = [name for name, column in values.items() if len(set(column)) > 1]
    if len(losses) < FEWEST or not names:
        raise InputError(_FEW, _ALLOWED, len(losses))
    columns, heights = np.column_stack([codes(values[name]) for name in names]), logarithms(losses)
    falls, explained = _permuted(columns, heights)
    shares = falls / falls.sum() if falls.sum() > 0 else falls
    rows = [
        Importance(name, float(share), _correlation(values[name], column, heights))
        for name, share, column in zip(names, shares, columns.T, strict=True)
    ]
    return Importances(tuple(sorted(rows, key=lambda row: -row.share)), explained, len(losses))


def _permuted(columns: NDArray, heights: NDArray) -> tuple[NDArray, float]:
    """Losses of the forest where each column is shuffled, none below 0, and the share that it explains."""
    from sklearn.ensemble import RandomForestRegressor  # noqa: PLC0415  # takes half a second, and few ask for it
    from sklearn.inspection import permutation_importance  # noqa: PLC0415

    fewest = -(-len(heights) // _LEAVES)
    forest = RandomForestRegressor(TREES, min_samples_leaf=fewest, oob_score=True, random_state=0)
    forest.fit(columns, heights)
    found = permutation_importance(forest, columns, heights, n_repeats=_REPEATS, random_state=0)
    explained = float(forest.oob_score_) if np.ptp(heights) > 0 else 0.0
    return np.maximum(found.importances_mean, 0.0), explained


def is_ordered(column: Sequence[Any]) -> bool:
    """Whether all values of a setting are numbers."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in column)


def codes(column: Sequence[Any]) -> NDArray:
    """Return the values of a setting as numbers: themselves, or their places, in their order where they have one."""
    if is_ordered(column):
        return np.array(column, float)
    values = list(dict.fromkeys(column))
    if all(isinstance(value, tuple) and is_ordered(value) for value in values):
        values.sort()  # sizes of layers
    places = {value: i for i, value in enumerate(values)}
    return np.array([places[value] for value in column], float)


def logarithms(losses: Sequence[float]) -> NDArray:
    """Return log₁₀ of losses; of what is not finite that of ten times the worst, of zeros that of the least."""
    found = np.array(losses, float)
    good = found[np.isfinite(found) & (found > 0)]
    if not good.size:
        return np.zeros(len(found))
    return np.log10(np.clip(np.where(np.isfinite(found), found, _WORSE * good.max()), good.min(), None))


def _correlation(values: Sequence[Any], column: NDArray, heights: NDArray) -> float:
    if not is_ordered(values):
        return np.nan
    first, second = _ranks(column), _ranks(heights)
    return float(np.corrcoef(first, second)[0, 1]) if np.ptp(second) > 0 else 0.0


def _ranks(values: NDArray) -> NDArray:
    """Return the ranks of values; equal ones share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[place]

"""Shapes of a curve: where it stands still, swings, falls at the end, or rises."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from visualizer.findings.curve_evidence import CurveEvidence
from visualizer.findings.evidence import Evidence
from visualizer.writing import number

SHORTEST, A_FEW = 20, 2  # epochs: before the first a tenth of a run is no stretch; before the second nothing is said
STILL = 0.02  # a loss stands still that changes by less than this share in a tenth of the run
UPS, DOWNS = 0.25, 0.25  # the shares of epochs in which the loss goes up, and down: pure noise has halves
Either = Evidence | CurveEvidence
_PLACES = 1001  # at so many places a curve is looked at for stretches
_PEAKS = 0.04  # how often a swinging loss turns from up to down: once in 25 epochs, twice in a stretch at least
_UP, _VISIBLE = 0.02, 0.01  # how far it goes up on average, of itself; and what a loss is that is worth a word
_STILL_IN_FEW = 0.002  # the same in an epoch, where there are only a few
_STEADY = 0.5  # the last tenth falls at least this much of what the one before did
_RISEN = 1.2  # a loss that ends at so many times its lowest has risen


def percent(share: float) -> str:
    """Return a share in words."""
    return f"{number(100 * share, 2)}%"


def tenth(e: Either) -> int:
    """Number of epochs in a tenth of the run."""
    return -(-e.last // 10)


def smooth(curve: NDArray) -> NDArray:
    """Return the means over a hundredth of the run: single epochs of small batches say little."""
    width = max(1, len(curve) // 100)
    padded = np.pad(curve, (width // 2, (width - 1) // 2), "edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")


def stretches(holds: NDArray, reach: int = 0) -> list[tuple[int, int]]:
    """Return the first and the last place of each stretch in which a condition holds, the latter `reach` further."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(int)))
    return [(int(first), int(last) - 1 + reach) for first, last in edges.reshape(-1, 2)]


def signed(e: Either) -> bool:
    """Whether the loss goes below 0, as a log-likelihood does: shares of it then say nothing."""
    return bool((e.loss < 0).any())


def still(e: Either) -> list[tuple[int, int]]:
    """Return the stretches in which the loss is flat at a level that is not small, each a tenth of the run."""
    if e.last < SHORTEST or signed(e):
        return []
    places = np.unique(np.linspace(0, e.last, _PLACES).round().astype(int))
    width = -(-len(places) // 10)
    windows = sliding_window_view(smooth(e.loss)[places], width)
    low, high = windows.min(axis=1), windows.max(axis=1)
    flat = (high - low <= STILL * high) & (low >= e.low)
    covered = np.zeros(len(places), bool)
    for first in np.flatnonzero(flat):
        covered[first : first + width] = True
    return [(int(places[first]), int(places[last])) for first, last in stretches(covered)]


def flat_since(e: Either) -> int | None:
    """Return the epoch since which the loss stands still at the end; None where it does not."""
    found = still(e)
    return found[-1][0] if found and found[-1][1] >= e.last else None


def falls(e: Either) -> bool:
    """Whether the loss is still falling at the end, steadily."""
    if e.diverged or e.last < A_FEW or signed(e):
        return False
    width, curve = tenth(e), smooth(e.loss)
    before, then, now = curve[-1 - 2 * width], curve[-1 - width], curve[-1]
    steady = then - now >= _STEADY * (before - then) and (np.diff(e.loss[-1 - width :]) > 0).mean() < UPS
    return bool(steady and then - now >= (STILL if e.last >= SHORTEST else _STILL_IN_FEW) * then and then > now)


def rises(e: Either) -> bool:
    """Whether the loss ends clearly above its lowest, without having left the finite numbers."""
    if e.diverged or e.last < A_FEW or signed(e):
        return False
    return bool(smooth(e.loss)[-1] > _RISEN * max(e.loss.min(), e.low))


def longest_swing(e: Either) -> tuple[int, int, NDArray]:
    """Return the longest stretch in which the loss swings, and by which share it goes up in each epoch of it."""
    if e.last < SHORTEST or signed(e):
        return 0, 0, np.array([])
    steps, wild = _wild(e)
    first, last = max(stretches(wild, tenth(e)), key=lambda ends: ends[1] - ends[0], default=(0, 0))
    ups = first + np.flatnonzero(steps[first:last] > 0)
    if not len(ups):
        return 0, 0, np.array([])
    return int(ups[0]), int(ups[-1]) + 1, steps[ups]


def _wild(e: Either) -> tuple[NDArray, NDArray]:
    """Return each step of the loss as a share of it, and whether each window of a tenth of the run oscillates."""
    until = e.loss.argmin() if e.diverged else e.last  # on the way to infinity it is no oscillation
    loss, width = np.maximum(e.loss[: until + 1], np.finfo(float).tiny), tenth(e)
    steps = np.diff(loss) / loss[:-1]
    up = steps > 0
    peaks = np.append(up[:-1] & ~up[1:], False)
    ups, tops, sizes, levels = (_means(v, width) for v in (up, peaks, np.maximum(steps, 0), loss[:-1]))
    back_and_forth = (ups >= UPS) & (ups <= 1 - DOWNS) & (tops * width >= max(2, _PEAKS * width))
    return steps, back_and_forth & (sizes >= _UP * ups) & (levels >= _VISIBLE * e.constant)


def _means(values: NDArray, width: int) -> NDArray:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[width:] - sums[:-width]) / width

"""Watch over the losses of runs: which of them end before their last epoch, and why."""

import numpy as np
from numpy.typing import NDArray

from engine.options import Stopping

REASONS = np.array(("", "plateau", "target"))


class StopWatch:
    """Watch over one run or a stack of them, for the owner of their loop.

    Attributes
    ----------
    best_epoch : ndarray of shape (runs,)
        The epoch of the last loss of each run that counts as an improvement.
    """

    def __init__(self, rules: Stopping, start: int = 0, runs: int = 1) -> None:
        self._target = -np.inf if rules.target_loss is None else rules.target_loss
        self._patience = np.inf if rules.patience is None else rules.patience
        self._share = rules.min_improvement
        self._below, self.best_epoch = np.full(runs, np.inf), np.full(runs, start)  # the first: what is an improvement

    def reasons(self, losses: NDArray, epoch: int) -> NDArray:
        """Take note of the losses after an epoch; return why each run ends there, by its place in `REASONS`."""
        improved = losses < self._below
        if np.count_nonzero(improved):
            self._below[improved] = (losses - self._share * np.abs(losses))[improved]
            self.best_epoch[improved] = epoch
        late = epoch - self.best_epoch >= self._patience
        return np.maximum(late, 2 * (losses <= self._target))

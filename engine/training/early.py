"""Watch over the losses of runs: which of them end before their last epoch, and why."""

import numpy as np
from numpy.typing import NDArray

from engine.options import Stopping


class StopWatch:
    """Watch over one run or a stack of them, for the owner of their loop.

    Attributes
    ----------
    best, best_epoch : ndarray of shape (runs,)
        The last loss of each run that counts as an improvement, and its epoch.
    """

    def __init__(self, rules: Stopping, start: int = 0, runs: int = 1) -> None:
        self._rules = rules
        self.best, self.best_epoch = np.full(runs, np.inf), np.full(runs, start)

    def reasons(self, losses: NDArray, epoch: int) -> NDArray:
        """Take note of the losses after an epoch; return why each run ends there, as `History.stopped` has it."""
        rules, best = self._rules, self.best
        with np.errstate(invalid="ignore"):
            improved = np.isinf(best) | (losses < best - rules.min_improvement * np.abs(best))
        self.best, self.best_epoch = np.where(improved, losses, best), np.where(improved, epoch, self.best_epoch)
        late = np.zeros(len(best), bool) if rules.patience is None else epoch - self.best_epoch >= rules.patience
        reached = np.zeros(len(best), bool) if rules.target_loss is None else losses <= rules.target_loss
        return np.where(reached, "target", np.where(late, "plateau", ""))

"""A schedule says how large the learning rate is in each epoch of a training.

Every entry is one function of the epoch: with t, the number of epochs that have been done (0 in the first), and T, the
number that the whole training has, `factor(t, T)` is what η is multiplied by in the next epoch. All updates of an epoch
have the same rate. Times are shares of T, so that a longer training has the same curve.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil, cos, pi

from engine.core import Text

DROP, DROPS = 0.1, 3
LAST = 0.01
HALVING = 10
WARM = 0.1
RISE, FIRST_PART, LAST_PART = 0.3, 25, 250_000


@dataclass(frozen=True)
class Schedule:
    """Registry entry of a learning-rate schedule.

    Attributes
    ----------
    name : str
        The key in `SCHEDULES`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it does.
    source : str
        Authors and year of the publication.
    tex : str
        The rate of an epoch in TeX, with the letters t and T.
    factor : callable
        factor(t, T): what η is multiplied by after t of T epochs; for t from 0 to T − 1.
    constants : dict
        The numbers that letters in the TeX stand for.
    """

    name: str
    label: Text
    why: Text
    source: str
    tex: str
    factor: Callable[[int, int], float]
    constants: dict[str, float] = field(default_factory=dict)


def _between(start: float, end: float, share: float) -> float:
    """Value of half a cosine on its way from `start` to `end`."""
    return end + (start - end) * (1 + cos(pi * share)) / 2


def _one_cycle(t: int, T: int) -> float:
    top = max(0.0, RISE * T - 1)
    if t < top:
        return _between(1 / FIRST_PART, 1, t / top)
    return _between(1, 1 / LAST_PART, (t - top) / max(1, T - 1 - top))


SCHEDULES = {
    record.name: record
    for record in (
        Schedule(
            "constant",
            Text("constant", "恒定"),
            Text("The learning rate stays constant.", "学习率保持不变。"),
            "Cauchy 1847",
            r"\eta",
            lambda t, T: 1.0,
        ),
        Schedule(
            "step",
            Text("step decay", "阶梯衰减"),
            Text(
                "Divides the rate by ten after each third of training: coarse first, then fine.",
                "每过训练的三分之一，学习率降为十分之一：先大步，再细调。",
            ),
            "Krizhevsky, Sutskever & Hinton 2012",
            r"\eta\, \gamma^{\lfloor t / \lceil T/k \rceil \rfloor}",
            lambda t, T: DROP ** (t // ceil(T / DROPS)),
            {r"\gamma": DROP, "k": DROPS},
        ),
        Schedule(
            "exponential",
            Text("exponential decay", "指数衰减"),
            Text(
                "Each epoch multiplies the rate by the same factor; 1% is left at the end.",
                "每轮学习率都乘以同一比例；结束时剩下百分之一。",
            ),
            "Darken & Moody 1990",
            r"\eta\, \gamma^{t/T}",
            lambda t, T: LAST ** (t / T),
            {r"\gamma": LAST},
        ),
        Schedule(
            "cosine",
            Text("cosine annealing", "余弦退火"),
            Text(
                "Half a cosine: the rate stays high for a while, falls in the middle, and levels off at zero.",
                "半个余弦：先在高处停留，中段下降，最后平缓地趋于零。",
            ),
            "Loshchilov & Hutter 2017",
            r"\eta\, \tfrac12 \left(1 + \cos \tfrac{\pi t}{T}\right)",
            lambda t, T: _between(1, 0, t / T),
        ),
        Schedule(
            "inverse_time",
            Text("1/t decay", "1/t 衰减"),
            Text(
                "Falls like 1/(1 + k t/T), to η/11 at the end: fast at first, then ever more slowly.",
                "按 1/(1 + k t/T) 下降，结束时为 η/11：先快后慢。",
            ),
            "Robbins & Monro 1951",
            r"\frac{\eta}{1 + k\, t / T}",
            lambda t, T: 1 / (1 + HALVING * t / T),
            {"k": HALVING},
        ),
        Schedule(
            "one_cycle",
            Text("one cycle", "单周期（one-cycle）"),
            Text(
                "Rises to η in the first three tenths and then falls to almost nothing, both along half a cosine.",
                "前十分之三升到 η，之后降到几乎为零，都沿半个余弦。",
            ),
            "Smith & Topin 2019",
            r"\begin{cases} \eta \left(1 - \left(1 - \tfrac{1}{d}\right) \tfrac12 \left(1 + \cos \tfrac{\pi t}{s}"
            r"\right)\right) & t \lt s = p T - 1 \\ \eta \left(\tfrac{1}{e} + \left(1 - \tfrac{1}{e}\right) \tfrac12 "
            r"\left(1 + \cos \tfrac{\pi (t - s)}{T - 1 - s}\right)\right) & t \ge s \end{cases}",
            _one_cycle,
            {"p": RISE, "d": FIRST_PART, "e": LAST_PART},
        ),
        Schedule(
            "warmup",
            Text("warm-up", "预热"),
            Text(
                "A linear rise to η over the first tenth of training: no big steps while the gradients are still "
                "erratic.",
                "训练的前十分之一线性升到 η：梯度尚不稳定时不迈大步。",
            ),
            "Goyal et al. 2017",
            r"\eta\, \min\left(1, \frac{t + 1}{\lceil p T \rceil}\right)",
            lambda t, T: min(1.0, (t + 1) / ceil(WARM * T)),
            {"p": WARM},
        ),
    )
}

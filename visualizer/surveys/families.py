"""Families of tasks to compare: they differ in one setting and begin, where they can, from one network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, Text
from engine.mistakes import MISTAKES
from engine.passes import trace
from engine.settings import Task

_FACTORS = (0.1, 0.3, 3.0, 10.0)
_BATCHES, _MOST_UPDATES = (1, 4, 16, 64, 256, 1024), 256  # the second: of an epoch, so that small ones still end
_SEEDS = 7
_DRAWN, _DRAWS = 19, 11  # the seed of a random search, and how many tasks it draws
_FIRST_SAMPLES = 64  # enough to see whether a mistake does anything
_WIDTHS = (0.5, 2.0, 4.0, 8.0)
_FIRST_WIDTHS = (2, 4, 8)  # of a hidden layer where there was none


@dataclass(frozen=True)
class Family:
    """Registry entry of a way to vary a task.

    Attributes
    ----------
    name : str
        The key in `FAMILIES`.
    label, why : Text
        The name that a reader sees, and one sentence on what comparing shows.
    others : callable
        others(task): tasks to compare it with, some of which may be impossible or the same.
    """

    name: str
    label: Text
    why: Text
    others: Callable[[Task], Iterator[Task]]

    def tasks(self, task: Task) -> list[Task]:
        """Return the tasks of the family that can be trained, each once, the original one first."""
        return list(dict.fromkeys([task, *(other for other in self.others(task) if other.works)]))


def _rates(task: Task) -> Iterator[Task]:
    return (replace(task, eta=float(f"{task.eta * factor:.3g}")) for factor in _FACTORS)


def _optimizers(task: Task) -> Iterator[Task]:
    others = (optimizer for name, optimizer in OPTIMIZERS.items() if name != task.optimizer)
    return (replace(task, optimizer=optimizer.name, eta=optimizer.rate) for optimizer in others)


def _batches(task: Task) -> Iterator[Task]:
    samples = len(task.samples()[0]) * (100 - task.held) / 100
    sizes = (size for size in _BATCHES if size < samples <= size * _MOST_UPDATES)
    return (replace(task, batch=size) for size in (0, *sizes))


def _activations(task: Task) -> Iterator[Task]:
    names = (name for name, record in ACTIVATIONS.items() if record.elementwise) if task.hidden else ()
    return (replace(task, activations=(name,) * len(task.hidden) + task.activations[-1:]) for name in names)


def _seeds(task: Task) -> Iterator[Task]:
    return (task.drawn(seed=task.seed + k) for k in range(1, _SEEDS + 1))


def _sizes(task: Task) -> Iterator[Task]:
    """Yield narrower and wider layers, and one more of them."""
    if not task.hidden:
        for width in _FIRST_WIDTHS:
            yield task.drawn(hidden=(width,), activations=("tanh", *task.activations))
        return
    for factor in _WIDTHS:
        yield task.drawn(hidden=tuple(max(1, int(n * factor)) for n in task.hidden))
    deeper = (*task.hidden, task.hidden[-1])
    yield task.drawn(hidden=deeper, activations=(*task.activations[:-1], *task.activations[-2:]))


def _random(task: Task) -> Iterator[Task]:
    """Yield tasks in which rate, optimizer, batch and width are drawn together, the same for the same task."""
    rng = np.random.default_rng(_DRAWN)
    samples = len(task.samples()[0])
    sizes = [size for size in _BATCHES if size < samples <= size * _MOST_UPDATES] or [0]
    methods = list(OPTIMIZERS.values())
    for _ in range(_DRAWS):
        method = methods[rng.integers(len(methods))]
        usual = task.eta if method.name == task.optimizer else method.rate
        eta = float(f"{usual * 10 ** rng.uniform(-1, 1):.2g}")
        hidden = tuple(max(1, int(n * _WIDTHS[rng.integers(len(_WIDTHS))])) for n in task.hidden)
        drawn = {"optimizer": method.name, "eta": eta, "batch": int(rng.choice(sizes)), "hidden": hidden}
        yield task.drawn(**drawn)


def _mistakes(task: Task) -> Iterator[Task]:
    """Yield the task without its mistakes; where it has none, a task with each mistake that changes something."""
    if task.mistakes:
        yield task.with_options(mistakes=())
        return
    right = _after_an_update(task)
    for name, mistake in MISTAKES.items():
        made = task.with_options(mistakes=(name,))
        if not mistake.rounds and not np.array_equal(_after_an_update(made), right):
            yield made


def _after_an_update(task: Task) -> NDArray:
    """Return the parameters after the first update, by the first samples."""
    x, y = (values[:_FIRST_SAMPLES] for values in task.samples())
    beside: dict[str, Any] = task.options._asdict()
    return trace(task.network(), x, y, task.loss, task.optimizer, task.eta, **beside).network.theta


FAMILIES = {
    family.name: family
    for family in (
        Family(
            "rates",
            Text("learning rates", "学习率"),
            Text(
                "From a tenth to ten times the current learning rate: too small crawls, too large oscillates or "
                "diverges.",
                "从当前学习率的十分之一到十倍：太小则缓慢爬行，太大则来回跳动甚至发散。",
            ),
            _rates,
        ),
        Family(
            "optimizers",
            Text("optimizers", "优化器"),
            Text(
                "All optimizers from the same initial weights, each at a typical learning rate.",
                "所有优化器从同一组权重出发，各用其常用的学习率。",
            ),
            _optimizers,
        ),
        Family(
            "initializers",
            Text("initializers", "初始化方法"),
            Text(
                "The same seed with different initializers: equal weights stay equal, large ones saturate.",
                "同一个种子，不同的初始化方法：相同的权重始终相同，过大的权重会饱和。",
            ),
            lambda task: (task.drawn(init=name) for name in INITIALIZERS),
        ),
        Family(
            "batches",
            Text("batch sizes", "小批量大小"),
            Text(
                "Small batches take more steps in an epoch, and noisier ones.",
                "批越小，每轮的步数越多，噪声也越大。",
            ),
            _batches,
        ),
        Family(
            "activations",
            Text("activations", "激活函数"),
            Text(
                "Different activations in all hidden layers, from the same weights.",
                "所有隐藏层换用其他激活函数，权重不变。",
            ),
            _activations,
        ),
        Family(
            "seeds",
            Text("seeds", "随机种子"),
            Text(
                "Only the initial weights change: how much of the result is luck?",
                "只换初始权重：结果有多少是运气？",
            ),
            _seeds,
        ),
        Family(
            "sizes",
            Text("hidden layers", "隐藏层"),
            Text(
                "Hidden layers from half to eight times as wide, and one more layer.",
                "隐藏神经元从一半到八倍，再多一层。",
            ),
            _sizes,
        ),
        Family(
            "random",
            Text("random search", "随机搜索"),
            Text(
                "Learning rate, optimizer, mini-batch size and width are drawn at random together: “What matters” "
                "then shows which of them matters most.",
                "同时随机选取学习率、优化器、小批量与宽度：再由“设置的影响”看哪一项最重要。",
            ),
            _random,
        ),
        Family(
            "mistakes",
            Text("correct vs. mistakes", "正确与错误对照"),
            Text(
                "The correct training next to the chosen mistake, or, if none is chosen, next to every common "
                "mistake that matters here.",
                "正确的训练与所选的错误对照；若没有选择，则与每种在此有影响的常见错误对照。",
            ),
            _mistakes,
        ),
    )
}

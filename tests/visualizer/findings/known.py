"""Trainings with a known cause: why each of them ends as it does, and what the same training does without that cause.

A record is one training. Its remedy takes the cause away and nothing else; `test_known.py` trains both, so that the
cause is known from a training and not from a finding. The rules were written with those of `known_first.py` and
`known_more.py` in view; the figures of `benchmarks/findings.py` are of others, which `known_apart.py` draws.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from engine.settings import Task
from engine.studies import RunDriver, RunRecord
from visualizer.findings import findings, try_out

BCE, SQUARES = "binary_cross_entropy", "squared_error"


@dataclass(frozen=True)
class Known:
    """A training with a known cause.

    Attributes
    ----------
    name : str
    cause : str
        The key of the cause; `none` where nothing is wrong.
    task : Task
    remedy : dict
        Settings that take the cause away, and nothing else.
    also : tuple of str
        Other causes that are true of it too: to name them is no mistake.
    """

    name: str
    cause: str
    task: Task
    remedy: dict[str, Any]
    also: tuple[str, ...] = ()


def classes(data: str = "moons", hidden: tuple[int, ...] = (8,), f: str = "tanh", **settings: Any) -> Task:
    """Return a training of two classes, with a sigmoid output and its own loss unless others are asked for."""
    output = settings.pop("output", "sigmoid")
    usual: dict[str, Any] = {"loss": BCE, "init": "xavier_uniform", "eta": 0.5, "epochs": 300}
    return Task(data, hidden=hidden, activations=(f,) * len(hidden) + (output,), **usual | settings)


def curve(hidden: tuple[int, ...] = (8,), f: str = "tanh", data: str = "sine", **settings: Any) -> Task:
    """Return a training of a curve, with a linear output unless another one is asked for."""
    return classes(data, hidden, f, **{"output": "linear", "loss": SQUARES, "eta": 0.1} | settings)


def table(rows: np.ndarray, hidden: tuple[int, ...] = (8,), f: str = "tanh", **settings: Any) -> Task:
    """Return a training of a table of one's own."""
    return classes("own", hidden, f, rows=written(rows), **settings)


def written(rows: np.ndarray) -> str:
    """Return rows of inputs and one target as the text of a table."""
    head = ",".join([f"x{k}" for k in range(1, rows.shape[1])] + ["y"])
    return "\n".join([head, *(",".join(f"{value:.6g}" for value in row) for row in rows)])


def flats(seed: int = 0, count: int = 60) -> np.ndarray:
    """Return rents of flats: square metres, distance in metres, share of glass; and whether the rent is high."""
    draw = np.random.default_rng(seed)
    area, metres, glass = draw.uniform(20, 180, count), draw.uniform(100, 9000, count), draw.uniform(0, 1, count)
    dear = area / 100 - metres / 5000 + glass > 0.6
    return np.column_stack((area, metres, glass, dear))


def standardized(rows: np.ndarray) -> np.ndarray:
    """Return the rows with inputs of mean 0 and deviation 1."""
    x = rows[:, :-1]
    return np.column_stack(((x - x.mean(axis=0)) / x.std(axis=0), rows[:, -1]))


def spectra(seed: int = 3, count: int = 50) -> np.ndarray:
    """Return temperatures in kelvin and pressures in pascal, and a number that depends on both."""
    draw = np.random.default_rng(seed)
    kelvin, pascal = draw.uniform(270, 310, count), draw.uniform(98000, 103000, count)
    return np.column_stack((kelvin, pascal, np.tanh((kelvin - 290) / 10) + (pascal - 100500) / 2500))


def thirds(seed: int = 1, count: int = 60) -> np.ndarray:
    """Return two inputs and the number of one of three classes, 0, 1 or 2, as a single target."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(count, 2))
    return np.column_stack((x, (x[:, 0] > -0.4).astype(int) + (x[:, 0] > 0.4)))


def line(low: float, high: float, count: int = 40) -> np.ndarray:
    """Return a straight line between two targets."""
    x = np.linspace(-1, 1, count)
    return np.column_stack((x, low + (high - low) * (x + 1) / 2))


def coins(seed: int = 5, count: int = 40, faces: int = 4) -> np.ndarray:
    """Return few different inputs, each with both classes as its target."""
    draw = np.random.default_rng(seed)
    return np.column_stack((draw.integers(0, faces, count), draw.integers(0, 2, count)))


def threshold(at: float, count: int = 40) -> np.ndarray:
    """Return one input and whether it is above a threshold."""
    x = np.linspace(-1, 1, count)
    return np.column_stack((x, x > at))


def far(bias: float) -> tuple[float, ...]:
    """Return small weights of a 2-4-1 network whose hidden units all stand far out."""
    return (0.3, 0.2, bias, -0.2, 0.3, bias + 0.5, 0.1, 0.3, 1 - bias, -0.3, 0.1, bias, 0.5, -0.5, 0.5, 0.5, 0.0)


def kept(name: str, cause: str, task: Task, also: tuple[str, ...] = (), **remedy: Any) -> Known:
    return Known(name, cause, task, remedy, also)


@cache
def run(task: Task) -> RunRecord:
    """Return a training that has ended."""
    driver = RunDriver(task)
    while driver.advance(1.0):
        pass
    assert driver.trial
    return driver.trial


def named(known: Known) -> set[str]:
    """Return the causes that are named: by findings, else by the trainings that put the others to the test."""
    trial = run(known.task)
    found = findings(trial)
    causes = {finding.cause for finding in found} - {""}
    undecided = [finding for finding in found if finding.apart]
    if undecided:
        *_, last = try_out(trial, undecided)
        causes |= {last.cause} - {""}
    return causes


def scored(records: list[Known], found: dict[str, set[str]]) -> tuple[float, float]:
    """Return precision, of all named causes, and recall, of the known ones; no cause counts as the cause `none`."""
    said = [(known, name) for known in records for name in found[known.name] or {"none"}]
    true = sum(name in (known.cause, *known.also) for known, name in said)
    return true / len(said), sum(known.cause in (found[known.name] or {"none"}) for known in records) / len(records)

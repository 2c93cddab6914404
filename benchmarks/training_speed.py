"""Speed of `train` beside NumPy written by hand for the task, and PyTorch where it is installed.

    python benchmarks/training_speed.py

Every task starts from the same weights and ends at the same loss, or the program stops. The implementations take turns,
round after round, on one thread; medians and ratios to NumPy by hand are printed.
"""

import statistics
import sys
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine import DATASETS, Network, train

ROUNDS = 7


class Task(NamedTuple):
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    optimizer: str
    rate: float
    batch: int
    epochs: int
    x: np.ndarray
    y: np.ndarray

    def network(self):
        return Network.random(self.sizes, self.activations, seed=1)


def tasks():
    digits = load_digits()
    images, labels = digits.data / 16, np.eye(10)[digits.target]
    spiral, xor = DATASETS["spiral"].draw(), DATASETS["xor"].draw()
    return {
        "XOR 2-2-1, whole batch": Task((2, 2, 1), ("sigmoid",) * 2, "quadratic", "sgd", 0.5, 4, 10_000, *xor),
        "spirals 2-8-8-1, batch 10": Task(
            (2, 8, 8, 1), ("tanh", "tanh", "linear"), "quadratic", "sgd", 0.03, 10, 100, *spiral
        ),
        "digits 64-32-10, Adam, batch 32": Task(
            (64, 32, 10), ("relu", "softmax"), "cross_entropy", "adam", 0.001, 32, 10, images, labels
        ),
    }


def by_engine(task):
    net = task.network()
    settings = (task.loss, task.optimizer, task.rate, task.epochs, task.batch)
    return lambda: train(net, task.x, task.y, *settings, shuffle=False).loss[-1]


def sigmoid(z):
    return [(np.negative, z, z), (np.exp, z, z), (np.add, z, 1, z), (np.reciprocal, z, z)]


def softmax(z):
    top = np.empty((len(z), 1))
    return [
        (np.maximum.reduce, z, 1, None, top, True),
        (np.subtract, z, top, z),
        (np.exp, z, z),
        (np.add.reduce, z, 1, None, top, True),
        (np.divide, z, top, z),
    ]


ACTS = {  # the calls for a = f(z) in place, and those for the error times f′, with room for a product
    "sigmoid": (sigmoid, lambda d, a, t: [(np.subtract, 1, a, t), (np.multiply, t, a, t), (np.multiply, d, t, d)]),
    "tanh": (
        lambda z: [(np.tanh, z, z)],
        lambda d, a, t: [(np.multiply, a, a, t), (np.subtract, 1, t, t), (np.multiply, d, t, d)],
    ),
    "relu": (
        lambda z: [(partial(np.maximum, out=z), z, 0.0)],
        lambda d, a, t: [(np.sign, a, t), (np.multiply, d, t, d)],
    ),
    "linear": (lambda z: [], lambda d, a, t: []),
    "softmax": (softmax, lambda d, a, t: []),  # with the cross-entropy, whose error is that of z
}


def written_out(task, W, b, dW, db, x, y):
    """Return the outputs, the errors of the last layer, and all calls of one batch in their order; rows are samples."""
    acts = [ACTS[name] for name in task.activations]
    a, d, t = ([np.empty((len(x), n)) for n in task.sizes[1:]] for _ in range(3))
    below, ones = [x, *a], np.ones(len(x))
    calls = []
    for l, (apply, _) in enumerate(acts):
        calls += [(np.dot, below[l], W[l].T, a[l]), (np.add, a[l], b[l], a[l]), *apply(a[l])]
    calls += [(np.subtract, a[-1], y, d[-1])]
    for l in reversed(range(len(acts))):
        if l < len(acts) - 1:
            calls += [(np.dot, d[l + 1], W[l + 1], d[l])]
        calls += acts[l][1](d[l], a[l], t[l]) if l < len(acts) - 1 or task.loss == "quadratic" else []
        calls += [(np.dot, d[l].T, below[l], dW[l]), (np.dot, ones, d[l], db[l])]
    return a[-1], y, np.empty_like(y), [(f, arguments) for f, *arguments in calls]


def by_hand(task):
    """Buffers for every array, one vector for all parameters, and every call of an epoch written out beforehand."""
    shapes = list(zip(task.sizes[1:], task.sizes[:-1], strict=True))
    ends = np.cumsum([0, *(n * (k + 1) for n, k in shapes)])

    def views(vector):
        blocks = [(vector[ends[l] : ends[l + 1]], n, k) for l, (n, k) in enumerate(shapes)]
        return [p[: n * k].reshape(n, k) for p, n, k in blocks], [p[n * k :] for p, n, k in blocks]

    def run():
        theta, g, m, v, t = (np.zeros(ends[-1]) for _ in range(5))
        (W, b), (dW, db) = views(theta), views(g)
        for l, layer in enumerate(task.network().layers):
            W[l][:], b[l][:] = layer.W, layer.b.ravel()
        rows = [slice(start, start + task.batch) for start in range(0, len(task.x), task.batch)]
        batches = [written_out(task, W, b, dW, db, task.x[part], task.y[part]) for part in rows]
        update = {"sgd": descent, "adam": adam}[task.optimizer]
        for epoch in range(task.epochs):
            total = 0.0
            for k, (a, y, gap, calls) in enumerate(batches, 1):
                for f, arguments in calls:
                    f(*arguments)
                total += COSTS[task.loss](a, y, gap)
                update(theta, g, m, v, t, task.rate, len(y), epoch * len(batches) + k)
        return total / len(task.x)

    return run


def half_squares(a, y, gap):
    np.subtract(a, y, gap)
    return 0.5 * np.vdot(gap, gap)


def surprise(a, y, gap):
    return -np.log(np.multiply(a, y, gap).sum(1)).sum()


COSTS = {"quadratic": half_squares, "cross_entropy": surprise}


def descent(theta, g, m, v, t, rate, size, count):
    np.multiply(g, rate / size, g)
    np.subtract(theta, g, theta)


def adam(theta, g, m, v, t, rate, size, count):
    """One step of Adam (Kingma and Ba 2015), its corrections drawn into the rate and into ε."""
    root = (1 - 0.999**count) ** 0.5
    np.divide(g, size, g)
    np.multiply(m, 0.9, m)
    np.add(m, np.multiply(g, 0.1, t), m)
    np.multiply(np.multiply(g, g, t), 0.001, t)
    np.multiply(v, 0.999, v)
    np.add(v, t, v)
    np.add(np.sqrt(v, t), 1e-8 * root, t)
    np.multiply(np.divide(m, t, t), rate * root / (1 - 0.9**count), t)
    np.subtract(theta, t, theta)


def by_torch(task):
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    kinds = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
    x, y = torch.tensor(task.x), torch.tensor(task.y)

    def run():
        parts = []
        for layer, name in zip(task.network().layers, task.activations, strict=True):
            linear = torch.nn.Linear(layer.W.shape[1], len(layer.W), dtype=torch.float64)
            with torch.no_grad():
                linear.weight[:], linear.bias[:] = torch.tensor(layer.W), torch.tensor(layer.b.ravel())
            parts += [linear, *([kinds[name]()] if name in kinds else [])]
        model = torch.nn.Sequential(*parts)
        method = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[task.optimizer](model.parameters(), lr=task.rate)
        for _ in range(task.epochs):
            total = 0.0
            for xb, yb in zip(x.split(task.batch), y.split(task.batch), strict=True):
                said = model(xb)
                classes = task.loss == "cross_entropy"
                cost = (
                    torch.nn.functional.cross_entropy(said, yb) if classes else ((said - yb) ** 2).sum() / 2 / len(xb)
                )
                method.zero_grad()
                cost.backward()
                method.step()
                total += cost.item() * len(xb)
        return total / len(x)

    return run


def main() -> None:
    ways = {"NumPy by hand": by_hand, "train": by_engine} | ({"PyTorch": by_torch} if find_spec("torch") else {})
    for name, task in tasks().items():
        runs = {way: make(task) for way, make in ways.items()}
        ends = {way: run() for way, run in runs.items()}  # the first round is not timed
        assert np.allclose(list(ends.values()), ends["train"], rtol=1e-6), ends
        times = {way: [] for way in runs}
        for _ in range(ROUNDS):
            for way, run in runs.items():
                began = time.perf_counter()
                run()
                times[way].append(time.perf_counter() - began)
        medians = {way: statistics.median(taken) for way, taken in times.items()}
        told = (f"{way} {1000 * at:.0f} ms ({at / medians['NumPy by hand']:.2f}×)" for way, at in medians.items())
        beside = (
            f"; PyTorch takes {medians['PyTorch'] / medians['train']:.1f} times as long" if "PyTorch" in ways else ""
        )
        print(f"{name}: {', '.join(told)}{beside}")


if __name__ == "__main__":
    with threadpool_limits(1):
        main()

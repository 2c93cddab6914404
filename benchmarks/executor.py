"""A grid of digit networks, trained here and by a pool of processes: python benchmarks/executor.py [--workers 2]."""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: here as there, or the rounding would not be the same

import numpy as np
from sklearn.datasets import load_digits

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine import Network
from engine.training import sweep

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([[0], [1], [1], [0.0]])


def settings():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--epochs", type=int, default=10, help="of each network")
    asked.add_argument("--rounds", type=int, default=3, help="the fastest of which counts")
    return asked.parse_args()


def digits(epochs):
    """Networks 64-128-128-10: two ways to begin × four seeds × four rates."""
    data = load_digits()
    grid = list(product(("he_normal", "xavier_uniform"), range(4), (3e-4, 1e-3, 3e-3, 1e-2)))
    nets = [Network.random((64, 128, 128, 10), ("relu", "relu", "softmax"), init, seed) for init, seed, _ in grid]
    given = {"learning_rate": [rate for *_, rate in grid], "loss": "cross_entropy", "optimizer": "adam"}
    return nets, (data.data / 16, np.eye(10)[data.target]), given | {"batch_size": 32, "epochs": epochs}


def xor():
    nets = [Network.random((2, 2, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(256)]
    return nets, XOR, {"learning_rate": 0.5, "epochs": 2000}


def timed(nets, data, given, **where):
    begun = time.perf_counter()
    runs = sweep(nets, *data, **given, **where)
    return time.perf_counter() - begun, runs.loss


def measure(name, task, pool, workers, rounds):
    """Train by turns here and there; print the shortest times, and return whether the curves are equal."""
    here, there = zip(
        *((timed(*task), timed(*task, executor=pool, pieces=workers)) for _ in range(rounds)), strict=True
    )
    alone, spread = min(seconds for seconds, _ in here), min(seconds for seconds, _ in there)
    same = np.array_equal(here[0][1], there[0][1], equal_nan=True)
    print(f"{name}: {len(task[0])} networks, here {alone:.2f} s, {workers} processes {spread:.2f} s", end=", ")
    print(f"{alone / spread:.2f}×, the curves are {'the same to the last bit' if same else 'NOT the same'}")
    return same


def main(given):
    with ProcessPoolExecutor(given.workers, get_context("spawn")) as pool:
        list(pool.map(abs, range(given.workers)))  # started, and not counted
        tasks = {"digits": digits(given.epochs), "XOR": xor()}
        same = [measure(name, task, pool, given.workers, given.rounds) for name, task in tasks.items()]
        return all(same)


if __name__ == "__main__":
    sys.exit(0 if main(settings()) else 1)

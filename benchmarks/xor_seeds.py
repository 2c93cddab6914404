"""How many of 256 seeds solve XOR with two hidden neurons, at the settings of a published demonstration.

    python benchmarks/xor_seeds.py

Seed s draws W1, b1, W2, b2 from NumPy's `RandomState(s).randn`; 10,000 epochs of full-batch training; a run has solved
XOR when its mean squared error ends below 0.01.
"""

import time
from pathlib import Path
from sys import path

import numpy as np

path.insert(0, str(Path(__file__).parents[1]))
from engine import DATASETS, Network, sweep, trace

SEEDS, EPOCHS, SOLVED = 256, 10_000, 0.01
RUNS = [("sgd", 0.2), ("adam", 0.1), ("adam", 0.01), ("adam", 0.001)]


def main() -> None:
    x, y = DATASETS["xor"].draw()
    networks = [Network.random((2, 2, 1), ("sigmoid", "sigmoid"), "randn", seed) for seed in range(SEEDS)]
    for optimizer, rate in RUNS:
        began = time.perf_counter()
        runs = sweep(networks, x, y, "squared_error", optimizer, rate, EPOCHS)
        took = time.perf_counter() - began
        final = np.array([trace(net, x, y, "squared_error").loss for net in runs.networks])
        right = sum(bool(((net.predict(x) > 0.5) == (y > 0.5)).all()) for net in runs.networks)
        print(
            f"{optimizer:5} {rate:5}: {(final < SOLVED).sum():3} of {SEEDS} solved, {right} with all four outputs on "
            f"the right side, seed 1 ends at {final[1]:.6f}; {took:.1f} s"
        )


if __name__ == "__main__":
    main()

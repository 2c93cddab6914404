"""The share of 256 seeds that solve XOR with two hidden neurons, at the settings of a published demonstration.

    python benchmarks/xor_seeds.py

Seed s draws W1, b1, W2, b2 from NumPy's `RandomState(s).randn`; 10,000 epochs of full-batch training; a run has solved
XOR when its mean squared error ends below 0.01.
"""

import time
from dataclasses import replace
from pathlib import Path
from sys import path

path.insert(0, str(Path(__file__).parents[1]))
from engine.settings import Task
from engine.studies import survey

SEEDS, SOLVED = 256, 0.01
RUNS = {"sgd": [0.2], "adam": [0.1, 0.01, 0.001]}


def main() -> None:
    for optimizer, rates in RUNS.items():
        began = time.perf_counter()
        *_, last = survey(replace(Task(), optimizer=optimizer), range(SEEDS), rates, SOLVED)
        made, took = last.survey, time.perf_counter() - began
        for rate, solved, right, final in zip(rates, made.solved, made.all_right, made.final, strict=True):
            print(
                f"{optimizer:5} {rate:5}: {solved * SEEDS:3.0f} of {SEEDS} solved, {right * SEEDS:.0f} with all four "
                f"outputs on the right side, seed {Task().seed} ends at {final[Task().seed]:.6f}"
            )
        print(f"{took / len(rates):.1f} s for each rate")


if __name__ == "__main__":
    main()

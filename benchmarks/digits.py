"""Test accuracy of the digits' network over five splits of the 8 × 8 set, 80 to 20.

    python benchmarks/digits.py

64-128-128-10, ReLU and softmax, cross-entropy, Adam at 0.002, batches of 32, 10 epochs: the settings that the Train
page takes for images. Split s draws the order of the samples, what is held out, the batches and the weights from s.
"""

import time
from dataclasses import replace
from pathlib import Path
from sys import exit as leave
from sys import path

path.insert(0, str(Path(__file__).parents[1]))
from engine.settings import Task
from engine.studies import RunDriver
from engine.training import scores

SPLITS, GOAL = range(5), 0.965


def accuracy(task: Task) -> tuple[float, int]:
    training = RunDriver(task)
    while training.advance(60):
        pass
    trial = training.trial
    x, y = trial.held_out
    return scores(trial.network_at(trial.epochs).predict(x), y).accuracy, len(x)


def main() -> int:
    found = []
    for split in SPLITS:
        began = time.perf_counter()
        share, samples = accuracy(replace(Task().with_data("digits"), order=split, seed=split))
        found.append(share)
        print(f"split {split}: {share:.2%} of {samples} right, {time.perf_counter() - began:.1f} s")
    mean = sum(found) / len(found)
    print(f"mean {mean:.2%}, at least {GOAL:.1%} is meant to be")
    return int(mean < GOAL)


if __name__ == "__main__":
    leave(main())

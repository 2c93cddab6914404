"""Training runs for the tests of the Train page's figures, each trained once."""

from dataclasses import replace
from functools import lru_cache

from engine.settings import OWN, Task
from engine.studies import RunDriver

SPIRAL = Task(
    data="spiral",
    hidden=(8, 8),
    activations=("tanh", "tanh", "sigmoid"),
    init="xavier_uniform",
    loss="binary_cross_entropy",
    optimizer="adam",
    eta=0.01,
    epochs=120,
    held=20,
)
_TABLE = "\n".join(["a,b,c,t", *(f"{i / 10},{i * 7 % 5},{i % 3},{i / 5 + i % 3}" for i in range(20))])
TASKS = {
    "spiral": SPIRAL,
    "softmax": replace(SPIRAL, activations=("tanh", "tanh", "softmax"), loss="cross_entropy", batch=40, epochs=30),
    "sine": Task(
        data="sine", hidden=(5,), activations=("tanh", "linear"), init="normal", loss="mse", eta=0.1, epochs=50, held=25
    ),
    "table": Task(
        data=OWN, rows=_TABLE, hidden=(4,), activations=("tanh", "linear"), loss="quadratic", eta=0.01, epochs=40
    ),
    "diverged": replace(
        SPIRAL, activations=("linear",) * 3, loss="squared_error", optimizer="sgd", eta=50.0, held=0, epochs=300
    ),
    "long": Task(epochs=3000),
    "digits": replace(Task().with_data("digits"), size=120, hidden=(12,), activations=("relu", "softmax"), epochs=8),
}
CHANGED = (50, replace(SPIRAL, eta=0.1))


@lru_cache
def trial_of(name):
    task = TASKS[name] if name != "changed" else SPIRAL
    return run(task, *([CHANGED] if name == "changed" else []))


def run(task, *changes):
    training = RunDriver(task, *changes)
    while training.advance(10):
        pass
    return training.trial

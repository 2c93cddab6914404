"""Mistakes made on purpose: the rules of a pass with some of their operations replaced.

The result is a program like any other, so that it can be traced, drawn, stepped through and trained.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from numpy.typing import NDArray

from engine.catalogue import Loss
from engine.core import InputError, Text, lookup, names
from engine.equations import Operation, Rule
from engine.layers import Architecture
from engine.mistakes.record import Mistake
from engine.mistakes.registry import MISTAKES

Made = tuple[Mistake, ...]
AHEAD = "W_new"  # what is read before its time by those who update too early


def made_of(mistakes: Iterable[str]) -> Made:
    """Registry entries of mistakes, by their names."""
    return tuple(MISTAKES[name] for name in mistakes)


def check_mistakes(mistakes: tuple[str, ...]) -> None:
    """Raise `InputError` for an unknown mistake, and for two that exclude each other."""
    made = [lookup(Text("mistake", "错误"), MISTAKES, name) for name in mistakes]
    for i, one in enumerate(made):
        for other in made[:i]:
            if one is other or one.excludes(other):
                problem = Text("only one of these mistakes can be made at a time", "这两个错误不能同时犯")
                raise InputError(problem, names([other.name]), one.name)


def with_mistakes(
    rules: Iterable[tuple[Rule, int]], architecture: Architecture, made: Made
) -> Iterator[tuple[Rule, int]]:
    """Yield rules with mistakes in them, in the layers where they can be made."""
    in_turn = sorted(made, key=lambda mistake: bool(mistake.reads))  # first the operation, then what it reads
    for rule, l in rules:
        wrong = rule
        for mistake in in_turn:
            wrong = mistake.rule(wrong) if mistake.where(architecture, l) else wrong
        yield wrong, l


def wrong_loss(loss: Loss, made: Made) -> Loss:
    """Return the loss as the mistakes have it."""
    for mistake in made:
        loss = mistake.loss(loss)
    return loss


def reads_ahead(operation: Operation) -> bool:
    """Whether an operation reads parameters that have been updated already, as the mistake *sequential* does."""
    return any(name.startswith(AHEAD) for name in operation.reads)


def rounded(value: NDArray, made: Made) -> NDArray:
    """Return a value as rounded by the mistakes as soon as it is computed."""
    for mistake in made:
        value = mistake.after(value)
    return value


def wrong_gradient(gradient: NDArray, architecture: Architecture, made: Made) -> NDArray:
    """Return the gradient as the mistakes hand it to the update."""
    for mistake in made:
        gradient = mistake.gradient(architecture, gradient)
    return gradient


def wrong_rate(rate: Any, made: Made) -> Any:
    """Return the learning rate, one or several, as the mistakes have it."""
    for mistake in made:
        rate = mistake.rate(rate)
    return rate


def moved(architecture: Architecture, made: Made) -> Architecture:
    """Return the architecture with those biases trained that an update with the mistakes moves."""
    for mistake in made:
        architecture = mistake.moved(architecture)
    return architecture


def wrong_law(parameter: str, law: str, made: Made) -> str:
    """Return the TeX of an update law as the mistakes change it."""
    for mistake in made:
        law = mistake.law(parameter, law)
    return law

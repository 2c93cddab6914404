"""Passes with mistakes in them beside the correct ones: the numbers they change, and their gradient check."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.mistakes import Mistake
from engine.passes import GradientCheck, Step, Trace, compare, trace
from engine.settings import Model, cached_by_model


def with_these(model: Model, mistakes: Iterable[Mistake]) -> Model:
    """Return a model with these mistakes and no others."""
    return model.with_options(mistakes=tuple(mistake.name for mistake in mistakes))


def mistaken(model: Model, mistakes: Iterable[Mistake]) -> Trace:
    """Return the pass of a model's iteration with mistakes made from the first iteration on.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from engine.mistakes.registry import MISTAKES
    >>> after = replace(Model.of_example("mazur"), iteration=2)
    >>> round(mistaken(after, [MISTAKES["sequential"]]).loss, 9)
    0.291027924
    """
    return with_these(model, mistakes).trace()


def passes(model: Model, mistakes: Iterable[Mistake]) -> Iterator[Trace]:
    """Yield the passes with mistakes of all iterations, from the first, without end."""
    return with_these(model, mistakes).passes()


def check_mistaken(model: Model, mistakes: Iterable[Mistake], step: float | None = None) -> GradientCheck:
    """Compare the gradient that an update with mistakes is given with central differences of the correct cost."""
    done = mistaken(model, mistakes)
    right = trace(done.given, model.x, model.y, model.loss, **(done.beside | {"mistakes": ()}))
    return compare(right, done.wrong_gradient) if step is None else compare(right, done.wrong_gradient, step)


def first_difference(model: Model, mistakes: Iterable[Mistake]) -> Step | None:
    """Return the first step whose value a mistake changes, or None where it changes nothing here."""
    return _difference(model.right.trace(), mistaken(model, mistakes))


def _difference(right: Trace, wrong: Trace) -> Step | None:
    for mine, theirs in zip(right.steps, wrong.steps, strict=True):
        pairs = zip(_parts(mine), _parts(theirs), strict=True)
        if any(not np.allclose(a, b, rtol=1e-12, atol=1e-14, equal_nan=True) for a, b in pairs):
            return theirs
    return None


def _parts(step: Step) -> tuple[NDArray, ...]:
    return step.value if isinstance(step.value, tuple) else (step.value,)


@cached_by_model
def changing(model: Model, mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Return the mistakes that change anything in the first pass of a model."""
    first = replace(model, iteration=1)
    right = first.right.trace()
    return tuple(mistake for mistake in mistakes if _difference(right, mistaken(first, [mistake])))

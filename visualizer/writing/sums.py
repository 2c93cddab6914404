"""Sums and products of a trace's numbers, written with letters and with numbers."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine import Ref, Trace
from visualizer.writing.symbols import exact, tex

_MOST_TERMS = 5
Factor = tuple[str, float]
Item = TypeVar("Item")


def number_at(trace: Trace, name: Ref, indices: Sequence[int], sample: int) -> float:
    """Return one element of a value; of a value with a column for each sample, that of `sample`."""
    value = trace.value(*name)
    if value.ndim == 0:
        return float(value)
    column = indices[1] if len(indices) > 1 else 0 if value.shape[1] == 1 else sample
    return float(value[indices[0], column])


def factor(trace: Trace, name: Ref, indices: Sequence[int], sample: int) -> Factor:
    """Return an element's letters and its number."""
    return tex(name, *indices), number_at(trace, name, indices, sample)


def sum_of(terms: Sequence[Sequence[Factor]]) -> tuple[str, str]:
    """Write a sum of products with letters and with numbers."""
    letters = [r"\,".join(name for name, _ in term) for term in terms]
    numbers = [r"\cdot ".join(bracketed(value, i) for i, (_, value) in enumerate(term)) for term in terms]
    return joined(letters), joined(numbers)


def joined(terms: Sequence[str]) -> str:
    """Join terms to a sum; of a long one the middle is left out, with a count."""
    return _joined([*terms[: _MOST_TERMS - 1], terms[-1]] if len(terms) > _MOST_TERMS else terms, len(terms))


def long_sum(items: Sequence[Item], write: Callable[[Item], tuple[str, str]]) -> tuple[str, str]:
    """Write a sum of many items, computing only those that are shown."""
    shown = [*items[: _MOST_TERMS - 1], items[-1]] if len(items) > _MOST_TERMS else items
    letters, numbers = zip(*map(write, shown), strict=True)
    return _joined(letters, len(items)), _joined(numbers, len(items))


def _joined(shown: Sequence[str], count: int) -> str:
    gap = [rf"\underbrace{{\cdots}}_{{{count - _MOST_TERMS}}}"] if count > _MOST_TERMS else []
    text = " + ".join([*shown[:-1], *gap, shown[-1]])
    return text.replace("+ -", "- ").replace("+ ⟨-", "- ⟨")


def bracketed(value: float, place: int) -> str:
    """Write a number, below 0 in parentheses unless it stands at place 0."""
    text = exact(value)
    return f"({text})" if value < 0 and place else text

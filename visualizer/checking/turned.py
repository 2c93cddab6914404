"""Whole matrices that are the transposes of the computed ones: one finding, not one for each number."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from engine import Ref, Text
from engine.core import agrees
from visualizer.checking.claims import Claim
from visualizer.writing import plain

_WHOLE = Text(
    "All of {0} is the transpose of the computed matrix: rows and columns have changed places. Row j holds the weights "
    "into neuron j here.",
    "整个 {0} 是计算结果的转置：行列对调了。这里第 j 行对应进入神经元 j 的权重。",
)


class Turned(NamedTuple):
    """A whole matrix that is the transpose of the computed one."""

    ref: Ref
    iteration: int


def transposes(claims: Iterable[Claim], computed: Callable[[Claim], float]) -> list[Turned]:
    """Return the square matrices that are wrong as they stand, and right in every number once they are transposed."""
    groups: dict[Turned, dict[tuple[int, ...], Claim]] = {}
    for claim in claims:
        if len(claim.place.indices) == 2:
            groups.setdefault(Turned(claim.place.ref, claim.iteration), {})[claim.place.indices] = claim
    return [turned for turned, entries in groups.items() if _is_turned(entries, computed)]


def _is_turned(entries: Mapping[tuple[int, ...], Claim], computed: Callable[[Claim], float]) -> bool:
    size = max(max(at) for at in entries) + 1
    if size < 2 or len(entries) != size * size:
        return False
    right = all(agrees(claim.typed, computed(claim)) for claim in entries.values())
    return not right and all(agrees(entries[j, i].typed, computed(entries[i, j])) for i, j in entries)


def words_of(turned: Turned, lang: str) -> str:
    """Sentence about a matrix that is transposed."""
    return _WHOLE.format(plain(turned.ref))(lang)

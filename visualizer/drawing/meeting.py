"""Meeting places on edges: where two numbers meet and become their product, so that no two products cover each other.

The edges that lead to one neuron play together, and so do those that come from one: each edge has a place for either.
"""

from collections.abc import Sequence
from typing import NamedTuple

from visualizer.drawing.label_layout import Ends, Obstacle, Tag, places_along, tag_of

PLATES = (
    (13, 1),
    (8, 2),
)  # characters of a line and lines of what is said there, as 0.35 × 0.0839; tried in this order
_SIZES = (1.0, 0.85, 0.7, 0.6)  # of the type, as shares of that of the labels
_SMALLEST = 9
_MIDDLE, _AMONG = 0.5, 0.42  # where on an edge a place is looked for first


class Meeting(NamedTuple):
    """Meeting places: the plate of what is said there, and of every edge two shares of its length."""

    tag: Tag
    shares: list[tuple[float, float]]


def meeting_places(edges: Sequence[tuple[str, str, Ends]], covers: list[Obstacle], label: Tag) -> Meeting:
    """Return the places on edges, each given by its two nodes and its ends.

    Of the two places of an edge one is among those that lead to its target, the other among those from its source. The
    plate is the largest with which every edge has its place, or the smallest; then some have their middle.
    """
    sizes = [max(_SMALLEST, round(share * label.size)) for share in _SIZES]
    plates = [tag_of(size, *plate) for size in sizes for plate in PLATES]
    for tag in plates:
        found = [_shares(edges, covers, tag, side) for side in (1, 0)]
        if tag == plates[-1] or None not in found[0] + found[1]:
            return Meeting(tag, [(a or _MIDDLE, b or _MIDDLE) for a, b in zip(*found, strict=True)])
    return Meeting(label, [])


def _shares(edges: Sequence[tuple[str, str, Ends]], covers: list[Obstacle], tag: Tag, side: int) -> list[float | None]:
    """Return the place of every edge among those that share its source (0) or its target (1)."""
    groups: dict[str, list[int]] = {}
    for i, (source, target, _) in enumerate(edges):
        groups.setdefault(target if side else source, []).append(i)
    shares: list[float | None] = [None] * len(edges)
    for group in groups.values():
        ends = [edges[i][2] for i in group]
        start = _AMONG if side else 1 - _AMONG
        for i, end, place in zip(group, ends, places_along(ends, covers, tag, start), strict=True):
            shares[i] = _share(end, place) if place else None
    return shares


def _share(ends: Ends, place: tuple[float, float]) -> float:
    x1, y1, x2, y2 = ends
    across = abs(x2 - x1) >= abs(y2 - y1)
    return round(float((place[0] - x1) / (x2 - x1) if across else (place[1] - y1) / (y2 - y1)), 3)

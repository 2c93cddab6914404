"""Label layout of edges: the places and the size of their numbers, as large as there is room for."""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from visualizer.writing import CHARACTERS

LABEL_SIZES = (20, 18, 17, 16, 15, 14)  # of the type
_LINE = 1.15  # from one line of a plate to the next, in sizes of its type
_STARTS = (0.4, 0.37, 1 / 3, 0.3)  # where along an edge its number reads best; then where crossed edges leave more room
_STEPS = [sign * step / 100 for step in range(38) for sign in (1, -1)]
Ends = tuple[float, float, float, float]
Place = tuple[float, float]
Box = tuple[float, float, float, float]  # the middle, half the width and half the height


class Tag(NamedTuple):
    """Measures of a label on an edge or a bias: its type size, its height, and the width of a character.

    It has room for so many `characters` in each of its `lines`.
    """

    size: int
    height: int
    margin: int
    glyph: float
    characters: int = CHARACTERS
    lines: int = 1

    @property
    def width(self) -> float:
        """Width reserved for one label."""
        return self.margin + self.characters * self.glyph

    def half_width(self, text: str) -> float:
        """Return half the width of the label of this text."""
        return (self.margin + self.glyph * len(text)) / 2


class Obstacle(NamedTuple):
    """Obstacle of a label: its middle, half of its width and height, and whether it is a label itself."""

    x: float
    y: float
    half_w: float
    half_h: float
    plate: bool


def place_labels(edges: list[Ends], covers: list[Obstacle], sizes: tuple[int, ...]) -> tuple[Tag, list[Place | None]]:
    """Return the label size with which every edge has room for one, and the labels' places, where there is one.

    It is the first of some sizes that fits, or the last where none does.
    """
    smallest = tag_of(sizes[-1])
    for size in sizes:
        for start in _STARTS:
            places = list(takewhile(bool, places_along(edges, covers, tag_of(size), start)))
            if len(places) == len(edges):
                return tag_of(size), places
    return smallest, list(places_along(edges, covers, smallest, _STARTS[0]))


def tag_of(size: int, characters: int = CHARACTERS, lines: int = 1) -> Tag:
    """Plate for so many characters in each of its lines, in type of a size."""
    height = size + 6 + round((lines - 1) * _LINE * size)
    return Tag(size, height, 8, round(0.543 * size, 2), characters, lines)


def places_along(edges: list[Ends], covers: list[Obstacle], tag: Tag, start: float) -> Iterator[Place | None]:
    """Yield edge by edge the first place, outwards from a start, where a label covers nothing."""
    taken = [(c.x, c.y, tag.width / 2 if c.plate else c.half_w, c.half_h) for c in covers]
    shares = [start + step for step in _STEPS if 0 < start + step < 1]
    for ends in edges:
        yield _place(ends, shares, tag, taken)


def _place(ends: Ends, shares: list[float], tag: Tag, taken: list[Box]) -> Place | None:
    """Return the first place along an edge where a label covers nothing, and occupy it."""
    x1, y1, x2, y2 = ends
    half_w, half_h = tag.width / 2, tag.height / 2
    for t in shares:
        x, y = x1 + t * (x2 - x1), y1 + t * (y2 - y1)
        if all(abs(x - tx) >= half_w + tw or abs(y - ty) >= half_h + th for tx, ty, tw, th in taken):
            taken.append((x, y, half_w, half_h))
            return round(x, 1), round(y, 1)
    return None

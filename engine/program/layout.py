"""Memory layout of a pass: each value is a part of one of two vectors, theta and the record.

The gradients come first in the record, laid out like theta, then the input and the target, then everything between.
"""

from collections.abc import Iterable
from math import prod
from typing import Any, NamedTuple

from numpy.typing import NDArray

from engine.equations import Ref, Rule, ref
from engine.layers import Architecture
from engine.options import DRAWN, SCALARS, VECTORS

ROWS, ALL_BUT_LAST_ROW = slice(None), (..., slice(None, -1), slice(None))
WITHOUT_LAST_COLUMN, LAST_COLUMN = (..., slice(None), slice(None, -1)), (..., slice(None), slice(-1, None))
# a value that is part of a joined one: where it lies in that
PARTS = {
    "a": ("a|1", ALL_BUT_LAST_ROW),
    "W": ("W|b", WITHOUT_LAST_COLUMN),
    "b": ("W|b", LAST_COLUMN),
    "dW": ("dW|db", WITHOUT_LAST_COLUMN),
    "db": ("dW|db", LAST_COLUMN),
}
OF_THETA = ("W", "b", "gamma", "beta")
OF_SAMPLES = {"z", "grad", "delta", "zhat", "u", "h", "delta_u", "delta_hat"}
OF_UNITS = {"mu", "var", "delta_var", "delta_mu"}


class Place(NamedTuple):
    """Position of a value: a part of the vector, reshaped, and of that the entries `index`.

    Data that come in rows lie `in_rows`, one sample behind the other, because that is how it is filled in at the least
    cost. The samples of a stack do not: its networks are what lies together there.
    """

    part: slice
    shape: tuple[int, ...]
    index: Any = None
    in_rows: bool = False

    def cut(self, vector: NDArray) -> NDArray:
        """Return the value as a view; a leading axis of `vector`, the networks of a stack, stays in front."""
        view = self._reshaped(vector[..., self.part])
        return view if self.index is None else view[self.index]

    def _reshaped(self, part: NDArray) -> NDArray:
        if self.in_rows and part.ndim == 1:
            return part.reshape(self.shape[::-1]).T
        return part.reshape(part.shape[:-1] + self.shape)


class Layout(NamedTuple):
    """Positions of all values of a pass, in theta and in the record, and the length of the record."""

    theta: dict[Ref, Place]
    record: dict[Ref, Place]
    size: int

    def cut(self, name: Ref, theta: NDArray, record: NDArray) -> NDArray:
        """Return the value called `name` as a view."""
        place = self.record.get(name)
        return place.cut(record) if place else self.theta[name].cut(theta)


def layout(architecture: Architecture, rules: Iterable[tuple[Rule, int]], m: int) -> Layout:
    """Lay out all values that `rules` write for m samples."""
    sizes, last = architecture.sizes, len(architecture.sizes) - 1
    theta = _with_parts({Ref("W|b", l): Place(*block) for l, block in enumerate(architecture.blocks, 1)})
    theta |= {Ref(name, l): Place(part, (sizes[l], 1)) for name, l, part in architecture.columns}
    operations = [(operation, l) for rule, l in rules for operation in rule.operations]
    written = {ref(operation.writes, l) for operation, l in operations}
    with_target = any("y" in operation.reads for operation, _ in operations)
    shapes: dict[Ref, tuple[int, ...]] = {}
    shapes |= {Ref("dW|db", l): block[1] for l, block in enumerate(architecture.blocks, 1) if ("dW|db", l) in written}
    for column, l, _ in architecture.columns:  # in the order of theta: the gradients, then the running averages
        shapes |= {Ref(n, l): (sizes[l], 1) for n in (f"d{column}", f"{column}_new") if (n, l) in written}
    shapes[Ref("a|1", 0)] = (sizes[0] + 1, m)
    if with_target:
        shapes[Ref("y", last)] = (sizes[last], m)
    shapes |= {Ref("a|1", l): (sizes[l] + 1, m) for l in range(1, last + 1)}
    shapes |= {Ref(n, l): (sizes[l], m) for n, l in sorted(written) if n in OF_SAMPLES}
    shapes |= {Ref(n, l): (sizes[l], 1) for n, l in sorted(written) if n in OF_UNITS}
    shapes |= {Ref("mask", l): (sizes[l], m) for operation, l in operations if "mask" in operation.reads}
    if Ref("C", last) in written:
        shapes[Ref("C", last)] = ()
    drawn = {Ref(name, 0) for operation, _ in operations for name in operation.reads if name in DRAWN}
    shapes |= {Ref(name, 0): (architecture.parameters,) for name in VECTORS if (name, 0) in written | drawn}
    shapes |= {Ref(name, 0): () for name in SCALARS if (name, 0) in written}
    places, end = {}, 0
    for name, shape in shapes.items():
        places[name] = Place(slice(end, end + prod(shape)), shape, in_rows=name == ("a|1", 0))
        end += prod(shape)
    if ("dW|db", 1) in written:
        places[Ref("g", 0)] = Place(slice(0, architecture.parameters), (architecture.parameters,))
    return Layout(theta, _with_parts(places) | _parts_of_vectors(places, theta), end)


def _parts_of_vectors(places: dict[Ref, Place], theta: dict[Ref, Place]) -> dict[Ref, Place]:
    """Positions of the parts of those vectors that are laid out like theta."""
    parts = {}
    for vector in VECTORS.keys() & {name for name, _ in places} - {"g"}:
        start = places[Ref(vector, 0)].part.start
        for (name, l), place in theta.items():
            if name in OF_THETA:
                moved = slice(start + place.part.start, start + place.part.stop)
                parts[Ref(VECTORS[vector] + name, l)] = place._replace(part=moved)
    return parts


def _with_parts(places: dict[Ref, Place]) -> dict[Ref, Place]:
    parts = {
        Ref(name, place_name.layer): place._replace(index=index)
        for place_name, place in places.items()
        for name, (whole, index) in PARTS.items()
        if whole == place_name.name
    }
    return places | parts

"""A lecture, the steps of a trace in one granularity, each with an address that is the same in every granularity.

A moment says how much has happened: all steps before one, and of that one the first units. Position 0 is what was
given; position p is after p units.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from engine import InputError, Ref, Step, Text, Trace
from engine.core import names
from visualizer.writing import parameter

GRANULARITIES = {
    "layer": Text("layer", "逐层"),
    "neuron": Text("neuron", "逐神经元"),
    "weight": Text("weight", "逐权重"),
}
Unit = tuple[int, ...]
_NO_STEP = Text("this network has no such step", "这个网络没有这一步")
_STEPS = Text(
    "{}, or a neuron of these as in z.1.1, or a number from 0 to {}",
    "{}，或其中一个神经元（如 z.1.1），或 0 到 {} 的数",
)
_LONGEST_COUNT = 9  # digits
BEHIND = ("b", "gamma", "beta")  # the parameters of a neuron beside its weights


class Moment(NamedTuple):
    """Moment of a trace: the steps before `step` have happened, and of it the first `done` of its units.

    `step` is the index of the step that happens last; −1 where nothing has happened yet.
    """

    step: int
    done: int
    units: int

    @property
    def complete(self) -> bool:
        """Whether the last step has happened whole."""
        return self.done == self.units


GIVEN = Moment(-1, 0, 0)


class Lecture:
    """Steps of a trace in one granularity.

    Parameters
    ----------
    trace : Trace
        A pass with its update.
    granularity : str
        A name in `GRANULARITIES`: `layer` counts whole steps; `neuron` one unit per neuron, and so per row of a ∇W and
        of the update; `weight` one per weight in BP4, one per weight and bias in the update, else per neuron.
    shown : tuple of tuple of int
        The units of each layer, the inputs first, that are drawn; all others of a layer are one unit together.
    """

    def __init__(self, trace: Trace, granularity: str, shown: tuple[tuple[int, ...], ...]) -> None:
        self.trace, self.granularity, self.shown = trace, granularity, shown

    @cached_property
    def units(self) -> tuple[tuple[Unit, ...], ...]:
        """The units of every step, as indices counted from 0; a folded rest has the index −1."""
        return tuple(tuple(self._units(step)) for step in self.trace.steps)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(units) for units in self.units))

    def __len__(self) -> int:
        """Return N, the last position."""
        return self._ends[-1]

    def moment(self, position: int) -> Moment:
        """Return the moment at `position`, from 0 to N."""
        if position <= 0:
            return GIVEN
        step = bisect_left(self._ends, position)
        count = len(self.units[step])
        return Moment(step, count - (self._ends[step] - position), count)

    def asks(self, position: int) -> bool:
        """Whether the unit after `position` is drawn, so that a reader can be asked for it."""
        if position >= len(self):
            return False
        then = self.moment(position + 1)
        return -1 not in self.units[then.step][then.done - 1]

    def address(self, position: int) -> str:
        """Return the address of the unit that happens last at `position`; of position 0 it is `0`."""
        moment = self.moment(position)
        if moment == GIVEN:
            return "0"
        step = self.trace.steps[moment.step]
        unit = self.units[moment.step][moment.done - 1] if moment.units > 1 else ()
        return ".".join((step.address, *("rest" if i < 0 else str(i + 1) for i in unit)))

    def check(self, address: str) -> None:
        """Raise `InputError` where an address is that of no step of the lecture in any granularity."""
        if address.isdecimal():
            is_known = len(address) <= _LONGEST_COUNT and int(address) <= len(self)
        else:
            is_known = address in self._positions or self._has_unit(address)
        if not is_known:
            raise InputError(_NO_STEP, _STEPS.format(names(self._ranges()), len(self)), address)

    def _has_unit(self, address: str) -> bool:
        """Return whether an address names a step and a unit of it, folded or not."""
        step = next((step for step in self.trace.steps if address.startswith(f"{step.address}.")), None)
        parts = address.removeprefix(f"{step.address}.").split(".") if step else [""]
        if step is None or step.rule.phase == "cost" or not all(re.fullmatch("[0-9]{1,6}", part) for part in parts):
            return False
        layer, *unit = (step.layer, *map(int, parts)) if step.layer else map(int, parts)
        sizes = self.trace.given.sizes
        if not 1 <= layer < len(sizes):
            return False
        most = [sizes[layer], sizes[layer - 1] + (0 if step.layer else len(self.behind(layer)))]
        most = most if not step.layer or step.rule.key == "bp4" else most[:1]
        return len(unit) <= len(most) and all(1 <= i <= n for i, n in zip(unit, most, strict=False))

    def _ranges(self) -> list[str]:
        """Return the addresses of all steps in short, as in z.1…z.3."""
        named: dict[str, list[Step]] = {}
        for step in self.trace.steps:
            named.setdefault(step.rule.key, []).append(step)
        ranges = (sorted(steps, key=attrgetter("layer")) for steps in named.values())
        return ["…".join(dict.fromkeys((steps[0].address, steps[-1].address))) for steps in ranges]

    def position(self, address: str) -> int | None:
        """Return the position of an address of any granularity, or of a plain number; None where there is none.

        An address finer than the granularity means the unit that holds it, a coarser one its last unit.
        """
        if address.isdecimal():
            return min(int(address[:9]), len(self))
        parts = address.split(".")
        prefixes = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((self._positions[prefix] for prefix in prefixes if prefix in self._positions), None)

    @cached_property
    def _positions(self) -> dict[str, int]:
        """The position of every address, and of every part of one: of a whole row or step the last."""
        positions: dict[str, int] = {}
        for position in range(1, len(self) + 1):
            parts = self.address(position).split(".")
            positions |= {".".join(parts[:count]): position for count in range(1, len(parts) + 1)}
        return positions

    def phases(self) -> list[tuple[str, int, int]]:
        """Return the phases in their order, each with its first and last position."""
        spans: list[tuple[str, int, int]] = []
        start = 0
        for step, end in zip(self.trace.steps, self._ends, strict=True):
            phase = step.rule.phase
            if spans and spans[-1][0] == phase:
                spans[-1] = (phase, spans[-1][1], end)
            else:
                spans.append((phase, start + 1, end))
            start = end
        return spans

    def _units(self, step: Step) -> Iterator[Unit]:
        if self.granularity == "layer" or step.rule.phase == "cost":
            yield ()
        elif not step.layer:
            for l in range(1, len(self.shown)):
                yield from (unit and (l - 1, *unit) for unit in self._rows(l, self.granularity == "weight", True))
        else:
            yield from self._rows(step.layer, self.granularity == "weight" and step.rule.key == "bp4", False)

    def _rows(self, layer: int, by_weight: bool, with_bias: bool) -> Iterator[Unit]:
        rows, columns = self.shown[layer], self.shown[layer - 1]
        for j in rows:
            if by_weight:
                yield from ((j, k) for k in columns)
                if with_bias:
                    yield from ((j, self._behind(layer, p)) for p in self.behind(layer))
            else:
                yield (j,)
        if len(rows) < self.trace.given.sizes[layer] or (
            by_weight and len(columns) < self.trace.given.sizes[layer - 1]
        ):
            yield (-1,)

    def behind(self, layer: int) -> tuple[str, ...]:
        """Parameters behind the weights in a row of a layer: the bias, and γ and β of a normalized layer."""
        return BEHIND if self.trace.given.architecture.is_normed(layer) else BEHIND[:1]

    def _behind(self, layer: int, name: str) -> int:
        return self.trace.given.sizes[layer - 1] + BEHIND.index(name)

    def happened(self, moment: Moment, ref: Ref, indices: tuple[int, ...]) -> bool:
        """Return whether the element of a value is known at `moment`; inputs and parameters always are."""
        step = self.written.get(ref)
        if step is None or step < moment.step:
            return True
        if moment.step >= self._read_early.get(ref, step + 1):
            return True
        return step == moment.step and (moment.complete or self.rank(step, ref, indices) < moment.done)

    @cached_property
    def written(self) -> dict[Ref, int]:
        """Values that the steps write, each with the number of its step."""
        return {ref: i for i, step in enumerate(self.trace.steps) for ref in step.writes}

    @cached_property
    def _read_early(self) -> dict[Ref, int]:
        """First step that reads a value before the step that is meant to write it."""
        read = {ref: i for i, step in reversed([*enumerate(self.trace.steps)]) for ref in step.reads}
        return {ref: i for ref, i in read.items() if i < self.written.get(ref, 0)} if self.trace.mistakes else {}

    def rank(self, step: int, ref: Ref, indices: tuple[int, ...]) -> int:
        """Index of the unit of a step that writes an element: its row's, its own, or the folded rest."""
        units = self._unit_index[step]
        lead = () if self.trace.steps[step].layer else (ref.layer - 1,)
        indices = indices or (0,)
        if lead and parameter(ref.name) in BEHIND:
            indices = (indices[0], self._behind(ref.layer, parameter(ref.name)))
        for unit in ((*lead, *indices), (*lead, *indices[:1]), (*lead, -1), ()):
            if unit in units:
                return units[unit]
        return 0

    @cached_property
    def _unit_index(self) -> list[dict[Unit, int]]:
        return [{unit: i for i, unit in enumerate(units)} for units in self.units]

"""Reads and writes of the latest step of a lecture: the values, and which of their elements."""

from functools import cached_property

from engine import ACTIVATIONS, Ref, Step
from visualizer.equations import mistake_terms, update_terms
from visualizer.lecture import BEHIND, Lecture, Moment
from visualizer.writing import parameter

AT_ACTIVATION = ("a", "c", "bp1", "bp2")  # what reads or writes the input or the output of an activation
_MIXED = ("z", "u", "a", "h", "y")  # what a softmax reads of the whole layer
_SUFFIX = {-1: "-", 0: "", 1: "+"}  # of a name, by how many layers away from the step's its value is


class Access:
    """Reads and writes of the step that happens last at a moment of a lecture."""

    def __init__(self, lecture: Lecture, moment: Moment) -> None:
        self.lecture, self.moment = lecture, moment
        step = lecture.trace.steps[moment.step] if moment.step >= 0 else None
        self.step = step
        self.reads = frozenset(step.reads) if step else frozenset()
        self.writes = frozenset(step.writes) if step else frozenset()
        self.touches = self.reads | self.writes
        self.updates = step is not None and step.rule.phase == "update"

    @cached_property
    def unit(self) -> tuple[int, ...]:
        """Unit that happened last: () where it is the whole step."""
        if self.step is None or self.moment.units == 1:
            return ()
        return self.lecture.units[self.moment.step][self.moment.done - 1]

    def state(self, refs: tuple[Ref, ...], indices: tuple[int, ...]) -> str:
        """Return `write`, `read` or nothing for an element that shows these values."""
        if self.touches.isdisjoint(refs):
            return ""
        if any(ref in self.writes and self._writes(ref, indices) for ref in refs):
            return "write"
        return "read" if any(ref in self.reads and self._reads(ref, indices) for ref in refs) else ""

    def _writes(self, ref: Ref, indices: tuple[int, ...]) -> bool:
        rank = self.lecture.rank(self.moment.step, ref, indices)
        return self.moment.units == 1 or rank == self.moment.done - 1

    def _reads(self, ref: Ref, indices: tuple[int, ...]) -> bool:
        """Return whether the last unit needs this element: all of a layer for a sum, its own entry otherwise."""
        if not self.unit or self.unit == (-1,) or self.step is None:
            return True
        if not self.step.layer:
            return self._reads_parameter(self.step, ref, indices)
        j, *k = self.unit
        element = self.step.rule.element
        mistaken = element and mistake_terms.places(element).get(ref.name + _SUFFIX[ref.layer - self.step.layer])
        if mistaken:
            ends = {"1": 0, "n": self.lecture.trace.given.sizes[ref.layer] - 1}
            fixed = self._fixed | ends
            return self._mixes or all(fixed.get(at, i) == i for at, i in zip(mistaken, indices, strict=False))
        if ref.layer == self.step.layer:
            return indices[0] == j or (ref.name in _MIXED and self._mixes)
        if parameter(ref.name) == "W":  # of the layer after: the transpose, hence the column of the neuron
            return indices[1] == j or self._mixes
        return not k or indices[0] == k[0]

    @cached_property
    def _fixed(self) -> dict[str, int]:
        """Indices j and k of the last unit; a sum runs over one that is not among them."""
        return dict(zip("jk", self.unit, strict=False))

    def _reads_parameter(self, step: Step, ref: Ref, indices: tuple[int, ...]) -> bool:
        """Whether the last unit of a step on all parameters needs this entry; the length of ∇ needs them all."""
        if self.moment.done == 1 and any(written.name == "norm" for written in step.writes):
            return True
        if parameter(ref.name) == "b" and self._shares:
            return self._reads_shared(ref.layer)
        place = ref.layer, parameter(ref.name)
        own = next(written for written in step.writes if (written.layer, parameter(written.name)) == place)
        return self._writes(own, indices)

    @cached_property
    def _shares(self) -> bool:
        """Whether the step moves the biases of a layer together, by mistake."""
        return self.step is not None and update_terms.shares(self.lecture.trace, self.step)

    def _reads_shared(self, layer: int) -> bool:
        """Return whether the last unit has the bias of a neuron of the layer in it."""
        l, _, *k = self.unit
        return l + 1 == layer and (not k or k[0] == self.lecture.trace.given.sizes[l] + BEHIND.index("b"))

    @cached_property
    def _mixes(self) -> bool:
        """Whether every unit needs its whole layer, as with softmax."""
        if not self.step or self.step.rule.key not in AT_ACTIVATION:
            return False
        if self.step.rule.element:
            return mistake_terms.mixes(self.lecture.trace, self.step)
        layer = self.step.layer if self.step else 0
        return layer > 0 and not ACTIVATIONS[self.lecture.trace.given.activations[layer - 1]].elementwise

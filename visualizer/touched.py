"""Which values the latest step of a lecture reads and writes, and of those which elements."""

from functools import cached_property

from engine import ACTIVATIONS, Ref, Step
from visualizer.lecture import Lecture, Moment
from visualizer.symbols import parameter

AT_ACTIVATION = ("a", "c", "bp1", "bp2")  # what reads or writes the input or the output of an activation
_MIXED = ("z", "u", "a", "h", "y")  # what a softmax reads of the whole layer


class Touched:
    """What the step that happens last at a moment of a lecture touches."""

    def __init__(self, lecture: Lecture, moment: Moment) -> None:
        self.lecture, self.moment = lecture, moment
        step = lecture.trace.steps[moment.step] if moment.step >= 0 else None
        self.step = step
        self.reads = frozenset(step.reads) if step else frozenset()
        self.writes = frozenset(step.writes) if step else frozenset()
        self.touches = self.reads | self.writes
        self.updates = bool(step) and step.rule.phase == "update"
        self.reads_gradient = bool(step) and not step.layer and step.rule.phase != "cost"

    @cached_property
    def unit(self) -> tuple[int, ...]:
        """The unit that happened last: () where it is the whole step."""
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
        if ref.layer == self.step.layer:
            return indices[0] == j or (ref.name in _MIXED and self._mixes)
        if ref.name == "W":  # of the layer after: the transpose, hence the column of the neuron
            return indices[1] == j or self._mixes
        return not k or indices[0] == k[0]

    def _reads_parameter(self, step: Step, ref: Ref, indices: tuple[int, ...]) -> bool:
        """Return the same where a step goes through all parameters, entry by entry; the length of ∇ needs them all."""
        if self.moment.done == 1 and any(written.name == "norm" for written in step.writes):
            return True
        place = ref.layer, parameter(ref.name)
        own = next(written for written in step.writes if (written.layer, parameter(written.name)) == place)
        return self._writes(own, indices)

    @property
    def _mixes(self) -> bool:
        """Whether every unit needs its whole layer, as with softmax."""
        if not self.step or self.step.rule.key not in AT_ACTIVATION:
            return False
        layer = self.step.layer if self.step else 0
        return layer > 0 and not ACTIVATIONS[self.lecture.trace.given.activations[layer - 1]].elementwise

"""Templates of weights, biases, scales and shifts, by the number that the label shows.

That is what a step reads of it, else the latest number that stands beside it: the value, its gradients, what the
optimizer keeps of them, its step, the new value. What is no weight or bias has its mark before it, a gradient ∂; a line
that shows what the optimizer keeps is drawn by its gradient.
"""

from functools import cached_property
from typing import Any

from engine import Ref
from engine.optimizers import STEP
from visualizer.equations import Access
from visualizer.lecture import LARGEST, Lecture, Moment, Placeholder, Source, gradient_letters
from visualizer.scene.templates import EdgeTemplate, Shade
from visualizer.writing import PARAMETERS, before_update, parameter, plain

_STEP_MARK, GRADIENT_MARK = "Δ", "∂"
_MARKS = {"gamma": "γ ", "beta": "β "}


class ParameterTemplates:
    """Templates of the parameters of one lecture; `mistaken` where there is the same pass without mistakes."""

    def __init__(self, lecture: Lecture, mistaken: bool = False) -> None:
        self.lecture, self.mistaken = lecture, mistaken
        self._looks: dict[tuple[Any, ...], EdgeTemplate] = {}
        self._refs: dict[Ref, tuple[tuple[Ref, ...], tuple[Ref, ...]]] = {}

    def refs(self, value: Ref) -> tuple[Ref, ...]:
        """Return a parameter and the values that come to stand beside it, in the order in which they appear."""
        gradients, later = self._beside(value)
        return (value, *gradients, *later)

    def look(self, value: Ref, indices: tuple[int, ...], moment: Moment, access: Access) -> EdgeTemplate:
        """Return the template of a parameter at a moment."""
        gradients, later = self._beside(value)
        known = [ref for ref in gradients if self.lecture.happened(moment, ref, indices)]
        state = access.state((value, *gradients, *later), indices)
        gradient = labelled = known[-1] if known else value
        if state == "read":
            labelled = [ref for ref in (value, *gradients, *later) if access.state((ref,), indices) == "read"][-1]
        elif access.updates:
            told = [ref for ref in later if self.lecture.happened(moment, ref, indices)]
            labelled = told[-1] if told else labelled
        shown = gradient if labelled in later[:-1] else labelled
        key = (labelled, shown, state, indices)
        if key not in self._looks:
            self._looks[key] = self._look(labelled, shown, state, indices)
        return self._looks[key]

    def _beside(self, value: Ref) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
        """Return the gradients of a parameter, and the values of its update: state, step, last the new value."""
        if value not in self._refs:
            gradients = tuple(Ref(f"{letter}{value.name}", value.layer) for letter in self.letters)
            later = tuple(r for r in self._updates if (parameter(r.name), r.layer) == (value.name, value.layer))
            self._refs[value] = gradients, later
        return self._refs[value]

    def _look(self, labelled: Ref, shown: Ref, state: str, indices: tuple[int, ...]) -> EdgeTemplate:
        largest = LARGEST["gradient" if self._is_gradient(shown) else "weight"]
        shade = Shade(Source(shown, indices), Source(largest))
        right = Source(labelled, indices, right=True) if self.mistaken else None
        return EdgeTemplate(plain(labelled, *indices), self._label(labelled, indices), state, shade, right)

    def _label(self, ref: Ref, indices: tuple[int, ...]) -> Placeholder:
        old = before_update(ref)
        sources = tuple(Source(each, indices) for each in (ref, old) if each)
        way = "moved" if old else "gradient" if self._is_gradient(ref) else "label"
        return Placeholder(way, sources, self._mark(ref))

    def _is_gradient(self, ref: Ref) -> bool:
        return ref.name[1:] in PARAMETERS and ref.name[0] in self.letters

    def _mark(self, ref: Ref) -> str:
        """Return the mark before a number: ∂ of a gradient, the letter of an optimizer's state, γ and β."""
        name, owner = ref.name, parameter(ref.name)
        if ref in self._updates and not before_update(ref):
            return f"{_STEP_MARK if name.startswith(STEP) else plain(ref).partition(' ')[0]} "
        mark = _MARKS.get(owner, "")
        return f"{GRADIENT_MARK}{mark.rstrip()}" if self._is_gradient(ref) else mark

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Prefixes of W in the names of its gradients."""
        return gradient_letters(self.lecture.trace)

    @cached_property
    def _updates(self) -> tuple[Ref, ...]:
        """Values that the steps of the update write, in their order."""
        steps = (step for step in self.lecture.trace.steps if step.rule.phase == "update")
        return tuple(ref for step in steps for ref in step.writes)

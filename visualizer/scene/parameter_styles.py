"""Styles of weights, biases, scales and shifts, by the number that the label shows.

That is what a step reads of it, else the latest number that stands beside it: the value, its gradients, what the
optimizer keeps of them, its step, the new value. What is no weight or bias has its mark before it, a gradient ∂; a line
that shows what the optimizer keeps is drawn by its gradient.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np

from engine import Ref, Trace
from engine.optimizers import STEP
from visualizer.drawing import CHARACTERS
from visualizer.equations import Access
from visualizer.lecture import Lecture, Moment, Values
from visualizer.scene.styles import WRONG, EdgeStyle, moved
from visualizer.writing import (
    DIGITS,
    PARAMETERS,
    apart,
    around,
    before_update,
    fitting,
    number,
    palette,
    parameter,
    plain,
    signed,
)

_THIN, _THICK, _THICK_WHERE_DENSE = 1.4, 7.0, 3.0
_ALIKE, _NOTHING = 1e-9, 1e-14  # numbers that differ by less are the same
_STEP_MARK, GRADIENT_MARK = "Δ", "∂"
_MARKS = {"gamma": "γ ", "beta": "β "}


class ParameterStyles:
    """Styles of the parameters of one lecture; `dense` where its edges are crowded, `right` without its mistakes."""

    def __init__(self, lecture: Lecture, values: Values, dense: bool, right: Values | None = None) -> None:
        self.lecture, self.values, self.right = lecture, values, right
        self.thick = _THICK_WHERE_DENSE if dense else _THICK
        self._looks: dict[tuple[Any, ...], EdgeStyle] = {}
        self._refs: dict[Ref, tuple[tuple[Ref, ...], tuple[Ref, ...]]] = {}

    def refs(self, value: Ref) -> tuple[Ref, ...]:
        """Return a parameter and the values that come to stand beside it, in the order in which they appear."""
        gradients, later = self._beside(value)
        return (value, *gradients, *later)

    def look(self, value: Ref, indices: tuple[int, ...], moment: Moment, access: Access) -> EdgeStyle:
        """Return the style of a parameter at a moment."""
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

    def _look(self, labelled: Ref, shown: Ref, state: str, indices: tuple[int, ...]) -> EdgeStyle:
        amount = self.values.at(shown, indices)
        most = self._largest["gradient" if self._is_gradient(shown) else "weight"]
        write = signed if self._is_gradient(labelled) else number
        share = min(1.0, abs(amount) / most) if most else 0.0
        width = round(_THIN + (self.thick - _THIN) * share, 2) if np.isfinite(share) else _THIN
        value, right = self.values.at(labelled, indices), right_of(self.values, self.right, labelled, indices)
        mark, room = self._mark(labelled), CHARACTERS - (right is not None)
        label = self._moved(labelled, indices, mark, room) or tag(value, write, mark, room)
        look = EdgeStyle(plain(labelled, *indices), label, palette.diverging(amount, most), width, amount < 0, state)
        if right is None:
            return look
        wrong, told = apart(value, right, write)
        return look._replace(label=f"{WRONG}{mark + wrong if len(mark + wrong) < CHARACTERS else label}", right=told)

    def _is_gradient(self, ref: Ref) -> bool:
        return ref.name[1:] in PARAMETERS and ref.name[0] in self.letters

    def _moved(self, ref: Ref, indices: tuple[int, ...], mark: str, room: int) -> str:
        """Return a new value with digits that tell it from the old one; "" where it is none, or has stayed."""
        before = before_update(ref)
        if before is None:
            return ""
        new, old = self.values.at(ref, indices), self.values.at(before, indices)
        return "" if new == old else mark + moved(new, old, room - len(mark))

    def _mark(self, ref: Ref) -> str:
        """Return the mark before a number: ∂ of a gradient, the letter of an optimizer's state, γ and β."""
        name, owner = ref.name, parameter(ref.name)
        if ref in self._updates and not before_update(ref):
            return f"{_STEP_MARK if name.startswith(STEP) else plain(ref).partition(' ')[0]} "
        mark = _MARKS.get(owner, "")
        return f"{GRADIENT_MARK}{mark.rstrip()}" if self._is_gradient(ref) else mark

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """Prefixes of W in the names of its gradients, in the order in which the backward pass writes them."""
        steps = (step for step in self.lecture.trace.steps if step.rule.phase == "backward")
        return tuple(dict.fromkeys(around(ref.name)[0] for step in steps for ref in step.writes if parameter(ref.name)))

    @cached_property
    def _updates(self) -> tuple[Ref, ...]:
        """Values that the steps of the update write, in their order."""
        steps = (step for step in self.lecture.trace.steps if step.rule.phase == "update")
        return tuple(ref for step in steps for ref in step.writes)

    @cached_property
    def _largest(self) -> dict[str, float]:
        """The largest size of a weight and of a gradient, the ends of their colour scales."""
        trace = self.lecture.trace
        places = [Ref(p, l) for l in range(1, len(trace.given.sizes)) for p in "Wb"]
        gradients = [Ref(f"{letter}{p}", l) for letter in self.letters for p, l in places]
        return {"weight": largest(trace, places), "gradient": largest(trace, gradients)}


def largest(trace: Trace, refs: Iterable[Ref]) -> float:
    """Return the largest size in some values, or 0 where one is not finite."""
    sizes = [np.abs(trace.value(*ref)).max() for ref in refs]
    return float(np.max(sizes)) if sizes and np.isfinite(sizes).all() else 0.0


def right_of(values: Values, right: Values | None, ref: Ref, indices: tuple[int, ...]) -> float | None:
    """Return the correct value of an element where a mistake changed it, else None."""
    if right is None:
        return None
    wrong, meant = values.at(ref, indices), right.at(ref, indices)
    return None if np.isclose(wrong, meant, rtol=_ALIKE, atol=_NOTHING, equal_nan=True) else meant


def in_circle(value: float) -> str:
    """Return a number with as many digits as a circle has room for."""
    return fitting(value, CHARACTERS, DIGITS)


def tag(value: float, write: Callable[[float, int], str], mark: str = "", room: int = CHARACTERS) -> str:
    """Return a number with as many digits as its label has room for, behind a mark."""
    return mark + fitting(value, room - len(mark), write=write)

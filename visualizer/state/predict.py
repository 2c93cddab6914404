"""Predict, then reveal: the one number that the next step asks for, and whether an answer is correct.

An answer is correct when it agrees to the least digits of all that is typed: that is what a room can work out from what
stands on the wall, and it can be said in one line.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import NamedTuple

from engine import ACTIVATIONS, Ref, Step, Text, Trace
from engine.core import LEAST_DIGITS, agrees, parse_number
from engine.program import OF_SAMPLES
from visualizer.checking import Known, likely
from visualizer.equations import AT_ACTIVATION, Element, arithmetic
from visualizer.lecture import Lecture
from visualizer.state.elements import Choice, element
from visualizer.writing import before_update, plain

TOLERANCE = Text(
    "{0} significant digits are enough; fewer only if exact.", "{0} 位有效数字正确即可；不足 {0} 位须完全相等。"
).format(LEAST_DIGITS)
_ANY = 1.0  # of a value: however many digits are typed, no more count than the least
_OF_ONE_SAMPLE = (*OF_SAMPLES, "a")


@dataclass(frozen=True)
class Question:
    """Question of the next step: the number that it asks for.

    Attributes
    ----------
    step : Step
        The step that will write it.
    element : Element
        The element of that step; its sample is 0 where the number belongs to no single one.
    value : float
        The answer.
    """

    step: Step
    element: Element
    value: float

    @property
    def name(self) -> str:
        """Name of the asked value in Unicode, as in δ¹₂."""
        return plain(self.element.ref, *self.element.indices)

    def of_one_sample(self, trace: Trace) -> bool:
        """Whether a batch has one such number for each of its samples."""
        return trace.m > 1 and self.element.ref.name in _OF_ONE_SAMPLE


class Verdict(NamedTuple):
    """Verdict on an answer: whether it is correct, and which common slip a wrong one looks like."""

    right: bool
    slip: Text | None = None


def question(lecture: Lecture, position: int, chosen: Choice | None, sample: int) -> Question | None:
    """Return the question of the step after `position`, or None where it asks for nothing.

    Asked is the number that the chosen element leads to, else the first that becomes known with that step. After the
    last step nothing is left to ask; neither is of units that are not drawn, nor of what is no longer finite.
    """
    if not lecture.asks(position):
        return None
    now, then = lecture.moment(position), lecture.moment(position + 1)
    step, asked = lecture.trace.steps[then.step], element(lecture, then, chosen, sample)
    if lecture.happened(now, asked.ref, asked.indices):  # the chosen one is of an earlier unit of the same step
        asked = element(lecture, then, None, sample)
    asked = asked if asked.ref.name in _OF_ONE_SAMPLE else replace(asked, sample=0)
    value = arithmetic(lecture.trace, step, asked).value
    return Question(step, asked, value) if isfinite(value) else None


def grade(trace: Trace, asked: Question, typed: str, slack: float = _ANY, more: Iterable[Known] = ()) -> Verdict:
    """Return the verdict on a typed number, and for a wrong one the slip, or one of some more, that would give it.

    A step of the update may be too small for the digits typed: there the answer has to be nearer to the new value than
    to the old one.
    """
    known, said = list(slips(trace, asked)), parse_number(typed)
    if agrees(typed, asked.value, slack):
        moves, away = asked.element.ref.name.endswith("_new"), abs(said - asked.value)
        still = moves and any(abs(said - value) < away for _, value in known)
        return Verdict(False, _FINER) if still else Verdict(True)
    return Verdict(False, likely(typed, asked.value, [*known, *more]))


def _beside(trace: Trace, asked: Question, name: str) -> float:
    """Return the number at the same place in another value of the layer."""
    place = asked.element
    value = trace.value(*Ref(name, place.ref.layer))
    column = place.indices[1] if len(place.indices) > 1 else 0 if value.shape[1] == 1 else place.sample
    return float(value[place.indices[0], column])


def slips(trace: Trace, asked: Question) -> Iterator[Known]:
    """Yield the numbers that common slips make of the asked one, each with its words."""
    yield _SIGN, -asked.value
    name = asked.element.ref.name
    kept = name.endswith("_new") and not before_update(asked.element.ref)  # an optimizer's memory goes no way
    for words, slip in _KEPT if kept else _UPDATE if name.endswith("_new") else _SLIPS.get(name, ()):
        made = slip(trace, asked)
        if made is not None:
            yield words, made


def _without_bias(trace: Trace, asked: Question) -> float:
    return asked.value - _beside(trace, asked, "b")


def _without_activation(trace: Trace, asked: Question) -> float | None:
    return _beside(trace, asked, asked.step.reads[0].name) if asked.step.rule.key == "a" else None


def _without_slope(trace: Trace, asked: Question) -> float | None:
    """Return a δ before it is multiplied by its slope, or None where it is not."""
    layer, rule = asked.element.ref.layer, asked.step.rule
    through = rule.key in AT_ACTIVATION and not {"z", "u"}.isdisjoint(rule.reads)
    if not through or not ACTIVATIONS[trace.given.activations[layer - 1]].elementwise:
        return None
    slope = _beside(trace, asked, "slope")
    return asked.value / slope if slope else None


def _old(trace: Trace, asked: Question) -> float:
    return _beside(trace, asked, asked.element.ref.name.removesuffix("_new"))


def _uphill(trace: Trace, asked: Question) -> float:
    old = _old(trace, asked)
    return old + (old - asked.value)


_SIGN = Text("The sign is wrong.", "符号反了。")
_FINER = Text(
    "The change is too small to show in so few digits: enter more.", "这一步太小，这几位数字看不出来：请多写几位。"
)
_KEPT = ((Text("That is still the old value.", "这还是旧值。"), _old),)
_UPDATE = (
    (Text("That is a step along the gradient, not against it.", "这是沿梯度走，而不是逆梯度走。"), _uphill),
    *_KEPT,
)
# by the value that is asked for: what common slips make of it
_SLIPS: dict[str, tuple[tuple[Text, Callable[[Trace, Question], float | None]], ...]] = {
    "z": ((Text("That is the sum without the bias.", "这是没有加偏置的和。"), _without_bias),),
    "a": ((Text("That is z, before the activation function.", "这是 z，还没有经过激活函数。"), _without_activation),),
    "delta": ((Text("That is without the slope σ′(z).", "少乘了斜率 σ′(z)。"), _without_slope),),
}

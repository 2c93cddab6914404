"""Questions to a room: the next number, its sign, a choice among what slips would make of it, or an edge to tap."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from engine import InputError, Text, Trace
from engine.core import parse_number
from visualizer.hall.shown import LessonStop, Shown
from visualizer.state import Question, choices, grade, slips
from visualizer.writing import number, plain

LONGEST = 40  # characters of an answer
SLIDE = "slide"  # the question of a lesson's slide, beside those in `KINDS`
_MOST_OPTIONS, _DIGITS = 4, 4
_SIGNS = {"+": Text("positive", "正"), "0": Text("zero", "零"), "−": Text("negative", "负")}
_WHAT = Text("{} = ?", "{} = ?")
_SIGN = Text("What is the sign of {}?", "{} 的符号是什么？")
_EDGE = Text("Tap the weight with the largest |∂C/∂w|.", "点选 |∂C/∂w| 最大的权重。")
_NOTHING = Text("there is nothing left to ask here", "此处没有可问的数值")
_ALLOWED = Text("a step before the last one, with a finite value", "最后一步之前、数值有限的一步")
_NO_QUESTION, _ASKING = (
    Text("this slide asks nothing", "这一页没有提问"),
    Text("a slide with a question", "带提问的一页"),
)
_NO_ANSWER = Text("this does not answer the question", "这不是对该问题的回答")
_AWAY = Text("{} away", "相差 {}")


class Verdict(NamedTuple):
    """Verdict on an answer: whether it is correct, how far from that it is, and which slip it looks like."""

    right: bool
    away: Text | None = None
    slip: Text | None = None


@dataclass(frozen=True)
class Asked:
    """Question that a room has been asked.

    Attributes
    ----------
    kind : str
        A name in `KINDS`, or `SLIDE`.
    words : Text
    position : int
        Where it was asked; going on from there answers it.
    right : str
        The answer: the key of an option, the id of an edge, or the number.
    told : Text
        The answer in words.
    options : mapping of Text
        Those to choose from, by their keys; for an edge all that may be tapped, for a number none.
    slips : mapping of Text
        By the key of an option the slip that leads to it.
    slide : int
        Of a lesson, the number of the slide that asks.
    """

    kind: str
    words: Text
    position: int
    right: str
    told: Text
    options: dict[str, Text]
    slips: dict[str, Text]
    trace: Trace | None = None
    question: Question | None = None
    slide: int = 0

    def judged(self, answer: str) -> Verdict:
        """Return the verdict on an answer; raise `InputError` where it is none."""
        if self.trace and self.question:
            said, verdict = parse_number(answer), grade(self.trace, self.question, answer)
            away = _AWAY.format(number(abs(said - self.question.value), 2))
            return Verdict(verdict.right, None if said == self.question.value else away, verdict.slip)
        if answer not in self.options:
            raise InputError(_NO_ANSWER, Text(", ".join(self.options), "、".join(self.options)), answer)
        return Verdict(answer == self.right, slip=self.slips.get(answer))


class Kind(NamedTuple):
    """Kind of question: its label, and what makes one of a state and a position."""

    label: Text
    make: Callable[[Shown, int], Asked]


def _number(shown: Shown, position: int) -> Asked:
    asked = _of_next(shown, position)
    value = number(asked.value, 6)
    told = Text(f"{asked.name} = {value}", f"{asked.name} = {value}")
    return Asked("number", _WHAT.format(asked.name), position, value, told, {}, {}, shown.trace, asked)


def _sign(shown: Shown, position: int) -> Asked:
    asked = _of_next(shown, position)
    right = "+" if asked.value > 0 else "−" if asked.value < 0 else "0"
    told = Text(f"{asked.name} = {number(asked.value, 6)}", f"{asked.name} = {number(asked.value, 6)}")
    return Asked("sign", _SIGN.format(asked.name), position, right, told, _SIGNS, {})


def _choice(shown: Shown, position: int) -> Asked:
    """Question with options: the value, and what common slips would make of it."""
    asked = _of_next(shown, position)
    right = number(asked.value, _DIGITS)
    made: dict[str, tuple[float, Text | None]] = {}
    for words, value in slips(shown.trace, asked):
        if isfinite(value):
            made.setdefault(number(value, _DIGITS), (value, words))
    other = 2 * asked.value or 1.0
    made.setdefault(number(other, _DIGITS), (other, None))
    made.pop(right, None)
    wrong = dict(list(made.items())[: _MOST_OPTIONS - 1])
    in_order = sorted([right, *wrong], key=lambda key: asked.value if key == right else wrong[key][0])
    options = {key: Text(key, key) for key in in_order}
    told = Text(f"{asked.name} = {right}", f"{asked.name} = {right}")
    led = {key: words for key, (_, words) in wrong.items() if words}
    return Asked("choice", _WHAT.format(asked.name), position, right, told, options, led)


def _edge(shown: Shown, position: int) -> Asked:
    """Question for the edge with the largest gradient, of those that are drawn."""
    edges = {key: one for key, one in choices(shown.builder("en").drawing).items() if one.ref.name == "W"}
    gradients = {key: abs(float(shown.trace.value("dW", one.ref.layer)[one.indices])) for key, one in edges.items()}
    right = max(gradients, key=gradients.__getitem__)
    options = {key: Text(name := plain(one.ref, *one.indices), name) for key, one in edges.items()}
    size = f"|∂C/∂{plain(edges[right].ref, *edges[right].indices)}| = {number(gradients[right], _DIGITS)}"
    return Asked("edge", _EDGE, position, right, Text(size, size), options, {})


def slide_question(stop: LessonStop | None, position: int) -> Asked:
    """Return the question of a lesson's slide; raise `InputError` where there is none."""
    ask = stop.slide.ask if stop else None
    if stop is None or ask is None:
        raise InputError(_NO_QUESTION, _ASKING, stop.number if stop else 0)
    options = {str(number): choice for number, choice in enumerate(ask.choices)}
    return Asked(SLIDE, ask.question, position, str(ask.right), ask.choices[ask.right], options, {}, slide=stop.number)


def _of_next(shown: Shown, position: int) -> Question:
    asked = shown.question(position)
    if asked is None:
        raise InputError(_NOTHING, _ALLOWED, position)
    return asked


REVEAL, WITHDRAW = Text("Reveal", "揭晓"), Text("Put away", "收起")
ASK_SLIDE = Text("The slide’s question", "本页的问题")
KINDS = {
    "number": Kind(Text("The number", "数值"), _number),
    "sign": Kind(Text("Its sign", "符号"), _sign),
    "choice": Kind(Text("A choice", "选择题"), _choice),
    "edge": Kind(Text("An edge to tap", "点选一条边"), _edge),
}

"""Comparison of stated and computed values of an example, and where the first wrong one is."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from engine import Ref, Text
from engine.core import digits_of, parse_number
from engine.examples import EXAMPLES, Entry, Stated
from engine.settings import Model
from engine.studies import Cause, Place, causes
from visualizer.writing import number, plain, signed

_VALUE, _COMPUTED, _DIFFERENCE = Text("value", "数值"), Text("computed", "计算"), Text("difference", "差")
PUBLISHED, REFERENCE, YOURS = Text("published", "原文"), Text("reference", "参考值"), Text("yours", "你的")
_AFTER = Text("{} after {:,} updates", "更新 {1:,} 次后的 {0}")
_AFTER_ONE = Text("{} after one update", "更新一次后的 {}")
_SHAPE = Text("shape {}", "形状 {}")
_DIGITS = 10


class Judged(NamedTuple):
    """Stated value with its verdict: the model at its iteration, its step, and each number beside the correct one."""

    stated: Stated
    model: Model
    address: str
    position: int
    entries: tuple[Entry, ...]
    shape: tuple[int, ...]

    @property
    def right(self) -> bool:
        """Whether all numbers of the value are correct, and in the correct shape."""
        return bool(self.entries) and all(entry.right for entry in self.entries)


@cache
def judged(name: str) -> tuple[Judged, ...]:
    """Return all stated values of an example, judged."""
    return tuple(_judge(Model.of_example(name), stated) for stated in EXAMPLES[name].stated)


def printed(name: str) -> tuple[Judged, ...]:
    """Return the values that are printed in the source of an example, judged."""
    return tuple(value for value in judged(name) if value.stated.where)


def _judge(model: Model, stated: Stated) -> Judged:
    model = replace(model, iteration=stated.iteration)
    trace = model.trace()
    address = stated.address(trace)
    position = [step.address for step in trace.steps].index(address)
    shape = stated.computed(trace).shape
    return Judged(stated, model, address, position, tuple(stated.entries(trace)), shape)


def first_wrong(name: str) -> Judged | None:
    """Return the wrong value that comes first in the pass, or None where all are correct."""
    wrong = [value for value in judged(name) if not value.right]
    return min(wrong, key=lambda value: (value.stated.iteration, value.position), default=None)


@cache
def reproduced(name: str, which: int) -> tuple[Cause, int] | None:
    """The mistake that gives all wrong numbers of a stated value, and the number of causes tried; None for none."""
    value = judged(name)[which]
    ref = Ref(value.stated.name, value.stated.layer)
    wrong = [entry for entry in value.entries if not entry.right]
    searches = [causes(value.model, Place(ref, entry.indices), entry.digits) for entry in wrong]
    if not searches:
        return None
    common = [c for c in searches[0].named if all(c.parts in {f.parts for f in s.named} for s in searches)]
    return (common[0], searches[0].tried) if common else None


def title(value: Judged, lang: str) -> str:
    """Return the name of a stated value, and the number of updates before it where there are any."""
    return after(plain(Ref(value.stated.name, value.stated.layer)), value.stated.iteration, lang)


def after(name: str, iteration: int, lang: str) -> str:
    """Return a name, with the number of updates before it where there are any."""
    updates = iteration - 1
    return name if not updates else (_AFTER_ONE if updates == 1 else _AFTER).format(name, updates)(lang)


def comparison_table(name: str, whose: Text, lang: str) -> str:
    """Return all numbers of an example as a table in Markdown: the `PUBLISHED` ones, or those for `REFERENCE`."""
    values = [value for value in judged(name) if bool(value.stated.where) == (whose is PUBLISHED)]
    return as_table([row for value in values for row in _rows(value, lang)], whose, lang)


def as_table(rows: list[tuple[str, str, str, str, bool]], whose: Text, lang: str) -> str:
    """Return rows of name, number, computed, difference and verdict as a table; `whose` numbers they are."""
    head = (_VALUE, whose, _COMPUTED, _DIFFERENCE)
    lines = [[*(words(lang) for words in head), ""], ["---", "---:", "---:", "---:", ":---:"]]
    lines += [_line(row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(row: tuple[str, str, str, str, bool]) -> list[str]:
    name, printed, computed, difference, right = row
    if right:
        return [name, printed, computed, difference, ":green[✓]"]
    return [name, f":red-background[{printed}]", f"**{computed}**", difference, ":red[✗]"]


def _rows(value: Judged, lang: str) -> list[tuple[str, str, str, str, bool]]:
    ref, iteration = Ref(value.stated.name, value.stated.layer), value.stated.iteration
    if not value.entries:
        stated, computed = ("×".join(map(str, shape)) for shape in (value.stated.shape, value.shape))
        return [(plain(ref), _SHAPE.format(stated)(lang), _SHAPE.format(computed)(lang), "", False)]
    return [row_of(after(plain(ref, *entry.indices), iteration, lang), entry) for entry in value.entries]


def row_of(name: str, entry: Entry) -> tuple[str, str, str, str, bool]:
    """Return the row of a number beside the computed one."""
    difference = "" if entry.right else signed(parse_number(entry.digits) - entry.computed, 3)
    return name, entry.digits.replace("-", "−"), beside(entry, _DIGITS), difference, entry.right


def beside(entry: Entry, fewest: int) -> str:
    """Return the computed number with one digit more than the stated one, so that a difference can be seen."""
    return number(entry.computed, max(fewest, digits_of(entry.digits) + 1))

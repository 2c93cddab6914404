"""Curves from outside in the links and files of a workspace, which have the numbers themselves."""

from collections.abc import Mapping

from engine import InputError, Text
from engine.untrusted import parsed
from visualizer.outside import MOST_CURVES, OutsideCurve, outside_from
from visualizer.state import held_in

_OUTSIDE = Text("external curves: cannot be read", "外部曲线：无法读取")
_ALLOWED = Text("what the page itself has written", "页面自己写出的内容")


def outside_from_query(query: Mapping[str, str]) -> tuple[list[OutsideCurve], list[InputError]]:
    """Return the curves from outside that a query holds, and an error about what is none."""
    try:
        return _outside(parsed(query["outside"])) if "outside" in query else [], []
    except InputError as error:
        return [], [error]


def outside_from_file(text: str) -> tuple[list[OutsideCurve], list[InputError]]:
    """Return the curves from outside in a file of saved runs, and an error about what is none."""
    try:
        return _outside(held_in(text).get("outside", [])), []
    except InputError as error:
        return [], [error]


def _outside(written: object) -> list[OutsideCurve]:
    if not isinstance(written, list) or len(written) > MOST_CURVES:
        raise InputError(_OUTSIDE, _ALLOWED, str(written)[:40])
    return [outside_from(each) for each in written]

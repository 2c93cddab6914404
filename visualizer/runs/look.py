"""Look of the runs: what is drawn over what, how, and which run and epoch are chosen; as a value and as a link."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text
from engine.core import (
    Field,
    changed_fields,
    one_of,
    parse_number,
    parse_whole,
    read_fields,
    switch,
    whole,
    write_fields,
    write_number,
)
from engine.settings import MOST_EPOCHS
from engine.studies import RunRecord
from visualizer.runs.quantities import AXES, QUANTITIES
from visualizer.runs.runs import MOST_RUNS, SETTINGS

MOST_SMOOTH, _LONGEST_NAME = 0.99, 20
_SETTING, _SAME = Text("setting", "设置"), Text("Average runs with the same", "对以下设置相同的训练取平均")
_NOT_SMOOTH = Text("not a share of smoothing", "这不是平滑系数")
_SMOOTH = Text("a number from 0 to {}", "0 到 {} 的数").format(MOST_SMOOTH)


class Look(NamedTuple):
    """Choice of what is drawn over what, how, and of the run and the moment that are looked at.

    Attributes
    ----------
    quantity, axis : str, str
        Keys of `QUANTITIES` and `AXES`.
    log_x, log : bool, bool
        Whether the axis is logarithmic, and that of the quantity; zeros then lie at its lower end, and hovering tells
        what they are.
    smoothing : float
        The share, from 0 and below 1, that each point of a moving average keeps of the one before.
    group : str
        The setting by which runs are gathered into means with bands; "" for none.
    shade : str
        The setting by which runs are coloured; "" for a colour each.
    listed : bool
        Whether hovering lists all runs at a place, or tells of one.
    run, beside : int, int
        The places of the run that is looked at and of the one that stands beside it; -1 is the latest.
    epoch : int or None
        The epoch that is looked at; None is the last.
    view : str
        What is shown below the curves; "" is the first.
    """

    quantity: str = "loss"
    axis: str = "epoch"
    log_x: bool = False
    log: bool = False
    smoothing: float = 0.0
    group: str = ""
    shade: str = ""
    listed: bool = False
    run: int = -1
    beside: int = -1
    epoch: int | None = None
    view: str = ""


class Curve(NamedTuple):
    """Curve of a run: epochs, their places on the axis, and values."""

    epochs: NDArray
    x: NDArray
    y: NDArray


def curves_of(trial: RunRecord, look: Look) -> list[Curve]:
    """Return the curves of a run: of the training set, and of what is held out where that has one."""
    along = AXES[look.axis].places(trial)
    found = QUANTITIES[look.quantity].curves(trial)
    return [Curve(epochs, along[np.minimum(epochs, len(along) - 1)], values) for epochs, values in found]


def _read_smoothing(text: str) -> float:
    share = parse_number(text)
    if not 0 <= share <= MOST_SMOOTH:
        raise InputError(_NOT_SMOOTH, _SMOOTH, text)
    return share


def _place(attribute: str, link: str) -> Field:
    """Describe the place of a run, which a link counts from 1."""
    return Field(attribute, lambda text: parse_whole(text, 1, MOST_RUNS) - 1, lambda place: str(place + 1), link=link)


FIELDS = {  # in the order of links
    field.name: field
    for field in (
        Field("quantity", one_of(Text("curve", "曲线"), QUANTITIES), label=Text("Vertical", "纵轴"), link="curve"),
        Field("axis", one_of(Text("axis", "坐标轴"), AXES), label=Text("Horizontal", "横轴")),
        switch("log_x", Text("log scale, horizontal", "横轴取对数")),
        switch("log", Text("log scale", "对数坐标"), link="log_y"),
        Field("smoothing", _read_smoothing, write_number, Text("smoothing", "平滑")),
        Field("group", one_of(_SETTING, SETTINGS), label=_SAME),
        Field("shade", one_of(_SETTING, SETTINGS), label=Text("Color by", "着色依据")),
        switch("listed", Text("list all runs at the pointer", "在指针处列出所有训练")),
        _place("run", "run"),
        _place("beside", "pair"),
        whole("epoch", 0, MOST_EPOCHS, Text("Epoch", "轮次")),
        Field("view", lambda text: text[:_LONGEST_NAME], link="tab"),  # which there are is for the page to say
    )
}


def look_to_query(look: Look) -> dict[str, str]:
    """Return the query of a look, as far as it is not the usual one."""
    return write_fields(changed_fields(FIELDS, look, Look()), look)


def look_from_query(query: Mapping[str, str]) -> tuple[Look, list[InputError]]:
    """Return the look that a query describes, and errors about what could not be used."""
    problems: list[InputError] = []
    found = read_fields(FIELDS, query, problems)
    return Look(**{FIELDS[name].attribute: value for name, value in found.items()}), problems

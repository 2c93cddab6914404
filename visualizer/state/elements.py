"""Elements of a network that a reader can choose: their names, their values, and the model with another value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engine import Ref, Step, Text, Trace
from engine.program import OF_SAMPLES, OF_UNITS
from engine.settings import Model, Rows
from visualizer.drawing import Drawing
from visualizer.equations import Element
from visualizer.lecture import BEHIND, Lecture, Moment
from visualizer.writing import PARAMETERS, parameter, plain

_NEURON = Text("neuron {j} of layer {l}", "第 {l} 层神经元 {j}")
_COST = Text("C, the cost", "C，代价")
_ALL, _ROW, _COLUMN = slice(None), slice(1), slice(1, None)
# what is chosen and what a step writes: how many layers apart they are, and which of the chosen indices count
_LEADS_TO = {
    ("W", "z"): (0, _ROW),
    ("W", "delta"): (-1, _COLUMN),
    ("C", "J"): (None, _ALL),
    ("b", "z"): (0, _ALL),
    ("y", "delta"): (0, _ALL),
    ("gamma", "u"): (0, _ALL),
    ("beta", "u"): (0, _ALL),
    ("gamma", "delta_hat"): (0, _ALL),
}
_OF_A_NEURON = (*OF_SAMPLES, *OF_UNITS, "a", "db", "mean_new", "variance_new")  # what a chosen neuron leads to

_SHOWN_BY = dict.fromkeys((*OF_SAMPLES, "a", "mask", "slope", "slope_u", "compact_delta", "long_delta"), "a") | {
    "y": "y"
}
_SHOWN_BY |= dict.fromkeys(("mu", "mean", "mean_new", "delta_mu"), "gamma")
_SHOWN_BY |= dict.fromkeys(("var", "variance", "variance_new", "delta_var"), "beta")


def leads_to(chosen: str, written: str) -> tuple[int | None, slice] | None:
    """Distance in layers from a chosen value to a written one that it leads to, and the indices that count there."""
    if chosen == "a" and written in _OF_A_NEURON:
        return 0, _ALL
    own = chosen in PARAMETERS and parameter(written) == chosen != written
    return (0, _ALL) if own else _LEADS_TO.get((chosen, written))


class Choice(NamedTuple):
    """Chosen element: an input, weight, bias, target or neuron, or the cost; indices count from 0."""

    id: str
    ref: Ref
    indices: tuple[int, ...]

    @property
    def editable(self) -> bool:
        """Whether the element is an input of the pass, so that the reader may give another value."""
        return self.ref.name in (*PARAMETERS, "y") or self.ref == Ref("a", 0)

    def label(self, lang: str) -> str:
        """Return the label of the element in a list."""
        if self.ref.name == "C":
            return _COST(lang)
        if self.editable:
            return plain(self.ref, *self.indices)
        return _NEURON.format(j=self.indices[0] + 1, l=self.ref.layer)(lang)


@lru_cache(maxsize=64)
def choices(drawing: Drawing) -> Mapping[str, Choice]:
    """Return all elements of a drawing by their id: inputs, layer by layer weights, biases and neurons, targets, C."""
    nodes = [Choice(s.id, s.ref, s.indices) for s in drawing.nodes.values() if s.kind != "fold"]
    weights = [Choice(edge.id, edge.ref, edge.indices) for edge in drawing.edges if edge.ref]
    order = {name: i for i, name in enumerate(("W", "b", "gamma", "beta", "a", "y", "C"))}

    def place(choice: Choice) -> tuple[int, ...]:
        given = choice.ref.name in ("y", "C")
        return (choice.ref.layer + given, order[choice.ref.name], *choice.indices)

    return MappingProxyType({choice.id: choice for choice in sorted([*nodes, *weights], key=place)})


@lru_cache(maxsize=64)
def choice_labels(drawing: Drawing, lang: str) -> Mapping[str, str]:
    """Return the labels of all elements of a drawing by their id."""
    return MappingProxyType({key: choice.label(lang) for key, choice in choices(drawing).items()})


def shown_by(ref: Ref, row: int, column: int) -> str:
    """Return the id of the node or edge that shows an entry of a value; "" where none does.

    A part of an optimizer's state, such as v_W_new, is shown by the parameter that it moves.
    """
    kind = _SHOWN_BY.get(ref.name) or parameter(ref.name)
    if kind == "y":
        return f"y.{row + 1}"
    return ".".join(map(str, (kind, ref.layer, row + 1, *([column + 1] if kind == "W" else [])))) if kind else ""


def value_of(model: Model, trace: Trace, choice: Choice, sample: int) -> float:
    """Return the present value of an editable element."""
    if choice.ref.name in PARAMETERS:
        value = trace.value(*choice.ref)
        return float(value[choice.indices] if choice.ref.name == "W" else value[choice.indices[0], 0])
    rows = model.y if choice.ref.name == "y" else model.x
    return rows[sample][choice.indices[0]]


def with_value(model: Model, trace: Trace, choice: Choice, sample: int, value: float) -> Model:
    """Return the model in which an element has another value; raise `InputError` where it cannot have it."""
    if choice.ref.name == "W":
        j, k = choice.indices
        changed = model.edited(trace.given.with_weight(choice.ref.layer, j, k, value))
    elif choice.ref.name == "b":
        changed = model.edited(trace.given.with_bias(choice.ref.layer, choice.indices[0], value))
    elif choice.ref.name in PARAMETERS:
        changed = model.edited(trace.given.with_norm(*choice.ref, choice.indices[0], value))
    else:
        # an input or target edited in a later iteration belongs to the network of that iteration
        moved = model.edited(trace.given) if model.iteration > 1 else model
        if choice.ref.name == "y":
            changed = replace(moved, y=_with_entry(model.y, sample, choice.indices[0], value))
        else:
            changed = replace(moved, x=_with_entry(model.x, sample, choice.indices[0], value))
    changed.check()
    return changed


def with_start_values(model: Model) -> Model:
    """Return the model with the weights, inputs and targets that it began with, and all its settings."""
    base = model.base
    return replace(model, net=None, x=base.x, y=base.y, state=None, iteration=1).with_settings()


def has_other_values(model: Model) -> bool:
    """Return whether weights, inputs or targets are others than those that the model began with."""
    start = with_start_values(model)
    return (model.net, model.x, model.y, model.state) != (start.net, start.x, start.y, start.state)


def _with_entry(rows: Rows, sample: int, place: int, value: float) -> Rows:
    row = tuple(value if i == place else old for i, old in enumerate(rows[sample]))
    return tuple(row if i == sample else old for i, old in enumerate(rows))


def element(lecture: Lecture, moment: Moment, chosen: Choice | None, sample: int) -> Element:
    """Return the element whose arithmetic is shown: one that the chosen one leads to once known, else the latest."""
    step = lecture.trace.steps[moment.step]
    found = next(_led_to(lecture, moment, chosen), None) if chosen else None
    if found:
        return Element(*found, sample)
    return _of_unit(lecture, step, lecture.units[moment.step][moment.done - 1], sample)


def _led_to(lecture: Lecture, moment: Moment, chosen: Choice) -> Iterator[tuple[Ref, tuple[int, ...]]]:
    """Yield the numbers that the latest step makes of a chosen element, and that are known."""
    for ref, indices in _made_of(chosen, lecture.trace.steps[moment.step]):
        if lecture.happened(moment, ref, indices):
            yield ref, indices


def _made_of(chosen: Choice, step: Step) -> Iterator[tuple[Ref, tuple[int, ...]]]:
    """Yield the numbers that a step makes of a chosen element."""
    for ref in step.writes:
        apart, part = leads_to(chosen.ref.name, ref.name) or (0, None)
        there = ref.layer if apart is None else chosen.ref.layer + apart
        if part and ref.layer == there:
            yield ref, chosen.indices[part]


def to_come(lecture: Lecture, position: int, drawing: Drawing) -> dict[str, str]:
    """Return the names of all numbers that the steps after a position make, by their ids, as `dW.2.1.1` or `C`."""
    moment = lecture.moment(position)
    made = _all_made(lecture.trace.steps[max(0, moment.step) :], drawing)
    return {
        ".".join((ref.name, *map(str, (ref.layer, *(i + 1 for i in at)) if at else ()))): plain(ref, *at)
        for ref, at in made
        if not lecture.happened(moment, ref, at)
    }


def _all_made(steps: Iterable[Step], drawing: Drawing) -> Iterator[tuple[Ref, tuple[int, ...]]]:
    """Yield the numbers that steps make of all elements of a drawing."""
    elements = choices(drawing).values()
    for step in steps:
        yield from ((ref, ()) for ref in step.writes if ref.name == "C")
        yield from (found for one in elements for found in _made_of(one, step))


def _of_unit(lecture: Lecture, step: Step, unit: tuple[int, ...], sample: int) -> Element:
    """Return the first element of the unit that happened last."""
    target, shown, sizes = step.writes[0], lecture.shown, lecture.trace.given.sizes
    if step.rule.phase == "cost":
        return Element(target, (), sample)
    if not step.layer:
        layer = unit[0] + 1 if unit else 1
        unit, n_in = unit[1:], sizes[layer - 1]
        name = BEHIND[unit[1] - n_in] if len(unit) > 1 and unit[1] >= n_in else "W"
        target = next(ref for ref in step.writes if ref.layer == layer and parameter(ref.name) == name)
    rows, columns = shown[target.layer], shown[target.layer - 1]
    row = unit[0] if unit and unit[0] >= 0 else rows[0]
    if target.layer and parameter(target.name) == "W":
        return Element(target, (row, unit[1] if len(unit) > 1 else columns[0]), sample)
    return Element(target, (row,), sample)

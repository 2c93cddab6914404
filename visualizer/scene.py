"""(Trace, moment) -> Scene: all that is drawn, as plain data.

A scene is a geometry, which stays, and the looks of every spot and line at one moment. What has not been computed yet
has no number in it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from engine import Ref, Step, Text, Trace
from visualizer import palette
from visualizer.beats import Beat, Cast, beats
from visualizer.graph import DENSE, Line, Spot, drawing, shown_units
from visualizer.lecture import Lecture, Moment
from visualizer.looks import RIGHT, WRONG, LineLook, Looks, Scene, SpotLook, apart, told
from visualizer.plates import CHARACTERS
from visualizer.symbols import number, parameter, plain, signed
from visualizer.touched import Touched
from visualizer.values import Values

_THIN, _THICK = 1.4, 7.0
_ALIKE, _NOTHING = 1e-9, 1e-14  # numbers that differ by less are the same
_NEURON_VALUES = ("delta", "a", "z")  # what matters most comes first
LEGEND = {
    "gradient": Text("gradient ∂C/∂w", "梯度 ∂C/∂w"),
    "weight": Text("weight w, until then", "此前为权重 w"),
    "negative": Text("negative", "负值"),
    "read": Text("read", "读取"),
    "write": Text("written", "写出"),
}
_MISTAKEN = Text("✗ wrong, ✓ what is right", "✗ 错误，✓ 正确值")
_TAG_DIGITS = (3, 2, 1)
_FOLDED, _UNFOLDED = Text("+{} more", "另有 {} 个"), Text("all {}", "全部 {} 个")


class Stagehand:
    """Makes the scenes of one lecture.

    Parameters
    ----------
    lecture : Lecture
    lang : str
    sample : int
        Which sample is drawn, from 0.
    right : Trace, optional
        The same pass without mistakes, where the lecture's has some.
    """

    def __init__(self, lecture: Lecture, lang: str, sample: int = 0, right: Trace | None = None) -> None:
        self.lecture, self.lang, self.sample = lecture, lang, sample
        self.right = Values(right, sample) if right else None
        self.trace: Trace = lecture.trace
        self.values = Values(self.trace, sample)
        self.drawing = drawing(self.trace.given.sizes, lecture.shown)
        self._looks: dict[tuple[Any, ...], LineLook] = {}

    def scene(self, position: int) -> Scene:
        """Return the scene at a position of the lecture."""
        moment = self.lecture.moment(position)
        touched = Touched(self.lecture, moment)
        looks = {item: self.look(item, moment, touched) for item in self.items}
        return Scene(self.drawing, looks, self.beats(touched), self.alt(moment, looks))

    @cached_property
    def items(self) -> tuple[Spot | Line, ...]:
        """Everything in the drawing."""
        return (*self.drawing.spots.values(), *self.drawing.lines)

    def touched_by(self, refs: frozenset[Ref]) -> list[Spot | Line]:
        """Return the items that show one of these values, and so may look different after a step that touches them."""
        return list(dict.fromkeys(item for ref in sorted(refs) for item in self._by_ref.get(ref, ())))

    @cached_property
    def _by_ref(self) -> dict[Ref, list[Spot | Line]]:
        by_ref: dict[Ref, list[Spot | Line]] = {}
        for item in self.items:
            for ref in self._shown_by(item):
                by_ref.setdefault(ref, []).append(item)
        return by_ref

    def look(self, item: Spot | Line, moment: Moment, touched: Touched) -> "SpotLook | LineLook":
        """Return how an item looks at a moment."""
        return self._line(item, moment, touched) if isinstance(item, Line) else self._spot(item, moment, touched)

    def beats(self, touched: Touched) -> list[Beat]:
        """Return how the step plays."""
        return beats(Cast(self.drawing, touched, self.values))

    def _fold(self, spot: Spot) -> str:
        """Say how many units of a layer are not drawn; of an unfolded one, that all are."""
        (more,) = spot.indices
        return (_FOLDED.format(more) if more else _UNFOLDED.format(self.trace.given.sizes[spot.ref.layer]))(self.lang)

    def _spot(self, spot: Spot, moment: Moment, touched: Touched) -> SpotLook:
        if spot.kind == "fold":
            return SpotLook("", self._fold(spot), "", "", "")
        if spot.kind == "bias":
            return self._bias(spot, moment, touched)
        refs = self._shown_by(spot)
        known = [ref for ref in refs if self.lecture.happened(moment, ref, spot.indices)]
        state = touched.state(refs, spot.indices)
        if not known:
            return SpotLook(plain(refs[-1], *spot.indices), "", "", state, "")
        now, *before = known
        detail = "  ".join(f"{plain(ref)[0]} {number(self.values.at(ref, spot.indices))}" for ref in before[:1])
        value = number(self.values.at(now, spot.indices))
        look = SpotLook(plain(now, *spot.indices), value, detail, state, self._tint(now, spot.indices))
        right = self.right_of(now, spot.indices)
        if right is None:
            return look
        value, shown = apart(self.values.at(now, spot.indices), right, number)
        return look._replace(value=f"{WRONG}{value}", detail=f"{RIGHT} {shown}", right=shown)

    def right_of(self, ref: Ref, indices: tuple[int, ...]) -> float | None:
        """Return what an element should be, where a mistake has made another number of it."""
        if self.right is None:
            return None
        wrong, right = self.values.at(ref, indices), self.right.at(ref, indices)
        return None if np.isclose(wrong, right, rtol=_ALIKE, atol=_NOTHING, equal_nan=True) else right

    def _tint(self, ref: Ref, indices: tuple[int, ...]) -> str:
        if ref.name != "delta":
            return ""
        return palette.diverging(self.values.at(ref, indices), self._largest["delta"])

    def _bias(self, spot: Spot, moment: Moment, touched: Touched) -> SpotLook:
        look = self._parameter("b", spot.ref.layer, spot.indices, moment, touched)
        return SpotLook(look.name, look.label, "", look.state, look.colour, look.right)

    def _line(self, line: Line, moment: Moment, touched: Touched) -> LineLook:
        if line.ref is None:
            return LineLook("", "", palette.ZERO, 1.0, False, "")
        return self._parameter("W", line.ref.layer, line.indices, moment, touched)

    def _parameter(self, name: str, layer: int, indices: tuple[int, ...], moment: Moment, touched: Touched) -> LineLook:
        """Return how a weight or bias looks: by its value until its gradient is known, then by that."""
        value, *gradients, new = self._of_parameter(name, layer)
        known = [gradient for gradient in gradients if self.lecture.happened(moment, gradient, indices)]
        state = touched.state((value, *gradients, new), indices)
        shown = labelled = known[-1] if known else value
        if self.trace.update and self.lecture.happened(moment, new, indices):
            labelled = new
        elif state == "read" and not touched.reads_gradient and new not in touched.reads:
            labelled = value
        key = (labelled, shown, state, indices)
        if key not in self._looks:
            self._looks[key] = self._parameter_look(labelled, shown, state, indices)
        return self._looks[key]

    def _parameter_look(self, labelled: Ref, shown: Ref, state: str, indices: tuple[int, ...]) -> LineLook:
        amount, is_gradient = self.values.at(shown, indices), shown.name != parameter(shown.name)
        largest = self._largest["gradient" if is_gradient else "weight"]
        write = signed if labelled == shown and is_gradient else number
        share = min(1.0, abs(amount) / largest) if largest else 0.0
        width = round(_THIN + (self._thick - _THIN) * share, 2) if np.isfinite(share) else _THIN
        name, right = plain(labelled, *indices), self.right_of(labelled, indices)
        value = self.values.at(labelled, indices)
        label = _tag(value, write, CHARACTERS - (right is not None))
        look = LineLook(name, label, palette.diverging(amount, largest), width, amount < 0, state)
        if right is None:
            return look
        wrong, shown = apart(value, right, write)
        return look._replace(label=f"{WRONG}{wrong if len(wrong) < CHARACTERS else label}", right=shown)

    @property
    def _thick(self) -> float:
        return _THICK if self.drawing.detail != DENSE else 3.0

    @cached_property
    def _largest(self) -> dict[str, float]:
        """The largest size of each kind of value, the end of its colour scale."""
        layers = range(1, len(self.trace.given.sizes))

        def largest(*names: str) -> float:
            sizes = [np.abs(self.trace.value(name, l)).max() for name in names for l in layers]
            return float(np.max(sizes)) if np.isfinite(sizes).all() else 0.0

        gradients = [f"{letter}{p}" for letter in self._letters for p in "Wb"]
        return {"weight": largest("W", "b"), "gradient": largest(*gradients), "delta": largest("delta")}

    @cached_property
    def _letters(self) -> tuple[str, ...]:
        """What stands before W in the names of its gradients: of C, of J where there is a penalty, and clipped."""
        options = self.trace.options
        return ("d", *("g" for _ in range(options.regularized)), *("c" for _ in range(options.clipped)))

    def _of_parameter(self, name: str, layer: int) -> tuple[Ref, ...]:
        """Return a parameter, its gradients in the order in which they come about, and its new value."""
        gradients = (Ref(f"{letter}{name}", layer) for letter in self._letters)
        return Ref(name, layer), *gradients, Ref(f"{name}_new", layer)

    def _shown_by(self, item: Spot | Line) -> tuple[Ref, ...]:
        """Return the values that an item may show, or that a step reads through it; what matters most comes first."""
        if item.ref is None:
            return ()
        name, layer = item.ref
        if name in ("W", "b"):
            return self._of_parameter(name, layer)
        if name == "C" and self.trace.options.regularized:
            return Ref("J", 0), item.ref
        is_neuron = isinstance(item, Spot) and item.kind == "neuron"
        return tuple(Ref(shown, layer) for shown in _NEURON_VALUES) if is_neuron else (item.ref,)

    def legend(self) -> list[dict[str, str]]:
        """Return the entries of the legend, each a kind of sample and its words."""
        shown = LEGEND | ({"wrong": _MISTAKEN} if self.right else {})
        return [{"kind": kind, "text": words(self.lang)} for kind, words in shown.items()]

    def alt(self, moment: Moment, looks: Looks) -> str:
        """Tell a scene in words, its numbers included."""
        step: Step | None = self.trace.steps[moment.step] if moment.step >= 0 else None
        title = step.rule.title.format(l=step.layer)(self.lang) if step else ""
        items = [*self.drawing.spots.values(), *(line for line in self.drawing.lines if line.label)]
        numbers = ((looks[item].name, told(looks[item])) for item in items)
        return ": ".join(
            filter(None, (title, ", ".join(f"{name} = {text}" for name, text in numbers if name and text)))
        )


def _tag(value: float, write: Callable[[float, int], str], room: int) -> str:
    """Return a number with as many digits as its plate has room for."""
    return next((text for n in _TAG_DIGITS if len(text := write(value, n)) <= room), write(value, 1))


def stagehand(
    trace: Trace,
    granularity: str,
    lang: str,
    sample: int = 0,
    unfolded: tuple[int, int] | None = None,
    right: Trace | None = None,
) -> Stagehand:
    """Return what makes the scenes of a trace.

    Parameters
    ----------
    trace : Trace
    granularity : str
        A name in `visualizer.lecture.GRANULARITIES`: `layer`, `neuron` or `weight`.
    lang : str
        A name in `engine.text.LANGUAGES`.
    sample : int
        Which sample is drawn, from 0.
    unfolded : tuple of (int, int), optional
        A layer with a page of its units, see `visualizer.graph.shown_units`.
    right : Trace, optional
        The same pass without mistakes, where the trace has some: what differs is marked.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> hand = stagehand(t, "layer", "en")
    >>> len(hand.lecture), hand.scene(1).alt.split(":")[0]
    (6, 'Weighted input of layer 1')
    """
    return Stagehand(Lecture(trace, granularity, shown_units(trace, unfolded)), lang, sample, right)

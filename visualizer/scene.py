"""(Trace, moment) -> Scene: all that is drawn, as plain data.

A scene is a geometry, which stays, and the looks of every spot and line at one moment. What has not been computed yet
has no number in it.
"""

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from engine import Ref, Step, Text, Trace
from visualizer import palette
from visualizer.graph import DENSE, FULL, HEIGHT, WIDTH, Drawing, Line, Spot, drawing, shown_units
from visualizer.lecture import Lecture, Moment
from visualizer.symbols import number, plain, signed

_THIN, _THICK = 1.4, 7.0
_NEURON_VALUES = ("delta", "a", "z")  # what matters most comes first
LEGEND = {
    "gradient": Text("gradient ∂C/∂w", "梯度 ∂C/∂w"),
    "weight": Text("weight w, until then", "此前为权重 w"),
    "negative": Text("negative", "负值"),
    "read": Text("read", "读取"),
    "write": Text("written", "写出"),
}
_TAG_DIGITS = 3
_FLOWS = {"z": "forward", "bp2": "backward"}
_FOLDED = Text("+{} more", "另有 {} 个")


class SpotLook(NamedTuple):
    """What a spot shows at one moment: a name, its number, an earlier one, and whether the step reads or writes it."""

    name: str
    value: str
    detail: str
    state: str
    colour: str


class LineLook(NamedTuple):
    """What a line shows at one moment."""

    label: str
    colour: str
    width: float
    dashed: bool
    state: str


class Scene(NamedTuple):
    """One moment of a trace.

    Attributes
    ----------
    drawing : Drawing
        The geometry.
    spots, lines : dict
        The looks of everything in it, by its id.
    flow : str
        Which way values travel along the edges that the step reads: `forward`, `backward` or not at all.
    alt : str
        The same told in words.
    """

    drawing: Drawing
    spots: dict[str, SpotLook]
    lines: dict[str, LineLook]
    flow: str
    alt: str


class Stagehand:
    """Makes the scenes of one lecture.

    Parameters
    ----------
    lecture : Lecture
    lang : str
    sample : int
        Which sample is drawn, from 0.
    """

    def __init__(self, lecture: Lecture, lang: str, sample: int = 0) -> None:
        self.lecture, self.lang, self.sample = lecture, lang, sample
        self.trace: Trace = lecture.trace
        self.drawing = drawing(self.trace.given.sizes, lecture.shown)

    def scene(self, position: int) -> Scene:
        """Return the scene at a position of the lecture."""
        moment = self.lecture.moment(position)
        touched = Touched(self.lecture, moment)
        spots = {spot.id: self._spot(spot, moment, touched) for spot in self.drawing.spots.values()}
        lines = {line.id: self._line(line, moment, touched) for line in self.drawing.lines}
        flow = _FLOWS.get(touched.step.rule.key, "") if touched.step else ""
        return Scene(self.drawing, spots, lines, flow, self._alt(moment, spots))

    def _number(self, ref: Ref, indices: tuple[int, ...]) -> float:
        value = self.trace.value(*ref)
        if value.ndim == 0:
            return float(value)
        column = indices[1] if len(indices) > 1 else 0 if value.shape[1] == 1 else self.sample
        return float(value[indices[0], column])

    def _spot(self, spot: Spot, moment: Moment, touched: "Touched") -> SpotLook:
        if spot.kind == "fold":
            return SpotLook("", _FOLDED.format(spot.indices[0])(self.lang), "", "", "")
        if spot.kind == "bias":
            return self._bias(spot, moment, touched)
        known = [ref for ref in self._values(spot) if self.lecture.happened(moment, ref, spot.indices)]
        refs = (
            [Ref(name, spot.ref.layer) for name in (*_NEURON_VALUES, "grad", "slope")]
            if spot.kind == "neuron"
            else [spot.ref]
        )
        state = touched.state(refs, spot.indices)
        if not known:
            return SpotLook(plain(self._values(spot)[-1], *spot.indices), "", "", state, "")
        now, *before = known
        detail = "  ".join(f"{plain(ref)[0]} {number(self._number(ref, spot.indices))}" for ref in before[:1])
        value = number(self._number(now, spot.indices))
        return SpotLook(plain(now, *spot.indices), value, detail, state, self._tint(now, spot.indices))

    def _values(self, spot: Spot) -> list[Ref]:
        if spot.kind == "neuron":
            return [Ref(name, spot.ref.layer) for name in _NEURON_VALUES]
        return [spot.ref]

    def _tint(self, ref: Ref, indices: tuple[int, ...]) -> str:
        if ref.name != "delta":
            return ""
        return palette.diverging(self._number(ref, indices), self._largest["delta"])

    def _bias(self, spot: Spot, moment: Moment, touched: "Touched") -> SpotLook:
        label, colour, _, _, state = self._parameter("b", spot.ref.layer, spot.indices, moment, touched)
        gradient = Ref("db", spot.ref.layer)
        known = self.lecture.happened(moment, gradient, spot.indices)
        name = plain(gradient if known else spot.ref, *spot.indices)
        return SpotLook(name, label, "", state, colour)

    def _line(self, line: Line, moment: Moment, touched: "Touched") -> LineLook:
        if line.ref is None:
            return LineLook("", palette.ZERO, 1.0, False, "")
        return self._parameter("W", line.ref.layer, line.indices, moment, touched)

    def _parameter(
        self, name: str, layer: int, indices: tuple[int, ...], moment: Moment, touched: "Touched"
    ) -> LineLook:
        """Return how a weight or bias looks: by its value until its gradient is known, then by that."""
        value, gradient, new = Ref(name, layer), Ref(f"d{name}", layer), Ref(f"{name}_new", layer)
        known = self.lecture.happened(moment, gradient, indices)
        shown = gradient if known else value
        amount, largest = self._number(shown, indices), self._largest["gradient" if known else "weight"]
        state = touched.state([value, gradient, new], indices)
        if self.trace.update and self.lecture.happened(moment, new, indices):
            label = number(self._number(new, indices), _TAG_DIGITS)
        elif state == "read" and not touched.reads_gradient:
            label = number(self._number(value, indices), _TAG_DIGITS)
        else:
            label = (signed if known else number)(amount, _TAG_DIGITS)
        share = min(1.0, abs(amount) / largest) if largest else 0.0
        width = round(_THIN + (self._thick - _THIN) * share, 2) if np.isfinite(share) else _THIN
        return LineLook(label, palette.diverging(amount, largest), width, amount < 0, state)

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

        return {"weight": largest("W", "b"), "gradient": largest("dW", "db"), "delta": largest("delta")}

    def legend(self) -> list[dict[str, str]]:
        """Return the entries of the legend, each a kind of sample and its words."""
        return [{"kind": kind, "text": words(self.lang)} for kind, words in LEGEND.items()]

    def _alt(self, moment: Moment, spots: dict[str, SpotLook]) -> str:
        """Tell the scene in words, its numbers included."""
        step: Step | None = self.trace.steps[moment.step] if moment.step >= 0 else None
        title = step.rule.title.format(l=step.layer)(self.lang) if step else ""
        values = [f"{look.name} = {look.value}" for look in spots.values() if look.name and look.value]
        return ": ".join(filter(None, (title, ", ".join(values))))


class Touched:
    """Which values the latest step reads and writes, and of those which elements."""

    def __init__(self, lecture: Lecture, moment: Moment) -> None:
        self.lecture, self.moment = lecture, moment
        step = lecture.trace.steps[moment.step] if moment.step >= 0 else None
        self.step = step
        self.reads = frozenset(step.reads) if step else frozenset()
        self.writes = frozenset(step.writes) if step else frozenset()
        self.reads_gradient = any(ref.name in ("dW", "db") for ref in self.reads)

    @cached_property
    def unit(self) -> tuple[int, ...]:
        """The unit that happened last: () where it is the whole step."""
        if self.step is None or self.moment.units == 1:
            return ()
        return self.lecture.units[self.moment.step][self.moment.done - 1]

    def state(self, refs: list[Ref], indices: tuple[int, ...]) -> str:
        """Return `write`, `read` or nothing for an element that shows these values."""
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
        key, j = self.step.rule.key, self.unit[0]
        if key == "update":
            return self._writes(Ref(ref.name.removeprefix("d") + "_new", ref.layer), indices)
        if ref.name in ("W", "dW") and key == "bp2":  # the transpose: the column of the neuron
            return indices[1] == j
        if ref.name in ("W", "b", "z", "y") or ref.layer == self.step.layer:
            return indices[0] == j or not self.lecture.trace.given.layers or self._needs_whole_layer(key, ref)
        return len(self.unit) == 1 or indices[0] == self.unit[-1]

    def _needs_whole_layer(self, key: str, ref: Ref) -> bool:
        """Softmax mixes its layer, so its units read all of it."""
        layer = self.step.layer if self.step else 0
        mixes = layer and self.lecture.trace.given.activations[layer - 1] == "softmax"
        return bool(mixes) and key in ("a", "bp1", "bp2") and ref.layer == layer and ref.name in ("z", "a", "y")


def film(hand: Stagehand) -> dict[str, Any]:
    """Return the geometry and, position by position, what changes in the looks: enough to step without the server."""
    frames, last = [], None
    for position in range(len(hand.lecture) + 1):
        scene = hand.scene(position)
        frames.append(_changes(last, scene))
        last = scene
    return {
        "geometry": geometry(hand.drawing),
        "legend": hand.legend(),
        "frames": frames,
        "phases": hand.lecture.phases(),
    }


def geometry(shape: Drawing) -> dict[str, Any]:
    """Return the part of every scene that does not change."""
    spots = [
        {"id": s.id, "kind": s.kind, "x": s.x, "y": s.y, "r": s.r, "choose": s.id if s.kind != "fold" else ""}
        for s in shape.spots.values()
    ]
    lines = [
        {"id": line.id, "ends": line.ends, "label": line.label, "choose": line.id if line.ref else ""}
        for line in shape.lines
    ]
    return {"width": WIDTH, "height": HEIGHT, "labelled": shape.detail == FULL, "spots": spots, "lines": lines}


def _changes(last: Scene | None, scene: Scene) -> dict[str, Any]:
    def new(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
        return {name: list(look) for name, look in now.items() if before.get(name) != look}

    return {
        "spots": new(scene.spots, last.spots if last else {}),
        "lines": new(scene.lines, last.lines if last else {}),
        "flow": scene.flow,
        "alt": scene.alt,
    }


def stagehand(trace: Trace, granularity: str, lang: str, sample: int = 0) -> Stagehand:
    """Return what makes the scenes of a trace."""
    return Stagehand(Lecture(trace, granularity, shown_units(trace)), lang, sample)

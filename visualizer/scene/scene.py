"""The scene builder: from a trace and a moment to all that is drawn, as plain data.

A scene is a geometry, which stays, and the style of every node and edge at one moment. What has not been computed yet
has no number in it.
"""

from functools import cached_property

from engine import Ref, Step, Text, Trace
from visualizer.animation import AnimationContext, AnimationPhase, animation_phases
from visualizer.drawing import DENSE, FULL, SATELLITES, Edge, Node, drawing, has_room, shown_units
from visualizer.equations import Access
from visualizer.lecture import Lecture, Moment, Values
from visualizer.scene.parameter_styles import ParameterStyles, in_circle, largest, right_of, tag
from visualizer.scene.styles import RIGHT, WRONG, EdgeStyle, NodeStyle, Scene, Styles, told
from visualizer.writing import PARAMETERS, apart, letters, number, palette, plain

_NEURON_VALUES = ("delta", "delta_hat", "delta_u", "a", "h", "u", "zhat", "z")  # what matters most comes first
_ERRORS = _NEURON_VALUES[:3]
_OF_NORM = {  # what shows beside γ and β while a step writes or reads it
    "gamma": ("delta_mu", "mean_new", "mu", "mean"),
    "beta": ("delta_var", "variance_new", "var", "variance"),
}
_LETTERS = {"mu": "μ", "mean": "μ̄", "mean_new": "μ̄", "delta_mu": "δμ"}
_LETTERS |= {"var": "σ²", "variance": "σ̄²", "variance_new": "σ̄²", "delta_var": "δσ²"}
LEGEND = {
    "gradient": Text("gradient, as ∂+0.1", "梯度，如 ∂+0.1"),
    "weight": Text("weight, as 0.1", "权重，如 0.1"),
    "negative": Text("negative", "负值"),
    "read": Text("read", "读取"),
    "write": Text("written", "写出"),
}
_DROPPED = Text("switched off by dropout", "被 dropout 关闭")
_MISTAKEN = Text("✗ wrong, ✓ what is right", "✗ 错误，✓ 正确值")
_CHANGED = Text("changed by the last edit", "刚刚修改")  # in sight only while something is
_FOLDED, _UNFOLDED = Text("+{} more", "另有 {} 个"), Text("all {}", "全部 {} 个")


class SceneBuilder:
    """Scene builder of one lecture.

    Sessions share it. It remembers what it has computed, the same whichever thread comes first, and changes in no
    other way.

    Parameters
    ----------
    lecture : Lecture
    lang : str
    sample : int
        Which sample is drawn, from 0.
    right : Trace, optional
        The same pass without mistakes, where the lecture's has some.
    asking : bool
        Whether the next step is asked for: then what that one reads and writes is marked, and its result is not there.
    """

    def __init__(
        self, lecture: Lecture, lang: str, sample: int = 0, right: Trace | None = None, asking: bool = False
    ) -> None:
        self.lecture, self.lang, self.sample, self.asking = lecture, lang, sample, asking
        self.right = Values(right, sample) if right else None
        self.trace: Trace = lecture.trace
        self.values = Values(self.trace, sample)
        self.drawing = drawing(self.trace.given.sizes, lecture.shown, self.trace.given.architecture.norms)
        self._parameters = ParameterStyles(lecture, self.values, self.drawing.detail == DENSE, self.right)

    def scene(self, position: int) -> Scene:
        """Return the scene at a position of the lecture."""
        moment, access = self.lecture.moment(position), self.access(position)
        looks = {item: self.look(item, moment, access) for item in self.items}
        return Scene(self.drawing, looks, self.beats(moment), self.alt(moment, looks))

    def access(self, position: int) -> Access:
        """Return the reads and writes marked at a position: those of the latest step, or of the next one."""
        shown = position + (self.asking and self.lecture.asks(position))
        return Access(self.lecture, self.lecture.moment(shown))

    @cached_property
    def items(self) -> tuple[Node | Edge, ...]:
        """All nodes and edges of the drawing."""
        return (*self.drawing.spots.values(), *self.drawing.lines)

    def touched_by(self, refs: frozenset[Ref]) -> list[Node | Edge]:
        """Return the nodes and edges that show one of these values, and so may change with a step on them."""
        return list(dict.fromkeys(item for ref in sorted(refs) for item in self._by_ref.get(ref, ())))

    @cached_property
    def _by_ref(self) -> dict[Ref, list[Node | Edge]]:
        by_ref: dict[Ref, list[Node | Edge]] = {}
        for item in self.items:
            for ref in self._shown_by(item):
                by_ref.setdefault(ref, []).append(item)
        return by_ref

    def look(self, item: Node | Edge, moment: Moment, access: Access) -> "NodeStyle | EdgeStyle":
        """Return the style of a node or an edge at a moment."""
        return self._line(item, moment, access) if isinstance(item, Edge) else self._spot(item, moment, access)

    def beats(self, moment: Moment) -> list[AnimationPhase]:
        """Return the animation phases of the latest step."""
        return animation_phases(AnimationContext(self.drawing, Access(self.lecture, moment), self.values))

    def _fold(self, spot: Node) -> str:
        """Return the label of a folded layer, as in '+12 more', or of an unfolded one."""
        (more,) = spot.indices
        return (_FOLDED.format(more) if more else _UNFOLDED.format(self.trace.given.sizes[spot.ref.layer]))(self.lang)

    def _spot(self, spot: Node, moment: Moment, access: Access) -> NodeStyle:
        if spot.kind == "fold":
            return NodeStyle("", self._fold(spot), "", "", "")
        if spot.kind in SATELLITES:
            return self._satellite(spot, moment, access)
        refs = self._shown_by(spot)
        state = access.state(refs, spot.indices)
        passing = self._of_batch(spot.ref.layer) if spot.kind == "neuron" else ()
        order = [ref for ref in passing if ref in access.writes] + [ref for ref in refs if ref not in passing]
        known = [ref for ref in order if self.lecture.happened(moment, ref, spot.indices)]
        if not known:
            return NodeStyle(plain(order[-1], *spot.indices), "", "", state, "")
        read = [ref for ref in known if access.state((ref,), spot.indices) == "read"] if state == "read" else ()
        now, *before = dict.fromkeys((*read, *known))
        detail = "  ".join(f"{letters(ref)} {in_circle(self.values.at(ref, spot.indices))}" for ref in before[:1])
        value = in_circle(self.values.at(now, spot.indices))
        name, tint, off = plain(now, *spot.indices), self._tint(now, spot.indices), self._is_off(spot, moment)
        look = NodeStyle(name, value, detail, state, tint, off)
        right = self.right_of(now, spot.indices)
        if right is None:
            return look
        value, shown = apart(self.values.at(now, spot.indices), right, number)
        return look._replace(value=f"{WRONG}{value}", detail=f"{RIGHT} {shown}", right=shown)

    def right_of(self, ref: Ref, indices: tuple[int, ...]) -> float | None:
        """Return the correct value of a drawn element where a mistake changed it, else None."""
        return right_of(self.values, self.right, ref, indices)

    def _tint(self, ref: Ref, indices: tuple[int, ...]) -> str:
        if ref.name not in _ERRORS:
            return ""
        return palette.diverging(self.values.at(ref, indices), self._largest_error)

    @cached_property
    def _largest_error(self) -> float:
        return largest(self.trace, [ref for ref in self.lecture.written if ref.name in _ERRORS])

    def _is_off(self, spot: Node, moment: Moment) -> bool:
        """Return whether a neuron's output has been dropped."""
        mask, output = Ref("mask", spot.ref.layer), Ref("a", spot.ref.layer)
        dropped = spot.kind == "neuron" and self._drops(spot.ref.layer)
        return (
            dropped and self.lecture.happened(moment, output, spot.indices) and not self.values.at(mask, spot.indices)
        )

    def _drops(self, layer: int) -> bool:
        return self.trace.options.training and self.trace.given.architecture.dropout(layer) > 0

    def _satellite(self, spot: Node, moment: Moment, access: Access) -> NodeStyle:
        """Return the style of a bias, or γ or β; the batch's mean and variance take their place while they count."""
        name, layer = spot.ref
        passing = sorted(
            ((state, ref) for ref in self._beside(name, layer) if (state := access.state((ref,), spot.indices))),
            key=lambda pair: pair[0] != "write",
        )
        ref = next((ref for _, ref in passing if self.lecture.happened(moment, ref, spot.indices)), None)
        if ref:
            text = tag(self.values.at(ref, spot.indices), number, f"{_LETTERS[ref.name]} ")
            return NodeStyle(plain(ref, *spot.indices), text, "", passing[0][0], "")
        look = self._parameters.look(spot.ref, spot.indices, moment, access)
        state = passing[0][0] if passing else look.state
        return NodeStyle(look.name, look.label, "", state, look.colour, right=look.right)

    def _of_batch(self, layer: int) -> tuple[Ref, ...]:
        """Return the batch statistics that neurons show while a step writes them, where γ and β have no room."""
        below = self.drawing.spots.get(f"gamma.{layer}.{self.lecture.shown[layer][0] + 1}")
        if below is None or (has_room(below) and self.drawing.detail == FULL):
            return ()
        refs = (ref for name in _OF_NORM for ref in self._beside(name, layer))
        return tuple(ref for ref in refs if ref in self.lecture.written)

    def _beside(self, name: str, layer: int) -> tuple[Ref, ...]:
        return tuple(Ref(other, layer) for other in _OF_NORM.get(name, ()))

    def _line(self, line: Edge, moment: Moment, access: Access) -> EdgeStyle:
        if line.ref is None:
            return EdgeStyle("", "", palette.ZERO, 1.0, False, "")
        return self._parameters.look(line.ref, line.indices, moment, access)

    def _shown_by(self, item: Node | Edge) -> tuple[Ref, ...]:
        """Return the values that a node or edge may show, or that a step reads through it, most important first."""
        if item.ref is None:
            return ()
        name, layer = item.ref
        if name in PARAMETERS:
            return (*self._parameters.refs(item.ref), *self._beside(name, layer))
        if name == "C" and self.trace.options.regularized:
            return Ref("J", 0), item.ref
        if not (isinstance(item, Node) and item.kind == "neuron"):
            return (item.ref,)
        own = tuple(ref for shown in _NEURON_VALUES if (ref := Ref(shown, layer)) in self.lecture.written)
        return own + self._of_batch(layer)

    def legend(self) -> list[dict[str, str]]:
        """Return the entries of the legend, each with the kind of its swatch and its words."""
        drops = any(self._drops(l) for l in range(1, len(self.trace.given.sizes)))
        shown = LEGEND | ({"dropped": _DROPPED} if drops else {}) | ({"wrong": _MISTAKEN} if self.right else {})
        shown["edit"] = _CHANGED
        return [{"kind": kind, "text": words(self.lang)} for kind, words in shown.items()]

    def alt(self, moment: Moment, looks: Styles) -> str:
        """Return the text alternative of a scene, its numbers included."""
        step: Step | None = self.trace.steps[moment.step] if moment.step >= 0 else None
        title = step.rule.title.format(l=step.layer)(self.lang) if step else ""
        items: list[Node | Edge] = [*self.drawing.spots.values(), *(line for line in self.drawing.lines if line.label)]
        numbers = ((looks[item].name, told(looks[item])) for item in items)
        return ": ".join(
            filter(None, (title, ", ".join(f"{name} = {text}" for name, text in numbers if name and text)))
        )


def scene_builder(
    trace: Trace,
    granularity: str,
    lang: str,
    sample: int = 0,
    unfolded: tuple[int, int] | None = None,
    right: Trace | None = None,
    asking: bool = False,
) -> SceneBuilder:
    """Return the scene builder of a trace, for a granularity and a language.

    Parameters
    ----------
    trace : Trace
    granularity : str
        A name in `visualizer.lecture.GRANULARITIES`: `layer`, `neuron` or `weight`.
    lang : str
        A name in `engine.core.text.LANGUAGES`.
    sample : int
        Which sample is drawn, from 0.
    unfolded : tuple of (int, int), optional
        A layer with a page of its units, see `visualizer.drawing.graph.shown_units`.
    right : Trace, optional
        The same pass without mistakes, where the trace has some: what differs is marked.
    asking : bool
        Whether the next step is asked for, see `SceneBuilder`.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> builder = scene_builder(t, "layer", "en")
    >>> len(builder.lecture), builder.scene(1).alt.split(":")[0]
    (6, 'Weighted input of layer 1')
    """
    return SceneBuilder(Lecture(trace, granularity, shown_units(trace, unfolded)), lang, sample, right, asking)

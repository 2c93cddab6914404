"""The plan of a lecture's scenes: the drawing, and at every moment the templates of its nodes and edges.

It depends on the shape of the pass and not on its numbers: which values stand where, what a step reads and writes, and
what travels. What has not been computed yet has no placeholder in it.
"""

from functools import cached_property
from typing import Any

from engine import Ref, Text
from visualizer.animation import AnimationContext, AnimationPhase, animation_phases, sums_to_one
from visualizer.drawing import FULL, HALL, SATELLITES, Drawing, Edge, Node, drawing, has_room
from visualizer.equations import Access
from visualizer.lecture import ERRORS, LARGEST, Lecture, Moment, Placeholder, Source
from visualizer.scene.parameter_templates import ParameterTemplates
from visualizer.scene.templates import EdgeTemplate, NodeTemplate, Shade
from visualizer.writing import PARAMETERS, letters, plain

_NEURON_VALUES = (*ERRORS, "a", "h", "u", "zhat", "z")  # what matters most comes first
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
    "read": Text("input of this step", "本步输入"),
    "write": Text("result of this step", "本步结果"),
}
DROPPED = Text("switched off by dropout", "被 dropout 关闭")
_MISTAKEN = Text("✗ wrong, ✓ correct", "✗ 错误，✓ 正确")
_CHANGED = Text("changed by the last edit", "刚刚修改")  # in sight only while something is
_FOLDED, _UNFOLDED = Text("+{} more", "另有 {} 个"), Text("all {}", "全部 {} 个")


class Plan:
    """Plan of one lecture's scenes. Two lectures of the same shape have equal plans, which stand for each other.

    Sessions share it. It remembers what it has made, the same whichever thread comes first, and changes in no other
    way.

    Parameters
    ----------
    lecture : Lecture
        Of it all but the numbers is used.
    lang : str
    mistaken : bool
        Whether the same pass without mistakes is known too, so that what differs can be marked.
    asking : bool
        Whether the next step is asked for: then what that one reads and writes is marked, and its result is not there.
    """

    def __init__(self, lecture: Lecture, lang: str, mistaken: bool = False, asking: bool = False) -> None:
        self.lecture, self.lang, self.mistaken, self.asking = lecture, lang, mistaken, asking
        given = lecture.trace.given
        self.sizes = given.sizes
        self.drawing = drawing(given.sizes, lecture.shown, given.architecture.norms)
        self._parameters = ParameterTemplates(lecture, mistaken)

    @cached_property
    def hall(self) -> Drawing:
        """The drawing in the proportions of a lecture hall."""
        given = self.lecture.trace.given
        return drawing(given.sizes, self.lecture.shown, given.architecture.norms, HALL)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """All that the plan depends on."""
        lecture, trace = self.lecture, self.lecture.trace
        optimizer = trace.update and trace.update.optimizer.name
        of_pass = trace.given.architecture, trace.loss_name, trace.m, trace.options, optimizer, sums_to_one(trace)
        steps = tuple((step.address, step.reads, step.writes) for step in trace.steps)
        return *of_pass, steps, lecture.granularity, lecture.shown, self.lang, self.mistaken, self.asking

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def access(self, position: int) -> Access:
        """Return the reads and writes marked at a position: those of the latest step, or of the next one."""
        shown = position + (self.asking and self.lecture.asks(position))
        return Access(self.lecture, self.lecture.moment(shown))

    @cached_property
    def items(self) -> tuple[Node | Edge, ...]:
        """Nodes and edges of the drawing, all of them."""
        return (*self.drawing.nodes.values(), *self.drawing.edges)

    @cached_property
    def listed(self) -> tuple[Node | Edge, ...]:
        """The nodes and edges that the text alternative lists: those with room for a number."""
        return *self.drawing.nodes.values(), *(edge for edge in self.drawing.edges if edge.label)

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

    def template(self, item: Node | Edge, moment: Moment, access: Access) -> NodeTemplate | EdgeTemplate:
        """Return the template of a node or an edge at a moment."""
        return self._edge(item, moment, access) if isinstance(item, Edge) else self._node(item, moment, access)

    def animation(self, moment: Moment) -> list[AnimationPhase]:
        """Return the animation phases of the latest step."""
        return animation_phases(AnimationContext(self.drawing, Access(self.lecture, moment)))

    def _fold(self, node: Node) -> str:
        """Return the label of a folded layer, as in '+12 more', or of an unfolded one."""
        (more,) = node.indices
        return (_FOLDED.format(more) if more else _UNFOLDED.format(self.sizes[node.ref.layer]))(self.lang)

    def _node(self, node: Node, moment: Moment, access: Access) -> NodeTemplate:
        if node.kind == "fold":
            return NodeTemplate("", self._fold(node))
        if node.kind in SATELLITES:
            return self._satellite(node, moment, access)
        refs = self._shown_by(node)
        state = access.state(refs, node.indices)
        passing = self._of_batch(node.ref.layer) if node.kind == "neuron" else ()
        order = [ref for ref in passing if ref in access.writes] + [ref for ref in refs if ref not in passing]
        known = [ref for ref in order if self.lecture.happened(moment, ref, node.indices)]
        if not known:
            return NodeTemplate(plain(order[-1], *node.indices), state=state)
        read = [ref for ref in known if access.state((ref,), node.indices) == "read"] if state == "read" else ()
        now, *before = dict.fromkeys((*read, *known))
        return NodeTemplate(
            plain(now, *node.indices),
            self._in_circle(now, node),
            self._in_circle(before[0], node, f"{letters(before[0])} ") if before else "",
            state,
            Shade(Source(now, node.indices), Source(LARGEST["error"])) if now.name in ERRORS else None,
            self._mask(node, moment),
            Source(now, node.indices, right=True) if self.mistaken else None,
        )

    def _in_circle(self, ref: Ref, node: Node, before: str = "") -> Placeholder:
        return Placeholder("circle", (Source(ref, node.indices),), before)

    def _mask(self, node: Node, moment: Moment) -> Source | None:
        """Return the factor of dropout of a neuron whose output is known, if there is one."""
        l, known = node.ref.layer, self.lecture.happened
        drops = node.kind == "neuron" and self._drops(l) and known(moment, Ref("a", l), node.indices)
        return Source(Ref("mask", l), node.indices) if drops else None

    def _drops(self, layer: int) -> bool:
        trace = self.lecture.trace
        return trace.options.training and trace.given.architecture.dropout(layer) > 0

    def _satellite(self, node: Node, moment: Moment, access: Access) -> NodeTemplate:
        """Return the template of a bias, or γ or β; the batch's mean and variance take their place while they count."""
        name, layer = node.ref
        passing = sorted(
            ((state, ref) for ref in self._beside(name, layer) if (state := access.state((ref,), node.indices))),
            key=lambda pair: pair[0] != "write",
        )
        ref = next((ref for _, ref in passing if self.lecture.happened(moment, ref, node.indices)), None)
        if ref:
            place = Placeholder("label", (Source(ref, node.indices),), f"{_LETTERS[ref.name]} ")
            return NodeTemplate(plain(ref, *node.indices), place, "", passing[0][0])
        look = self._parameters.look(node.ref, node.indices, moment, access)
        state = passing[0][0] if passing else look.state
        return NodeTemplate(look.name, look.label, "", state, look.shade, None, look.right)

    def _of_batch(self, layer: int) -> tuple[Ref, ...]:
        """Return the batch statistics that neurons show while a step writes them, where γ and β have no room."""
        below = self.drawing.nodes.get(f"gamma.{layer}.{self.lecture.shown[layer][0] + 1}")
        if below is None or (has_room(below) and self.drawing.detail == FULL):
            return ()
        refs = (ref for name in _OF_NORM for ref in self._beside(name, layer))
        return tuple(ref for ref in refs if ref in self.lecture.written)

    def _beside(self, name: str, layer: int) -> tuple[Ref, ...]:
        return tuple(Ref(other, layer) for other in _OF_NORM.get(name, ()))

    def _edge(self, edge: Edge, moment: Moment, access: Access) -> EdgeTemplate:
        if edge.ref is None:
            return EdgeTemplate()
        return self._parameters.look(edge.ref, edge.indices, moment, access)

    def _shown_by(self, item: Node | Edge) -> tuple[Ref, ...]:
        """Return the values that a node or edge may show, or that a step reads through it, most important first."""
        if item.ref is None:
            return ()
        name, layer = item.ref
        if name in PARAMETERS:
            return (*self._parameters.refs(item.ref), *self._beside(name, layer))
        if name == "C" and self.lecture.trace.options.regularized:
            return Ref("J", 0), item.ref
        if not (isinstance(item, Node) and item.kind == "neuron"):
            return (item.ref,)
        own = tuple(ref for shown in _NEURON_VALUES if (ref := Ref(shown, layer)) in self.lecture.written)
        return own + self._of_batch(layer)

    def title(self, moment: Moment) -> str:
        """Return the title of the latest step; "" before the first."""
        step = self.lecture.trace.steps[moment.step] if moment.step >= 0 else None
        return step.rule.title.format(l=step.layer)(self.lang) if step else ""

    def kind(self, moment: Moment) -> str:
        """Return the rule of the latest step; "" before the first."""
        return self.lecture.trace.steps[moment.step].rule.key if moment.step >= 0 else ""

    def legend(self) -> list[dict[str, str]]:
        """Return the entries of the legend, each with the kind of its swatch and its words."""
        drops = any(self._drops(l) for l in range(1, len(self.sizes)))
        shown = LEGEND | ({"dropped": DROPPED} if drops else {}) | ({"wrong": _MISTAKEN} if self.mistaken else {})
        shown["edit"] = _CHANGED
        return [{"kind": kind, "text": words(self.lang)} for kind, words in shown.items()]

"""The scene builder: from a trace and a moment to all that is drawn, as plain data.

A scene is a geometry, which stays, and the style of every node and edge at one moment.
"""

from functools import cached_property

from engine import Trace
from visualizer.animation import AnimationPhase, resolved
from visualizer.drawing import DENSE, Drawing, Edge, Node, shown_units
from visualizer.equations import Access
from visualizer.lecture import Lecture, Moment, Values
from visualizer.scene.plan import Plan
from visualizer.scene.styles import EdgeStyle, NodeStyle, Scene, Styles, told
from visualizer.scene.templates import EdgeTemplate, edge_style, node_style, thickest


class SceneBuilder:
    """Scene builder of one lecture: its plan, with the numbers of the trace.

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
        Whether the next step is asked for, see `Plan`.
    """

    def __init__(
        self, lecture: Lecture, lang: str, sample: int = 0, right: Trace | None = None, asking: bool = False
    ) -> None:
        self.lecture, self.lang, self.sample, self.right = lecture, lang, sample, right
        self.plan = Plan(lecture, lang, right is not None, asking)
        self.trace: Trace = lecture.trace
        self.values = Values(self.trace, sample, right)

    @property
    def drawing(self) -> Drawing:
        """The geometry of the network."""
        return self.plan.drawing

    @property
    def items(self) -> tuple[Node | Edge, ...]:
        """Nodes and edges that a scene has styles for."""
        return self.plan.items

    def scene(self, position: int) -> Scene:
        """Return the scene at a position of the lecture."""
        moment, access = self.lecture.moment(position), self.plan.access(position)
        looks = {item: self.look(item, moment, access) for item in self.items}
        return Scene(self.drawing, looks, self.animation(moment), self.alt(moment, looks))

    def look(self, item: Node | Edge, moment: Moment, access: Access) -> NodeStyle | EdgeStyle:
        """Return the style of a node or an edge, with the numbers of the trace."""
        template = self.plan.template(item, moment, access)
        if isinstance(template, EdgeTemplate):
            return edge_style(template, self.values.of, self._thick)
        return node_style(template, self.values.of)

    @cached_property
    def _thick(self) -> float:
        return thickest(self.drawing.detail == DENSE)

    def animation(self, moment: Moment) -> list[AnimationPhase]:
        """Return the animation of the latest step, with the numbers that travel."""
        return [resolved(phase, self.values.of) for phase in self.plan.animation(moment)]

    def alt(self, moment: Moment, looks: Styles) -> str:
        """Return the text alternative of a scene, its numbers included."""
        numbers = ((looks[item].name, told(looks[item])) for item in self.plan.listed)
        listed = ", ".join(f"{name} = {text}" for name, text in numbers if name and text)
        return ": ".join(filter(None, (self.plan.title(moment), listed)))


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

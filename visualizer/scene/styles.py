"""Styles of nodes and edges at one moment, as plain data, and the scene that they make."""

from typing import NamedTuple

from visualizer.animation import AnimationPhase
from visualizer.drawing import Drawing, Edge, Node
from visualizer.lecture import RIGHT


class NodeStyle(NamedTuple):
    """Style of a node at one moment: a name, its number, an earlier one, and whether the step reads or writes it.

    `right` is the correct number, where a mistake has changed it. A neuron that is switched off is
    `crossed` out.
    """

    name: str
    value: str
    detail: str
    state: str
    colour: str
    crossed: bool = False
    right: str = ""


class EdgeStyle(NamedTuple):
    """Style of an edge at one moment: name and number of its label, stroke, and `right` as of a node."""

    name: str
    label: str
    colour: str
    width: float
    dashed: bool
    state: str
    right: str = ""


Styles = dict[Node | Edge, NodeStyle | EdgeStyle]


class Scene(NamedTuple):
    """Scene of one moment of a trace.

    Attributes
    ----------
    drawing : Drawing
        The geometry.
    looks : dict
        The styles of every node and edge in it.
    animation : list of AnimationPhase
        The animation of the step that leads here.
    alt : str
        The text alternative, numbers included.
    """

    drawing: Drawing
    looks: Styles
    animation: list[AnimationPhase]
    alt: str


def told(look: NodeStyle | EdgeStyle) -> str:
    """Return the number of a node or an edge, beside the correct one where it is wrong."""
    return f"{look[1]} ({RIGHT} {look.right})" if look.right else look[1]

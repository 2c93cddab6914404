"""Parts of a scene's figure: strokes, shapes, labels and hover points, as the stage's script and styles draw them.

Measures are those of the drawing; what the script decides about sizes, and the style sheet about colours, is said here
once more for pictures that no browser draws.
"""

from collections.abc import Iterator
from math import cos, pi, sin
from typing import NamedTuple

from visualizer.drawing import DENSE, FULL, SATELLITES, Drawing, Edge, Node, Tag, has_room
from visualizer.scene.parameter_templates import GRADIENT_MARK
from visualizer.scene.styles import EdgeStyle, NodeStyle, Scene
from visualizer.writing import Ground, mix, palette

_TINT, _QUIET = 0.22, 0.78  # shares of a tint in a ground, and of the colour of words in quieter ones
_HALO = {
    "read": (palette.READ, 11.0, 0.2),
    "write": (palette.WRITE, 13.0, 0.22),
    "changed": (palette.CHANGED, 9.0, 0.2),
}
RIM = {"read": (palette.READ, 2.5), "write": (palette.WRITE, 5.0), "changed": (palette.CHANGED, 4.0)}
_TAG_RIM = {"read": (palette.READ, 1.5), "write": (palette.WRITE, 2.0), "changed": (palette.CHANGED, 2.0)}
_FAINT = 0.45  # the share of the colour of words in what is quieter than they
_DENSE_HALO = 4.0
_DASH = "9px,6px"  # of what is negative, and of nothing else
_POINTS = (0.2, 0.35, 0.5, 0.65, 0.8)  # where along an edge one can point at it
_CORNERS = 8  # the points of a quarter of a circle


class Stroke(NamedTuple):
    """Straight line and its style."""

    ends: tuple[float, float, float, float]
    colour: str
    width: float
    dash: str = "solid"


class Shape(NamedTuple):
    """A rectangle with round corners, or a circle: its middle, half its size, its corners, its filling and its rim."""

    x: float
    y: float
    half_width: float
    half_height: float
    corner: float
    fill: str
    rim: str
    width: float


class Label(NamedTuple):
    """Text, its middle, size, weight and colour."""

    x: float
    y: float
    text: str
    size: float
    weight: int
    colour: str


class Point(NamedTuple):
    """Hover point: a place with a text."""

    x: float
    y: float
    size: float
    text: str


class Parts(NamedTuple):
    """All parts of a picture, those below first: halos, edges, nodes, plates, crosses; then the texts."""

    halos: list[Stroke]
    strokes: list[Stroke]
    nodes: list[Shape]
    plates: list[Shape]
    crosses: list[Stroke]
    labels: list[Label]
    points: list[Point]


def parts(scene: Scene, ground: Ground) -> Parts:
    """Return the parts of a scene on a ground, light or dark."""
    shape = scene.drawing
    nodes = [(node, look) for node in shape.nodes.values() if isinstance(look := scene.looks[node], NodeStyle)]
    edges = [(edge, look) for edge in shape.edges if isinstance(look := scene.looks[edge], EdgeStyle)]
    tagged = [(edge.label, look) for edge, look in edges if edge.label]
    texts = [label for node, look in nodes for label in _node_labels(node, look, shape, ground)]
    return Parts(
        [_halo(edge, look, shape) for edge, look in edges if look.state],
        [Stroke(edge.ends, look.colour, look.width, _DASH if look.dashed else "solid") for edge, look in edges],
        [_outline(node, look, shape, ground) for node, look in nodes if node.kind != "fold"],
        [_plate(place, look, shape.tag, ground) for place, look in tagged],
        [stroke for node, look in nodes if look.crossed for stroke in _cross(node, ground)],
        texts + [Label(x, y + 1, look.label, shape.tag.size, 400, ground.text) for (x, y), look in tagged],
        [point for edge, look in edges if edge.ref for point in _along(edge, look)]
        + [_over(node, look) for node, look in nodes],
    )


def _halo(edge: Edge, look: EdgeStyle, shape: Drawing) -> Stroke:
    colour, width, share = _HALO[look.state]
    return Stroke(edge.ends, faint(colour, share), _DENSE_HALO if shape.detail == DENSE else width)


def faint(colour: str, share: float) -> str:
    """Return a translucent colour."""
    return f"rgba({','.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))},{share})"


def _outline(node: Node, look: NodeStyle, shape: Drawing, ground: Ground) -> Shape:
    bias = node.kind in SATELLITES
    rim, width = RIM.get(look.state, (palette.ZERO, 1.2 if bias else 2.0))
    fill = ground.raised if bias else mix(ground.background, look.colour or ground.background, _TINT)
    return Shape(node.x, node.y, *_halves(node, look, shape), fill, rim, width)


def _halves(node: Node, look: NodeStyle, shape: Drawing) -> tuple[float, float, float]:
    """Return half the width and the height of a node, and the radius of its corners."""
    if node.kind in ("neuron", "cost"):
        return node.r, node.r, node.r
    if _is_plate(node, shape):
        return shape.tag.half_width(look.value), shape.tag.height / 2, _corner(look.value, shape.tag)
    height = node.r if node.kind in SATELLITES else 0.82 * node.r
    return node.r, height, min(8.0, height)


def _is_plate(node: Node, shape: Drawing) -> bool:
    return node.kind in SATELLITES and shape.detail == FULL and has_room(node)


def _cross(node: Node, ground: Ground) -> list[Stroke]:
    """Return the two strokes that a neuron which is switched off is crossed out with."""
    return cross((node.x, node.y), 0.71 * node.r, 0.71 * node.r, ground)


def cross(middle: tuple[float, float], half_width: float, half_height: float, ground: Ground) -> list[Stroke]:
    """Return the strokes from corner to corner of a place."""
    (x, y), w, h, grey = middle, half_width, half_height, faint(ground.text, _FAINT)
    return [Stroke((x - w, y - side * h, x + w, y + side * h), grey, 2.5) for side in (1, -1)]


def _plate(place: tuple[float, float], look: EdgeStyle, tag: Tag, ground: Ground) -> Shape:
    usual = (faint(ground.text, _FAINT), 1.0) if GRADIENT_MARK in look.label else (ground.background, 0.0)
    rim, width = _TAG_RIM.get(look.state, usual)
    corner = _corner(look.label, tag)
    return Shape(*place, tag.half_width(look.label), tag.height / 2, corner, ground.background, rim, width)


def _corner(text: str, tag: Tag) -> float:
    """Return the radius of a plate's corners: a gradient stands on a round one, a weight on one with corners."""
    return tag.height / 2 if GRADIENT_MARK in text else 4.0


def outline(shape: Shape) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Points of the outline of a shape; its end covers its beginning."""
    x, y, w, h, r, *_ = shape
    r = min(r, w, h)
    middles = ((x + w - r, y + h - r), (x - w + r, y + h - r), (x - w + r, y - h + r), (x + w - r, y - h + r))
    turns = [(mx, my, (q + i / _CORNERS) * pi / 2) for q, (mx, my) in enumerate(middles) for i in range(_CORNERS + 1)]
    turns += turns[:2]
    xs = tuple(round(mx + r * cos(turn), 2) for mx, _, turn in turns)
    return xs, tuple(round(my + r * sin(turn), 2) for _, my, turn in turns)


def _node_labels(node: Node, look: NodeStyle, shape: Drawing, ground: Ground) -> Iterator[Label]:
    """Yield the texts in a node that has room for them."""
    quiet, r = mix(ground.background, ground.text, _QUIET), node.r
    if node.kind == "fold" or _is_plate(node, shape):
        yield Label(node.x, node.y + (node.kind != "fold"), look.value, shape.tag.size, 500, ground.text)
    elif node.kind not in SATELLITES and r >= 15:
        yield Label(node.x, node.y - 0.48 * r, look.name, max(11, 0.36 * r), 400, quiet)
        yield Label(node.x, node.y + 0.04 * r, look.value, max(11, 0.4 * r), 650, ground.text)
        if r >= 30:
            yield Label(node.x, node.y + 0.52 * r, look.detail, 0.3 * r, 400, quiet)


def _along(edge: Edge, look: EdgeStyle) -> Iterator[Point]:
    x1, y1, x2, y2 = edge.ends
    for t in _POINTS:
        yield Point(x1 + t * (x2 - x1), y1 + t * (y2 - y1), 8, f"{look.name} = {look.label}")


def _over(node: Node, look: NodeStyle) -> Point:
    told = " = ".join(filter(None, (look.name, look.value)))
    return Point(node.x, node.y, 2 * node.r, "<br>".join(filter(None, (told, look.detail))))

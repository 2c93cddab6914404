"""Templates of styles: how nodes and edges look at one moment, with placeholders for their numbers.

A template does not depend on the numbers, so that one serves all edits, iterations and readers of a network's shape;
with the values of a pass it becomes a style.
"""

from typing import Any, NamedTuple

from visualizer.lecture import RIGHT, WAYS, At, Placeholder, Source, Words, beside, filled
from visualizer.scene.styles import EdgeStyle, NodeStyle
from visualizer.writing import palette, stroke_width

_THICK, _THICK_WHERE_DENSE = 7.0, 3.0


class Shade(NamedTuple):
    """Shade of a node or an edge: the number that it stands for, and the one at the end of its scale."""

    amount: Source
    largest: Source


class NodeTemplate(NamedTuple):
    """Template of a node's style.

    `mask` is what switches the neuron off where it is 0; `right` is where the correct number stands, in a pass with
    mistakes.
    """

    name: str
    value: Words = ""
    detail: Words = ""
    state: str = ""
    shade: Shade | None = None
    mask: Source | None = None
    right: Source | None = None


class EdgeTemplate(NamedTuple):
    """Template of an edge's style; one without a shade stands for no number."""

    name: str = ""
    label: Words = ""
    state: str = ""
    shade: Shade | None = None
    right: Source | None = None


Templates = dict[Any, NodeTemplate | EdgeTemplate]


def thickest(dense: bool) -> float:
    """Return the width of the line with the largest number."""
    return _THICK_WHERE_DENSE if dense else _THICK


def node_style(of: NodeTemplate, at: At) -> NodeStyle:
    """Return the style of a node with these numbers."""
    colour = palette.diverging(*map(at, of.shade)) if of.shade else ""
    is_off = of.mask is not None and not at(of.mask)
    style = NodeStyle(of.name, filled(of.value, at), filled(of.detail, at), of.state, colour, is_off)
    found = _beside(of.value, of.right, at)
    if found is None:
        return style
    return style._replace(value=found[0], detail=f"{RIGHT} {found[1]}" if _is_alone(of.value) else "", right=found[1])


def edge_style(of: EdgeTemplate, at: At, thick: float) -> EdgeStyle:
    """Return the style of an edge with these numbers, at most so `thick`."""
    if of.shade is None:
        return EdgeStyle(of.name, "", palette.ZERO, 1.0, False, of.state)
    amount, largest = map(at, of.shade)
    width = stroke_width(amount, largest, thick)
    label, colour = filled(of.label, at), palette.diverging(amount, largest)
    style = EdgeStyle(of.name, label, colour, width, amount < 0, of.state)
    found = _beside(of.label, of.right, at)
    return style._replace(label=found[0], right=found[1]) if found else style


def _is_alone(words: Words) -> bool:
    return isinstance(words, Placeholder) and WAYS[words.way].alone


def _beside(words: Words, right: Source | None, at: At) -> tuple[str, str] | None:
    return beside(words, right, at) if right is not None and isinstance(words, Placeholder) else None

"""The network as a graph whose edges and biases can be clicked, for the choice of two parameters."""

from typing import Any

import plotly.graph_objects as go

from engine import Network, Ref
from engine.passes import trace
from engine.settings import Task
from visualizer.drawing import HEIGHT, WIDTH, Drawing, drawing, shown_units
from visualizer.landscape.settings import Place, place_name
from visualizer.writing import CLEAR, palette

_HEIGHT = 300  # pixels
_NEAREST, _SPREAD = 0.15, 0.7  # where along an edge its point stands: in the middle they would lie on each other
_NEURON, _BIAS, _POINT, _CHOSEN = 13, 8, 8, 14
Units = tuple[tuple[int, ...], ...]
Nodes = dict[Place, tuple[float, float]]


def drawn_units(network: Network, task: Task) -> Units:
    """Units of each layer that are drawn: of large ones those that matter most to the first sample."""
    x, y = task.samples()
    return shown_units(trace(network, x[:1], y[:1], task.loss))


def offered_places(shown: Units) -> list[Place]:
    """Return the drawn parameters: weights layer by layer, then biases."""
    layers = range(1, len(shown))
    weights: list[Place] = [(l, j, k) for l in layers for j in shown[l] for k in shown[l - 1]]
    return weights + [(l, j, None) for l in layers for j in shown[l]]


def picker_figure(network: Network, shown: Units, chosen: tuple[Place, Place]) -> go.Figure:
    """Return the graph with points that have (layer, j, k) as their `customdata`; the two chosen ones are marked."""
    drawn = drawing(network.sizes, shown)
    ends: dict[Place, Any] = {_place(edge.ref, edge.indices): edge.ends for edge in drawn.edges if edge.ref}
    signs = [(palette.POSITIVE, 1.0, _of_sign(network, ends, 1)), (palette.NEGATIVE, 1.0, _of_sign(network, ends, -1))]
    marked = (palette.WRITE, 4, [ends[place] for place in chosen if place in ends])
    edges = [_edges(*group) for group in (*signs, marked)]
    figure = go.Figure([*edges, _neurons(drawn), _points(_nodes(drawn, shown), chosen)])
    axis = {"visible": False, "fixedrange": True}
    right = max(node.x for node in drawn.nodes.values() if node.kind == "neuron") + 60
    return figure.update_layout(
        CLEAR,
        height=_HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=axis | {"range": [0, min(right, WIDTH)]},
        yaxis=axis | {"range": [HEIGHT, 0]},
        showlegend=False,
        dragmode=False,
    )


def _of_sign(network: Network, ends: dict[Place, Any], sign: int) -> list[Any]:
    values = {place: network.theta[network.index(*place)] for place in ends}
    return [ends[place] for place, value in values.items() if (value < 0) == (sign < 0)]


def _edges(colour: str, width: float, ends: list[Any]) -> dict[str, Any]:
    xs = [x for x1, _, x2, _ in ends for x in (x1, x2, None)]
    ys = [y for _, y1, _, y2 in ends for y in (y1, y2, None)]
    look = {"line": {"color": colour, "width": width}, "hoverinfo": "skip"}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, **look}


def _neurons(drawn: Drawing) -> dict[str, Any]:
    nodes = [node for node in drawn.nodes.values() if node.kind in ("neuron", "input", "fold")]
    look = {
        "size": _NEURON,
        "color": palette.ZERO,
        "symbol": ["square" if s.kind == "input" else "circle" for s in nodes],
    }
    places = {"x": [node.x for node in nodes], "y": [node.y for node in nodes]}
    return {"type": "scatter", "mode": "markers", **places, "marker": look, "hoverinfo": "skip"}


def _nodes(drawn: Drawing, shown: Units) -> Nodes:
    """Points to click on: on each edge, nearer to its end the further down that is; and on each bias."""
    nodes: Nodes = {}
    for edge in drawn.edges:
        if edge.ref:
            units, (x1, y1, x2, y2) = shown[edge.ref.layer], edge.ends
            share = _NEAREST + _SPREAD * units.index(edge.indices[0]) / max(1, len(units) - 1)
            nodes[_place(edge.ref, edge.indices)] = (x1 + share * (x2 - x1), y1 + share * (y2 - y1))
    biases = (node for node in drawn.nodes.values() if node.kind == "bias")
    return nodes | {_place(node.ref, node.indices): (node.x, node.y) for node in biases}


def _place(ref: Ref, indices: tuple[int, ...]) -> Place:
    """Return a weight or a bias by its layer, its neuron and, of a weight, its input."""
    return ref.layer, indices[0], indices[1] if len(indices) > 1 else None


def _points(nodes: Nodes, chosen: tuple[Place, Place]) -> dict[str, Any]:
    marked = [place in chosen for place in nodes]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in nodes.values()],
        "y": [y for _, y in nodes.values()],
        "customdata": [list(place) for place in nodes],
        "hovertext": [place_name(place) for place in nodes],
        "hoverinfo": "text",
        "marker": {
            "size": [
                _CHOSEN if mark else _BIAS if place[2] is None else _POINT
                for place, mark in zip(nodes, marked, strict=True)
            ],
            "color": [palette.WRITE if mark else palette.CHANGED for mark in marked],
            "symbol": ["diamond" if place[2] is None else "circle" for place in nodes],
            "line": {"width": 1, "color": palette.GROUNDS["light"].background},
        },
        "unselected": {"marker": {"opacity": 1}},
    }

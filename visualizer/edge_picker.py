"""The network as a graph whose edges can be clicked, for the choice of two parameters."""

from typing import Any

import plotly.graph_objects as go

from engine import Network, Trace, trace
from engine.task import Task
from visualizer import palette
from visualizer.graph import Drawing, shown_units
from visualizer.lecture import Lecture
from visualizer.network_figure import network_figure
from visualizer.panels import CLEAR
from visualizer.plates import Ends
from visualizer.scene import Stagehand
from visualizer.site import Place, place_name


def drawn_trace(network: Network, task: Task) -> Trace:
    """Return a pass of the network over the first sample, which decides what is drawn of large layers."""
    x, y = task.samples()
    return trace(network, x[:1], y[:1], task.loss)


def offered_places(of: Trace) -> list[Place]:
    """Return the parameters that are drawn: weights layer by layer, then biases."""
    shown = shown_units(of)
    layers = range(1, len(shown))
    weights: list[Place] = [(l, j, k) for l in layers for j in shown[l] for k in shown[l - 1]]
    return weights + [(l, j, None) for l in layers for j in shown[l]]


def picker_figure(of: Trace, chosen: tuple[Place, Place], lang: str, theme: str, width: int) -> go.Figure:
    """Return the graph with points that tell (layer, j, k) as their `customdata`; the two chosen ones are marked."""
    scene = Stagehand(Lecture(of, "layer", shown_units(of)), lang).scene(0)
    figure = network_figure(scene, lang, theme, width)
    spots = _spots(scene.drawing)
    figure.add_trace(_points(spots, chosen, width))
    return figure.update_layout(CLEAR | {"height": figure.layout.height})


def _spots(drawn: Drawing) -> dict[Place, tuple[float, float]]:
    """Return where one can click: in the middle of each edge, and on each bias."""
    weights = {(line.ref.layer, *line.indices): _middle(line.ends) for line in drawn.lines if line.ref}
    biases = {
        (spot.ref.layer, *spot.indices, None): (spot.x, spot.y) for spot in drawn.spots.values() if spot.kind == "bias"
    }
    return weights | biases


def _middle(ends: Ends) -> tuple[float, float]:
    x1, y1, x2, y2 = ends
    return (x1 + x2) / 2, (y1 + y2) / 2


def _points(spots: dict[Place, tuple[float, float]], chosen: tuple[Place, Place], width: int) -> dict[str, Any]:
    marked = [place in chosen for place in spots]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in spots.values()],
        "y": [y for _, y in spots.values()],
        "customdata": [list(place) for place in spots],
        "hovertext": [place_name(place) for place in spots],
        "hoverinfo": "text",
        "marker": {
            "size": [18 if mark else 12 for mark in marked],
            "color": [palette.WRITE if mark else palette.ZERO for mark in marked],
            "opacity": [1.0 if mark else 0.55 for mark in marked],
        },
        "unselected": {"marker": {"opacity": 0.7}},
    }

"""Figures of a run at one epoch: predictions over the data, statistics of its layers, and its weights."""

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text, Trace
from engine.passes import trace
from engine.studies import RunRecord
from visualizer.drawing import WIDTH, shown_units
from visualizer.epochs.prediction_figures import KINDS, hollow, kind_of, shade
from visualizer.lecture import Lecture
from visualizer.scene import SceneBuilder, network_figure
from visualizer.writing import CLEAR, Panel, on, panels

HEIGHT = 330  # pixels, also of the curves beside it
MOST_TRACED = 1_000  # samples
_ROW, _IN_A_ROW = 170, 4
_BROKEN = Text("the network is no longer finite", "网络的值已不再有限")
_NORM = Text("gradient norm ‖∇C‖ of each layer", "各层梯度范数 ‖∇C‖")
_RATIO = Text("next update / weights, ‖ΔW‖ / ‖W‖", "下一次更新量 / 权重，‖ΔW‖ / ‖W‖")
_ACTIVATIONS = Text("activations of layer {}", "第 {} 层的激活值")
_BINS = 30


def moment_figure(trial: RunRecord, epoch: int, lang: str) -> go.Figure:
    """Return the predictions of an epoch's network over the data.

    With two inputs it is a surface over them, of the output or, of two outputs, of how far the second is above the
    first; the line on it is where the decision changes. With one input it is the fitted curve, with others the
    outputs against the targets.
    """
    network = trial.network_at(epoch)
    kind, trial = KINDS[kind_of(trial)], trial.as_at(epoch)
    layout = {"height": HEIGHT, "margin": {"l": 46, "r": 4, "t": 8, "b": 64}, **CLEAR, **kind.axes(trial, lang)}
    layout["legend"] = {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"}
    if not np.isfinite(network.theta).all():
        place = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
        layout["annotations"] = [place | {"text": _BROKEN(lang), "font": {"size": 15}}]
    traces = [*kind.network(trial, network, lang), *kind.data(trial, lang)]
    if any("open" in str(drawn.get("marker", {}).get("symbol", "")) for drawn in traces):
        traces += hollow(lang)
    return go.Figure({"data": traces, "layout": layout})


def trace_at(trial: RunRecord, epoch: int) -> Trace:
    """Return the pass of the network of an epoch over the training samples, at most `MOST_TRACED`, with its update."""
    x, y = (rows[:: -(-len(rows) // MOST_TRACED)] for rows in trial.data_at(epoch))
    task = trial.segment_at(epoch).task
    done = {"mask_seed": (task.order, epoch + 1, 0), **task.options._asdict()}
    rate, state = task.rate(epoch + 1), trial.state_at(epoch)
    return trace(trial.network_at(epoch), x, y, task.loss, task.optimizer, rate, state, **done)


def gradient_norm(kept: Trace, layer: int) -> float:
    """Return the length of the gradient of all parameters of a layer."""
    weights, biases = (float(np.linalg.norm(kept.value(name, layer))) for name in ("dW", "db"))
    return float(np.hypot(weights, biases))


def update_ratio(kept: Trace, layer: int) -> float:
    """Return the norm of the update of a layer's weights as a share of the norm of these."""
    before, after = kept.value("W", layer), kept.value("W_new", layer)
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(after - before) / np.linalg.norm(before))


def layers_figure(trial: RunRecord, epoch: int, lang: str) -> go.Figure:
    """Return the statistics of the layers at an epoch: gradients, next updates, and the spread of activations.

    The gradients are those of the whole training set, at most `MOST_TRACED` samples of it.
    """
    with np.errstate(all="ignore"):
        kept = trace_at(trial, epoch)
        layers = range(1, len(kept.given.layers) + 1)
        norms = [gradient_norm(kept, l) for l in layers]
        ratios = [update_ratio(kept, l) for l in layers]
    sizes = [np.where(np.isfinite(values), values, np.nan) for values in (norms, ratios)]
    rows = -(-len(layers) // _IN_A_ROW)
    parts = [*_size_panels(sizes, lang, rows), *(_histogram_panel(l, rows, lang) for l in layers)]
    points = [_sizes(values, i) for i, values in enumerate(sizes)]
    spread = [_histogram(kept.value("a", l), l) for l in layers]
    layout = {"height": _ROW * (rows + 1) + 60, "margin": {"l": 50, "r": 10, "t": 25, "b": 35}, "showlegend": False}
    return go.Figure({"data": [*points, *spread], "layout": layout | panels(parts) | {"bargap": 0.12}})


def _slot(row: int, column: int, rows: int, columns: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the part of the figure that lies in a row, from the top, and a column."""
    x = column / columns, (column + 1) / columns - (0.06 if column + 1 < columns else 0)
    top = 1 - row / rows
    return x, (top - 1 / rows + (0.1 if row + 1 < rows else 0), top - 0.02)


def _size_panels(sizes: Sequence[NDArray], lang: str, rows: int) -> list[Panel]:
    """Return the panels of sizes, which have logarithmic axes of whole decades."""
    parts = []
    for i, (words, values) in enumerate(zip((_NORM, _RATIO), sizes, strict=True)):
        known = np.log10(values[values > 0])
        low, high = (floor(known.min()), ceil(known.max())) if known.size else (-1, 0)
        across = {"dtick": 1, "tickformat": "d", "range": [0.5, len(values) + 0.5], "zeroline": False}
        up = {"type": "log", "exponentformat": "power", "dtick": 1, "range": [low - 0.1, max(high, low + 1) + 0.1]}
        parts.append(Panel(words(lang), *_slot(0, i, rows + 1, 2), across, up))
    return parts


def _histogram_panel(l: int, rows: int, lang: str) -> Panel:
    row, column = divmod(l - 1, _IN_A_ROW)
    return Panel(
        _ACTIVATIONS.format(l)(lang), *_slot(row + 1, column, rows + 1, _IN_A_ROW), {}, {"showticklabels": False}
    )


def _sizes(values: NDArray, panel: int) -> dict[str, Any]:
    """Return one size for each layer as a point, since the bars of a logarithmic axis begin nowhere."""
    layers = list(range(1, len(values) + 1))
    marker = {"color": [shade(l - 1) for l in layers], "size": 14}
    hover = {"hovertemplate": f"%{{x}}: %{{y:.6g}}<extra>{('‖∇C‖', '‖ΔW‖ / ‖W‖')[panel]}</extra>"}
    return {"type": "scatter", "mode": "markers", "x": layers, "y": values, "marker": marker, **hover, **on(panel)}


def _histogram(a: NDArray, l: int) -> dict[str, Any]:
    """Return the histogram of a layer's activations, of all units and samples."""
    values = a[np.isfinite(a)]
    try:
        counts, edges = np.histogram(values, _BINS)
    except ValueError:  # floats are too coarse to part them: one bar for all
        middle = float(np.median(values))
        counts, edges = np.array([len(values)]), middle + (abs(middle) or 1.0) * np.array([-0.25, 0.25])
    middles, width = (edges[1:] + edges[:-1]) / 2, float(edges[1] - edges[0])
    hover = {"hovertemplate": "%{x:.4g}: %{y}<extra></extra>"}
    colours = {"color": shade(l - 1)}
    return {"type": "bar", "x": middles, "y": counts, "width": width, "marker": colours, **hover, **on(l + 1)}


def weights_figure(trial: RunRecord, epoch: int, lang: str, theme: str = "light", width: int = WIDTH) -> go.Figure:
    """Return the network of an epoch as a graph with its weights.

    Of large layers those units are drawn that mattered most at the beginning, so that they stay the same throughout.
    """
    first = trace_at(trial, 0)
    kept = trace_at(trial, epoch)
    scene = SceneBuilder(Lecture(kept, "layer", shown_units(first)), lang).scene(0)
    figure = network_figure(scene, lang, theme, width)
    return figure.update_layout(CLEAR)

"""Gradient norms of every layer over a whole run: as a heat map, and as lines on a log axis."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from engine.passes import trace
from engine.studies import RunRecord
from visualizer.runs.curves import HEIGHT
from visualizer.runs.epoch_figures import MOST_TRACED, gradient_norm
from visualizer.runs.prediction_figures import shade
from visualizer.runs.run_animation import decades, key_epochs
from visualizer.writing import Panel, on, palette, panels, whole_numbers

WHY_STRIP = Text(
    "Length of each layer's gradient over the epochs. If rows turn blue towards layer 1, the gradient vanishes in "
    "the backward pass; if they turn red, it explodes. Gaps mean exactly 0 or not finite.",
    "从第一轮到最后一轮，各层梯度的长度。越靠近第 1 层越蓝，说明梯度在回传途中消失；越红，说明梯度爆炸。"
    "空白表示梯度恰好为 0 或已溢出。",
)
_STRIP, _LINES = Text("‖∇C‖ by layer and epoch", "各层各轮的 ‖∇C‖"), Text("the same on a log axis", "同上，对数坐标")
_LAYER = Text("layer {}", "第 {} 层")
_ROW, _AROUND, _LEAST = 22, 120, 1e-300


def gradient_norms(trial: RunRecord) -> tuple[list[int], NDArray]:
    """Return some sixty epochs, and the norm of each layer's gradient at them, (layers, epochs); NaN for none.

    The gradients are those of the training set, at most `MOST_TRACED` samples of it.
    """
    epochs = key_epochs(trial)
    x, y = (rows[:: -(-len(rows) // MOST_TRACED)] for rows in trial.data)
    columns = []
    with np.errstate(all="ignore"):
        for network in trial.networks_at(epochs):
            kept = trace(network, x, y, trial.task.loss)
            columns.append([gradient_norm(kept, l) for l in range(1, len(network.layers) + 1)])
    norms = np.array(columns, float).T
    return epochs, np.where(np.isfinite(norms) & (norms > _LEAST), norms, np.nan)


def gradient_figure(trial: RunRecord, epoch: int, lang: str) -> go.Figure:
    """Return both pictures, one below the other over the same epochs, with a line at the chosen epoch."""
    epochs, norms = gradient_norms(trial)
    layers = len(norms)
    strip = _ROW * layers
    height = strip + HEIGHT // 2 + _AROUND
    split = strip / (height - _AROUND) * 0.86
    along = {"range": [-0.01 * epochs[-1], 1.01 * epochs[-1]], "zeroline": False, **whole_numbers(epochs[-1])}
    rows = {"tickformat": "d", "dtick": 1, "range": [0.5, layers + 0.5], "zeroline": False}
    parts = [
        Panel(_STRIP(lang), (0, 1), (1 - split, 1), {**along, "showticklabels": False}, rows),
        Panel(_LINES(lang), (0, 1), (0, 0.86 - split), along, decades(norms)),
    ]
    layout = {"height": height, "margin": {"l": 50, "r": 15, "t": 30, "b": 35}, "showlegend": True}
    layout["legend"] = {"orientation": "v", "y": 0, "yanchor": "bottom"}
    drawn = [_strip(epochs, norms), *_lines(epochs, norms, lang)]
    return go.Figure({"data": drawn, "layout": layout | panels(parts) | {"shapes": [_mark(epoch)]}})


def _strip(epochs: list[int], norms: NDArray) -> dict[str, Any]:
    powers = np.log10(norms)
    known = powers[np.isfinite(powers)]
    ticks = list(range(int(np.floor(known.min())), int(np.ceil(known.max())) + 1)) if known.size else []
    ticks = ticks[:: -(-len(ticks) // 5) or 1]
    bar = {"tickvals": ticks, "ticktext": [f"10<sup>{tick}</sup>" for tick in ticks], "thickness": 10}
    bar |= {"y": 1, "yanchor": "top", "len": 0.5}
    hover = "%{x}: ‖∇C‖ = %{customdata:.4g}<extra>%{y}</extra>"
    places = {"x": epochs, "y": list(range(1, len(norms) + 1)), "z": powers, "customdata": norms}
    return {"type": "heatmap", **places, "colorscale": palette.SCALE, "colorbar": bar, "hovertemplate": hover, **on(0)}


def _lines(epochs: list[int], norms: NDArray, lang: str) -> list[dict[str, Any]]:
    hover = {"hovertemplate": "%{x}: %{y:.4g}<extra>%{fullData.name}</extra>"}
    return [
        {"type": "scatter", "mode": "lines", "x": epochs, "y": values, "name": _LAYER.format(i + 1)(lang)}
        | {"line": {"color": shade(i), "width": 2}, **hover, **on(1)}
        for i, values in enumerate(norms)
    ]


def _mark(epoch: int) -> dict[str, Any]:
    """Return the line at an epoch, through both pictures."""
    line = {"color": palette.WRITE, "width": 1.5, "dash": "dot"}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": epoch, "x1": epoch, "y0": 0, "y1": 1, "line": line}

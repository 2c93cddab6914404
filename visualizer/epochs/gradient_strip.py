"""Gradient norms of every layer over a whole run, as a heat map and as lines; and the sharpness along it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from engine.passes import trace
from engine.studies import RunRecord, limits_at, stable_below
from visualizer.epochs.epoch_figures import HEIGHT, MOST_TRACED, gradient_norm
from visualizer.epochs.prediction_figures import shade
from visualizer.epochs.run_animation import decades, key_epochs
from visualizer.writing import CLEAR, Panel, number, on, palette, panels, whole_numbers

WHY_STRIP = Text(
    "Length of each layer's gradient over the epochs. If rows turn blue towards layer 1, the gradient vanishes in "
    "the backward pass; if they turn red, it explodes. Gaps mean exactly 0 or not finite.",
    "从第一轮到最后一轮，各层梯度的长度。越靠近第 1 层越蓝，说明梯度在回传途中消失；越红，说明梯度爆炸。"
    "空白表示梯度恰好为 0 或已溢出。",
)
_STRIP, _LINES = Text("‖∇C‖ by layer and epoch", "各层各轮的 ‖∇C‖"), Text("the same on a log axis", "同上，对数坐标")
_LAYER = Text("layer {}", "第 {} 层")
_SHARPNESS = Text("sharpness λ, the largest curvature", "锐度 λ（最大曲率）")
_EDGE, _EPOCH = Text("edge of stability, {} / η", "稳定边缘 {} / η"), Text("epoch", "轮")
WHY_EDGE = Text(
    "The largest eigenvalue of the Hessian along the run, times the factor by which the optimizer amplifies a "
    "steady gradient (10 for momentum, one over the usual size for Adam). Above the dashed line a step along the "
    "sharpest direction overshoots further and further. Gradient descent on all samples often climbs up to that "
    "line and stays there: the edge of stability (Cohen et al. 2021).",
    "沿训练过程的 Hessian 最大特征值，再乘以优化器对恒定梯度的放大倍数（动量法为 10，Adam 为惯常大小的倒数）。超过"
    "虚线时，沿最陡方向的步子越跨越远。全批量梯度下降常常爬升到这条线并停在那里：即稳定边缘（Cohen 等，2021）。",
)
_MOMENTS = 33
_ROW, _AROUND, _LEAST = 22, 120, 1e-300
_EDGE_ROOM = 0.05  # above and below the lines


@lru_cache(maxsize=16)
def gradient_norms(trial: RunRecord) -> tuple[list[int], NDArray]:
    """Return some sixty epochs, and the norm of each layer's gradient at them, (layers, epochs); NaN for none.

    The gradients are those of the training set, at most `MOST_TRACED` samples of it.
    """
    epochs = key_epochs(trial)
    columns = []
    with np.errstate(all="ignore"):
        for epoch, network in zip(epochs, trial.networks_at(epochs), strict=True):
            x, y = (rows[:: -(-len(rows) // MOST_TRACED)] for rows in trial.data_at(epoch))
            kept = trace(network, x, y, trial.task.loss)
            columns.append([gradient_norm(kept, l) for l in range(1, len(network.layers) + 1)])
    norms = np.array(columns, float).T
    return epochs, np.where(np.isfinite(norms) & (norms > _LEAST), norms, np.nan)


def gradient_figure(trial: RunRecord, epoch: int, lang: str, scaled_by: Sequence[RunRecord] = ()) -> go.Figure:
    """Return both pictures, one below the other over the same epochs, with a line at the chosen epoch.

    Parameters
    ----------
    trial : RunRecord
    epoch : int
    lang : str
    scaled_by : sequence of RunRecord
        Runs beside which it stands, so that all have the same colours and the same axis.
    """
    epochs, norms = gradient_norms(trial)
    every = np.concatenate([norms.ravel(), *(gradient_norms(other)[1].ravel() for other in scaled_by)])
    powers = np.log10(every[np.isfinite(every)])
    ends = (float(powers.min()), float(powers.max())) if powers.size else (0.0, 0.0)
    layers = len(norms)
    strip = _ROW * layers
    height = strip + HEIGHT // 2 + _AROUND
    split = strip / (height - _AROUND) * 0.86
    along = {"range": [-0.01 * epochs[-1], 1.01 * epochs[-1]], "zeroline": False, **whole_numbers(epochs[-1])}
    rows = {"tickformat": "d", "dtick": 1, "range": [0.5, layers + 0.5], "zeroline": False}
    parts = [
        Panel(_STRIP(lang), (0, 1), (1 - split, 1), {**along, "showticklabels": False}, rows),
        Panel(_LINES(lang), (0, 1), (0, 0.86 - split), along, {**decades(every), **_room(ends, scaled_by)}),
    ]
    layout = {"height": height, "margin": {"l": 50, "r": 15, "t": 30, "b": 35}, "showlegend": True}
    layout["legend"] = {"orientation": "v", "y": 0, "yanchor": "bottom"}
    drawn = [_strip(epochs, norms, ends), *_lines(epochs, norms, lang)]
    return go.Figure({"data": drawn, "layout": layout | panels(parts) | {"shapes": [_mark(epoch)]}})


def edge_figure(trial: RunRecord, epoch: int, lang: str) -> go.Figure:
    """Return the sharpness along a run beside its limit for the rate in force, with a line at the chosen epoch."""
    epochs, found, limits = sharpness_along(trial)
    limit = number(stable_below(trial.task.optimizer), 3)
    told = {"type": "scatter", "mode": "lines+markers", "x": epochs, "hovertemplate": "%{x}: %{y:.4g}<extra></extra>"}
    curves = [
        told | {"y": found, "name": _SHARPNESS(lang), "line": {"color": palette.SERIES[0], "width": 2.5}},
        told | {"y": limits, "name": _EDGE.format(limit)(lang), "line": {"color": palette.CHANGED, "dash": "dash"}},
    ]
    curves[1]["mode"] = "lines"
    layout = {"height": HEIGHT, "margin": {"l": 60, "r": 15, "t": 30, "b": 45}, **CLEAR, "shapes": [_mark(epoch)]}
    layout |= {"legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"}, "showlegend": True}
    layout["xaxis"] = {"title": {"text": _EPOCH(lang)}, **whole_numbers(epochs[-1])}
    layout["yaxis"] = {"type": "log", "exponentformat": "power", "title": {"text": _SHARPNESS(lang)}}
    return go.Figure({"data": curves, "layout": layout})


@lru_cache(maxsize=16)
def sharpness_along(trial: RunRecord) -> tuple[list[int], NDArray, NDArray]:
    """Return some epochs of a run, the sharpness there, and the one that would be at the edge of stability."""
    epochs = sorted({int(epoch) for epoch in np.linspace(0, trial.epochs, _MOMENTS)})
    with np.errstate(all="ignore"):
        found = np.array([limits_at(trial, epoch)[0] for epoch in epochs])
        rates = [trial.segment_at(epoch).task.rate(epoch + 1) for epoch in epochs]
        names = [trial.segment_at(epoch).task.optimizer for epoch in epochs]
        limits = np.array([stable_below(name) for name in names]) / np.array(rates)
    return epochs, np.where((found > 0) & np.isfinite(found), found, np.nan), limits


def _room(ends: tuple[float, float], scaled_by: Sequence[RunRecord]) -> dict[str, Any]:
    """Return the range of the axis where several runs share it; else it is that of the lines."""
    edge = _EDGE_ROOM * (ends[1] - ends[0]) or 1.0
    return {"range": [ends[0] - edge, ends[1] + edge]} if scaled_by else {}


def _strip(epochs: list[int], norms: NDArray, ends: tuple[float, float]) -> dict[str, Any]:
    powers, (low, high) = np.log10(norms), ends
    ticks = list(range(int(np.floor(low)), int(np.ceil(high)) + 1)) if low < high else []
    ticks = ticks[:: -(-len(ticks) // 5) or 1]
    bar = {"tickvals": ticks, "ticktext": [f"10<sup>{tick}</sup>" for tick in ticks], "thickness": 10}
    bar |= {"y": 1, "yanchor": "top", "len": 0.5}
    hover = "%{x}: ‖∇C‖ = %{customdata:.4g}<extra>%{y}</extra>"
    places = {"x": epochs, "y": list(range(1, len(norms) + 1)), "z": powers, "customdata": norms}
    places |= {"zmin": low, "zmax": high} if low < high else {}
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

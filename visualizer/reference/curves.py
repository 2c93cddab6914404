"""Curves of an activation or a loss with its slope, or of a schedule over a training, as Plotly figures."""

from collections.abc import Iterator

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from engine.catalogue import Activation, Loss, Schedule
from visualizer.writing import palette

FLAT = 0.05  # of its largest: a slope below it lets hardly any error through
_Z = np.linspace(-6, 6, 482)  # without 0, where a slope may jump
_NARROWEST = 0.6  # a strip that is narrower is where a slope crosses zero
_HEIGHT = 230
_OTHERS = 2  # units beside the one that is drawn, where every output depends on all
_SLOPE, _SHADED = Text("slope", "斜率"), Text("almost flat", "几乎平坦")
_EPOCHS = 100  # of the training over which a schedule is drawn
_EPOCH, _SHARE = Text("epochs done t", "已过轮数 t"), Text("share of η", "占 η 的比例")
_LOSS, _OUTPUT = Text("loss at y = 1", "y = 1 时的损失"), Text("output a", "输出 a")


def activation_curves(activation: Activation) -> tuple[NDArray, NDArray, NDArray]:
    """Return z, f(z) and f′(z); of softmax those of the first of three units, the others being held at 0."""
    if activation.elementwise:
        return _Z, activation.f(_Z), activation.df(_Z)
    z = np.vstack([_Z, np.zeros((_OTHERS, _Z.size))])
    return _Z, activation.f(z)[0], activation.df(z)[0]


def flat_regions(activation: Activation) -> list[tuple[float, float]]:
    """Return the ranges in which the slope is below `FLAT` of its largest: there a unit is saturated, or dead."""
    z, _, slope = activation_curves(activation)
    flat = np.abs(slope) < FLAT * np.abs(slope).max()
    ends = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
    strips = ((float(z[start]), float(z[end - 1])) for start, end in zip(ends[::2], ends[1::2], strict=True))
    return [(start, end) for start, end in strips if end - start >= _NARROWEST]


def activation_figure(activation: Activation, lang: str) -> go.Figure:
    """Return f and f′ over z, with the regions shaded in which hardly any error comes through."""
    z, value, slope = activation_curves(activation)
    slope = np.where(np.abs(z) > z[1] - z[0], slope, np.nan) if activation.kink else slope  # no line across a jump
    figure = _figure("z", [("f(z)", z, value), (f"f′(z) · {_SLOPE(lang)}", z, slope)])
    low, high = min(-0.3, value[np.abs(z) < 2].min()), max(1.3, np.nanmax(slope))
    figure.update_yaxes(range=[max(low, -1.3) - 0.1, min(high, 2) + 0.2])
    for start, end in flat_regions(activation):
        figure.add_vrect(x0=start, x1=end, fillcolor=palette.ZERO, opacity=0.22, line_width=0, layer="below")
    if flat_regions(activation):
        box = {"symbol": "square", "size": 11, "color": palette.ZERO, "opacity": 0.5}
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=box, name=_SHADED(lang))
    return figure


def loss_figure(loss: Loss, lang: str) -> go.Figure:
    """Return the cost of one output, and the slope, over that output where its target is 1."""
    a = np.linspace(0.02, 0.98, 200)[np.newaxis]
    y = np.ones_like(a)
    curves = [(_LOSS(lang), a[0], loss.value(a, y)[0]), (f"∂C/∂a · {_SLOPE(lang)}", a[0], loss.grad(a, y)[0])]
    figure = _figure(_OUTPUT(lang), curves)
    low, high = curves[1][2].min(), curves[0][2].max()
    figure.update_yaxes(range=[max(-5, low - 0.1), min(4.5, high + 0.3)])
    return figure


def schedule_figure(schedule: Schedule, lang: str) -> go.Figure:
    """Return the share of η that is left over the epochs of a training."""
    epochs = np.arange(_EPOCHS)
    shares = np.array([schedule.factor(t, _EPOCHS) for t in range(_EPOCHS)])
    return _figure(_EPOCH(lang), [(_SHARE(lang), epochs, shares)]).update_yaxes(range=[-0.05, 1.1])


def _figure(over: str, curves: list[tuple[str, NDArray, NDArray]]) -> go.Figure:
    layout = {
        "height": _HEIGHT,
        "margin": {"l": 32, "r": 8, "t": 28, "b": 34},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {"title": {"text": over, "standoff": 4}, "zeroline": True},
        "yaxis": {"zeroline": True, "nticks": 6},
        "hovermode": "x",
    }
    return go.Figure(list(_lines(curves)), layout)


def _lines(curves: list[tuple[str, NDArray, NDArray]]) -> Iterator[go.Scatter]:
    for (name, x, y), colour, dash in zip(curves, (palette.READ, palette.WRITE), ("solid", "dash"), strict=False):
        yield go.Scatter(
            x=x, y=y, name=name, line={"color": colour, "width": 2.5, "dash": dash}, hovertemplate="%{y:.4g}"
        )

"""The charts of the check page: the step size, the demon's curve, all demons, and the costs with a mistake."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Ref, Text
from engine.passes import STEP, Nudge
from visualizer.writing import palette, plain

HEIGHT = 340
CLEAR = "rgba(0,0,0,0)"
_STEP = Text("step h", "步长 h")
_ERROR = Text("relative error", "相对误差")
_WORST, _MEDIAN = Text("worst parameter", "误差最大的参数"), Text("median", "中位数")
_ROUNDING = Text("rounding", "舍入误差")
_TRUNCATION = Text("truncation", "截断误差")
_USED = Text("used here", "此处采用")
_COST, _CHANGE = Text("cost C", "代价 C"), Text("change of the cost", "代价的变化")
_TRUE, _TANGENT = Text("true cost", "真实代价"), Text("tangent C + δ·Δz", "切线 C + δ·Δz")
_PREDICTED, _REAL = Text("predicted δ·Δz", "预测 δ·Δz"), Text("true ΔC", "真实 ΔC")
_ITERATION, _RIGHT, _MISTAKEN = (
    Text("iteration", "迭代"),
    Text("correct", "正确"),
    Text("with the mistake", "加入错误后"),
)


def step_size_figure(steps: Sequence[float], errors: NDArray, lang: str) -> go.Figure:
    """Return the error of the difference quotient against its step: `errors` is (steps, parameters)."""
    floor = np.maximum(errors, 1e-17)
    data = [
        _line(list(steps), floor.max(axis=1), _WORST(lang), palette.WRONG),
        _line(list(steps), np.median(floor, axis=1), _MEDIAN(lang), palette.RIGHT, dash="dash"),
    ]
    figure = go.Figure(data, _layout(_STEP(lang), _ERROR(lang)))
    figure.update_xaxes(type="log", exponentformat="power")
    figure.update_yaxes(type="log", exponentformat="power")
    figure.add_vline(x=STEP, line={"color": palette.ZERO, "dash": "dot"})
    at = {"x": float(np.log10(STEP)), "y": 1, "yref": "paper"}  # an annotation of a logarithmic axis wants the exponent
    figure.add_annotation(**at, text=_USED(lang), showarrow=False, xanchor="left", yanchor="top")
    for x, words in ((0.02, _ROUNDING), (0.98, _TRUNCATION)):
        side = "left" if x < 0.5 else "right"
        figure.add_annotation(
            x=x, y=0.02, xref="paper", yref="paper", text=words(lang), showarrow=False, xanchor=side, yanchor="bottom"
        )
    return figure


def demon_figure(at: Sequence[float], costs: NDArray, cost: float, told: Nudge, dz: float, lang: str) -> go.Figure:
    """Return the cost against Δz with its tangent, and both changes at the chosen Δz."""
    xs = np.asarray(at)
    data = [
        _line(xs, costs, _TRUE(lang), palette.READ),
        _line(xs, cost + told.delta * xs, _TANGENT(lang), palette.WRITE, dash="dash"),
        _dots([dz], [cost + told.change], _REAL(lang), palette.READ, "circle"),
        _dots([dz], [cost + told.predicted], _PREDICTED(lang), palette.WRITE, "diamond"),
    ]
    figure = go.Figure(data, _layout(f"Δ{plain(Ref('z', told.layer), told.j)}", _COST(lang)))
    figure.add_vline(x=0, line={"color": palette.ZERO, "width": 1})
    span = float(np.ptp(costs)) or abs(cost) or 1.0
    figure.update_yaxes(range=[float(costs.min()) - 0.25 * span, float(costs.max()) + 0.25 * span])
    return figure


def demons_figure(nudges: Sequence[Nudge], lang: str) -> go.Figure:
    """Return the predicted and the true change of the cost for a demon at each neuron."""
    names = [plain(Ref("z", nudge.layer), nudge.j) for nudge in nudges]
    bars = (
        (_PREDICTED, [nudge.predicted for nudge in nudges], palette.WRITE, "/"),
        (_REAL, [nudge.change for nudge in nudges], palette.READ, ""),
    )
    data = [
        go.Bar(x=names, y=ys, name=words(lang), marker={"color": colour, "pattern": {"shape": shape}})
        for words, ys, colour, shape in bars
    ]
    return go.Figure(data, _layout("", _CHANGE(lang)) | {"barmode": "group"})


def costs_figure(right: Sequence[float], mistaken: Sequence[float], lang: str) -> go.Figure:
    """Return the costs of the iterations, correct and with a mistake."""
    data = [
        _line(list(range(1, len(right) + 1)), right, _RIGHT(lang), palette.RIGHT),
        _line(list(range(1, len(mistaken) + 1)), mistaken, _MISTAKEN(lang), palette.WRONG, dash="dash"),
    ]
    return go.Figure(data, _layout(_ITERATION(lang), _COST(lang)))


def _line(x: Any, y: Any, name: str, colour: str, dash: str = "solid") -> go.Scatter:
    hover = f"{name}: %{{y:.4g}}<extra>%{{x:.3g}}</extra>"
    line = {"color": colour, "width": 2.5, "dash": dash}
    return go.Scatter(x=x, y=y, name=name, mode="lines", line=line, hovertemplate=hover)


def _dots(x: Any, y: Any, name: str, colour: str, symbol: str) -> go.Scatter:
    marker = {"color": colour, "size": 12, "symbol": symbol}
    hover = f"{name}: C = %{{y:.6g}}<extra></extra>"
    return go.Scatter(x=x, y=y, name=name, mode="markers", marker=marker, hovertemplate=hover)


def _layout(x: str, y: str) -> dict[str, Any]:
    return {
        "height": HEIGHT,
        "margin": {"l": 60, "r": 15, "t": 40, "b": 45},
        "xaxis": {"title": {"text": x}},
        "yaxis": {"title": {"text": y}},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
